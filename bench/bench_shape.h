/* SPDX-License-Identifier: Apache-2.0 */
/* The shape of one call of any operator that is timed, as text: gemm_shape.h, conv_shape_text.h. */
#ifndef CLQ_BENCH_SHAPE_H
#define CLQ_BENCH_SHAPE_H

#include "conv_shape_text.h"
#include "gemm_shape.h"

typedef enum clq_bench_op { CLQ_BENCH_ANY, CLQ_BENCH_GEMM, CLQ_BENCH_CONV } clq_bench_op;

typedef struct clq_bench_shape {
    clq_bench_op op;
    clq_gemm_shape gemm;
    clq_conv_shape conv;
} clq_bench_shape;

/* "gemm", "conv"; ANY for NULL. False for another word. */
bool clq_bench_op_parse(const char *word, clq_bench_op *op);
const char *clq_bench_op_name(clq_bench_op op);

/* ANY: a text with a letter other than x is a convolution's. False with the reason. */
bool clq_bench_shape_parse(const char *text, clq_bench_op op, clq_bench_shape *shape, char *message, size_t size);
const char *clq_bench_shape_print(const clq_bench_shape *shape, char *text, size_t size);

#endif
