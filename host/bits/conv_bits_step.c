/* SPDX-License-Identifier: Apache-2.0 */
/* What every variant's launch of a convolution of bits is made of: params, bases and column tables. */
#include <string.h>

#include "bits/bits_product.h"
#include "bits/conv_bits_problem.h"
#include "bits/conv_bits_weights.h"

#define TABLE_COLUMNS 64
#define WORD CLQ_WORD_VALUES

static uint64_t plane_of(const clq_conv_bits_problem *problem)
{
    return (uint64_t)((problem->conv.out_channels + TABLE_COLUMNS - 1) / TABLE_COLUMNS * TABLE_COLUMNS);
}

static int32_t w_lambda(const clq_conv_bits_problem *problem, int64_t o)
{
    return clq_bits_lambda(&problem->w_form, clq_zero_point_at(&problem->spec->desc.weight_quantization, o));
}

/* Whether a window may meet a position outside x. Of a transposed convolution the taps that reach no pixel count as outside. */
static bool may_leave_image(const clq_conv_problem *conv)
{
    for (int i = 0; i < 3; i++) {
        if (conv->pad[i] || conv->pad_end[i]) return true;
    }
    return conv->transposed;
}

/* bases[0]: bias and constants of whole windows. */
static uint32_t base_of(const clq_conv_bits_problem *problem, const clq_bits_product *product, int64_t o)
{
    const clqnn_conv_desc *desc = &problem->spec->desc;
    const int64_t k = clq_conv_taps(&problem->conv.weights) * problem->conv.weights.group_in;
    int64_t base = k * clq_bits_k_term(product, w_lambda(problem, o));
    if (desc->bias && desc->bias_type == CLQNN_S32) base += ((const int32_t *)desc->bias)[o];
    base += clq_bits_column_term(product, &problem->w_form, clq_conv_bits_channel(problem->weights, o));
    return (uint32_t)base; /* modulo 2^32, as all of it */
}

/* bases[1 + tap]: words of 0 stand for lambda of x, times the sum of the tap's weights. */
static uint32_t edge_of(const clq_conv_bits_problem *problem, const clq_bits_product *product, int64_t tap, int64_t o)
{
    const int64_t q = clq_conv_bits_tap_sum(problem->weights, tap, o);
    return (uint32_t)((int64_t)product->lambda_a * (problem->w_form.alpha * q + (int64_t)w_lambda(problem, o) * problem->conv.weights.group_in));
}

static clqnn_status add_bases(const clq_conv_bits_problem *problem, const clq_bits_product *product, clq_op_recipe *recipe, uint64_t *offset,
                              conv_bits_params *params)
{
    const uint64_t plane = plane_of(problem);
    const int64_t taps = params->has_edges ? clq_conv_taps(&problem->conv.weights) : 0;
    uint32_t *bases = clq_op_add_table(recipe, plane * (uint64_t)(1 + taps) * sizeof *bases, offset);
    if (!bases) return CLQNN_OUT_OF_MEMORY;
    for (int64_t o = 0; o < problem->conv.out_channels && problem->weights; o++) {
        bases[o] = base_of(problem, product, o);
        for (int64_t tap = 0; tap < taps; tap++) bases[(uint64_t)(1 + tap) * plane + (uint64_t)o] = edge_of(problem, product, tap, o);
    }
    return CLQNN_OK;
}

static clqnn_status add_columns(const clq_conv_bits_problem *problem, const clq_bits_product *product, clq_op_recipe *recipe, uint64_t *offset,
                                conv_bits_params *params)
{
    const clqnn_conv_desc *desc = &problem->spec->desc;
    const uint64_t plane = plane_of(problem);
    int32_t *table = clq_op_add_table(recipe, BITS_COLUMN_TABLES * plane * sizeof *table, offset);
    if (!table) return CLQNN_OUT_OF_MEMORY;
    for (int64_t o = 0; o < problem->conv.out_channels; o++) {
        const int64_t which = desc->threshold_count == 1 ? 0 : o;
        const int32_t row_factor = clq_bits_row_factor(product, w_lambda(problem, o));
        if (row_factor) params->has_row_sums = 1;
        table[COLUMN_ZERO * plane + (uint64_t)o] = row_factor;
        table[COLUMN_MULTIPLIER * plane + (uint64_t)o] = clq_multiplier_bits(&problem->spec->rules, o);
        table[COLUMN_SHIFT * plane + (uint64_t)o] = clq_multiplier_shift(&problem->spec->rules, o);
        if (desc->bias && desc->bias_type == CLQNN_F32) table[COLUMN_FLOAT_BIAS * plane + (uint64_t)o] = clq_float_bits(((const float *)desc->bias)[o]);
        table[COLUMN_THRESHOLD * plane + (uint64_t)o] = desc->thresholds ? desc->thresholds[which] : 0;
        table[COLUMN_DIRECTION * plane + (uint64_t)o] = desc->directions ? desc->directions[which] : 1;
    }
    return CLQNN_OK;
}

