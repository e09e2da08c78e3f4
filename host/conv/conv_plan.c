/* SPDX-License-Identifier: Apache-2.0 */
#include "conv/conv_plan.h"

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

/* The epilogue's part. */
static gemm_params product_params(const clqnn_conv *plan, const clq_conv_spec *spec)
{
    const clq_conv_problem *problem = &plan->problem;
    const bool same_sign = problem->x.type == plan->variant->x_signedness;
    const int32_t zero = clq_zero_point_at(&spec->desc.x.quantization, 0);
    return (gemm_params){
        .m = (clq_int)(problem->batch * clq_conv_pixels(problem)),
        .n = (clq_int)problem->out_channels,
        .k = (clq_int)(clq_conv_taps(&problem->weights) * problem->weights.group_in),
        .inner_batches = 1,
        .a_flip = same_sign ? 0 : (clq_int)0x80808080u,
        .a_zero = same_sign ? zero : plan->variant->x_signedness == CLQNN_U8 ? zero + 128 : zero - 128,
        .flags = (problem->weight_zero_nonzero ? GEMM_USE_ROW_SUMS : 0) | (problem->float_bias ? GEMM_FLOAT_BIAS : 0) | (problem->clamp ? GEMM_CLAMP : 0),
        .out = (clq_int)problem->y.type,
        .rule = (clq_int)problem->rounding,
        .zero_point = clq_zero_point_at(&spec->desc.y.quantization, 0),
        .low = spec->low,
        .high = spec->high,
        .c_scale = clq_scale_at(&spec->desc.y.quantization, 0),
        .clamp_min = spec->desc.clamp_min,
        .clamp_max = spec->desc.clamp_max,
    };
}

static int32_t flags_of(const clq_conv_problem *problem)
{
    const bool has_residual = problem->residual.type != CLQNN_TYPE_NONE;
    const bool last = problem->x.channel_step == 1 && problem->y.channel_step == 1 && (!has_residual || problem->residual.channel_step == 1);
    return (problem->table ? CONV_TABLE : 0) | (has_residual ? CONV_RESIDUAL : 0) | (problem->transposed ? CONV_TRANSPOSED : 0) | (last ? CONV_CHANNELS_LAST : 0)
           | (problem->small_multipliers ? CONV_SMALL_MULTIPLIERS : 0) | (problem->residual.type == CLQNN_S8 ? CONV_RESIDUAL_SIGNED : 0);
}

static void fill_strides(const clq_conv_problem *problem, conv_params *params)
{
    params->x_batch_stride = (clq_ulong)problem->x.batch_stride;
    params->x_channel_step = (clq_ulong)problem->x.channel_step;
    params->y_batch_stride = (clq_ulong)problem->y.batch_stride;
    params->y_channel_step = (clq_ulong)problem->y.channel_step;
    params->residual_batch_stride = (clq_ulong)problem->residual.batch_stride;
    params->residual_channel_step = (clq_ulong)problem->residual.channel_step;
    for (int i = 0; i < 3; i++) {
        params->x_step[i] = (clq_ulong)problem->x.step[i];
        params->y_step[i] = (clq_ulong)problem->y.step[i];
        params->residual_step[i] = (clq_ulong)problem->residual.step[i];
        params->input[i] = (clq_int)problem->input[i];
        params->output[i] = (clq_int)problem->output[i];
        params->window[i] = (clq_int)problem->weights.kernel[i];
        params->stride[i] = (clq_int)problem->stride[i];
        params->dilation[i] = (clq_int)problem->dilation[i];
        params->pad[i] = (clq_int)problem->pad[i];
    }
}

static void fill_params(clqnn_conv *plan, const clq_conv_spec *spec)
{
    const clq_conv_problem *problem = &plan->problem;
    const clqnn_conv_desc *desc = &spec->desc;
    const clqnn_quantization *summand = clq_conv_summand(desc);
    plan->params = (conv_params){
        .product = product_params(plan, spec),
        .batch = (clq_int)problem->batch,
        .groups = (clq_int)problem->weights.groups,
        .group_in = (clq_int)problem->weights.group_in,
        .group_out = (clq_int)problem->weights.group_out,
        .taps = (clq_int)clq_conv_taps(&problem->weights),
        .flags = flags_of(problem),
        .pad_word = (clq_int)(((uint32_t)clq_zero_point_at(&desc->x.quantization, 0) & 255u) * 0x01010101u),
        .q_zero = clq_zero_point_at(summand, 0),
        .r_zero = clq_zero_point_at(&desc->residual.quantization, 0),
        .sum_zero = clq_zero_point_at(&desc->sum_quantization, 0),
        .sum_low = spec->sum_low,
        .sum_high = spec->sum_high,
        .q_scale = clq_scale_at(summand, 0),
        .r_scale = clq_scale_at(&desc->residual.quantization, 0),
        .sum_scale = clq_scale_at(&desc->sum_quantization, 0),
    };
    fill_strides(problem, &plan->params);
}

