/* SPDX-License-Identifier: Apache-2.0 */
/* Weights of b1 and t2 beside bytes: from the bit planes of clqnn/bits.h to one signed byte a value, and back. */
#ifndef CLQ_PLANE_VALUES_H
#define CLQ_PLANE_VALUES_H

#include <stdbool.h>
#include <stdint.h>

#include "clqnn/types.h"

enum { CLQ_PLANE_GROUP = 32 };   /* values of a word */

/* Planes of a type that weights of wider activations may have: 1 of b1, 2 of t2, 0 of any other. */
int32_t clq_plane_count(clqnn_type type);

/* Bytes of a dense row of `count` values: whole words. */
uint64_t clq_plane_row_bytes(clqnn_type type, int64_t count);

/* `rows` rows of `count` values, `leading` values apart (a multiple of 32), to dense bytes. `data` need not be aligned. */
void clq_planes_expand(clqnn_type type, const void *data, int64_t rows, int64_t count, int64_t leading, int8_t *values);

/* One dense row from values `step` bytes apart; its last word is filled up with neutral bits. */
void clq_planes_collect(clqnn_type type, const int8_t *values, int64_t step, int64_t count, void *row);

/* Whether a byte is a value of the type; of any type but b1 and t2 every byte is. */
bool clq_planes_hold(clqnn_type type, int8_t value);

#endif
