/* SPDX-License-Identifier: Apache-2.0 */
/* Values of bit planes as they stand in memory: the layout of clqnn/bits.h, one value at a time. */
#ifndef CLQNN_REFERENCE_BIT_PLANES_H
#define CLQNN_REFERENCE_BIT_PLANES_H

#include <stdint.h>

#include "clqnn/types.h"

/* Planes of a type of bit planes, 0 for every other type. */
int clq_reference_plane_bits(clqnn_type type);

/* Values that a dense row of `count` takes: a multiple of 32 of a type of bit planes, else `count`. */
int64_t clq_reference_row_values(clqnn_type type, int64_t count);

/* The least and the greatest value of a type of bit planes. */
void clq_reference_plane_range(clqnn_type type, int32_t *low, int32_t *high);

/* Value `place`: bit place mod 32 of each word of group place / 32. A store leaves all other bits; the value is one that the type has. */
int32_t clq_reference_load_plane(clqnn_type type, const void *data, int64_t place);
void clq_reference_store_plane(clqnn_type type, void *data, int64_t place, int32_t value);

/* Writes neutral bits to the whole words of a row of `count` values that begins at value `place`, a multiple of 32. */
void clq_reference_clear_planes(clqnn_type type, void *data, int64_t place, int64_t count);

#endif
