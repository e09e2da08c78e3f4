/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "bits/group_nest.h"
#include "bits/unpack_bits_problem.h"
#include "core/descriptor.h"
#include "core/message.h"

#define Y_TYPES (CLQ_TYPES_FLOAT | CLQ_TYPE_BIT(CLQNN_BF16) | CLQ_TYPES_BYTE | CLQ_TYPES_NIBBLE)
#define Y_FLOATS (CLQ_TYPES_FLOAT | CLQ_TYPE_BIT(CLQNN_BF16))

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_unpack_bits_problem *problem = problem_memory;
    const clqnn_unpack_bits_desc *desc = &problem->desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_unpack_bits_desc", given, &problem->desc, sizeof problem->desc, sizeof problem->desc));
    CLQ_FORWARD(clq_planes_resolve("x", &desc->x, CLQ_PLANES_ALL, false, &problem->x));
    CLQ_FORWARD(clq_tensor_resolve("y", &desc->y, Y_TYPES, true, &problem->y));
    CLQ_FORWARD(clq_tensor_check_same_shape("x", &problem->x, "y", &problem->y));
    CLQ_FORWARD(clq_planes_check_quantization("x", &desc->x));
    CLQ_FORWARD(clq_tensor_check_quantization("y", &desc->y, Y_FLOATS & CLQ_TYPE_BIT(desc->y.type) ? CLQ_QUANTIZED_NOT : CLQ_QUANTIZED_WHOLE));
    problem->values = clq_nest_begin(problem->y.rank, problem->y.shape);
    clq_nest_add(&problem->values, &problem->x);
    clq_nest_add(&problem->values, &problem->y);
    clq_nest_collapse(&problem->values);
    problem->groups = clq_group_nest(&problem->x, &problem->y, true);
    signature->wanted = desc->variant;
    CLQ_FORWARD(clq_planes_add_input(signature, "x", &problem->x));
    return clq_op_add_output(signature, "y", -1, &problem->y);
}

clqnn_status clq_unpack_bits_arrange(const clq_unpack_bits_problem *problem, const clq_op_program *program, const clq_nest *nest, int64_t chunk, clq_op_recipe *recipe)
{
    const clqnn_unpack_bits_desc *desc = &problem->desc;
    const int last = problem->y.rank - 1;
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    unpack_bits_params params = {
        .nest = clq_op_nest(nest, chunk),
        .y_step = (clq_ulong)problem->y.strides[last],
        .last = (clq_ulong)problem->y.shape[last],
        .kind = clq_planes_kind(problem->x.type),
        .bits = (clq_int)clqnn_type_bits(problem->x.type),
        .y_type = (clq_int)problem->y.type,
        .x_zero = clq_quantization_zero_point(&desc->x.quantization, 0),
        .y_zero = clq_quantization_zero_point(&desc->y.quantization, 0),
        .x_scale = clq_quantization_scale(&desc->x.quantization, 0),
        .y_scale = clq_quantization_scale(&desc->y.quantization, 0),
        .streams = clq_op_streams(&problem->y),
    };
    (void)clq_type_range(problem->y.type, &params.low, &params.high);
    const uint8_t buffers[] = {CLQ_OP_INPUT, CLQ_OP_OUTPUT};
    memcpy(step->buffers, buffers, sizeof buffers);
    memcpy(step->params, &params, sizeof params);
    const size_t local = program->kernels[0].local[0], items = (size_t)((nest->count + chunk - 1) / chunk);
    step->global[0] = (items + local - 1) / local * local;
    step->global[1] = step->global[2] = 1;
    return CLQNN_OK;
}

const clq_op_family clq_op_unpack_bits = {
    .kind = "unpack_bits",
    .problem_size = sizeof(clq_unpack_bits_problem),
    .validate = validate,
    .variants = {&clq_unpack_bits_avx2, &clq_unpack_bits_vector, &clq_unpack_bits_portable},
};
_Static_assert(sizeof(clq_unpack_bits_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_unpack_bits_create(clqnn_context *context, const clqnn_unpack_bits_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_unpack_bits, desc, op);
}

clqnn_status clqnn_unpack_bits_query(clqnn_context *context, const clqnn_unpack_bits_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_unpack_bits, desc, info);
}
