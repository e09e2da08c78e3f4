/* SPDX-License-Identifier: Apache-2.0 */
/* Quantization parameters of a descriptor: values with defaults applied, and checks that every operator shares. */
#ifndef CLQ_QUANTIZATION_H
#define CLQ_QUANTIZATION_H

#include <stdbool.h>
#include <stdint.h>

#include "clqnn/status.h"
#include "clqnn/types.h"

/* The value of a quantization at `index`, defaults applied. */
int32_t clq_zero_point_at(const clqnn_quantization *quantization, int64_t index);
float clq_scale_at(const clqnn_quantization *quantization, int64_t index);

bool clq_is_8bit(clqnn_type type);
bool clq_is_float(clqnn_type type);

/* s8, u8, pu and ps: integers with a scale and a zero point. */
bool clq_is_quantized(clqnn_type type);

/* The range of such a type. */
int32_t clq_type_low(clqnn_type type);
int32_t clq_type_high(clqnn_type type);

/* Refuses a field with a type: "a.type is f32 (4), must be s8 or u8". */
clqnn_status clq_type_failure(const char *name, clqnn_type type, const char *expected);

/* CLQNN_INVALID_ARGUMENT for anything but 0 and 1. */
clqnn_status clq_check_flag(const char *name, int32_t value);

/* Counts are 0, 1 or `channels` and come with their arrays; scales are positive, finite and normal; zero points lie in the type's range. */
clqnn_status clq_check_quantization(const char *name, const clqnn_quantization *quantization, clqnn_type type, int64_t channels);

#endif
