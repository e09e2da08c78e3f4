/* SPDX-License-Identifier: Apache-2.0 */
/* Integer codes of 2 to 8 bits with groups: what their types mean, and where everything stands in the layout of group_panels.c. */
#ifndef CLQ_GROUP_CODES_H
#define CLQ_GROUP_CODES_H

#include <stdbool.h>
#include <stdint.h>

#include "layout/mixed_layout.h"

/* Bits of an integer type that may have groups; 0 for any other type. */
int32_t clq_code_bits(clqnn_type type);
bool clq_code_is_signed(clqnn_type type);

/* What is added to an integer to make its code, which is never negative: 0 of an unsigned type, 8 of s4. */
int32_t clq_code_bias(clqnn_type type);

/* The code of element `index` of a tensor, and its inverse, which expects the element's bits to be zero. */
uint32_t clq_code_load(const void *data, clqnn_type type, int64_t index);
void clq_code_store(void *data, clqnn_type type, int64_t index, uint32_t code);

/* The codes of `count` elements from `index` on, a byte each. */
void clq_codes_load(const void *data, clqnn_type type, int64_t index, int64_t count, unsigned char *to);

/* Element `index` of f32, f16 or bf16. */
bool clq_float_is_finite(const void *values, clqnn_type type, int64_t index);

/* Where everything stands: bytes from a packed matrix's begin. */
typedef struct clq_group_shape {
    int32_t bits;               /* of a code */
    int32_t block_rows;         /* rows of k that share words */
    int32_t block_words;        /* words of 32 bits that a column has in a block */
    int32_t zero_bits;          /* of a packed zero point: 2, 4 or 8; 0: they are floats, or there are none */
    int64_t panels;             /* of 32 columns */
    int64_t groups;
    int64_t group_rows;         /* of a whole group, padded to blocks */
    int64_t rows;               /* of all groups */
    uint64_t scales, zeros, order;   /* `zeros`: zero points or offsets. Each begins behind the part before it, whether or not it is there */
    uint64_t bytes;
} clq_group_shape;

/* False if it does not fit 63 bits. */
bool clq_group_shape_of(const clq_mixed_form *form, clq_group_shape *shape);

#endif
