/* SPDX-License-Identifier: Apache-2.0 */
/* The operator family behind convolutions of floats. */
#include <string.h>

#include "layout/plane_values.h"
#include "mixed/conv_mixed_validate.h"
#include "mixed/conv_mixed_weights.h"
#include "quantization/quantization.h"

#define TABLE_COLUMNS 64
#define LANES 16           /* that kernels read of the table from any channel on */

clq_conv_mixed_problem clq_conv_mixed_problem_of(const clq_conv_call *call)
{
    const clq_conv_problem *conv = &call->spec->problem;
    const bool is_joined = conv->weights.group_in == 1;
    return (clq_conv_mixed_problem){
        .conv = *conv,
        .form = {.type = clq_plane_count(call->spec->desc.weight_type) ? CLQNN_BF16 : call->spec->desc.weight_type,
                 .n = is_joined ? conv->out_channels : conv->weights.group_out,
                 .k = clq_conv_taps(&conv->weights) * conv->weights.group_in},
        .matrices = is_joined ? 1 : conv->weights.groups,
        .spec = call->spec,
        .weights = call->weights ? call->weights->product : NULL,
        .residual_input = conv->residual.type != CLQNN_TYPE_NONE ? 1 : -1,
    };
}

/* The framework's view; channels and pixels as they lie. */
static clq_tensor tensor_of(const clq_conv_image *image, int64_t batch, int64_t pixels, int64_t channels, int64_t span)
{
    return (clq_tensor){.type = image->type, .rank = 3, .shape = {batch, pixels, channels},
                        .strides = {image->batch_stride, image->step[2], image->channel_step},
                        .count = batch * pixels * channels, .span = span};
}

static bool is_same_place(const clq_conv_image *a, const clq_conv_image *b)
{
    return a->type == b->type && a->batch_stride == b->batch_stride && a->channel_step == b->channel_step && a->step[2] == b->step[2];
}

static clqnn_status validate(const void *given, void *made, clq_op_signature *signature)
{
    const clq_conv_call *call = given;
    const clq_conv_spec *spec = call->spec;
    const clq_conv_problem *conv = &spec->problem;
    const int64_t pixels = clq_conv_pixels(conv), input = conv->input[0] * conv->input[1] * conv->input[2];
    *(clq_conv_mixed_problem *)made = clq_conv_mixed_problem_of(call);
    signature->wanted = spec->desc.variant;
    const clq_tensor x = tensor_of(&conv->x, conv->batch, input, conv->in_channels, spec->x_span);
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &x, false));
    if (conv->residual.type != CLQNN_TYPE_NONE) {
        const clq_tensor residual = tensor_of(&conv->residual, conv->batch, pixels, conv->out_channels, spec->residual_span);
        CLQ_FORWARD(clq_op_add_input(signature, "residual", -1, &residual, is_same_place(&conv->residual, &conv->y)));
    }
    const clq_tensor y = tensor_of(&conv->y, conv->batch, pixels, conv->out_channels, spec->y_span);
    return clq_op_add_output(signature, "y", -1, &y);
}

const char *clq_conv_mixed_refuses(const clq_conv_mixed_problem *problem, const clq_mixed_layout *layout)
{
    return clq_conv_mixed_refuses_sums(problem, layout, CLQNN_ACCUMULATE_F32);
}

const char *clq_conv_mixed_refuses_sums(const clq_conv_mixed_problem *problem, const clq_mixed_layout *layout, clqnn_accumulation accumulation)
{
    const char *refusal = clq_accumulation_refusal(accumulation, problem->spec->desc.accumulation);
    if (refusal) return refusal;
    if (problem->weights && problem->weights->mixed != layout) return "the weights are packed in another layout";
    return layout->refuses(layout, &problem->form);
}

bool clq_conv_mixed_is_depthwise(const clq_conv_mixed_problem *problem)
{
    return problem->conv.weights.group_in == 1 && problem->conv.weights.group_out == 1 && problem->conv.weights.groups > 1;
}

static mixed_params sum_params(const clq_conv_mixed_problem *problem, uint64_t table_plane)
{
    const clqnn_conv_desc *desc = &problem->spec->desc;
    return (mixed_params){
        .table_plane = table_plane,
        .n = (clq_int)problem->conv.out_channels,
        .a_type = (clq_int)problem->conv.x.type,
        .b_type = (clq_int)problem->form.type,
        .c_type = (clq_int)problem->conv.y.type,
        .residual_type = (clq_int)problem->conv.residual.type,
        .has_scale = desc->weight_quantization.scale_count != 0,
        .has_bias = desc->bias != NULL,
        .activation = (clq_int)desc->activation,
        .has_clamp = desc->has_clamp,
        .clamp_min = desc->clamp_min,
        .clamp_max = desc->clamp_max,
        .c_scale = clq_scale_at(&desc->y.quantization, 0),
        .c_zero = clq_zero_point_at(&desc->y.quantization, 0),
        .low = problem->spec->low,
        .high = problem->spec->high,
    };
}

