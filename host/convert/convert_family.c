/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "convert/convert_problem.h"
#include "core/descriptor.h"
#include "core/message.h"

#define LEAST_QUANTIZING_SCALE 0x1p-125f   /* a denormal x over such a scale rounds to 0, as it does where a device flushes it */
#define ALL_FLOATS (CLQ_TYPES_FLOAT | CLQ_TYPES_SMALL_FLOAT)
#define X_TYPES (ALL_FLOATS | CLQ_TYPES_BYTE | CLQ_TYPES_NIBBLE | CLQ_TYPE_BIT(CLQNN_S16) | CLQ_TYPE_BIT(CLQNN_S32))
#define Y_TYPES (ALL_FLOATS | CLQ_TYPES_BYTE | CLQ_TYPES_NIBBLE | CLQ_TYPE_BIT(CLQNN_S16))

bool clq_convert_is_float(clqnn_type type)
{
    return (ALL_FLOATS & CLQ_TYPE_BIT(type)) != 0;
}

static clqnn_status check_quantizations(const clqnn_convert_desc *desc)
{
    const clqnn_quantization *y = &desc->y.quantization;
    CLQ_FORWARD(clq_tensor_check_quantization("x", &desc->x, clq_convert_is_float(desc->x.type) ? CLQ_QUANTIZED_NOT : CLQ_QUANTIZED_AXIS));
    CLQ_FORWARD(clq_tensor_check_quantization("y", &desc->y, clq_convert_is_float(desc->y.type) ? CLQ_QUANTIZED_NOT : CLQ_QUANTIZED_AXIS));
    for (int64_t i = 0; clq_convert_is_float(desc->x.type) && i < y->scale_count; i++) {
        if (y->scales[i] >= LEAST_QUANTIZING_SCALE) continue;
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "y.scales[%lld] is %g, must be at least 2^-125", (long long)i, (double)y->scales[i]);
    }
    if (desc->f8_overflow != CLQNN_F8_SATURATES && desc->f8_overflow != CLQNN_F8_OVERFLOWS) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "f8_overflow is %d, must be 0 (saturates) or 1 (overflows)", (int)desc->f8_overflow);
    }
    return CLQNN_OK;
}

void clq_convert_add_values(const clqnn_tensor *tensor, const clq_tensor *resolved, clq_nest *nest, clq_convert_values *values)
{
    const clqnn_quantization *q = &tensor->quantization;
    int64_t value_strides[CLQNN_MAX_RANK] = {0}, axis_strides[CLQNN_MAX_RANK] = {0};
    *values = (clq_convert_values){.count = q->scale_count > q->zero_point_count ? q->scale_count : q->zero_point_count};
    if (values->count > 1) {
        const int axis = tensor->axis < 0 ? tensor->axis + tensor->rank : tensor->axis;
        int64_t step = 1;
        for (int i = tensor->rank - 1; i >= 0 && tensor->block > 0; i--) {
            if (i == axis) values->block_step = step;
            else value_strides[i] = step;
            step *= i == axis ? (tensor->shape[i] - 1) / tensor->block + 1 : tensor->shape[i];
        }
        values->block = tensor->block;
        (tensor->block ? axis_strides : value_strides)[axis] = 1;
    }
    for (int i = 0; i < resolved->rank; i++) {
        if (resolved->shape[i] == 1) value_strides[i] = axis_strides[i] = 0;
    }
    clq_nest_add_strides(nest, resolved->rank, value_strides);
    clq_nest_add_strides(nest, resolved->rank, axis_strides);
}

static clqnn_status validate(const void *desc, void *problem_memory, clq_op_signature *signature)
{
    clq_convert_problem *problem = problem_memory;
    const clqnn_convert_desc *full = &problem->desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_convert_desc", desc, &problem->desc, sizeof problem->desc, offsetof(clqnn_convert_desc, f8_overflow)));
    CLQ_FORWARD(clq_tensor_resolve("x", &full->x, X_TYPES, false, &problem->x));
    CLQ_FORWARD(clq_tensor_resolve("y", &full->y, Y_TYPES, true, &problem->y));
    CLQ_FORWARD(clq_tensor_check_same_shape("x", &problem->x, "y", &problem->y));
    CLQ_FORWARD(check_quantizations(full));
    (void)clq_type_range(full->y.type, &problem->low, &problem->high);
    problem->nest = clq_nest_begin(problem->y.rank, problem->y.shape);
    clq_nest_add(&problem->nest, &problem->x);
    clq_nest_add(&problem->nest, &problem->y);
    clq_convert_add_values(&full->x, &problem->x, &problem->nest, &problem->x_values);
    clq_convert_add_values(&full->y, &problem->y, &problem->nest, &problem->y_values);
    clq_nest_collapse(&problem->nest);
    signature->wanted = full->variant;
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &problem->x, clq_tensor_same_layout(&problem->x, &problem->y)));
    return clq_op_add_output(signature, "y", -1, &problem->y);
}

#define PLANE_PADDING 16   /* values that kernels may read beyond the last */

static int64_t plane_of(const clq_convert_values *values)
{
    return ((values->count ? values->count : 1) + 2 * PLANE_PADDING - 1) / PLANE_PADDING * PLANE_PADDING;
}

