/* SPDX-License-Identifier: Apache-2.0 */
/* Fixed-point rescaling and clamps on the host: for checks and for tables. Pure. */
#ifndef CLQ_FIXED_POINT_H
#define CLQ_FIXED_POINT_H

#include "clqnn/pointwise.h"

/* The multiplier must not be negative, the shift be in -31..30. */
clqnn_status clq_fixed_check(const char *name, const clqnn_fixed *fixed);

/* x rescaled by CLQNN_FIXED_DOUBLE or CLQNN_FIXED_SINGLE, without zero point and clamp. */
int64_t clq_fixed_rescale(clqnn_rounding rounding, int32_t x, const clqnn_fixed *fixed);

/* The type's range and, where asked for, the clamp's; refused if they do not meet. */
clqnn_status clq_clamp_range(clqnn_type type, int32_t has_clamp, int32_t clamp_min, int32_t clamp_max, int32_t *low, int32_t *high);

#endif
