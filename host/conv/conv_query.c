/* SPDX-License-Identifier: Apache-2.0 */
/* Questions without effects: the path of creation up to the point where something would be built. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conv/conv_bound.h"
#include "conv/conv_examine.h"
#include "conv/conv_family_calls.h"
#include "conv/conv_prepare.h"
#include "conv/conv_product.h"
#include "conv/conv_programs.h"
#include "conv/conv_select.h"
#include "core/message.h"
#include "device/context.h"
#include "op/op_family.h"

static clqnn_status query_product(clqnn_context *context, const clq_conv_spec *spec, clqnn_conv_info *answer)
{
    const clqnn_gemm_desc product = clq_conv_product_desc(spec);
    clqnn_gemm_info info;
    CLQ_FORWARD(clqnn_gemm_query(context, &product, &info));
    *answer = clq_conv_product_info(&info);
    return CLQNN_OK;
}

static clqnn_status query_own(clqnn_context *context, const clq_conv_spec *spec, clqnn_conv_info *answer)
{
    const clq_conv_variant *variant = NULL;
    CLQ_FORWARD(clq_conv_choose(spec, &context->capabilities, &variant, &answer->estimated_seconds));
    CLQ_FORWARD(clq_conv_prove(spec, &answer->accumulator_bound));
    if (!clq_conv_layout_size(variant->layout, &spec->problem.weights, &answer->packed_bytes)) return clq_fail(CLQNN_INVALID_SHAPE, "packed weights are too large");
    answer->variant = variant->name;
    answer->layout = variant->layout->name;
    if (clq_conv_prepares_x(variant, &spec->problem, &context->capabilities)) answer->workspace_bytes = clq_conv_prepare_bytes(&spec->problem);
    return CLQNN_OK;
}

clqnn_status clqnn_conv_query(clqnn_context *context, const clqnn_conv_desc *desc, clqnn_conv_info *info)
{
    if (!context || !info) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", context ? "info" : "context");
    clq_conv_spec spec;
    bool as_product = false;
    clqnn_conv_info answer = {0};
    CLQ_FORWARD(clq_conv_examine(context, desc, &spec));
    CLQ_FORWARD(clq_conv_planned_as_product(&spec, &as_product));
    const clq_conv_family *family = clq_conv_family_of(&spec.desc);
    CLQ_FORWARD(as_product ? query_product(context, &spec, &answer)
                : family   ? clq_conv_family_query(context, family, &spec, &answer)
                           : query_own(context, &spec, &answer));
    CLQ_FORWARD(clqnn_conv_output_shape(desc, answer.output));
    *info = answer;
    return CLQNN_OK;
}

/* A list that is filled in order; entries beyond the caller's capacity are only counted. */
typedef struct candidate_list {
    clqnn_conv_candidate *entries;
    size_t capacity, count;
} candidate_list;

static void append(candidate_list *list, const char *variant, bool admitted, double seconds, const char *reason)
{
    if (list->count < list->capacity) {
        clqnn_conv_candidate *entry = &list->entries[list->count];
        *entry = (clqnn_conv_candidate){.variant = variant, .admitted = admitted, .estimated_seconds = seconds};
        (void)snprintf(entry->reason, sizeof entry->reason, "%s", reason);
    }
    list->count++;
}

/* Variants of the convolutions of integers, or of a family. */
typedef struct own_ranking {
    clq_candidate *candidates;   /* malloc'ed */
    size_t count;
    const clq_conv_family *family;
} own_ranking;

static const char *variant_name(const own_ranking *ranking, size_t index)
{
    return ranking->family ? ranking->family->op->variants[index]->name : clq_conv_variants[index]->name;
}

static clqnn_status rank_own(const clqnn_context *context, const clq_conv_spec *spec, own_ranking *ranking)
{
    const clq_conv_family *family = clq_conv_family_of(&spec->desc);
    const size_t most = family ? CLQ_OP_MAX_VARIANTS : clq_conv_variant_count;
    *ranking = (own_ranking){calloc(most, sizeof *ranking->candidates), most, family};
    if (!ranking->candidates) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a ranking of %zu variants", most);
    if (family) return clq_conv_family_rank(context, family, spec, ranking->candidates, &ranking->count);
    clq_conv_rank(&spec->problem, &context->capabilities, spec->desc.weights ? spec->desc.weights->layout : NULL, spec->desc.variant, ranking->candidates);
    return CLQNN_OK;
}

