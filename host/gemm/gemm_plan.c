/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_plan.h"

#include <stdlib.h>
#include <string.h>

#include "core/message.h"
#include "device/context.h"
#include "gemm/gemm_bound.h"
#include "gemm/gemm_examine.h"
#include "gemm/gemm_family.h"
#include "gemm/gemm_programs.h"
#include "gemm/gemm_select.h"
#include "gemm/gemm_tables.h"

static int32_t flags_of(const clq_gemm_problem *problem)
{
    int32_t flags = 0;
    if (problem->b_zero_nonzero) flags |= GEMM_USE_ROW_SUMS;
    if (problem->a_zero_per_row) flags |= GEMM_ROW_ZERO_POINTS;
    if (problem->a_zero_per_row || !problem->b_constant) flags |= GEMM_USE_COLUMN_SUMS;
    if (problem->row_scales) flags |= GEMM_ROW_SCALES;
    if (problem->float_bias) flags |= GEMM_FLOAT_BIAS;
    if (problem->clamp) flags |= GEMM_CLAMP;
    return flags;
}

/* Everything but tables and per-call fields. */
static void fill_params(clqnn_gemm *plan, const clq_gemm_spec *spec)
{
    const clq_gemm_problem *problem = &plan->problem;
    gemm_params *params = &plan->params;
    *params = (gemm_params){
        .a_row_stride = (clq_ulong)problem->a.leading_dimension,
        .a_batch_stride = {(clq_ulong)problem->a.batch_stride[0], (clq_ulong)problem->a.batch_stride[1]},
        .c_row_stride = (clq_ulong)problem->c.leading_dimension,
        .c_batch_stride = {(clq_ulong)problem->c.batch_stride[0], (clq_ulong)problem->c.batch_stride[1]},
        .m = (clq_int)problem->m,
        .n = (clq_int)problem->n,
        .k = (clq_int)problem->k,
        .inner_batches = (clq_int)problem->batch[1],
        .a_flip = problem->a_integer == plan->variant->a_signedness ? 0 : (clq_int)0x80808080u,
        .flags = flags_of(problem),
        .out = (clq_int)problem->c.type,
        .rule = (clq_int)problem->rounding,
        .zero_point = clq_zero_point_at(&spec->desc.c.quantization, 0),
        .low = spec->low,
        .high = spec->high,
        .c_scale = clq_scale_at(&spec->desc.c.quantization, 0),
        .clamp_min = spec->desc.clamp_min,
        .clamp_max = spec->desc.clamp_max,
        .k_part = (clq_int)problem->k,
    };
    if (plan->variant->k_part && problem->k > 0) params->k_part = (clq_int)plan->variant->k_part(problem, &plan->context->capabilities);
    if (plan->weights) {
        for (int i = 0; i < 2; i++) {
            if (plan->weights->batch[i] > 1) params->b_batch_stride[i] = plan->weights->matrix_bytes * (i == 0 ? (clq_ulong)plan->weights->batch[1] : 1);
        }
    }
}

/* b at run time is packed for every batch of the call, broadcast ones too. */
static void fill_pack(clqnn_gemm *plan)
{
    const clq_gemm_problem *problem = &plan->problem;
    const clq_layout *layout = plan->variant->b_layout;
    uint64_t matrix = 0;
    (void)clq_layout_size(layout, problem->n, problem->k, &matrix); /* fits: the workspace has been sized */
    const int64_t padded = clq_layout_padded_n(layout, problem->n);
    plan->pack = (pack_params){
        .k_stride = problem->b.transposed ? 1 : (clq_ulong)problem->b.leading_dimension,
        .n_stride = problem->b.transposed ? (clq_ulong)problem->b.leading_dimension : 1,
        .source_batch_stride = {(clq_ulong)problem->b.batch_stride[0], (clq_ulong)problem->b.batch_stride[1]},
        .packed_batch_bytes = matrix,
        .sums_batch_words = (clq_ulong)padded,
        .zero_points_offset = COLUMN_ZERO * plan->params.columns_plane,
        .n = (clq_int)problem->n,
        .k = (clq_int)problem->k,
        .padded_n = (clq_int)padded,
        .inner_batches = (clq_int)problem->batch[1],
        .flip = problem->b.type == CLQNN_U8 ? 0x80 : 0,
    };
    plan->params.b_batch_stride[0] = matrix * (clq_ulong)problem->batch[1];
    plan->params.b_batch_stride[1] = matrix;
    plan->params.column_sums_batch_stride[0] = (clq_ulong)(padded * problem->batch[1]);
    plan->params.column_sums_batch_stride[1] = (clq_ulong)padded;
}

static void fill_prepare(clqnn_gemm *plan)
{
    const clq_gemm_problem *problem = &plan->problem;
    const uint64_t size = clqnn_type_size(problem->a.type);
    const uint64_t leading = (uint64_t)problem->a.leading_dimension * size;
    plan->prepare = (prepare_params){
        .row_stride = problem->a.transposed ? size : leading,
        .depth_stride = problem->a.transposed ? leading : size,
        .source_batch_stride = {(uint64_t)problem->a.batch_stride[0] * size, (uint64_t)problem->a.batch_stride[1] * size},
        .target_row_stride = (uint64_t)plan->workspace.slab_row_bytes,
        .k = (clq_int)problem->k,
        .inner_batches = (clq_int)problem->batch[1],
        .per_row = problem->dynamic == CLQNN_DYNAMIC_PER_ROW,
        .is_half = problem->a.type == CLQNN_F16,
        .is_signed = problem->a_integer == CLQNN_S8,
    };
}

