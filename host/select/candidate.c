/* SPDX-License-Identifier: Apache-2.0 */
#include "select/candidate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/capabilities.h"

static int better_first(const void *left, const void *right)
{
    const clq_candidate *a = left, *b = right;
    if (a->admitted != b->admitted) return a->admitted ? -1 : 1;
    if (a->admitted && a->seconds != b->seconds) return a->seconds < b->seconds ? -1 : 1;
    return a->index < b->index ? -1 : 1;
}

void clq_candidates_rank(clq_candidate *candidates, size_t count)
{
    qsort(candidates, count, sizeof *candidates, better_first);
}

static const char *const capability_names[] = {
#define X(bit, name, purpose) name,
    CLQ_CAPABILITY_LIST(X)
#undef X
};

const char *clq_missing_capability(uint32_t needs, uint32_t bits)
{
    for (int index = 0; index < CLQ_CAPABILITY_COUNT; index++) {
        if (needs & ~bits & 1u << index) return capability_names[index];
    }
    return NULL;
}

void clq_needs_text(uint32_t needs, char *text, size_t capacity)
{
    text[0] = '\0';
    for (int index = 0; index < CLQ_CAPABILITY_COUNT; index++) {
        if (!(needs & 1u << index)) continue;
        const size_t used = strlen(text);
        (void)snprintf(text + used, capacity - used, "%s%s", used ? "," : "", capability_names[index]);
    }
}
