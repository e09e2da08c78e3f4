/* SPDX-License-Identifier: Apache-2.0 */
#include "op/op_select.h"

#include <string.h>

#include "core/message.h"

size_t clq_op_variant_total(const clq_op_family *family)
{
    size_t count = 0;
    while (count < CLQ_OP_MAX_VARIANTS && family->variants[count]) count++;
    return count;
}

/* False with the reason in `candidate`. */
static bool admit(const clq_op_variant *variant, const void *problem, const char *wanted, const clq_capabilities *capabilities, clq_candidate *candidate)
{
    return clq_candidate_is_open(candidate, variant->name, wanted, variant->needs, capabilities->bits)
           && !clq_candidate_refuse(candidate, variant->accepts ? variant->accepts(problem, capabilities) : NULL);
}

static const char *name_of(const void *family, size_t index)
{
    return ((const clq_op_family *)family)->variants[index]->name;
}

bool clq_op_rank(const clq_op_family *family, const void *problem, const char *wanted, const clq_capabilities *capabilities, clq_candidate *candidates)
{
    const size_t count = clq_op_variant_total(family);
    bool known = wanted == NULL;
    for (size_t i = 0; i < count; i++) {
        const clq_op_variant *row = family->variants[i];
        candidates[i] = (clq_candidate){.index = i};
        candidates[i].admitted = admit(row, problem, wanted, capabilities, &candidates[i]);
        if (candidates[i].admitted) candidates[i].seconds = row->cost(problem, capabilities);
        known = known || strcmp(wanted, row->name) == 0;
    }
    clq_candidates_rank(candidates, count);
    return known;
}

clqnn_status clq_op_choose(const clq_op_family *family, const void *problem, const char *wanted, const clq_capabilities *capabilities,
                           const clq_op_variant **variant, double *seconds)
{
    clq_candidate candidates[CLQ_OP_MAX_VARIANTS];
    if (!clq_op_rank(family, problem, wanted, capabilities, candidates)) {
        return clq_fail(CLQNN_UNSUPPORTED, "variant is '%s', which %s does not have", wanted, family->kind);
    }
    if (candidates[0].admitted) {
        *variant = family->variants[candidates[0].index];
        *seconds = candidates[0].seconds;
        return CLQNN_OK;
    }
    return clq_candidates_fail(candidates, clq_op_variant_total(family), wanted, name_of, family);
}
