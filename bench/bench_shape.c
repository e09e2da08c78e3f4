/* SPDX-License-Identifier: Apache-2.0 */
#include "bench_shape.h"

#include <string.h>

bool clq_bench_op_parse(const char *word, clq_bench_op *op)
{
    *op = CLQ_BENCH_ANY;
    if (word == NULL) return true;
    for (*op = CLQ_BENCH_GEMM; *op <= CLQ_BENCH_CONV; (*op)++) {
        if (strcmp(word, clq_bench_op_name(*op)) == 0) return true;
    }
    return false;
}

const char *clq_bench_op_name(clq_bench_op op)
{
    static const char *const names[] = { "any", "gemm", "conv" };
    return names[op];
}

bool clq_bench_shape_parse(const char *text, clq_bench_op op, clq_bench_shape *shape, char *message, size_t size)
{
    const bool lettered = text[strcspn(text, "abcdefghijklmnopqrstuvwyz_")] != '\0';
    shape->op = op != CLQ_BENCH_ANY ? op : lettered ? CLQ_BENCH_CONV : CLQ_BENCH_GEMM;
    return shape->op == CLQ_BENCH_CONV ? clq_conv_shape_parse(text, &shape->conv, message, size)
                                       : clq_gemm_shape_parse(text, &shape->gemm, message, size);
}

const char *clq_bench_shape_print(const clq_bench_shape *shape, char *text, size_t size)
{
    return shape->op == CLQ_BENCH_CONV ? clq_conv_shape_print(&shape->conv, text, size) : clq_gemm_shape_print(&shape->gemm, text, size);
}
