/* SPDX-License-Identifier: Apache-2.0 */
/* The shape and the types of one call of any operator that is timed, as text: gemm_shape.h, conv_shape_text.h, operator_shape.h. */
#ifndef CLQ_BENCH_SHAPE_H
#define CLQ_BENCH_SHAPE_H

#include "conv_shape_text.h"
#include "gemm_shape.h"
#include "operator_shape.h"

typedef struct clq_bench_shape {
    clq_bench_op op;
    clq_gemm_shape gemm;
    clq_conv_shape conv;
    clq_operator_shape call;   /* of operators without weights */
} clq_bench_shape;

/* "gemm", "conv", "add", ...; ANY for NULL. False for another word. */
bool clq_bench_op_parse(const char *word, clq_bench_op *op);
const char *clq_bench_op_name(clq_bench_op op);

/* Input, weights and output; of operators without weights input and output ("u8u8"), types->b then is none. `text` NULL: the operator's usual ones. */
bool clq_bench_types_parse(const char *text, clq_bench_op op, clq_gemm_types *types, char *message, size_t size);
const char *clq_bench_types_print(const clq_gemm_types *types, char *text, size_t size);

/* ANY: a text with a letter other than x is a convolution's. False with the reason. */
bool clq_bench_shape_parse(const char *text, clq_bench_op op, clq_bench_shape *shape, char *message, size_t size);
const char *clq_bench_shape_print(const clq_bench_shape *shape, char *text, size_t size);

#endif
