/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_select.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/message.h"
#include "layout/plane_values.h"

const clq_gemm_variant *const clq_gemm_variants[] = {
#define X(variant) &clq_##variant,
#include "gemm/variants.def"
#undef X
};
const size_t clq_gemm_variant_count = sizeof clq_gemm_variants / sizeof clq_gemm_variants[0];

/* False with the reason in `candidate`. */
static bool admit(const clq_gemm_variant *variant, const clq_gemm_problem *problem, const clq_capabilities *capabilities, const clq_layout *layout,
                  const char *wanted, clq_candidate *candidate)
{
    if (!clq_candidate_is_open(candidate, variant->name, wanted, variant->needs, capabilities->bits)) return false;
    if (layout && layout != variant->b_layout) {
        (void)snprintf(candidate->reason, sizeof candidate->reason, "the weights are packed as %s, this variant reads %s", layout->name, variant->b_layout->name);
        return false;
    }
    if (variant->b_layout->element_size == 0 && !clq_plane_count(problem->b.type)) return !clq_candidate_refuse(candidate, "it reads weights of b1 and t2 only");
    return !clq_candidate_refuse(candidate, variant->accepts ? variant->accepts(problem, capabilities) : NULL);
}

void clq_gemm_rank(const clq_gemm_problem *problem, const clq_capabilities *capabilities, const clq_layout *layout, const char *wanted, clq_candidate *candidates)
{
    const clq_gemm_problem sized = clq_gemm_at_least_one(problem); /* weights may be packed for an m that is not known yet */
    for (size_t i = 0; i < clq_gemm_variant_count; i++) {
        const clq_gemm_variant *variant = clq_gemm_variants[i];
        candidates[i] = (clq_candidate){.index = i};
        candidates[i].admitted = admit(variant, problem, capabilities, layout, wanted, &candidates[i]);
        if (candidates[i].admitted) candidates[i].seconds = variant->cost(&sized, capabilities);
    }
    clq_candidates_rank(candidates, clq_gemm_variant_count);
}

static bool is_known(const char *name)
{
    for (size_t i = 0; i < clq_gemm_variant_count; i++) {
        if (strcmp(clq_gemm_variants[i]->name, name) == 0) return true;
    }
    return false;
}

static const char *name_of(const void *family, size_t index)
{
    (void)family;
    return clq_gemm_variants[index]->name;
}

clqnn_status clq_gemm_choose(const clq_gemm_spec *spec, const clq_layout *layout, const clq_capabilities *capabilities, const clq_gemm_variant **variant,
                             double *seconds)
{
    if (spec->desc.variant && !is_known(spec->desc.variant)) return clq_fail(CLQNN_UNSUPPORTED, "variant is '%s', which this library does not have", spec->desc.variant);
    clq_candidate *candidates = calloc(clq_gemm_variant_count, sizeof *candidates);
    if (!candidates) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a ranking of %zu variants", clq_gemm_variant_count);
    clq_gemm_rank(&spec->problem, capabilities, layout, spec->desc.variant, candidates);
    clqnn_status status = CLQNN_OK;
    if (candidates[0].admitted) {
        *variant = clq_gemm_variants[candidates[0].index];
        *seconds = candidates[0].seconds;
    } else {
        status = clq_candidates_fail(candidates, clq_gemm_variant_count, spec->desc.variant, name_of, NULL);
    }
    free(candidates);
    return status;
}
