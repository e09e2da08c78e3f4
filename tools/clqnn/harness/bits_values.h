/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLQ_BITS_VALUES_H
#define CLQ_BITS_VALUES_H

#include "plane_words.h"

/* Fills a row of `count` elements: planes as `data` says; f32 and f16 with numbers about 1, and a few infinities, NaN and zeros of both signs, which must pass through every
 * operation. */
void clq_bits_fill_row(clq_random *random, clqnn_type type, clq_bits_data data, void *row, int64_t count);

#endif
