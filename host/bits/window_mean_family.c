/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "bits/window_mean_problem.h"
#include "core/descriptor.h"
#include "core/message.h"

static clqnn_status check_rank(const char *name, const clq_tensor *tensor, int32_t rank)
{
    if (tensor->rank == rank) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "%s.rank is %d, must be %d", name, (int)tensor->rank, (int)rank);
}

static clqnn_status check_extent(const char *field, int axis, int64_t value, int64_t least)
{
    if (value >= least && value <= INT32_MAX) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "%s[%d] is %lld, must be in %lld..2147483647", field, axis, (long long)value, (long long)least);
}

/* One axis: fills in the defaults and compares y's extent. */
static clqnn_status check_axis(const clqnn_window_mean_desc *desc, int axis, clq_window_mean_problem *problem)
{
    CLQ_FORWARD(check_extent("kernel", axis, desc->kernel[axis], 1));
    CLQ_FORWARD(check_extent("stride", axis, desc->stride[axis], 0));
    CLQ_FORWARD(check_extent("dilation", axis, desc->dilation[axis], 0));
    CLQ_FORWARD(check_extent("pad_begin", axis, desc->pad_begin[axis], 0));
    CLQ_FORWARD(check_extent("pad_end", axis, desc->pad_end[axis], 0));
    problem->kernel[axis] = desc->kernel[axis];
    problem->stride[axis] = desc->stride[axis] ? desc->stride[axis] : 1;
    problem->dilation[axis] = desc->dilation[axis] ? desc->dilation[axis] : 1;
    problem->pad[axis] = desc->pad_begin[axis];
    const int64_t extent = (problem->kernel[axis] - 1) * problem->dilation[axis] + 1;
    const int64_t padded = problem->x.shape[1 + axis] + desc->pad_begin[axis] + desc->pad_end[axis];
    const int64_t output = padded < extent ? 0 : (padded - extent) / problem->stride[axis] + 1;
    if (output == 0) {
        return clq_fail(CLQNN_INVALID_SHAPE, "kernel[%d] is %lld with dilation %lld: the window is larger than the padded image of %lld", axis,
                        (long long)problem->kernel[axis], (long long)problem->dilation[axis], (long long)padded);
    }
    if (problem->y.shape[1 + axis] == output) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "y.shape[%d] is %lld, must be %lld", 1 + axis, (long long)problem->y.shape[1 + axis], (long long)output);
}

/* Loops over the pixels of x, whose channels are walked by the kernel, and over the elements of y. */
static void make_nests(clq_window_mean_problem *problem)
{
    const int64_t *shape = problem->x.shape;
    clq_tensor pixels = problem->x;
    pixels.rank = 3;
    const int64_t dense[3] = {shape[1] * shape[2], shape[2], 1};
    problem->pixels = clq_nest_begin(3, shape);
    clq_nest_add(&problem->pixels, &pixels);
    clq_nest_add_strides(&problem->pixels, 3, dense);
    clq_nest_collapse(&problem->pixels);
    problem->windows = clq_nest_begin(3, problem->y.shape);
    clq_nest_add(&problem->windows, &problem->y);
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_window_mean_problem *problem = problem_memory;
    clqnn_window_mean_desc desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_window_mean_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(clq_tensor_resolve("x", &desc.x, CLQ_TYPES_FLOAT, false, &problem->x));
    CLQ_FORWARD(clq_tensor_resolve("y", &desc.y, CLQ_TYPE_BIT(CLQNN_F32), true, &problem->y));
    CLQ_FORWARD(check_rank("x", &problem->x, 4));
    CLQ_FORWARD(check_rank("y", &problem->y, 3));
    CLQ_FORWARD(clq_tensor_check_quantization("x", &desc.x, CLQ_QUANTIZED_NOT));
    CLQ_FORWARD(clq_tensor_check_quantization("y", &desc.y, CLQ_QUANTIZED_NOT));
    if (problem->y.shape[0] != problem->x.shape[0]) {
        return clq_fail(CLQNN_INVALID_SHAPE, "y.shape[0] is %lld, but x.shape[0] is %lld", (long long)problem->y.shape[0], (long long)problem->x.shape[0]);
    }
    for (int axis = 0; axis < 2; axis++) CLQ_FORWARD(check_axis(&desc, axis, problem));
    make_nests(problem);
    signature->wanted = desc.variant;
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &problem->x, false));
    return clq_op_add_output(signature, "y", -1, &problem->y);
}

uint64_t clq_window_mean_workspace(const void *problem_memory, const clq_capabilities *capabilities)
{
    const clq_window_mean_problem *problem = problem_memory;
    (void)capabilities;
    return (uint64_t)problem->pixels.count * sizeof(float);
}

static clqnn_status add_step(const clq_op_program *program, uint32_t kernel, const clq_nest *nest, int64_t chunk, clq_op_recipe *recipe, clq_op_step **added)
{
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    const size_t local = program->kernels[kernel].local[0], items = (size_t)((nest->count + chunk - 1) / chunk);
    step->kernel = kernel;
    step->global[0] = (items + local - 1) / local * local;
    step->global[1] = step->global[2] = 1;
    *added = step;
    return CLQNN_OK;
}

clqnn_status clq_window_mean_arrange(const clq_window_mean_problem *problem, const clq_op_program *program, clq_window_mean_chunks chunks, clq_op_recipe *recipe)
{
    clq_op_step *step = NULL;
    const pixel_mean_params pixels = {
        .nest = clq_op_nest(&problem->pixels, chunks.pixels),
        .channels = (clq_ulong)problem->x.shape[3],
        .x_step = (clq_ulong)problem->x.strides[3],
        .x_type = (clq_int)problem->x.type,
    };
    window_mean_params windows = {.nest = clq_op_nest(&problem->windows, chunks.windows)};
    for (int axis = 0; axis < 2; axis++) {
        windows.image[axis] = (clq_ulong)problem->x.shape[1 + axis];
        windows.taps[axis] = (clq_ulong)problem->kernel[axis];
        windows.stride[axis] = (clq_ulong)problem->stride[axis];
        windows.dilation[axis] = (clq_ulong)problem->dilation[axis];
        windows.pad[axis] = (clq_ulong)problem->pad[axis];
    }
    CLQ_FORWARD(add_step(program, 0, &problem->pixels, chunks.pixels, recipe, &step));
    step->buffers[0] = CLQ_OP_INPUT;
    step->buffers[1] = CLQ_OP_WORKSPACE;
    memcpy(step->params, &pixels, sizeof pixels);
    CLQ_FORWARD(add_step(program, 1, &problem->windows, chunks.windows, recipe, &step));
    step->buffers[0] = CLQ_OP_WORKSPACE;
    step->buffers[1] = CLQ_OP_OUTPUT;
    memcpy(step->params, &windows, sizeof windows);
    return CLQNN_OK;
}

const clq_op_family clq_op_window_mean = {
    .kind = "window_mean",
    .problem_size = sizeof(clq_window_mean_problem),
    .validate = validate,
    .variants = {&clq_window_mean_avx2, &clq_window_mean_vector, &clq_window_mean_portable},
};
_Static_assert(sizeof(clq_window_mean_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_window_mean_create(clqnn_context *context, const clqnn_window_mean_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_window_mean, desc, op);
}

clqnn_status clqnn_window_mean_query(clqnn_context *context, const clqnn_window_mean_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_window_mean, desc, info);
}
