/* SPDX-License-Identifier: Apache-2.0 */
/* The operator family behind convolutions of bits. */
#include "bits/conv_bits_problem.h"
#include "bits/conv_bits_validate.h"
#include "bits/conv_bits_weights.h"

clq_conv_bits_problem clq_conv_bits_problem_of(const clq_conv_call *call)
{
    const clqnn_conv_desc *desc = &call->spec->desc;
    clq_conv_bits_problem problem = {
        .conv = call->spec->problem,
        .shape = clq_conv_bits_shape_of(&call->spec->problem.weights, desc->weight_type),
        .x_zero = clq_zero_point_at(&desc->x.quantization, 0),
        .spec = call->spec,
        .weights = call->weights,
        .residual_input = -1,
        .row_scale_input = -1,
    };
    int32_t inputs = 1;
    (void)clq_bit_form_of(problem.conv.x.type, &problem.x_form);
    (void)clq_bit_form_of(desc->weight_type, &problem.w_form);
    if (problem.conv.residual.type != CLQNN_TYPE_NONE) problem.residual_input = inputs++;
    if (desc->has_row_scales) problem.row_scale_input = inputs++;
    return problem;
}

/* The framework's view; of bit planes, words. */
static clq_tensor tensor_of(const clq_conv_image *image, int64_t batch, int64_t pixels, int64_t channels, int64_t span)
{
    clq_tensor tensor = {.type = image->type, .rank = 3, .shape = {batch, pixels, channels}, .strides = {image->batch_stride, image->step[2], 1}, .span = span};
    if (clq_is_bits(image->type)) {
        const int64_t planes = (int64_t)clqnn_type_bits(image->type);
        tensor.type = CLQNN_S32;
        tensor.shape[2] = clq_bit_groups(channels) * planes;
        tensor.strides[0] = image->batch_stride / CLQ_WORD_VALUES * planes;
        tensor.strides[1] = image->step[2] / CLQ_WORD_VALUES * planes;
        tensor.span = span / CLQ_WORD_VALUES * planes;
    }
    tensor.count = batch * pixels * tensor.shape[2];
    return tensor;
}

static bool is_same_place(const clq_conv_image *a, const clq_conv_image *b)
{
    return a->type == b->type && a->batch_stride == b->batch_stride && a->step[2] == b->step[2];
}

static clqnn_status validate(const void *given, void *made, clq_op_signature *signature)
{
    const clq_conv_call *call = given;
    const clq_conv_spec *spec = call->spec;
    const clq_conv_problem *conv = &spec->problem;
    const int64_t pixels = clq_conv_pixels(conv), input = conv->input[0] * conv->input[1] * conv->input[2];
    *(clq_conv_bits_problem *)made = clq_conv_bits_problem_of(call);
    signature->wanted = spec->desc.variant;
    const clq_tensor x = tensor_of(&conv->x, conv->batch, input, conv->in_channels, spec->x_span);
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &x, false));
    if (conv->residual.type != CLQNN_TYPE_NONE) {
        const clq_tensor residual = tensor_of(&conv->residual, conv->batch, pixels, conv->out_channels, spec->residual_span);
        CLQ_FORWARD(clq_op_add_input(signature, "residual", -1, &residual, is_same_place(&conv->residual, &conv->y)));
    }
    if (conv->row_scales) {
        const int64_t count = conv->batch * pixels;
        const clq_tensor scales = {.type = CLQNN_F32, .rank = 1, .shape = {count}, .strides = {1}, .count = count, .span = count, .is_dense = true};
        CLQ_FORWARD(clq_op_add_input(signature, "row_scales", -1, &scales, false));
    }
    const clq_tensor y = tensor_of(&conv->y, conv->batch, pixels, conv->out_channels, spec->y_span);
    return clq_op_add_output(signature, "y", -1, &y);
}

const char *clq_conv_bits_refuses(const clq_conv_bits_problem *problem, const clq_bit_layout *layout)
{
    if (problem->weights && problem->weights->product->bits != layout) return "the weights are packed in another layout";
    return NULL;
}

bool clq_conv_bits_is_depthwise(const clq_conv_bits_problem *problem)
{
    const clq_conv_shape *shape = &problem->conv.weights;
    return shape->group_in == 1 && shape->group_out == 1;
}

bool clq_conv_bits_has_whole_groups(const clq_conv_bits_problem *problem)
{
    const clq_conv_shape *shape = &problem->conv.weights;
    return shape->groups == 1 || (shape->group_in % CLQ_WORD_VALUES == 0 && shape->group_out % CLQ_WORD_VALUES == 0);
}

double clq_conv_bits_words(const clq_conv_bits_problem *problem)
{
    const clq_conv_problem *conv = &problem->conv;
    const double tap = (double)clq_conv_bits_tap_words(&conv->weights, problem->w_form.planes) * (double)problem->x_form.planes;
    return (double)conv->batch * (double)clq_conv_pixels(conv) * (double)conv->out_channels * (double)clq_conv_taps(&conv->weights) * tap;
}

const clq_op_family clq_op_conv_bits = {
    .kind = "conv_bits",
    .problem_size = sizeof(clq_conv_bits_problem),
    .validate = validate,
    .variants = {
#define X(variant) &clq_##variant.op,
#include "bits/conv_bits_variants.def"
#undef X
    },
};
_Static_assert(sizeof(clq_conv_bits_problem) <= CLQ_OP_PROBLEM_BYTES, "a problem fits");

static bool has_layout(const char *name)
{
    return clq_bit_layout_find(name) != NULL;
}

const clq_conv_family clq_conv_of_bits = {
    .op = &clq_op_conv_bits,
    .is_meant = clq_conv_bits_is_meant,
    .check_types = clq_conv_bits_check_types,
    .check_numbers = clq_conv_bits_check_numbers,
    .pack = clq_conv_bits_weights_create,
    .describe_weights = clq_conv_bits_weights_describe,
    .prove = clq_conv_bits_prove,
    .unpack = clq_conv_bits_weights_unpack,
    .has_layout = has_layout,
    .adopt = clq_conv_bits_weights_adopt,
};
