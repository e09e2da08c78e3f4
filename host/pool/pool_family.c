/* SPDX-License-Identifier: Apache-2.0 */
#include <float.h>
#include <string.h>

#include "bits/pool_bits_problem.h"
#include "core/descriptor.h"
#include "core/message.h"
#include "pointwise/fixed_point.h"
#include "pool/pool_problem.h"

#define MOST_TAPS ((int64_t)INT32_MAX / 255)   /* whose sum fits 32 bits */

clqnn_status clq_pool_check_enumerators(const clqnn_pool_desc *desc)
{
    if ((unsigned)desc->kind > CLQNN_POOL_AVERAGE) return clq_fail(CLQNN_INVALID_ARGUMENT, "kind is %d, not a clqnn_pool_kind", (int)desc->kind);
    if ((unsigned)desc->layout > CLQNN_CHANNELS_FIRST) return clq_fail(CLQNN_INVALID_ARGUMENT, "layout is %d, not a clqnn_layout", (int)desc->layout);
    if ((unsigned)desc->rounding > CLQNN_AVERAGE_HALF_AWAY) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "rounding is %d, not a clqnn_average_rounding", (int)desc->rounding);
    }
    if (desc->spatial_rank < 0 || desc->spatial_rank > POOL_AXES) {
        return clq_fail(CLQNN_INVALID_SHAPE, "spatial_rank is %d, must be 1, 2 or 3 (0 means 2)", (int)desc->spatial_rank);
    }
    const struct { const char *name; int32_t value; } flags[] = {
        {"is_global", desc->is_global}, {"ceil_mode", desc->ceil_mode}, {"count_include_pad", desc->count_include_pad},
    };
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (flags[i].value != 0 && flags[i].value != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is %d, must be 0 or 1", flags[i].name, (int)flags[i].value);
    }
    return CLQNN_OK;
}

static int32_t spatial_rank_of(const clqnn_pool_desc *desc)
{
    return desc->spatial_rank ? desc->spatial_rank : 2;
}

static clqnn_status check_axis(const clq_pool_axis *axis, int i)
{
    const struct { const char *name; int64_t value, least; } fields[] = {
        {"kernel", axis->kernel, 1}, {"stride", axis->stride, 1}, {"dilation", axis->dilation, 1}, {"pad_begin", axis->pad_begin, 0}, {"pad_end", axis->pad_end, 0},
    };
    for (size_t f = 0; f < sizeof fields / sizeof fields[0]; f++) {
        if (fields[f].value >= fields[f].least && fields[f].value <= INT32_MAX) continue;
        return clq_fail(CLQNN_INVALID_SHAPE, "%s[%d] is %lld, must be in %lld..2147483647", fields[f].name, i, (long long)fields[f].value, (long long)fields[f].least);
    }
    return CLQNN_OK;
}

/* The output's extent of one axis, and proof that every window sees a pixel. */
static clqnn_status size_axis(const clqnn_pool_desc *desc, int i, clq_pool_axis *axis)
{
    CLQ_FORWARD(check_axis(axis, i));
    const int64_t extent = (axis->kernel - 1) * axis->dilation + 1, padded = axis->input + axis->pad_begin + axis->pad_end; /* below 2^62 + 1 */
    if (padded < extent) {
        return clq_fail(CLQNN_INVALID_SHAPE, "kernel[%d] spans %lld, but the input has %lld with its pads", i, (long long)extent, (long long)padded);
    }
    axis->output = (padded - extent) / axis->stride + 1;
    if (desc->ceil_mode && (padded - extent) % axis->stride != 0 && axis->output * axis->stride < axis->input + axis->pad_begin) axis->output++;
    if (axis->output > INT32_MAX) return clq_fail(CLQNN_INVALID_SHAPE, "output[%d] is %lld, beyond 2147483647", i, (long long)axis->output);
    const int64_t reach = axis->pad_begin > axis->pad_end ? axis->pad_begin : axis->pad_end;
    const bool is_safe = axis->dilation == 1 && reach < axis->kernel && !desc->ceil_mode; /* no need to look at each window */
    for (int64_t o = 0; o < axis->output && !is_safe; o++) {
        if (clq_pool_window_at(axis, o).inside == 0) return clq_fail(CLQNN_INVALID_SHAPE, "window %lld of axis %d sees no pixel", (long long)o, i);
    }
    return CLQNN_OK;
}

