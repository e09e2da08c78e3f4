/* SPDX-License-Identifier: Apache-2.0 */
/* How the numbers of a case are drawn, whatever its operator. */
#ifndef CLQ_CASE_NUMERICS_H
#define CLQ_CASE_NUMERICS_H

#include "clqnn/types.h"
#include "seeded_random.h"

/* How many values a parameter has. */
typedef enum clq_per { CLQ_PER_NONE, CLQ_PER_TENSOR, CLQ_PER_VECTOR } clq_per;

/* What integer data looks like. Float data (dynamic quantization) is normal-ish with some outliers; EXTREMES adds rows of zeros and equal values.
 * SMALL: -2 .. 2, or 0 .. 3 unsigned. */
typedef enum clq_data { CLQ_DATA_RANDOM, CLQ_DATA_EXTREMES, CLQ_DATA_LOWEST, CLQ_DATA_HIGHEST, CLQ_DATA_SMALL } clq_data;

/* Where outputs of a requantized sum lie. */
typedef enum clq_aim {
    CLQ_AIM_SPREAD,   /* over the whole range, some clamped */
    CLQ_AIM_TIES,     /* small data, multipliers that are powers of two: every other output is a tie of the rounding, of both signs */
    CLQ_AIM_BOUNDARY  /* large sums within a unit in the last place of a tie: one rounding too few or too many anywhere changes some of them */
} clq_aim;

/* One s8 or u8 value. */
int32_t clq_data_integer(clq_random *random, clqnn_type type, clq_data data);

/* "random", "extremes", .. */
const char *clq_data_name(clq_data data);

#endif
