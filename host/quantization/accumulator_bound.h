/* SPDX-License-Identifier: Apache-2.0 */
/* What proves that an accumulator fits 32 bits. */
#ifndef CLQ_ACCUMULATOR_BOUND_H
#define CLQ_ACCUMULATOR_BOUND_H

#include "quantization/quantization.h"

/* What packing learns of one column or output channel: enough for the zero-point terms and for the overflow proof. w' = w as s8 (a u8 w minus 128). */
typedef struct clq_column_facts {
    int64_t sum;        /* sum of w' */
    int64_t positive;   /* sum of max(w - zw, 0) */
    int64_t negative;   /* sum of max(zw - w, 0) */
} clq_column_facts;

/* low <= 0 <= high */
typedef struct clq_range {
    int64_t low, high;
} clq_range;

/* Range of x - zero point over a type and the zero points in use. */
clq_range clq_centred_range(clqnn_type type, const clqnn_quantization *quantization);

/* The largest magnitude of one product. */
int64_t clq_largest_product(clq_range a, clq_range b);

/* The largest magnitude of a column's accumulator, whatever values within `a` meet the weights. */
int64_t clq_column_bound(clq_range a, const clq_column_facts *facts, int64_t bias);

#endif
