/* SPDX-License-Identifier: Apache-2.0 */
#include "core/descriptor.h"
#include "core/message.h"
#include "gemm/gemm_validate.h"
#include "train/train_problem.h"

static clqnn_status check_extent(const char *name, int64_t value)
{
    if (value >= 1 && value <= INT32_MAX) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "%s is %lld, must be in 1..2147483647", name, (long long)value);
}

/* A matrix as it is stored; `leading` 0 becomes its columns. */
static clqnn_status resolve(const char *name, const char *leading_name, int64_t rows, int64_t columns, int64_t *leading, bool is_result, clq_tensor *tensor)
{
    if (*leading == 0) *leading = columns;
    if (*leading < columns || *leading > INT32_MAX) {
        return clq_fail(CLQNN_INVALID_SHAPE, "%s is %lld, must be in %lld..2147483647", leading_name, (long long)*leading, (long long)columns);
    }
    const clqnn_tensor given = {.type = CLQNN_F32, .rank = 2, .shape = {rows, columns}, .strides = {*leading, 1}};
    return clq_tensor_resolve(name, &given, CLQ_TYPE_BIT(CLQNN_F32), is_result, tensor);
}

static clqnn_status check_desc(const clqnn_train_gemm_desc *desc)
{
    CLQ_FORWARD(check_extent("m", desc->m));
    CLQ_FORWARD(check_extent("n", desc->n));
    CLQ_FORWARD(check_extent("k", desc->k));
    CLQ_FORWARD(clq_check_flag("transpose_a", desc->transpose_a));
    CLQ_FORWARD(clq_check_flag("transpose_b", desc->transpose_b));
    CLQ_FORWARD(clq_check_flag("has_bias", desc->has_bias));
    return clq_check_flag("adds", desc->adds);
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_train_gemm_problem *problem = problem_memory;
    clqnn_train_gemm_desc desc;
    clq_tensor a, b, bias, c;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_train_gemm_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(check_desc(&desc));
    const bool turns_a = desc.transpose_a, turns_b = desc.transpose_b;
    CLQ_FORWARD(resolve("a", "lda", turns_a ? desc.k : desc.m, turns_a ? desc.m : desc.k, &desc.lda, false, &a));
    CLQ_FORWARD(resolve("b", "ldb", turns_b ? desc.n : desc.k, turns_b ? desc.k : desc.n, &desc.ldb, false, &b));
    CLQ_FORWARD(resolve("c", "ldc", desc.m, desc.n, &desc.ldc, true, &c));
    *problem = (clq_train_gemm_problem){
        .m = desc.m,
        .n = desc.n,
        .k = desc.k,
        .a_row = turns_a ? 1 : desc.lda,
        .a_column = turns_a ? desc.lda : 1,
        .b_row = turns_b ? 1 : desc.ldb,
        .b_column = turns_b ? desc.ldb : 1,
        .c_row = desc.ldc,
        .has_bias = desc.has_bias,
        .adds = desc.adds,
    };
    signature->wanted = desc.variant;
    CLQ_FORWARD(clq_op_add_input(signature, "a", -1, &a, false));
    CLQ_FORWARD(clq_op_add_input(signature, "b", -1, &b, false));
    if (desc.has_bias) {
        const clqnn_tensor vector = {.type = CLQNN_F32, .rank = 1, .shape = {desc.n}};
        CLQ_FORWARD(clq_tensor_resolve("bias", &vector, CLQ_TYPE_BIT(CLQNN_F32), false, &bias));
        CLQ_FORWARD(clq_op_add_input(signature, "bias", -1, &bias, false));
    }
    return clq_op_add_output(signature, "c", -1, &c);
}

const clq_op_family clq_op_train_gemm = {
    .kind = "train_gemm",
    .problem_size = sizeof(clq_train_gemm_problem),
    .validate = validate,
    .variants = {&clq_train_gemm_avx512, &clq_train_gemm_avx2, &clq_train_gemm_vec16, &clq_train_gemm_portable},
};
_Static_assert(sizeof(clq_train_gemm_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_train_gemm_create(clqnn_context *context, const clqnn_train_gemm_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_train_gemm, desc, op);
}

clqnn_status clqnn_train_gemm_query(clqnn_context *context, const clqnn_train_gemm_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_train_gemm, desc, info);
}