/* Chooses a variant and packs or adopts the weights, and proves that no accumulator overflows. */
static clqnn_status settle_weights(clqnn_gemm *plan, const clq_gemm_spec *spec)
{
    const clq_layout *layout = spec->desc.weights ? spec->desc.weights->layout : NULL;
    CLQ_FORWARD(clq_gemm_choose(spec, layout, &plan->context->capabilities, &plan->variant, &plan->seconds));
    if (spec->desc.weights) {
        plan->weights = clqnn_gemm_weights_retain(spec->desc.weights);
    } else if (spec->desc.b_data) {
        CLQ_FORWARD(clq_gemm_weights_create(plan->context, spec, plan->variant->b_layout, &plan->weights));
    }
    const int64_t matrices = plan->weights ? plan->weights->batch[0] * plan->weights->batch[1] : 0;
    return clq_gemm_bound(spec, plan->weights ? plan->weights->columns : NULL, matrices, &plan->bound);
}

static clqnn_status fill_plan(clqnn_gemm *plan, const clq_gemm_spec *spec)
{
    plan->problem = spec->problem;
    plan->a_span = spec->a_span;
    plan->b_span = spec->b_span;
    plan->c_span = spec->c_span;
    CLQ_FORWARD(settle_weights(plan, spec));
    CLQ_FORWARD(clq_gemm_size_workspace(&plan->problem, plan->variant, &plan->context->capabilities, &plan->workspace));
    fill_params(plan, spec);
    if (plan->problem.m == 0 || plan->problem.n == 0) return CLQNN_OK; /* nothing will be launched */
    CLQ_FORWARD(clq_gemm_create_tables(plan, spec));
    if (!plan->weights) fill_pack(plan);
    if (clq_gemm_prepares_a(&plan->problem)) fill_prepare(plan);
    return clq_gemm_create_kernels(plan);
}

clqnn_status clq_gemm_allocate(clqnn_context *context, clqnn_gemm **gemm)
{
    clqnn_gemm *plan = calloc(1, sizeof *plan);
    if (!plan) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a plan");
    if (pthread_mutex_init(&plan->lock, NULL) != 0) {
        free(plan);
        return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a plan's lock");
    }
    plan->context = clqnn_context_retain(context);
    *gemm = plan;
    return CLQNN_OK;
}

static clqnn_status create_plan(clqnn_context *context, const clq_gemm_spec *spec, clqnn_gemm **gemm)
{
    clqnn_gemm *plan = NULL;
    CLQ_FORWARD(clq_gemm_allocate(context, &plan));
    const clqnn_status status = fill_plan(plan, spec);
    if (status != CLQNN_OK) {
        clqnn_gemm_destroy(plan);
        return status;
    }
    *gemm = plan;
    return CLQNN_OK;
}

clqnn_status clqnn_gemm_create(clqnn_context *context, const clqnn_gemm_desc *desc, clqnn_gemm **gemm)
{
    if (!gemm) return clq_fail(CLQNN_INVALID_ARGUMENT, "gemm is NULL");
    *gemm = NULL;
    clqnn_gemm_desc full;
    clq_gemm_spec spec;
    CLQ_FORWARD(clq_gemm_copy_desc(desc, &full));
    const clq_gemm_family *family = clq_gemm_family_of(&full);
    if (family) return family->create(context, &full, gemm);
    CLQ_FORWARD(clq_gemm_examine(context, desc, &spec));
    return create_plan(context, &spec, gemm);
}

void clqnn_gemm_destroy(clqnn_gemm *gemm)
{
    if (!gemm) return;
    clqnn_op_destroy(gemm->op);
    for (int i = 0; i < CLQ_GEMM_KERNEL_COUNT; i++) {
        if (gemm->kernels[i]) clReleaseKernel(gemm->kernels[i]);
    }
    if (gemm->tables) clReleaseMemObject(gemm->tables);
    clqnn_gemm_weights_release(gemm->weights);
    clqnn_context_release(gemm->context);
    pthread_mutex_destroy(&gemm->lock);
    free(gemm);
}

uint64_t clqnn_gemm_workspace_size(const clqnn_gemm *gemm)
{
    if (gemm && gemm->family) return clqnn_op_workspace_size(gemm->op);
    return gemm && gemm->tables ? gemm->workspace.total : 0;
}

clqnn_status clqnn_gemm_describe(const clqnn_gemm *gemm, clqnn_gemm_info *info)
{
    if (!gemm || !info) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", gemm ? "info" : "gemm");
    if (gemm->family) {
        clq_gemm_op_describe(gemm, info);
        return CLQNN_OK;
    }
    *info = (clqnn_gemm_info){
        .variant = gemm->variant->name,
        .layout = gemm->variant->b_layout->name,
        .packed_bytes = clqnn_gemm_weights_size(gemm->weights),
        .workspace_bytes = clqnn_gemm_workspace_size(gemm),
        .accumulator_bound = gemm->bound,
        .estimated_seconds = gemm->seconds,
    };
    return CLQNN_OK;
}
