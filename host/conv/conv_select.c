/* SPDX-License-Identifier: Apache-2.0 */
#include "conv/conv_select.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conv/conv_prepare.h"
#include "conv/conv_weights.h"
#include "core/message.h"

const clq_conv_variant *const clq_conv_variants[] = {
#define X(variant) &clq_##variant,
#include "conv/conv_variants.def"
#undef X
};
const size_t clq_conv_variant_count = sizeof clq_conv_variants / sizeof clq_conv_variants[0];

/* False with the reason in `candidate`. */
static bool admit(const clq_conv_variant *variant, const clq_conv_problem *problem, const clq_capabilities *capabilities, const clq_conv_layout *layout,
                  const char *wanted, clq_candidate *candidate)
{
    if (!clq_candidate_is_open(candidate, variant->name, wanted, variant->needs, capabilities->bits)) return false;
    const bool asks = variant->accepts && !clq_conv_prepares_x(variant, problem, capabilities);
    if (clq_candidate_refuse(candidate, asks ? variant->accepts(problem, capabilities) : NULL)) return false;
    if (!layout || layout == variant->layout) return true;
    (void)snprintf(candidate->reason, sizeof candidate->reason, "the weights are packed as %s, this variant reads %s", layout->name, variant->layout->name);
    return false;
}

static double seconds_of(const clq_conv_variant *variant, const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    if (!clq_conv_prepares_x(variant, problem, capabilities)) return variant->cost(problem, capabilities);
    const clq_conv_problem prepared = clq_conv_prepared(problem);
    return variant->cost(&prepared, capabilities) + clq_conv_prepare_seconds(problem, capabilities);
}

void clq_conv_rank(const clq_conv_problem *problem, const clq_capabilities *capabilities, const clq_conv_layout *layout, const char *wanted,
                   clq_candidate *candidates)
{
    for (size_t i = 0; i < clq_conv_variant_count; i++) {
        const clq_conv_variant *variant = clq_conv_variants[i];
        candidates[i] = (clq_candidate){.index = i};
        candidates[i].admitted = admit(variant, problem, capabilities, layout, wanted, &candidates[i]);
        if (candidates[i].admitted) candidates[i].seconds = seconds_of(variant, problem, capabilities);
    }
    clq_candidates_rank(candidates, clq_conv_variant_count);
}

static bool is_known(const char *name)
{
    for (size_t i = 0; i < clq_conv_variant_count; i++) {
        if (strcmp(clq_conv_variants[i]->name, name) == 0) return true;
    }
    return false;
}

static const char *name_of(const void *family, size_t index)
{
    (void)family;
    return clq_conv_variants[index]->name;
}

clqnn_status clq_conv_choose(const clq_conv_spec *spec, const clq_capabilities *capabilities, const clq_conv_variant **variant, double *seconds)
{
    if (spec->desc.variant && !is_known(spec->desc.variant)) return clq_fail(CLQNN_UNSUPPORTED, "variant is '%s', which this library does not have", spec->desc.variant);
    clq_candidate *candidates = calloc(clq_conv_variant_count, sizeof *candidates);
    if (!candidates) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a ranking of %zu variants", clq_conv_variant_count);
    const clq_conv_layout *layout = spec->desc.weights ? spec->desc.weights->layout : NULL;
    clq_conv_rank(&spec->problem, capabilities, layout, spec->desc.variant, candidates);
    clqnn_status status = CLQNN_OK;
    if (candidates[0].admitted) {
        *variant = clq_conv_variants[candidates[0].index];
        *seconds = candidates[0].seconds;
    } else {
        status = clq_candidates_fail(candidates, clq_conv_variant_count, spec->desc.variant, name_of, NULL);
    }
    free(candidates);
    return status;
}
