/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_family.h"

#include <stdio.h>

#include "device/context.h"
#include "op/op_plan.h"
#include "op/op_select.h"

static const clq_gemm_family *const families[] = {
#define X(symbol) &clq_gemm_of_##symbol,
#include "gemm/gemm_families.def"
#undef X
};
#define FAMILIES (sizeof families / sizeof families[0])

const clq_gemm_family *clq_gemm_family_of(const clqnn_gemm_desc *desc)
{
    for (size_t i = 0; i < FAMILIES; i++) {
        if (families[i]->is_meant(desc)) return families[i];
    }
    return NULL;
}

const clq_gemm_family *clq_gemm_family_of_blob(const void *data, size_t size)
{
    for (size_t i = 0; i < FAMILIES; i++) {
        if (families[i]->is_blob(data, size)) return families[i];
    }
    return NULL;
}

clqnn_status clq_gemm_allocate_for(clqnn_context *context, const clq_gemm_family *family, clqnn_gemm **gemm)
{
    CLQ_FORWARD(clq_gemm_allocate(context, gemm));
    (*gemm)->family = family;
    for (int i = 0; i < CLQ_GEMM_INPUTS; i++) (*gemm)->inputs[i] = -1;
    return CLQNN_OK;
}

clqnn_status clq_gemm_list_candidates(const clqnn_context *context, const clq_op_family *family, const void *problem, const char *wanted, clqnn_gemm_candidate *list,
                                      size_t capacity, size_t *count)
{
    clq_candidate candidates[CLQ_OP_MAX_VARIANTS];
    const size_t total = clq_op_variant_total(family);
    (void)clq_op_rank(family, problem, wanted, &context->capabilities, candidates);
    for (size_t i = 0; i < total && i < capacity; i++) {
        list[i] = (clqnn_gemm_candidate){family->variants[candidates[i].index]->name, candidates[i].admitted, candidates[i].seconds, ""};
        (void)snprintf(list[i].reason, sizeof list[i].reason, "%s", candidates[i].reason);
    }
    *count = total;
    return CLQNN_OK;
}

void clq_gemm_op_describe(const clqnn_gemm *gemm, clqnn_gemm_info *info)
{
    *info = (clqnn_gemm_info){
        .variant = gemm->op ? gemm->op->variant->name : "none",
        .layout = gemm->weights ? clqnn_gemm_weights_layout(gemm->weights) : "none",
        .packed_bytes = clqnn_gemm_weights_size(gemm->weights),
        .workspace_bytes = clqnn_op_workspace_size(gemm->op),
        .accumulator_bound = gemm->bound,
        .estimated_seconds = gemm->op ? gemm->op->estimated_seconds : 0,
    };
}

/* A call's regions in the order of the operator's. */
typedef struct op_regions {
    clqnn_region inputs[CLQ_GEMM_INPUTS];
    clqnn_op_args args;
} op_regions;

static void forward(const clqnn_gemm *gemm, const clqnn_gemm_args *args, op_regions *regions)
{
    const clqnn_region given[CLQ_GEMM_INPUTS] = {
        [CLQ_GEMM_A] = args->a, [CLQ_GEMM_B] = args->b, [CLQ_GEMM_RESIDUAL] = args->residual, [CLQ_GEMM_ROW_SCALES] = args->row_scales};
    regions->args = (clqnn_op_args){.inputs = regions->inputs, .outputs = &args->c, .output_count = 1, .workspace = args->workspace};
    for (int i = 0; i < CLQ_GEMM_INPUTS; i++) {
        if (gemm->inputs[i] >= 0) regions->inputs[regions->args.input_count++] = given[i];
    }
}

clqnn_status clq_gemm_op_enqueue(const clqnn_gemm *gemm, cl_command_queue queue, const clqnn_gemm_args *args, uint32_t wait_count, const cl_event *wait,
                                 cl_event *event)
{
    op_regions regions;
    forward(gemm, args, &regions);
    return clqnn_op_enqueue(gemm->op, queue, &regions.args, wait_count, wait, event);
}

clqnn_status clq_gemm_op_check_args(const clqnn_gemm *gemm, const clqnn_gemm_args *args)
{
    op_regions regions;
    forward(gemm, args, &regions);
    return clq_op_check_args(gemm->op, &regions.args);
}
