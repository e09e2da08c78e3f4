/* SPDX-License-Identifier: Apache-2.0 */
#include "guarded_buffer.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

char guarded_case[700];

static void report_crash(int signal_number)
{
    static const char text[] = "FAIL touched memory outside of a tensor: ";
    (void)!write(STDOUT_FILENO, text, sizeof text - 1);
    (void)!write(STDOUT_FILENO, guarded_case, strlen(guarded_case));
    (void)!write(STDOUT_FILENO, "\n", 1);
    _exit(128 + signal_number);
}

void guarded_report_crashes(void)
{
    (void)signal(SIGSEGV, report_crash);
    (void)signal(SIGBUS, report_crash);
}

bool guarded_create(clqnn_context *context, bool at_end, const unsigned char *source, size_t size, guarded *g)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    *g = (guarded){.size = size, .inner = (size + page - 1) / page * page};
    if (g->inner == 0) g->inner = page;
    g->all = g->inner + 2 * page;
    void *pages = NULL;
    if (posix_memalign(&pages, page, g->all)) return false;
    g->pages = pages;
    g->offset = at_end ? g->inner - size : 0;
    g->data = g->pages + page + g->offset;
    memset(g->pages, GUARDED_POISON, g->all);
    if (source) memcpy(g->data, source, size);
    if (mprotect(g->pages, page, PROT_NONE) || mprotect(g->pages + page + g->inner, page, PROT_NONE)) return false;
    cl_int code;
    g->memory = clCreateBuffer(clqnn_context_opencl_context(context), CL_MEM_READ_WRITE | CL_MEM_USE_HOST_PTR, g->inner, g->pages + page, &code);
    return code == CL_SUCCESS;
}

void guarded_destroy(guarded *g)
{
    if (g->memory) clReleaseMemObject(g->memory);
    if (g->pages && mprotect(g->pages, g->all, PROT_READ | PROT_WRITE) == 0) free(g->pages);
}
