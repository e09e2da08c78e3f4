/* SPDX-License-Identifier: Apache-2.0 */
/* What the types of bit planes mean (clqnn/bits.h), as numbers. */
#ifndef CLQ_BIT_FORM_H
#define CLQ_BIT_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "clqnn/types.h"

#define CLQ_WORD_VALUES 32   /* of one word of a plane */
#define CLQ_MOST_PLANES 8

/* value = alpha * q + lambda, q = sum over planes of weights[plane] * bit. The zero points of pu and ps are not part of it. */
typedef struct clq_bit_form {
    int32_t planes;
    int32_t weights[CLQ_MOST_PLANES];   /* the planes' in q: powers of two, the top one negative in two's complement */
    int32_t alpha, lambda;
    int32_t low, high;                  /* of the value */
    bool has_zero_point;                /* pu and ps may have one */
    bool is_sign;                       /* one plane, +1 or -1: b1 and po1 */
} clq_bit_form;

/* Whether a type is one of bit planes. */
bool clq_is_bits(clqnn_type type);

/* Whether it is pu or ps: integers with a range, a scale and a zero point, like s8 and u8. */
bool clq_is_plane_integer(clqnn_type type);

/* False, and nothing filled in, for any other type. */
bool clq_bit_form_of(clqnn_type type, clq_bit_form *form);

/* Groups of 32 values, the last one filled up, and the values that they have room for. */
int64_t clq_bit_groups(int64_t values);
int64_t clq_bit_room(int64_t values);

#endif
