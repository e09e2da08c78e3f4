/* SPDX-License-Identifier: Apache-2.0 */
#include "core/descriptor.h"
#include "train_layers/train_pool_problem.h"

#define MOST_EXTENT ((int64_t)1 << 20)   /* of an image, a kernel, a stride: sums of a few of them fit 32 bits */
#define MOST_WINNERS 256                 /* taps of a window that 8 bits can tell apart */
#define MOST_TAPS ((int64_t)1 << 24)     /* counts are exact in binary32 */

static clqnn_status check_field(const char *field, int axis, int64_t value, int64_t least, int64_t most)
{
    if (value >= least && value <= most) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "%s[%d] is %lld, must be in %lld..%lld", field, axis, (long long)value, (long long)least, (long long)most);
}

/* One axis; fills in defaults. The output's extent in `output`. */
static clqnn_status check_axis(clqnn_train_pool_desc *desc, int axis, int64_t extent, int64_t *output)
{
    if (desc->is_global) {
        desc->kernel[axis] = extent;
        desc->stride[axis] = 1;
        desc->pad_begin[axis] = desc->pad_end[axis] = 0;
    }
    CLQ_FORWARD(check_field("kernel", axis, desc->kernel[axis], 1, MOST_EXTENT));
    CLQ_FORWARD(check_field("stride", axis, desc->stride[axis], 0, MOST_EXTENT));
    CLQ_FORWARD(check_field("pad_begin", axis, desc->pad_begin[axis], 0, desc->kernel[axis] - 1));
    CLQ_FORWARD(check_field("pad_end", axis, desc->pad_end[axis], 0, desc->kernel[axis] - 1));
    if (desc->stride[axis] == 0) desc->stride[axis] = 1;
    const int64_t padded = extent + desc->pad_begin[axis] + desc->pad_end[axis];
    if (padded < desc->kernel[axis]) {
        return clq_fail(CLQNN_INVALID_SHAPE, "kernel[%d] is %lld: larger than the padded image of %lld", axis, (long long)desc->kernel[axis], (long long)padded);
    }
    *output = (padded - desc->kernel[axis]) / desc->stride[axis] + 1;
    return CLQNN_OK;
}

static clqnn_status check_shape(const clqnn_train_pool_desc *desc)
{
    CLQ_FORWARD(clq_layer_check_extent("batch", desc->batch, 1, INT32_MAX));
    CLQ_FORWARD(clq_layer_check_extent("height", desc->height, 1, MOST_EXTENT));
    CLQ_FORWARD(clq_layer_check_extent("width", desc->width, 1, MOST_EXTENT));
    CLQ_FORWARD(clq_layer_check_extent("channels", desc->channels, 1, INT32_MAX));
    const int64_t image = desc->height * desc->width;
    if (image <= CLQ_LAYER_MOST_ELEMENTS / desc->channels && image * desc->channels <= CLQ_LAYER_MOST_ELEMENTS / desc->batch) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "batch %lld of %lld x %lld x %lld: more than 2^40 elements", (long long)desc->batch, (long long)desc->height,
                    (long long)desc->width, (long long)desc->channels);
}

static clqnn_status check_kind(const clqnn_train_pool_desc *desc)
{
    if (desc->kind != CLQNN_TRAIN_POOL_MAX && desc->kind != CLQNN_TRAIN_POOL_AVERAGE) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "kind is %d, must be 0 (max) or 1 (average)", (int)desc->kind);
    }
    if (desc->direction != CLQNN_LAYER_FORWARD && desc->direction != CLQNN_LAYER_BACKWARD) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "direction is %d, must be 0 (forward) or 1 (backward)", (int)desc->direction);
    }
    const bool is_average = desc->kind == CLQNN_TRAIN_POOL_AVERAGE;
    if (desc->saves_taps && is_average) return clq_fail(CLQNN_INVALID_ARGUMENT, "saves_taps is %d, must be 0 for averages", (int)desc->saves_taps);
    if (desc->saves_taps && desc->direction == CLQNN_LAYER_BACKWARD) return clq_fail(CLQNN_INVALID_ARGUMENT, "saves_taps is %d, must be 0 backward", (int)desc->saves_taps);
    if (desc->counts_padding && !is_average) return clq_fail(CLQNN_INVALID_ARGUMENT, "counts_padding is %d, must be 0 for maxima", (int)desc->counts_padding);
    return CLQNN_OK;
}

