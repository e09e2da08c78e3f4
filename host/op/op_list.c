/* SPDX-License-Identifier: Apache-2.0 */
#include "core/message.h"
#include "device/context.h"
#include "op/op_plan.h"
#include "op/op_select.h"
#include "select/candidate.h"

const clq_op_family *const clq_op_families[] = {
#define X(family) &clq_op_##family,
#include "op/families.def"
#undef X
};
const size_t clq_op_family_count = sizeof clq_op_families / sizeof clq_op_families[0];

clqnn_status clqnn_op_variants(clqnn_op_variant_info *list, size_t capacity, size_t *count)
{
    if (!count || (!list && capacity)) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", count ? "list" : "count");
    size_t total = 0;
    for (size_t f = 0; f < clq_op_family_count; f++) {
        const clq_op_family *family = clq_op_families[f];
        for (size_t v = 0; v < clq_op_variant_total(family); v++, total++) {
            if (total >= capacity) continue;
            list[total] = (clqnn_op_variant_info){.kind = family->kind, .name = family->variants[v]->name, .summary = family->variants[v]->summary};
            clq_needs_text(family->variants[v]->needs, list[total].needs, sizeof list[total].needs);
        }
    }
    *count = total;
    return CLQNN_OK;
}

clqnn_status clqnn_op_prewarm(clqnn_context *context)
{
    if (!context) return clq_fail(CLQNN_INVALID_ARGUMENT, "context is NULL");
    for (size_t f = 0; f < clq_op_family_count; f++) {
        const clq_op_family *family = clq_op_families[f];
        for (size_t v = 0; v < clq_op_variant_total(family); v++) {
            if (clq_missing_capability(family->variants[v]->needs, context->capabilities.bits)) continue;
            CLQ_FORWARD(clq_op_warm(context, family->variants[v]->program));
        }
    }
    return CLQNN_OK;
}
