/* SPDX-License-Identifier: Apache-2.0 */
#include "host_allocations.h"

#include <stddef.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void __wrap_free(void *block);

static clq_host_counters counters;
static uint64_t seen, fail_at;
static bool fails_onward, has_failed;

clq_host_counters clq_host_read(void)
{
    return counters;
}

void clq_host_fail_at(uint64_t n, bool onward)
{
    seen = 0;
    fail_at = n;
    fails_onward = onward;
    if (n) has_failed = false;
}

bool clq_host_has_failed(void)
{
    return has_failed;
}

static bool refuses(void)
{
    counters.made++;
    seen++;
    const bool fails = fail_at && (fails_onward ? seen >= fail_at : seen == fail_at);
    has_failed = has_failed || fails;
    return fails;
}

static void *counted(void *block)
{
    if (block) counters.alive++;
    return block;
}

void *__wrap_malloc(size_t size)
{
    return refuses() ? NULL : counted(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return refuses() ? NULL : counted(__real_calloc(count, size));
}

void *__wrap_realloc(void *block, size_t size)
{
    if (refuses()) return NULL;
    void *moved = __real_realloc(block, size);
    return block ? moved : counted(moved);
}

void __wrap_free(void *block)
{
    if (block) counters.alive--;
    __real_free(block);
}