static bits_epilogue epilogue_of(const clq_conv_bits_problem *problem)
{
    const clqnn_conv_desc *desc = &problem->spec->desc;
    bits_epilogue epilogue = {
        .gemm = {
            .columns_plane = plane_of(problem),
            .n = (clq_int)problem->conv.out_channels,
            .out = (clq_int)problem->conv.y.type,
            .rule = (clq_int)desc->rounding,
            .zero_point = clq_zero_point_at(&desc->y.quantization, 0),
            .low = problem->spec->low,
            .high = problem->spec->high,
            .clamp_min = desc->clamp_min,
            .clamp_max = desc->clamp_max,
        },
        .out_planes = clq_is_bits(problem->conv.y.type) ? (clq_int)clqnn_type_bits(problem->conv.y.type) : 0,
        .residual_type = (clq_int)problem->conv.residual.type,
        .has_row_scales = desc->has_row_scales,
    };
    if (desc->bias && desc->bias_type == CLQNN_F32) epilogue.gemm.flags |= GEMM_FLOAT_BIAS;
    if (desc->has_clamp) epilogue.gemm.flags |= GEMM_CLAMP;
    return epilogue;
}

static void set_product(const clq_conv_bits_problem *problem, const clq_bits_product *product, conv_bits_params *params)
{
    params->mode = product->mode;
    params->factor = product->factor;
    params->x_planes = problem->x_form.planes;
    params->w_planes = problem->w_form.planes;
    for (int i = 0; i < BITS_PLANES; i++) {
        params->x_weights[i] = problem->x_form.weights[i];
        params->w_weights[i] = problem->w_form.weights[i];
        params->row_weights[i] = product->row_weights[i];
    }
}

static void set_shape(const clq_conv_problem *conv, uint64_t x_planes, conv_bits_params *params)
{
    params->x_batch = (clq_ulong)conv->x.batch_stride / WORD * x_planes;
    params->groups = (clq_int)conv->weights.groups;
    params->group_in = (clq_int)conv->weights.group_in;
    params->group_out = (clq_int)conv->weights.group_out;
    params->tap_words = (clq_int)clq_bit_groups(conv->weights.group_in);
    params->pixels = (clq_int)clq_conv_pixels(conv);
    params->taps = (clq_int)clq_conv_taps(&conv->weights);
    params->transposed = conv->transposed;
    params->residual_batch = (clq_ulong)conv->residual.batch_stride;
    params->residual_pixel = (clq_ulong)conv->residual.step[2];
    for (int i = 0; i < 3; i++) {
        params->x_step[i] = (clq_ulong)conv->x.step[i] / WORD * x_planes;
        params->input[i] = (clq_int)conv->input[i];
        params->output[i] = (clq_int)conv->output[i];
        params->window[i] = (clq_int)conv->weights.kernel[i];
        params->stride[i] = (clq_int)conv->stride[i];
        params->dilation[i] = (clq_int)conv->dilation[i];
        params->pad[i] = (clq_int)conv->pad[i];
    }
}

static conv_bits_params params_of(const clq_conv_bits_problem *problem, const clq_bits_product *product)
{
    const clq_conv_problem *conv = &problem->conv;
    conv_bits_params params = {.epilogue = epilogue_of(problem)};
    const uint64_t y_planes = (uint64_t)params.epilogue.out_planes, y_batch = (uint64_t)conv->y.batch_stride, y_pixel = (uint64_t)conv->y.step[2];
    set_shape(conv, (uint64_t)problem->x_form.planes, &params);
    set_product(problem, product, &params);
    params.y_batch = y_planes ? y_batch / WORD * y_planes : y_batch;
    params.y_pixel = y_planes ? y_pixel / WORD * y_planes : y_pixel;
    params.skips_outside = product->lambda_a == 0;
    params.has_edges = !params.skips_outside && problem->spec->desc.pad == CLQNN_BIT_PAD_ZERO && may_leave_image(conv);
    if (problem->weights) {
        const clq_bit_steps steps = clq_bit_panel_steps(problem->weights->product->bits, &problem->shape);
        params.w_panel = steps.panel;
        params.w_word = steps.group;
        params.w_plane = steps.plane;
    }
    return params;
}

static uint8_t input_or_tables(int32_t input)
{
    return input >= 0 ? (uint8_t)(CLQ_OP_INPUT + input) : (uint8_t)CLQ_OP_TABLES;
}

clq_op_step *clq_conv_bits_add_step(const clq_conv_bits_problem *problem, clq_op_recipe *recipe)
{
    const clq_bits_product product = clq_bits_product_of(&problem->x_form, clq_bits_lambda(&problem->x_form, problem->x_zero), &problem->w_form, false);
    conv_bits_params params = params_of(problem, &product);
    uint64_t bases = 0, columns = 0;
    if (add_bases(problem, &product, recipe, &bases, &params) != CLQNN_OK) return NULL;
    if (add_columns(problem, &product, recipe, &columns, &params) != CLQNN_OK) return NULL;
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return NULL;
    const uint8_t buffers[] = {CLQ_OP_INPUT, problem->weights ? CLQ_OP_WEIGHTS : CLQ_OP_TABLES, CLQ_OP_TABLES, CLQ_OP_TABLES,
                               input_or_tables(problem->residual_input), input_or_tables(problem->row_scale_input), CLQ_OP_OUTPUT};
    memcpy(step->buffers, buffers, sizeof buffers);
    step->base[2] = bases;
    step->base[3] = columns;
    memcpy(step->params, &params, sizeof params);
    if (problem->weights) recipe->weights = problem->weights->product->packed;
    return step;
}
_Static_assert(sizeof(conv_bits_params) <= CLQ_OP_PARAMS_WORDS * 8, "params fit");