/* Chooses a variant and packs or adopts the weights, and proves that no accumulator overflows. */
static clqnn_status settle_weights(clqnn_conv *plan, const clq_conv_spec *spec)
{
    CLQ_FORWARD(clq_conv_choose(spec, &plan->context->capabilities, &plan->variant, &plan->seconds));
    if (spec->desc.weights) {
        plan->weights = clqnn_conv_weights_retain(spec->desc.weights);
    } else {
        CLQ_FORWARD(clq_conv_weights_create(plan->context, spec, plan->variant->layout, &plan->weights));
    }
    return clq_conv_bound(spec, plan->weights->channels, &plan->bound);
}

static clqnn_status fill_plan(clqnn_conv *plan, const clq_conv_spec *spec)
{
    bool as_product = false;
    CLQ_FORWARD(clq_conv_planned_as_product(spec, &as_product));
    CLQ_FORWARD(clqnn_conv_output_shape(&spec->desc, plan->output));
    plan->family = clq_conv_family_of(&spec->desc);
    plan->problem = spec->problem;
    plan->x = spec->problem.x;
    plan->x_span = spec->x_span;
    plan->y_span = spec->y_span;
    plan->residual_span = spec->residual_span;
    if (as_product) {
        const clqnn_gemm_desc product = clq_conv_product_desc(spec);
        return clqnn_gemm_create(plan->context, &product, &plan->product);
    }
    if (plan->family) return clq_conv_family_fill(plan, spec);
    CLQ_FORWARD(settle_weights(plan, spec));
    if (clq_conv_prepares_x(plan->variant, &spec->problem, &plan->context->capabilities)) {
        plan->problem = clq_conv_prepared(&spec->problem);
        CLQ_FORWARD(clq_conv_create_prepare(plan->context, &spec->problem, &plan->prepare));
    }
    fill_params(plan, spec);
    CLQ_FORWARD(clq_conv_create_constants(plan, spec));
    return clq_conv_create_kernel(plan);
}

clqnn_status clqnn_conv_create(clqnn_context *context, const clqnn_conv_desc *desc, clqnn_conv **conv)
{
    if (!conv) return clq_fail(CLQNN_INVALID_ARGUMENT, "conv is NULL");
    *conv = NULL;
    clq_conv_spec spec;
    CLQ_FORWARD(clq_conv_examine(context, desc, &spec));
    clqnn_conv *plan = calloc(1, sizeof *plan);
    if (!plan) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a plan");
    if (pthread_mutex_init(&plan->lock, NULL) != 0) {
        free(plan);
        return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a plan's lock");
    }
    plan->context = clqnn_context_retain(context);
    const clqnn_status status = fill_plan(plan, &spec);
    if (status != CLQNN_OK) {
        clqnn_conv_destroy(plan);
        return status;
    }
    *conv = plan;
    return CLQNN_OK;
}

void clqnn_conv_destroy(clqnn_conv *conv)
{
    if (!conv) return;
    clqnn_gemm_destroy(conv->product);
    clqnn_op_destroy(conv->op);
    clqnn_op_destroy(conv->prepare);
    if (conv->kernel) clReleaseKernel(conv->kernel);
    if (conv->constants) clReleaseMemObject(conv->constants);
    clqnn_conv_weights_release(conv->weights);
    clqnn_context_release(conv->context);
    pthread_mutex_destroy(&conv->lock);
    free(conv);
}

uint64_t clqnn_conv_workspace_size(const clqnn_conv *conv)
{
    if (!conv) return 0;
    if (conv->product) return clqnn_gemm_workspace_size(conv->product);
    if (conv->op) return clqnn_op_workspace_size(conv->op);
    return conv->prepare ? clq_conv_prepare_bytes(&conv->problem) : 0;
}

clqnn_status clqnn_conv_describe(const clqnn_conv *conv, clqnn_conv_info *info)
{
    if (!conv || !info) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", conv ? "info" : "conv");
    if (conv->product) {
        clqnn_gemm_info product;
        CLQ_FORWARD(clqnn_gemm_describe(conv->product, &product));
        *info = clq_conv_product_info(&product);
    } else if (conv->op) {
        *info = clq_conv_family_info(conv);
    } else {
        *info = (clqnn_conv_info){
            .variant = conv->variant->name,
            .layout = conv->variant->layout->name,
            .packed_bytes = conv->weights->bytes,
            .workspace_bytes = clqnn_conv_workspace_size(conv),
            .accumulator_bound = conv->bound,
            .estimated_seconds = conv->seconds,
        };
    }
    memcpy(info->output, conv->output, sizeof info->output);
    return CLQNN_OK;
}