static clqnn_status sign(const clq_train_pool_problem *problem, clq_op_signature *signature)
{
    const int64_t x = problem->x_count, y = problem->y_count;
    const bool is_average = problem->params.is_average;
    if (problem->is_backward) {
        CLQ_FORWARD(clq_layer_add_input(signature, "dy", CLQNN_F32, y, false));
        if (!is_average) CLQ_FORWARD(clq_layer_add_input(signature, "taps", CLQNN_U8, y, false));
        return clq_layer_add_output(signature, "dx", CLQNN_F32, x);
    }
    CLQ_FORWARD(clq_layer_add_input(signature, "x", CLQNN_F32, x, false));
    CLQ_FORWARD(clq_layer_add_output(signature, "y", CLQNN_F32, y));
    return problem->params.saves_taps ? clq_layer_add_output(signature, "taps", CLQNN_U8, y) : CLQNN_OK;
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_train_pool_problem *problem = problem_memory;
    clqnn_train_pool_desc desc;
    int64_t output[2] = {0, 0};
    CLQ_FORWARD(clq_descriptor_copy("clqnn_train_pool_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(check_kind(&desc));
    CLQ_FORWARD(check_shape(&desc));
    CLQ_FORWARD(check_axis(&desc, 0, desc.height, &output[0]));
    CLQ_FORWARD(check_axis(&desc, 1, desc.width, &output[1]));
    const int64_t taps = desc.kernel[0] * desc.kernel[1], most = desc.kind == CLQNN_TRAIN_POOL_MAX ? MOST_WINNERS : MOST_TAPS;
    if (taps > most) return clq_fail(CLQNN_UNSUPPORTED, "kernel has %lld taps, more than %lld", (long long)taps, (long long)most);
    problem->is_backward = desc.direction == CLQNN_LAYER_BACKWARD;
    problem->x_count = desc.batch * desc.height * desc.width * desc.channels;
    problem->y_count = desc.batch * output[0] * output[1] * desc.channels;
    if (output[0] * output[1] > CLQ_LAYER_MOST_ELEMENTS / desc.channels / desc.batch) return clq_fail(CLQNN_INVALID_SHAPE, "y has more than 2^40 elements");
    problem->params = (train_pool_params){
        .pixels = (clq_ulong)((problem->is_backward ? problem->x_count : problem->y_count) / desc.channels),
        .channels = (clq_ulong)desc.channels,
        .height = (clq_int)desc.height,
        .width = (clq_int)desc.width,
        .out_height = (clq_int)output[0],
        .out_width = (clq_int)output[1],
        .kernel_h = (clq_int)desc.kernel[0],
        .kernel_w = (clq_int)desc.kernel[1],
        .stride_h = (clq_int)desc.stride[0],
        .stride_w = (clq_int)desc.stride[1],
        .pad_h = (clq_int)desc.pad_begin[0],
        .pad_w = (clq_int)desc.pad_begin[1],
        .is_average = desc.kind == CLQNN_TRAIN_POOL_AVERAGE,
        .counts_padding = desc.counts_padding != 0,
        .saves_taps = desc.saves_taps != 0,
        .streams = clq_layer_streams(problem->is_backward ? problem->x_count : problem->y_count),
    };
    signature->wanted = desc.variant;
    return sign(problem, signature);
}

const clq_op_family clq_op_train_pool = {
    .kind = "train_pool",
    .problem_size = sizeof(clq_train_pool_problem),
    .validate = validate,
    .variants = {&clq_train_pool_vector, &clq_train_pool_portable},
};
_Static_assert(sizeof(clq_train_pool_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_train_pool_create(clqnn_context *context, const clqnn_train_pool_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_train_pool, desc, op);
}

clqnn_status clqnn_train_pool_query(clqnn_context *context, const clqnn_train_pool_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_train_pool, desc, info);
}
