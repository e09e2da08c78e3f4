/* SPDX-License-Identifier: Apache-2.0 */
#include "device/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/hash.h"
#include "core/message.h"
#include "device/context.h"
#include "device/kernel_source.h"
#include "device/opencl_error.h"

typedef struct clq_program {
    struct clq_program *next;
    uint64_t key;
    cl_program program;
} clq_program;

const clq_kernel_source *clq_kernel_source_find(const char *name)
{
    for (size_t i = 0; i < clq_kernel_source_count; i++) {
        if (strcmp(clq_kernel_sources[i].name, name) == 0) return &clq_kernel_sources[i];
    }
    return NULL;
}

/* Appends a part to `text`, or only counts it where `text` is NULL. */
static clqnn_status append_part(const char *name, char *text, size_t *used)
{
    const clq_kernel_source *part = clq_kernel_source_find(name);
    if (!part) return clq_fail(CLQNN_UNSUPPORTED, "kernel part '%s' is not in this build", name);
    if (text) {
        memcpy(text + *used, part->text, part->length);
        text[*used + part->length] = '\n';
    }
    *used += part->length + 1;
    return CLQNN_OK;
}

static clqnn_status append_parts(const clq_program_source *source, char *text, size_t *used)
{
    *used = 0;
    for (size_t i = 0; i < CLQ_PROGRAM_MAX_PARTS && source->parts[i]; i++) CLQ_FORWARD(append_part(source->parts[i], text, used));
    return source->own_part[0] ? append_part(source->own_part, text, used) : CLQNN_OK;
}

clqnn_status clq_program_compose(const clq_program_source *source, char **text, size_t *length)
{
    CLQ_FORWARD(append_parts(source, NULL, length));
    *text = malloc(*length + 1);
    if (!*text) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a program text of %zu bytes", *length);
    (*text)[*length] = '\0';
    return append_parts(source, *text, length);
}

/* -w: PoCL prints the number of warnings to the caller's stderr, and on x86 without AVX-512 each vector of 64 bytes that a function takes is one. */
void clq_program_options(const clqnn_context *context, const clq_program_source *source, char *options, size_t capacity)
{
    (void)snprintf(options, capacity, "-cl-std=CL1.2 -w -DDIVIDE_IS_EXACT=%d %s", (context->capabilities.bits & CLQ_CAP_EXACT_DIVIDE) != 0,
                   source->defines ? source->defines : "");
}

static clqnn_status build_log_failure(const clqnn_context *context, cl_program program, cl_int code)
{
    size_t size = 0;
    char *log = NULL;
    if (clGetProgramBuildInfo(program, context->device, CL_PROGRAM_BUILD_LOG, 0, NULL, &size) == CL_SUCCESS && size) log = malloc(size + 1);
    if (log && clGetProgramBuildInfo(program, context->device, CL_PROGRAM_BUILD_LOG, size, log, NULL) != CL_SUCCESS) size = 0;
    if (log) log[size] = '\0';
    if (log && size) clq_log_write(&context->log, CLQNN_LOG_ERROR, "build log: %s", log);
    const clqnn_status kind = clq_opencl_is_out_of_memory(code) ? CLQNN_OUT_OF_MEMORY : CLQNN_BUILD_FAILED;
    const clqnn_status status = clq_fail(kind, "clBuildProgram failed: %s (%d); build log: %s", clq_opencl_error_name(code), (int)code,
                                         log && size ? log : "(none)");
    free(log);
    return status;
}

static clqnn_status build_from_text(const clqnn_context *context, const char *text, size_t length, const char *options, cl_program *program)
{
    cl_int code = CL_SUCCESS;
    cl_program built = clCreateProgramWithSource(context->cl, 1, &text, &length, &code);
    if (!built) return clq_fail_opencl("clCreateProgramWithSource", code);
    code = clBuildProgram(built, 1, &context->device, options, NULL, NULL);
    if (code != CL_SUCCESS) {
        const clqnn_status status = build_log_failure(context, built, code);
        clReleaseProgram(built);
        return status;
    }
    *program = built;
    return CLQNN_OK;
}

/* NULL when the binary is absent or the driver refuses it: the caller then builds from text. */
static cl_program build_from_cache(const clqnn_context *context, uint64_t key, const char *options)
{
    void *binary = NULL;
    size_t size = 0;
    if (!clq_disk_cache_load(&context->cache, key, &binary, &size)) return NULL;
    const unsigned char *bytes = binary;
    cl_int code = CL_SUCCESS;
    cl_program program = clCreateProgramWithBinary(context->cl, 1, &context->device, &size, &bytes, NULL, &code);
    free(binary);
    if (!program) return NULL;
    if (clBuildProgram(program, 1, &context->device, options, NULL, NULL) == CL_SUCCESS) return program;
    clReleaseProgram(program);
    return NULL;
}