clqnn_status clq_pool_make_axes(const clqnn_pool_desc *desc, clq_pool_axis axes[POOL_AXES])
{
    const int32_t rank = spatial_rank_of(desc);
    const int first = desc->layout == CLQNN_CHANNELS_LAST ? 1 : 2;
    for (int i = 0; i < POOL_AXES; i++) {
        const int from = i - (POOL_AXES - rank);
        axes[i] = (clq_pool_axis){.input = 1, .output = 1, .kernel = 1, .stride = 1, .dilation = 1};
        if (from < 0) continue;
        const int64_t input = desc->x.shape[first + from];
        if (input < 1 || input > INT32_MAX) return clq_fail(CLQNN_INVALID_SHAPE, "x.shape[%d] is %lld, must be in 1..2147483647", first + from, (long long)input);
        axes[i].input = input;
        if (desc->is_global) {
            axes[i].kernel = input;
            continue;
        }
        axes[i].kernel = desc->kernel[from];
        axes[i].stride = desc->stride[from] ? desc->stride[from] : 1;
        axes[i].dilation = desc->dilation[from] ? desc->dilation[from] : 1;
        axes[i].pad_begin = desc->pad_begin[from];
        axes[i].pad_end = desc->pad_end[from];
        CLQ_FORWARD(size_axis(desc, from, &axes[i]));
    }
    return CLQNN_OK;
}

static clqnn_status check_tensors(clq_pool_problem *problem)
{
    const clqnn_pool_desc *desc = &problem->desc;
    const int32_t rank = spatial_rank_of(desc) + 2;
    if (desc->x.rank != rank || desc->y.rank != rank) {
        return clq_fail(CLQNN_INVALID_SHAPE, "x.rank is %d and y.rank is %d, must be %d", (int)desc->x.rank, (int)desc->y.rank, (int)rank);
    }
    CLQ_FORWARD(clq_tensor_resolve("x", &desc->x, CLQ_TYPES_BYTE, false, &problem->x));
    CLQ_FORWARD(clq_tensor_resolve("y", &desc->y, CLQ_TYPE_BIT(desc->x.type), true, &problem->y));
    CLQ_FORWARD(clq_tensor_check_quantization("x", &desc->x, CLQ_QUANTIZED_WHOLE));
    return clq_tensor_check_quantization("y", &desc->y, CLQ_QUANTIZED_WHOLE);
}

static clqnn_status match_extent(const char *what, int i, int64_t given, int64_t wanted)
{
    if (given == wanted) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "y.shape[%d] is %lld, but %s makes it %lld", i, (long long)given, what, (long long)wanted);
}

static clqnn_status match_shapes(clq_pool_problem *problem)
{
    const clq_tensor *x = &problem->x, *y = &problem->y;
    const int32_t rank = spatial_rank_of(&problem->desc);
    const int first = problem->desc.layout == CLQNN_CHANNELS_LAST ? 1 : 2, channel = first == 1 ? rank + 1 : 1;
    CLQ_FORWARD(match_extent("x", 0, y->shape[0], x->shape[0]));
    CLQ_FORWARD(match_extent("x", channel, y->shape[channel], x->shape[channel]));
    for (int i = 0; i < rank; i++) {
        clq_pool_axis *axis = &problem->axes[POOL_AXES - rank + i];
        CLQ_FORWARD(match_extent("the window", first + i, y->shape[first + i], axis->output));
        axis->x_stride = x->strides[first + i];
        axis->y_stride = y->strides[first + i];
    }
    problem->batch = x->shape[0];
    problem->channels = x->shape[channel];
    problem->x_batch_stride = x->strides[0];
    problem->y_batch_stride = y->strides[0];
    problem->x_channel_stride = x->strides[channel];
    problem->y_channel_stride = y->strides[channel];
    return CLQNN_OK;
}

