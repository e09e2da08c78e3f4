/* SPDX-License-Identifier: Apache-2.0 */
/* Questions without effects: the path of creation up to the point where something would be built. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/message.h"
#include "device/context.h"
#include "gemm/gemm_bound.h"
#include "gemm/gemm_examine.h"
#include "gemm/gemm_family.h"
#include "gemm/gemm_plan.h"
#include "gemm/gemm_programs.h"
#include "gemm/gemm_select.h"

static clqnn_status prove(const clq_gemm_spec *spec, int64_t *bound)
{
    const clqnn_gemm_weights *weights = spec->desc.weights;
    if (weights) return clq_gemm_bound(spec, weights->columns, weights->batch[0] * weights->batch[1], bound);
    if (!spec->desc.b_data) return clq_gemm_bound(spec, NULL, 0, bound);
    clq_column_facts *columns = NULL;
    int64_t matrices = 1;
    for (int i = 0; i < 2; i++) matrices *= spec->problem.b.batch_stride[i] ? spec->problem.batch[i] : 1;
    CLQ_FORWARD(clq_gemm_column_facts(spec, &columns));
    const clqnn_status status = clq_gemm_bound(spec, columns, matrices, bound);
    free(columns);
    return status;
}

clqnn_status clqnn_gemm_query(clqnn_context *context, const clqnn_gemm_desc *desc, clqnn_gemm_info *info)
{
    if (!context || !info) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", context ? "info" : "context");
    clqnn_gemm_desc full;
    clq_gemm_spec spec;
    CLQ_FORWARD(clq_gemm_copy_desc(desc, &full));
    const clq_gemm_family *family = clq_gemm_family_of(&full);
    if (family) return family->query(context, &full, info);
    CLQ_FORWARD(clq_gemm_examine(context, desc, &spec));
    const clq_gemm_variant *variant = NULL;
    clq_gemm_workspace workspace;
    clqnn_gemm_info answer = {0};
    const clq_layout *layout = spec.desc.weights ? spec.desc.weights->layout : NULL;
    CLQ_FORWARD(clq_gemm_choose(&spec, layout, &context->capabilities, &variant, &answer.estimated_seconds));
    CLQ_FORWARD(prove(&spec, &answer.accumulator_bound));
    CLQ_FORWARD(clq_gemm_size_workspace(&spec.problem, variant, &context->capabilities, &workspace));
    answer.variant = variant->name;
    answer.layout = variant->b_layout->name;
    answer.workspace_bytes = spec.problem.m && spec.problem.n ? workspace.total : 0;
    if (spec.problem.b_constant) {
        uint64_t matrix = 0;
        if (!clq_layout_size(variant->b_layout, spec.problem.n, spec.problem.k, &matrix)) return clq_fail(CLQNN_INVALID_SHAPE, "packed weights are too large");
        answer.packed_bytes = matrix;
        for (int i = 0; i < 2; i++) answer.packed_bytes *= spec.problem.b.batch_stride[i] ? (uint64_t)spec.problem.batch[i] : 1;
    }
    *info = answer;
    return CLQNN_OK;
}

clqnn_status clqnn_gemm_candidates(clqnn_context *context, const clqnn_gemm_desc *desc, clqnn_gemm_candidate *list, size_t capacity, size_t *count)
{
    if (!context || !count || (!list && capacity)) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", !context ? "context" : !count ? "count" : "list");
    clqnn_gemm_desc full;
    clq_gemm_spec spec;
    CLQ_FORWARD(clq_gemm_copy_desc(desc, &full));
    const clq_gemm_family *family = clq_gemm_family_of(&full);
    if (family) return family->candidates(context, &full, list, capacity, count);
    CLQ_FORWARD(clq_gemm_examine(context, desc, &spec));
    clq_candidate *candidates = calloc(clq_gemm_variant_count, sizeof *candidates);
    if (!candidates) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a ranking of %zu variants", clq_gemm_variant_count);
    const clq_layout *layout = spec.desc.weights ? spec.desc.weights->layout : NULL;
    clq_gemm_rank(&spec.problem, &context->capabilities, layout, spec.desc.variant, candidates);
    for (size_t i = 0; i < clq_gemm_variant_count && i < capacity; i++) {
        list[i] = (clqnn_gemm_candidate){clq_gemm_variants[candidates[i].index]->name, candidates[i].admitted, candidates[i].seconds, ""};
        (void)snprintf(list[i].reason, sizeof list[i].reason, "%s", candidates[i].reason);
    }
    *count = clq_gemm_variant_count;
    free(candidates);
    return CLQNN_OK;
}

clqnn_status clqnn_gemm_variants(clqnn_gemm_variant_info *list, size_t capacity, size_t *count)
{
    if (!count || (!list && capacity)) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", count ? "list" : "count");
    for (size_t i = 0; i < clq_gemm_variant_count && i < capacity; i++) {
        const clq_gemm_variant *variant = clq_gemm_variants[i];
        list[i] = (clqnn_gemm_variant_info){
            .name = variant->name,
            .summary = variant->summary,
            .types = variant->b_layout->element_size == 0 ? "a s8,u8 (f32,f16 dynamic); b b1,t2; c s8,u8,s32,f32,f16"
                                                          : "a s8,u8 (f32,f16 dynamic); b s8,u8,b1,t2; c s8,u8,s32,f32,f16",
            .layout = variant->b_layout->name,
            .tile_m = variant->tile.m,
            .tile_n = variant->tile.n,
            .tile_k = variant->tile.k,
        };
        clq_needs_text(variant->needs, list[i].needs, sizeof list[i].needs);
    }
    *count = clq_gemm_variant_count;
    return CLQNN_OK;
}

clqnn_status clqnn_gemm_prewarm(clqnn_context *context)
{
    if (!context) return clq_fail(CLQNN_INVALID_ARGUMENT, "context is NULL");
    for (size_t i = 0; i < clq_gemm_variant_count; i++) {
        if (clq_missing_capability(clq_gemm_variants[i]->needs, context->capabilities.bits)) continue;
        CLQ_FORWARD(clq_gemm_warm(context, clq_gemm_variants[i]));
    }
    return CLQNN_OK;
}
