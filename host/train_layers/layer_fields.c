/* SPDX-License-Identifier: Apache-2.0 */
#include "train_layers/layer_fields.h"

#include <string.h>

#include "train_layers/layer_elements.cl"

#define LARGEST_EXTENT INT32_MAX
#define STREAMED_FLOATS ((int64_t)4 << 20)

clqnn_status clq_layer_check_extent(const char *name, int64_t value, int64_t least, int64_t most)
{
    if (value >= least && value <= most) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "%s is %lld, must be in %lld..%lld", name, (long long)value, (long long)least, (long long)most);
}

clqnn_status clq_layer_check_matrix(const char *rows_name, int64_t rows, const char *columns_name, int64_t columns)
{
    CLQ_FORWARD(clq_layer_check_extent(rows_name, rows, 1, LARGEST_EXTENT));
    CLQ_FORWARD(clq_layer_check_extent(columns_name, columns, 1, LARGEST_EXTENT));
    if (rows <= CLQ_LAYER_MOST_ELEMENTS / columns) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "%s is %lld and %s %lld: more than 2^40 elements", rows_name, (long long)rows, columns_name, (long long)columns);
}

clqnn_status clq_layer_check_clamp(float least, float most)
{
    if (least < most) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "clamp_min is %g, must be below clamp_max, which is %g", (double)least, (double)most);
}

static clq_tensor dense_of(clqnn_type type, int64_t count)
{
    return (clq_tensor){.type = type, .rank = 1, .shape = {count}, .strides = {1}, .count = count, .span = count, .is_dense = true};
}

clqnn_status clq_layer_add_input(clq_op_signature *signature, const char *name, clqnn_type type, int64_t count, bool may_be_output)
{
    const clq_tensor tensor = dense_of(type, count);
    return clq_op_add_input(signature, name, -1, &tensor, may_be_output);
}

clqnn_status clq_layer_add_output(clq_op_signature *signature, const char *name, clqnn_type type, int64_t count)
{
    const clq_tensor tensor = dense_of(type, count);
    return clq_op_add_output(signature, name, -1, &tensor);
}

clq_int clq_layer_streams(int64_t count)
{
    return count >= STREAMED_FLOATS;
}

clqnn_status clq_layer_add_step(clq_op_recipe *recipe, const clq_layer_step *given)
{
    const clq_op_kernel *kernel = &given->program->kernels[given->kernel];
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    const size_t local = kernel->local[0];
    step->kernel = given->kernel;
    memcpy(step->buffers, given->buffers, kernel->buffer_count);
    if (given->base) memcpy(step->base, given->base, kernel->buffer_count * sizeof *step->base);
    memcpy(step->params, given->params, kernel->params_size);
    step->global[0] = ((size_t)given->items + local - 1) / local * local;
    step->global[1] = kernel->local[1];
    step->global[2] = kernel->local[2];
    return CLQNN_OK;
}

int64_t clq_layer_element_items(int64_t count)
{
    return (count + LAYER_EACH * LAYER_GROUP - 1) / (LAYER_EACH * LAYER_GROUP) * LAYER_GROUP;
}

double clq_layer_portable_cost(int64_t bytes, int launches, const clq_capabilities *capabilities)
{
    return 20e-6 * launches + (double)bytes / (capabilities->is_gpu ? 100e9 : 0.5e9);
}

double clq_layer_vector_cost(int64_t bytes, int launches, const clq_capabilities *capabilities)
{
    return 10e-6 * launches + (double)bytes / (8e9 * (capabilities->compute_units ? (double)capabilities->compute_units : 1.0));
}
