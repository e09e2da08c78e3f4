/* SPDX-License-Identifier: Apache-2.0 */
/* Types of bit planes (clqnn/bits.h) in host memory: rows of random words, and the value behind some bits. */
#ifndef CLQ_PLANE_WORDS_H
#define CLQ_PLANE_WORDS_H

#include <stdbool.h>

#include "clqnn/types.h"
#include "seeded_random.h"

/* What data of bit planes looks like. */
typedef enum clq_bits_data {
    CLQ_BITS_RANDOM,  /* all bits by chance */
    CLQ_BITS_LOWEST,  /* every value the least of its type */
    CLQ_BITS_HIGHEST, /* every value the greatest */
    CLQ_BITS_SPARSE   /* mostly value 0, where the type has one, else mostly the code 0 */
} clq_bits_data;

bool clq_is_planes(clqnn_type type);

/* Values that a dense row of `count` takes: of planes whole groups of 32. */
int64_t clq_row_values(clqnn_type type, int64_t count);

/* Bytes of `values` values that begin at the start of a row; of planes `values` is a multiple of 32. */
size_t clq_row_bytes(clqnn_type type, int64_t values);

/* The least and greatest value of a type of planes, s8 or u8. */
void clq_value_range(clqnn_type type, int32_t *low, int32_t *high);

/* Value `place` of a row of planes at `data`. */
int32_t clq_plane_value(clqnn_type type, const void *data, int64_t place);

/* Fills a row of `count` values; the bits behind them are neutral. */
void clq_fill_planes(clq_random *random, clqnn_type type, clq_bits_data data, void *row, int64_t count);

/* "random", "lowest", .. */
const char *clq_bits_data_name(clq_bits_data data);

#endif
