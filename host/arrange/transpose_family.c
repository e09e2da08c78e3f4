/* SPDX-License-Identifier: Apache-2.0 */
#include "arrange/move_problem.h"
#include "core/descriptor.h"
#include "core/message.h"

static clqnn_status check_permutation(const clqnn_transpose_desc *desc, const clq_tensor *x, const clq_tensor *y)
{
    uint32_t seen = 0;
    if (y->rank != x->rank) return clq_fail(CLQNN_INVALID_SHAPE, "y.rank is %d, but x.rank is %d", (int)y->rank, (int)x->rank);
    for (int i = 0; i < x->rank; i++) {
        const int32_t from = desc->permutation[i];
        if (from < 0 || from >= x->rank) return clq_fail(CLQNN_INVALID_ARGUMENT, "permutation[%d] is %d, must be in 0..%d", i, (int)from, (int)x->rank - 1);
        if (seen >> from & 1u) return clq_fail(CLQNN_INVALID_ARGUMENT, "permutation[%d] is %d, which stands before it already", i, (int)from);
        seen |= 1u << from;
        if (y->shape[i] == x->shape[from]) continue;
        return clq_fail(CLQNN_INVALID_SHAPE, "y.shape[%d] is %lld, but x.shape[%d] is %lld", i, (long long)y->shape[i], (int)from, (long long)x->shape[from]);
    }
    return CLQNN_OK;
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_move_problem *problem = problem_memory;
    clqnn_transpose_desc desc;
    clq_tensor x, y;
    clq_move_job job = {.has_map = false};
    int64_t strides[CLQNN_MAX_RANK];
    CLQ_FORWARD(clq_descriptor_copy("clqnn_transpose_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(clq_tensor_resolve("x", &desc.x, CLQ_TYPES_MOVED, false, &x));
    CLQ_FORWARD(clq_tensor_resolve("y", &desc.y, CLQ_TYPES_MOVED, true, &y));
    CLQ_FORWARD(clq_tensor_check_quantization("x", &desc.x, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(clq_tensor_check_quantization("y", &desc.y, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(check_permutation(&desc, &x, &y));
    CLQ_FORWARD(clq_move_check("x", &desc.x, "y", &desc.y, &job.has_map));
    job.x_code = clq_byte_code_of(&desc.x);
    job.y_code = clq_byte_code_of(&desc.y);
    for (int i = 0; i < y.rank; i++) strides[i] = x.strides[desc.permutation[i]];
    problem->element_bytes = (int32_t)clqnn_type_size(x.type);
    clq_move_add(problem, y.rank, y.shape, strides, y.strides, job);
    signature->wanted = desc.variant;
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &x, false));
    return clq_op_add_output(signature, "y", -1, &y);
}

const clq_op_family clq_op_transpose = {
    .kind = "transpose",
    .problem_size = sizeof(clq_move_problem),
    .validate = validate,
    .variants = {&clq_move_table_avx512, &clq_move_rows, &clq_move_tiles, &clq_move_portable},
};

clqnn_status clqnn_transpose_create(clqnn_context *context, const clqnn_transpose_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_transpose, desc, op);
}

clqnn_status clqnn_transpose_query(clqnn_context *context, const clqnn_transpose_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_transpose, desc, info);
}
