/* SPDX-License-Identifier: Apache-2.0 */
/* Concat and split: each part is moved to or from its slice of the whole. */
#include <stdio.h>

#include "arrange/move_problem.h"
#include "core/descriptor.h"
#include "core/message.h"

/* One side of the move. */
typedef struct clq_whole {
    const clqnn_tensor *given;
    clq_tensor tensor;
    const char *name;          /* "y" of a concat, "x" of a split */
    int32_t axis;
    bool is_concat;
} clq_whole;

static clqnn_status check_part(const clq_whole *whole, const char *name, const clq_tensor *part)
{
    const clq_tensor *w = &whole->tensor;
    if (part->rank != w->rank) return clq_fail(CLQNN_INVALID_SHAPE, "%s.rank is %d, but %s.rank is %d", name, (int)part->rank, whole->name, (int)w->rank);
    for (int i = 0; i < w->rank; i++) {
        if (i == whole->axis || part->shape[i] == w->shape[i]) continue;
        return clq_fail(CLQNN_INVALID_SHAPE, "%s.shape[%d] is %lld, but %s.shape[%d] is %lld", name, i, (long long)part->shape[i], whole->name, i, (long long)w->shape[i]);
    }
    return CLQNN_OK;
}

/* Adds part `i`, which begins at *first of the axis. */
static clqnn_status add_part(const clq_whole *whole, const clqnn_tensor *given, int i, int64_t *first, clq_move_problem *problem, clq_op_signature *signature)
{
    clq_tensor part;
    char name[24];
    clq_move_job job = {.x_index = whole->is_concat ? (uint8_t)i : 0, .y_index = whole->is_concat ? 0 : (uint8_t)i};
    (void)snprintf(name, sizeof name, "%s[%d]", whole->is_concat ? "inputs" : "outputs", i);
    CLQ_FORWARD(clq_tensor_resolve(name, given, CLQ_TYPES_MOVED, !whole->is_concat, &part));
    CLQ_FORWARD(clq_tensor_check_quantization(name, given, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(check_part(whole, name, &part));
    const uint64_t place = (uint64_t)(*first * whole->tensor.strides[whole->axis]);
    if (whole->is_concat) {
        CLQ_FORWARD(clq_move_check(name, given, whole->name, whole->given, &job.has_map));
        job.x_code = clq_byte_code_of(given);
        job.y_code = clq_byte_code_of(whole->given);
        job.y_first = place;
        clq_move_add(problem, part.rank, part.shape, part.strides, whole->tensor.strides, job);
        CLQ_FORWARD(clq_op_add_input(signature, "inputs", i, &part, false));
    } else {
        CLQ_FORWARD(clq_move_check(whole->name, whole->given, name, given, &job.has_map));
        job.x_code = clq_byte_code_of(whole->given);
        job.y_code = clq_byte_code_of(given);
        job.x_first = place;
        clq_move_add(problem, part.rank, part.shape, whole->tensor.strides, part.strides, job);
        CLQ_FORWARD(clq_op_add_output(signature, "outputs", i, &part));
    }
    *first += part.shape[whole->axis];
    return CLQNN_OK;
}

static clqnn_status check_parts(const char *count_name, const char *list_name, const clqnn_tensor *list, int32_t count)
{
    if (count < 1 || count > CLQNN_CONCAT_MAX) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is %d, must be in 1..%d", count_name, (int)count, CLQNN_CONCAT_MAX);
    return list ? CLQNN_OK : clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", list_name);
}

static clqnn_status resolve_whole(clq_whole *whole, int32_t axis, clq_move_problem *problem)
{
    CLQ_FORWARD(clq_tensor_resolve(whole->name, whole->given, CLQ_TYPES_MOVED, whole->is_concat, &whole->tensor));
    CLQ_FORWARD(clq_tensor_check_quantization(whole->name, whole->given, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(clq_tensor_axis("axis", axis, whole->tensor.rank, &whole->axis));
    problem->element_bytes = (int32_t)clqnn_type_size(whole->given->type);
    return CLQNN_OK;
}

static clqnn_status check_total(const clq_whole *whole, int64_t total)
{
    const int64_t extent = whole->tensor.shape[whole->axis];
    if (total == extent) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "%s.shape[%d] is %lld, but the parts have %lld together", whole->name, (int)whole->axis, (long long)extent, (long long)total);
}

static clqnn_status validate_concat(const void *given, void *problem, clq_op_signature *signature)
{
    clqnn_concat_desc desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_concat_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(check_parts("input_count", "inputs", desc.inputs, desc.input_count));
    clq_whole whole = {.given = &desc.y, .name = "y", .is_concat = true};
    int64_t total = 0;
    CLQ_FORWARD(resolve_whole(&whole, desc.axis, problem));
    for (int i = 0; i < desc.input_count; i++) CLQ_FORWARD(add_part(&whole, &desc.inputs[i], i, &total, problem, signature));
    CLQ_FORWARD(check_total(&whole, total));
    signature->wanted = desc.variant;
    return clq_op_add_output(signature, "y", -1, &whole.tensor);
}

static clqnn_status validate_split(const void *given, void *problem, clq_op_signature *signature)
{
    clqnn_split_desc desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_split_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(check_parts("output_count", "outputs", desc.outputs, desc.output_count));
    clq_whole whole = {.given = &desc.x, .name = "x"};
    int64_t total = 0;
    CLQ_FORWARD(resolve_whole(&whole, desc.axis, problem));
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &whole.tensor, false));
    for (int i = 0; i < desc.output_count; i++) CLQ_FORWARD(add_part(&whole, &desc.outputs[i], i, &total, problem, signature));
    signature->wanted = desc.variant;
    return check_total(&whole, total);
}

const clq_op_family clq_op_concat = {
    .kind = "concat",
    .problem_size = sizeof(clq_move_problem),
    .validate = validate_concat,
    .variants = {&clq_move_table_avx512, &clq_move_rows, &clq_move_tiles, &clq_move_portable},
};

const clq_op_family clq_op_split = {
    .kind = "split",
    .problem_size = sizeof(clq_move_problem),
    .validate = validate_split,
    .variants = {&clq_move_table_avx512, &clq_move_rows, &clq_move_tiles, &clq_move_portable},
};
_Static_assert(sizeof(clq_move_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_concat_create(clqnn_context *context, const clqnn_concat_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_concat, desc, op);
}

clqnn_status clqnn_concat_query(clqnn_context *context, const clqnn_concat_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_concat, desc, info);
}

clqnn_status clqnn_split_create(clqnn_context *context, const clqnn_split_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_split, desc, op);
}

clqnn_status clqnn_split_query(clqnn_context *context, const clqnn_split_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_split, desc, info);
}