/* The candidates of this family that are admitted or refused. Those of a planned product never run, but could if asked for by name. */
static void append_own(candidate_list *list, const own_ranking *ranking, bool admitted)
{
    for (size_t i = 0; i < ranking->count; i++) {
        const clq_candidate *candidate = &ranking->candidates[i];
        if (candidate->admitted == admitted) append(list, variant_name(ranking, candidate->index), admitted, candidate->seconds, candidate->reason);
    }
}

static void append_product(candidate_list *list, const clqnn_gemm_candidate *candidates, size_t count, bool admitted)
{
    for (size_t i = 0; i < count; i++) {
        if ((candidates[i].admitted != 0) != admitted) continue;
        append(list, candidates[i].variant, admitted, candidates[i].estimated_seconds, candidates[i].reason);
    }
}

/* The GEMM's ranking of a convolution that is planned as one; malloc'ed. */
static clqnn_status rank_product(clqnn_context *context, const clq_conv_spec *spec, clqnn_gemm_candidate **candidates, size_t *count)
{
    const clqnn_gemm_desc product = clq_conv_product_desc(spec);
    CLQ_FORWARD(clqnn_gemm_candidates(context, &product, NULL, 0, count));
    *candidates = calloc(*count, sizeof **candidates);
    if (!*candidates) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a ranking of %zu variants", *count);
    return clqnn_gemm_candidates(context, &product, *candidates, *count, count);
}

clqnn_status clqnn_conv_candidates(clqnn_context *context, const clqnn_conv_desc *desc, clqnn_conv_candidate *list, size_t capacity, size_t *count)
{
    if (!context || !count || (!list && capacity)) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", !context ? "context" : !count ? "count" : "list");
    clq_conv_spec spec;
    bool as_product = false;
    CLQ_FORWARD(clq_conv_examine(context, desc, &spec));
    CLQ_FORWARD(clq_conv_planned_as_product(&spec, &as_product));
    clqnn_gemm_candidate *of_gemm = NULL;
    size_t gemm_count = 0;
    if (as_product) CLQ_FORWARD(rank_product(context, &spec, &of_gemm, &gemm_count));
    own_ranking own;
    const clqnn_status status = rank_own(context, &spec, &own);
    if (status != CLQNN_OK) {
        free(own.candidates);
        free(of_gemm);
        return status;
    }
    candidate_list result = {.entries = list, .capacity = capacity};
    for (int admitted = 1; admitted >= 0; admitted--) {
        append_product(&result, of_gemm, gemm_count, admitted);
        append_own(&result, &own, admitted);
    }
    *count = result.count;
    free(own.candidates);
    free(of_gemm);
    return CLQNN_OK;
}

clqnn_status clqnn_conv_variants(clqnn_conv_variant_info *list, size_t capacity, size_t *count)
{
    if (!count || (!list && capacity)) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", count ? "list" : "count");
    for (size_t i = 0; i < clq_conv_variant_count && i < capacity; i++) {
        const clq_conv_variant *variant = clq_conv_variants[i];
        list[i] = (clqnn_conv_variant_info){
            .name = variant->name,
            .summary = variant->summary,
            .types = "x s8,u8; w s8,u8; y s8,u8,s32,f32,f16; residual s8,u8",
            .layout = variant->layout->name,
        };
        clq_needs_text(variant->needs, list[i].needs, sizeof list[i].needs);
    }
    *count = clq_conv_variant_count;
    return CLQNN_OK;
}

clqnn_status clqnn_conv_prewarm(clqnn_context *context)
{
    if (!context) return clq_fail(CLQNN_INVALID_ARGUMENT, "context is NULL");
    for (size_t i = 0; i < clq_conv_variant_count; i++) {
        if (clq_missing_capability(clq_conv_variants[i]->needs, context->capabilities.bits)) continue;
        CLQ_FORWARD(clq_conv_warm(context, clq_conv_variants[i]));
    }
    return CLQNN_OK;
}
