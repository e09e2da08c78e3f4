/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers of the float types, and integers of less than 8 bits, as elements in memory. */
#ifndef CLQ_MIXED_VALUES_H
#define CLQ_MIXED_VALUES_H

#include "mixed_case.h"
#include "seeded_random.h"

/* One value. `line`: the row of a or column of b that it stands in. `rarity`: one in so many of SPECIAL is special. */
float clq_mixed_value(clq_random *random, clqnn_type type, clq_floats data, int64_t line, int64_t rarity);

/* Rounded to nearest even where the type is narrower; f8 saturates. `place` in elements. */
void clq_mixed_store(void *data, int64_t place, clqnn_type type, float value);
float clq_mixed_load(const void *data, int64_t place, clqnn_type type);

/* An element of any type of c as a number. */
double clq_mixed_element(clqnn_type type, const unsigned char *element);

/* The range of an integer type of 2 to 8 bits, and the low bits of a value as the dense tensor's element `place`. */
void clq_mixed_integer_range(clqnn_type type, int32_t *low, int32_t *high);
void clq_mixed_store_bits(void *data, int64_t place, clqnn_type type, int32_t value);

#endif