/* A program of one device: other devices of the caller's context have empty binaries. Failure only means that the next process builds again. */
static void store_binary(const clqnn_context *context, uint64_t key, cl_program program)
{
    cl_uint count = 0;
    if (!context->cache.folder[0] || clGetProgramInfo(program, CL_PROGRAM_NUM_DEVICES, sizeof count, &count, NULL) != CL_SUCCESS || count == 0) return;
    cl_device_id *devices = calloc(count, sizeof *devices);
    size_t *sizes = calloc(count, sizeof *sizes);
    unsigned char **binaries = calloc(count, sizeof *binaries);
    bool whole = devices && sizes && binaries && clGetProgramInfo(program, CL_PROGRAM_DEVICES, count * sizeof *devices, devices, NULL) == CL_SUCCESS
                 && clGetProgramInfo(program, CL_PROGRAM_BINARY_SIZES, count * sizeof *sizes, sizes, NULL) == CL_SUCCESS;
    for (cl_uint i = 0; whole && i < count; i++) {
        if (sizes[i]) whole = (binaries[i] = malloc(sizes[i])) != NULL;
    }
    whole = whole && clGetProgramInfo(program, CL_PROGRAM_BINARIES, count * sizeof *binaries, binaries, NULL) == CL_SUCCESS;
    for (cl_uint i = 0; whole && i < count; i++) {
        if (devices[i] == context->device && sizes[i]) clq_disk_cache_store(&context->cache, key, binaries[i], sizes[i], &context->log);
    }
    for (cl_uint i = 0; binaries && i < count; i++) free(binaries[i]);
    free(binaries);
    free(sizes);
    free(devices);
}

static clqnn_status make_program(clqnn_context *context, uint64_t key, const char *text, size_t length, const char *options, clq_program_warm warm,
                                 const void *user, cl_program *program)
{
    *program = build_from_cache(context, key, options);
    if (*program) return CLQNN_OK;
    clq_log_write(&context->log, CLQNN_LOG_INFO, "building a program of %zu bytes with %s", length, options);
    CLQ_FORWARD(build_from_text(context, text, length, options, program));
    const clqnn_status status = warm ? warm(context, *program, user) : CLQNN_OK;
    if (status != CLQNN_OK) {
        clReleaseProgram(*program);
        *program = NULL;
        return status;
    }
    store_binary(context, key, *program);
    return CLQNN_OK;
}

static clqnn_status find_or_make(clqnn_context *context, uint64_t key, const char *text, size_t length, const char *options, clq_program_warm warm,
                                 const void *user, cl_program *program)
{
    for (const clq_program *entry = context->programs; entry; entry = entry->next) {
        if (entry->key != key) continue;
        *program = entry->program;
        return CLQNN_OK;
    }
    clq_program *entry = malloc(sizeof *entry);
    if (!entry) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a program's entry");
    const clqnn_status status = make_program(context, key, text, length, options, warm, user, program);
    if (status != CLQNN_OK) {
        free(entry);
        return status;
    }
    *entry = (clq_program){context->programs, key, *program};
    context->programs = entry;
    return CLQNN_OK;
}

clqnn_status clq_program_get(clqnn_context *context, const clq_program_source *source, clq_program_warm warm, const void *user, cl_program *program)
{
    char options[1024];
    char *text = NULL;
    size_t length = 0;
    clq_program_options(context, source, options, sizeof options);
    CLQ_FORWARD(clq_program_compose(source, &text, &length));
    const uint64_t key = clq_hash(clq_hash(context->identity, text, length), options, strlen(options));
    pthread_mutex_lock(&context->lock);
    clqnn_status status = find_or_make(context, key, text, length, options, warm, user, program);
    const cl_int code = status == CLQNN_OK ? clRetainProgram(*program) : CL_SUCCESS;
    if (code != CL_SUCCESS) status = clq_fail_opencl("clRetainProgram", code);
    pthread_mutex_unlock(&context->lock);
    free(text);
    return status;
}

void clq_program_release_all(clqnn_context *context)
{
    while (context->programs) {
        clq_program *entry = context->programs;
        context->programs = entry->next;
        clReleaseProgram(entry->program);
        free(entry);
    }
}