/* Appends a plane of scales and one of zero points. */
static clqnn_status add_planes(const clqnn_quantization *quantization, const clq_convert_values *values, clq_op_recipe *recipe, uint64_t *offset)
{
    const int64_t count = values->count ? values->count : 1, plane = plane_of(values);
    int32_t *words = clq_op_add_table(recipe, (size_t)plane * 2 * sizeof *words, offset);
    if (!words) return CLQNN_OUT_OF_MEMORY;
    for (int64_t i = 0; i < count; i++) {
        const float scale = clq_quantization_scale(quantization, i);
        memcpy(&words[i], &scale, sizeof scale);
        words[plane + i] = clq_quantization_zero_point(quantization, i);
    }
    return CLQNN_OK;
}

static const clq_convert_values *device_values(const clq_convert_problem *problem)
{
    return problem->by == CLQ_CONVERT_BY_VALUES_OF_X ? &problem->x_values : &problem->y_values;
}

uint64_t clq_convert_workspace(const void *given, const clq_capabilities *capabilities)
{
    const clq_convert_problem *problem = given;
    (void)capabilities;
    return problem->by == CLQ_CONVERT_BY_DESCRIPTOR ? 0 : (uint64_t)plane_of(device_values(problem)) * 2 * sizeof(int32_t);
}

/* Planes in the workspace from what the call brings. */
static clqnn_status add_values_step(const clq_convert_problem *problem, const clq_op_kernel *kernel, clq_op_recipe *recipe)
{
    const clq_convert_values *values = device_values(problem);
    const int64_t plane = plane_of(values);
    const size_t local = kernel->local[0], items = (size_t)plane / PLANE_PADDING;
    const convert_values_params params = {
        .count = (clq_ulong)(values->count ? values->count : 1),
        .plane = (clq_ulong)plane,
        .low = problem->zero_low,
        .high = problem->zero_high,
    };
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->kernel = 1;
    step->buffers[0] = CLQ_OP_INPUT + 1;
    step->buffers[1] = CLQ_OP_INPUT + 2;
    step->buffers[2] = CLQ_OP_WORKSPACE;
    memcpy(step->params, &params, sizeof params);
    step->global[0] = (items + local - 1) / local * local;
    step->global[1] = step->global[2] = 1;
    return CLQNN_OK;
}

/* Planes of the descriptor's values, in the tables; or none, where they come from device memory. */
static clqnn_status add_side(const clqnn_tensor *tensor, const clq_convert_values *values, bool by_device, clq_op_recipe *recipe, uint64_t *offset)
{
    *offset = 0;
    return by_device ? CLQNN_OK : add_planes(&tensor->quantization, values, recipe, offset);
}

clqnn_status clq_convert_arrange(const clq_convert_problem *problem, const clq_op_program *program, int64_t chunk, clq_op_recipe *recipe)
{
    uint64_t x_planes = 0, y_planes = 0;
    const bool x_by_device = problem->by == CLQ_CONVERT_BY_VALUES_OF_X, y_by_device = problem->by == CLQ_CONVERT_BY_VALUES_OF_Y;
    CLQ_FORWARD(add_side(&problem->desc.x, &problem->x_values, x_by_device, recipe, &x_planes));
    CLQ_FORWARD(add_side(&problem->desc.y, &problem->y_values, y_by_device, recipe, &y_planes));
    if (problem->by != CLQ_CONVERT_BY_DESCRIPTOR) CLQ_FORWARD(add_values_step(problem, &program->kernels[1], recipe));
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    const convert_params params = {
        .nest = clq_op_nest(&problem->nest, chunk),
        .x_block = (clq_ulong)problem->x_values.block,
        .x_block_step = (clq_ulong)problem->x_values.block_step,
        .y_block = (clq_ulong)problem->y_values.block,
        .y_block_step = (clq_ulong)problem->y_values.block_step,
        .x_plane = (clq_ulong)plane_of(&problem->x_values),
        .y_plane = (clq_ulong)plane_of(&problem->y_values),
        .x_type = (clq_int)problem->x.type,
        .y_type = (clq_int)problem->y.type,
        .low = problem->low,
        .high = problem->high,
        .streams = clq_op_streams(&problem->y),
        .f8_overflow = (clq_int)problem->desc.f8_overflow,
    };
    const uint8_t buffers[] = {CLQ_OP_INPUT, x_by_device ? CLQ_OP_WORKSPACE : CLQ_OP_TABLES, y_by_device ? CLQ_OP_WORKSPACE : CLQ_OP_TABLES, CLQ_OP_OUTPUT};
    memcpy(step->buffers, buffers, sizeof buffers);
    memcpy(step->params, &params, sizeof params);
    step->base[1] = x_planes;
    step->base[2] = y_planes;
    const size_t local = program->kernels[0].local[0], items = (size_t)((problem->nest.count + chunk - 1) / chunk);
    step->global[0] = (items + local - 1) / local * local;
    step->global[1] = step->global[2] = 1;
    return CLQNN_OK;
}

const clq_op_family clq_op_convert = {
    .kind = "convert",
    .problem_size = sizeof(clq_convert_problem),
    .validate = validate,
    .variants = {&clq_convert_float_avx512, &clq_convert_float_avx2, &clq_convert_float_vector, &clq_convert_table_avx512, &clq_convert_table_avx2, &clq_convert_avx512,
                 &clq_convert_avx2, &clq_convert_vector, &clq_convert_portable},
};
_Static_assert(sizeof(clq_convert_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_convert_create(clqnn_context *context, const clqnn_convert_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_convert, desc, op);
}

clqnn_status clqnn_convert_query(clqnn_context *context, const clqnn_convert_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_convert, desc, info);
}
