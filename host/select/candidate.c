/* SPDX-License-Identifier: Apache-2.0 */
#include "select/candidate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/message.h"
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

bool clq_candidate_refuse(clq_candidate *candidate, const char *reason)
{
    if (reason) (void)snprintf(candidate->reason, sizeof candidate->reason, "%s", reason);
    return reason != NULL;
}

bool clq_candidate_is_open(clq_candidate *candidate, const char *name, const char *wanted, uint32_t needs, uint32_t bits)
{
    const char *missing = clq_missing_capability(needs, bits);
    if (wanted && strcmp(wanted, name) != 0) return !clq_candidate_refuse(candidate, "the descriptor asks for another variant");
    if (missing) (void)snprintf(candidate->reason, sizeof candidate->reason, "the device lacks %s", missing);
    return missing == NULL;
}

clqnn_status clq_candidates_fail(const clq_candidate *candidates, size_t count, const char *wanted, clq_variant_name name, const void *family)
{
    for (size_t i = 0; i < count && wanted; i++) {
        const char *its_name = name(family, candidates[i].index);
        if (strcmp(its_name, wanted) == 0) return clq_fail(CLQNN_UNSUPPORTED, "variant %s: %s", its_name, candidates[i].reason);
    }
    return clq_fail(CLQNN_UNSUPPORTED, "no variant runs this problem here; %s: %s", name(family, candidates[0].index), candidates[0].reason);
}
