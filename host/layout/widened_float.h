/* SPDX-License-Identifier: Apache-2.0 */
/* Floats of any storage type on the host, widened exactly. */
#ifndef CLQ_WIDENED_FLOAT_H
#define CLQ_WIDENED_FLOAT_H

#include <stdint.h>

#include "clqnn/types.h"

/* Element `index` of f32, f16, bf16, f8e4m3 or f8e5m2 values. */
float clq_widened_float(const void *values, clqnn_type type, int64_t index);

#endif