static void fill_shape(const clq_conv_problem *conv, conv_mixed_params *params)
{
    for (int i = 0; i < 3; i++) {
        params->x_step[i] = (clq_ulong)conv->x.step[i];
        params->input[i] = (clq_int)conv->input[i];
        params->output[i] = (clq_int)conv->output[i];
        params->window[i] = (clq_int)conv->weights.kernel[i];
        params->stride[i] = (clq_int)conv->stride[i];
        params->dilation[i] = (clq_int)conv->dilation[i];
        params->pad[i] = (clq_int)conv->pad[i];
    }
}

static conv_mixed_params params_of(const clq_conv_mixed_problem *problem, uint64_t table_plane)
{
    const clq_conv_problem *conv = &problem->conv;
    conv_mixed_params params = {
        .sum = sum_params(problem, table_plane),
        .x_batch = (clq_ulong)conv->x.batch_stride,
        .x_channel = (clq_ulong)conv->x.channel_step,
        .y_batch = (clq_ulong)conv->y.batch_stride,
        .y_pixel = (clq_ulong)conv->y.step[2],
        .y_channel = (clq_ulong)conv->y.channel_step,
        .residual_batch = (clq_ulong)conv->residual.batch_stride,
        .residual_pixel = (clq_ulong)conv->residual.step[2],
        .residual_channel = (clq_ulong)conv->residual.channel_step,
        .matrix_columns = (clq_int)problem->form.n,
        .groups = (clq_int)conv->weights.groups,
        .group_in = (clq_int)conv->weights.group_in,
        .group_out = (clq_int)conv->weights.group_out,
        .pixels = (clq_int)clq_conv_pixels(conv),
        .taps = (clq_int)clq_conv_taps(&conv->weights),
        .transposed = conv->transposed,
        .run = 1,
    };
    if (problem->weights) params.matrix = problem->weights->matrix_bytes / clqnn_type_size(problem->form.type);
    fill_shape(conv, &params);
    return params;
}

clq_op_step *clq_conv_mixed_add_step(const clq_conv_mixed_problem *problem, clq_op_recipe *recipe)
{
    const clqnn_conv_desc *desc = &problem->spec->desc;
    const uint64_t channels = (uint64_t)problem->conv.out_channels, plane = (channels + LANES + TABLE_COLUMNS - 1) / TABLE_COLUMNS * TABLE_COLUMNS;
    uint64_t offset = 0;
    float *table = clq_op_add_table(recipe, 2 * plane * sizeof *table, &offset);
    if (!table) return NULL;
    for (uint64_t o = 0; o < channels; o++) {
        table[o] = clq_scale_at(&desc->weight_quantization, (int64_t)o);
        table[plane + o] = desc->bias ? ((const float *)desc->bias)[o] : 0.0f;
    }
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return NULL;
    const uint8_t residual = problem->residual_input >= 0 ? (uint8_t)(CLQ_OP_INPUT + problem->residual_input) : (uint8_t)CLQ_OP_TABLES;
    const uint8_t buffers[] = {CLQ_OP_INPUT, problem->weights ? CLQ_OP_WEIGHTS : CLQ_OP_TABLES, CLQ_OP_TABLES, residual, CLQ_OP_OUTPUT};
    memcpy(step->buffers, buffers, sizeof buffers);
    step->base[2] = offset;
    const conv_mixed_params params = params_of(problem, plane);
    memcpy(step->params, &params, sizeof params);
    if (problem->weights) recipe->weights = problem->weights->packed;
    return step;
}

const clq_op_family clq_op_conv_mixed = {
    .kind = "conv_mixed",
    .problem_size = sizeof(clq_conv_mixed_problem),
    .validate = validate,
    .variants = {
#define X(variant) &clq_##variant.op,
#include "mixed/conv_mixed_variants.def"
#undef X
    },
};

static bool has_layout(const char *name)
{
    return clq_mixed_layout_find(name) != NULL;
}

const clq_conv_family clq_conv_of_floats = {
    .op = &clq_op_conv_mixed,
    .is_meant = clq_conv_mixed_is_meant,
    .check_types = clq_conv_mixed_check_types,
    .check_numbers = clq_conv_mixed_check_numbers,
    .pack = clq_conv_mixed_weights_create,
    .describe_weights = clq_conv_mixed_weights_describe,
    .unpack = clq_conv_mixed_weights_unpack,
    .has_layout = has_layout,
    .adopt = clq_conv_mixed_weights_adopt,
};
_Static_assert(sizeof(clq_conv_mixed_problem) <= CLQ_OP_PROBLEM_BYTES, "a problem fits");
_Static_assert(sizeof(conv_mixed_params) <= CLQ_OP_PARAMS_WORDS * 8, "params fit");
