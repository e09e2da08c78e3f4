/* SPDX-License-Identifier: Apache-2.0 */
/* Shapes of operators without weights as text: the extents of the input, then parts behind colons, "1x112x112x64:k3:s2:p1" (docs/cli.md). */
#ifndef CLQ_OPERATOR_SHAPE_H
#define CLQ_OPERATOR_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "clqnn/tensor.h"

/* What can be timed. */
typedef enum clq_bench_op {
    CLQ_BENCH_ANY,
    CLQ_BENCH_GEMM,
    CLQ_BENCH_CONV,
#define X(NAME, name, family) CLQ_BENCH_##NAME,
#include "bench_operators.def"
#undef X
    CLQ_BENCH_OP_COUNT
} clq_bench_op;

static inline bool clq_bench_is_operator(clq_bench_op op) { return op > CLQ_BENCH_CONV; }

typedef enum clq_shape_part {
    CLQ_PART_KERNEL, CLQ_PART_STRIDE, CLQ_PART_PADDING, CLQ_PART_AXIS, CLQ_PART_COUNT, CLQ_PART_PERMUTATION, CLQ_PART_UP, /* with a number */
    CLQ_PART_AVERAGE, CLQ_PART_GLOBAL, CLQ_PART_FIRST, CLQ_PART_RESCALED, CLQ_PART_FIXED, CLQ_PART_ROW, CLQ_PART_LINEAR, CLQ_PART_LOG, CLQ_PART_SUM,
    CLQ_PART_MAX, CLQ_PART_MIN,
    CLQ_PART_KINDS
} clq_shape_part;

typedef struct clq_operator_shape {
    int32_t rank;
    int64_t extents[CLQNN_MAX_RANK];
    int64_t parts[CLQ_PART_KINDS];   /* the number, 1 for a word alone; -1: absent. A permutation in decimal, the last digit last */
} clq_operator_shape;

/* False, with the reason in `message`, for anything else, and for a part that the operator does not have. */
bool clq_operator_shape_parse(const char *text, clq_bench_op op, clq_operator_shape *shape, char *message, size_t size);

/* The canonical text. Returns `text`. */
const char *clq_operator_shape_print(const clq_operator_shape *shape, char *text, size_t size);

#endif