/* No sum beyond 32 bits, no multiplier that is not a normal number. */
static clqnn_status check_average(const clq_pool_problem *problem)
{
    const clqnn_pool_desc *desc = &problem->desc;
    int64_t taps = 1;
    for (int i = 0; i < POOL_AXES; i++) {
        taps *= problem->axes[i].kernel; /* of two factors below 2^31 where the first two passed */
        if (taps > MOST_TAPS) return clq_fail(CLQNN_OVERFLOW, "a window has more than %lld taps, whose sum may leave 32 bits", (long long)MOST_TAPS);
    }
    const float x = problem->x_code.scale, y = problem->y_code.scale;
    if (desc->rounding == CLQNN_AVERAGE_HALF_AWAY) {
        if (desc->count_include_pad) return clq_fail(CLQNN_UNSUPPORTED, "count_include_pad is 1, which CLQNN_AVERAGE_HALF_AWAY does not have");
        if (clq_byte_code_equal(&problem->x_code, &problem->y_code)) return CLQNN_OK;
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "x and y are quantized differently, which CLQNN_AVERAGE_HALF_AWAY does not have");
    }
    if (x / y <= FLT_MAX && y * (float)taps <= FLT_MAX && x / (y * (float)taps) >= FLT_MIN) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_QUANTIZATION, "x's scale %g over y's %g leaves float's normal range", (double)x, (double)y);
}

static clqnn_status validate(const void *desc, void *problem_memory, clq_op_signature *signature)
{
    clq_pool_problem *problem = problem_memory;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_pool_desc", desc, &problem->desc, sizeof problem->desc, sizeof problem->desc));
    const clqnn_pool_desc *full = &problem->desc;
    CLQ_FORWARD(clq_pool_check_enumerators(full));
    CLQ_FORWARD(check_tensors(problem));
    CLQ_FORWARD(clq_pool_make_axes(full, problem->axes));
    CLQ_FORWARD(match_shapes(problem));
    problem->x_code = clq_byte_code_of(&full->x);
    problem->y_code = clq_byte_code_of(&full->y);
    CLQ_FORWARD(clq_clamp_range(full->y.type, full->has_clamp, full->clamp_min, full->clamp_max, &problem->low, &problem->high));
    if (full->kind == CLQNN_POOL_AVERAGE) CLQ_FORWARD(check_average(problem));
    signature->wanted = full->variant;
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &problem->x, false));
    return clq_op_add_output(signature, "y", -1, &problem->y);
}

const clq_op_family clq_op_pool = {
    .kind = "pool",
    .problem_size = sizeof(clq_pool_problem),
    .validate = validate,
    .variants = {&clq_pool_vector, &clq_pool_bands, &clq_pool_planes, &clq_pool_portable},
};
_Static_assert(sizeof(clq_pool_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_pool_output_shape(const clqnn_pool_desc *desc, int64_t output[CLQNN_POOL_MAX_SPATIAL])
{
    clqnn_pool_desc full;
    clq_pool_axis axes[POOL_AXES];
    if (!output) return clq_fail(CLQNN_INVALID_ARGUMENT, "output is NULL");
    CLQ_FORWARD(clq_descriptor_copy("clqnn_pool_desc", desc, &full, sizeof full, sizeof full));
    CLQ_FORWARD(clq_pool_check_enumerators(&full));
    const int32_t rank = spatial_rank_of(&full);
    if (full.x.rank != rank + 2) return clq_fail(CLQNN_INVALID_SHAPE, "x.rank is %d, must be %d", (int)full.x.rank, (int)rank + 2);
    CLQ_FORWARD(clq_pool_make_axes(&full, axes));
    for (int i = 0; i < rank; i++) output[i] = axes[POOL_AXES - rank + i].output;
    return CLQNN_OK;
}

/* That of words where x is of bit planes; a descriptor too short to have a type is the other's to refuse. */
static const clq_op_family *family_of(const clqnn_pool_desc *desc)
{
    const bool has_type = desc && desc->struct_size >= sizeof *desc;
    return has_type && clq_planes_kind(desc->x.type) ? &clq_op_pool_bits : &clq_op_pool;
}

clqnn_status clqnn_pool_create(clqnn_context *context, const clqnn_pool_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, family_of(desc), desc, op);
}

clqnn_status clqnn_pool_query(clqnn_context *context, const clqnn_pool_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, family_of(desc), desc, info);
}
