/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "arrange/byte_map.h"
#include "core/descriptor.h"
#include "core/message.h"
#include "normalize/normalize_problem.h"

#define LONGEST_LINE ((int64_t)1 << 20)   /* n * d fits 32 bits, n * sum of squares 64 */
#define LEAST 0x1p-60f                    /* magnitudes from here to LARGEST: no step of the formulas overflows or becomes denormal */
#define LARGEST 0x1p60f

static clqnn_status check_shapes(const clq_tensor *x, const clq_tensor *y)
{
    if (y->rank != x->rank) return clq_fail(CLQNN_INVALID_SHAPE, "y.rank is %d, but x.rank is %d", (int)y->rank, (int)x->rank);
    for (int i = 0; i < x->rank; i++) {
        if (y->shape[i] == x->shape[i]) continue;
        return clq_fail(CLQNN_INVALID_SHAPE, "y.shape[%d] is %lld, but x.shape[%d] is %lld", i, (long long)y->shape[i], i, (long long)x->shape[i]);
    }
    return CLQNN_OK;
}

/* The lines' length and steps: dimensions from the axis on must be one evenly spaced run in both tensors. */
static clqnn_status measure_line(clq_normalize_problem *problem, int32_t axis)
{
    const clq_tensor *x = &problem->x;
    clq_nest line = clq_nest_begin(x->rank - axis, x->shape + axis);
    clq_nest_add_strides(&line, x->rank - axis, x->strides + axis);
    clq_nest_add_strides(&line, x->rank - axis, problem->y.strides + axis);
    clq_nest_collapse(&line);
    if (line.extent[OP_RANK - 1] != line.count) return clq_fail(CLQNN_UNSUPPORTED, "the dimensions from axis %d on are not evenly spaced in x and y", (int)axis);
    if (line.count > LONGEST_LINE) return clq_fail(CLQNN_INVALID_SHAPE, "a line has %lld elements, at most 2^20 are allowed", (long long)line.count);
    problem->params.length = (clq_int)line.count;
    problem->params.x_step = (clq_ulong)line.stride[0][OP_RANK - 1];
    problem->params.y_step = (clq_ulong)line.stride[1][OP_RANK - 1];
    return CLQNN_OK;
}

static clqnn_status check_values(const char *name, const float *values, int64_t count)
{
    for (int64_t i = 0; values && i < count; i++) {
        const float magnitude = fabsf(values[i]);
        if (magnitude == 0.0f || (magnitude >= LEAST && magnitude <= LARGEST)) continue;
        return clq_fail(CLQNN_INVALID_ARGUMENT, "%s[%lld] is %g, must be 0 or in 2^-60..2^60 but for its sign", name, (long long)i, (double)values[i]);
    }
    return CLQNN_OK;
}

static clqnn_status set_numbers(const clqnn_layer_norm_desc *desc, clq_normalize_problem *problem)
{
    const clq_byte_code x = clq_byte_code_of(&desc->x), y = clq_byte_code_of(&desc->y);
    const float epsilon = desc->epsilon == 0.0f ? 1e-5f : desc->epsilon;
    normalize_params *params = &problem->params;
    const double n = params->length;
    if (!(epsilon > 0.0f)) return clq_fail(CLQNN_INVALID_ARGUMENT, "epsilon is %g, must be positive (0 means 1e-5)", (double)desc->epsilon);
    params->epsilon = (float)((double)epsilon * n * n / ((double)x.scale * (double)x.scale));
    if (!(params->epsilon >= LEAST && params->epsilon <= LARGEST)) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "epsilon %g over the square of x's scale %g leaves 2^-60..2^60", (double)epsilon, (double)x.scale);
    }
    params->x_flip = x.type == CLQNN_S8 ? 128 : 0;
    params->y_flip = y.type == CLQNN_S8 ? 128 : 0;
    params->x_zero = x.zero_point + params->x_flip;
    params->y_zero = y.zero_point + params->y_flip;
    params->y_scale = y.scale;
    params->limit = y.scale * 512.0f; /* infinite where the scale is huge: then nothing needs the limit */
    CLQ_FORWARD(check_values("gamma", desc->gamma, params->length));
    return check_values("beta", desc->beta, params->length);
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_normalize_problem *problem = problem_memory;
    clqnn_layer_norm_desc desc;
    int32_t axis = 0;
    int64_t outer[CLQNN_MAX_RANK];
    CLQ_FORWARD(clq_descriptor_copy("clqnn_layer_norm_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(clq_tensor_resolve("x", &desc.x, CLQ_TYPES_BYTE, false, &problem->x));
    CLQ_FORWARD(clq_tensor_resolve("y", &desc.y, CLQ_TYPES_BYTE, true, &problem->y));
    CLQ_FORWARD(clq_tensor_check_quantization("x", &desc.x, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(clq_tensor_check_quantization("y", &desc.y, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(check_shapes(&problem->x, &problem->y));
    CLQ_FORWARD(clq_tensor_axis("axis", desc.axis, problem->x.rank, &axis));
    CLQ_FORWARD(measure_line(problem, axis));
    CLQ_FORWARD(set_numbers(&desc, problem));
    for (int i = 0; i < problem->x.rank; i++) outer[i] = i < axis ? problem->x.shape[i] : 1;
    problem->lines = clq_nest_begin(problem->x.rank, outer);
    clq_nest_add_strides(&problem->lines, problem->x.rank, problem->x.strides);
    clq_nest_add_strides(&problem->lines, problem->x.rank, problem->y.strides);
    clq_nest_collapse(&problem->lines);
    problem->gamma = desc.gamma;
    problem->beta = desc.beta;
    signature->wanted = desc.variant;
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &problem->x, clq_tensor_same_layout(&problem->x, &problem->y)));
    return clq_op_add_output(signature, "y", -1, &problem->y);
}

const clq_op_family clq_op_layer_norm = {
    .kind = "layer_norm",
    .problem_size = sizeof(clq_normalize_problem),
    .validate = validate,
    .variants = {&clq_normalize_lines, &clq_normalize_portable},
};

clqnn_status clqnn_layer_norm_create(clqnn_context *context, const clqnn_layer_norm_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_layer_norm, desc, op);
}

clqnn_status clqnn_layer_norm_query(clqnn_context *context, const clqnn_layer_norm_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_layer_norm, desc, info);
}
