/* SPDX-License-Identifier: Apache-2.0 */
/* Elements of a clqnn_tensor in host memory, one at a time. */
#ifndef CLQNN_REFERENCE_TENSOR_VIEW_H
#define CLQNN_REFERENCE_TENSOR_VIEW_H

#include "clqnn/tensor.h"

/* Number of elements. */
int64_t clq_reference_count(const clqnn_tensor *tensor);

/* The place, in elements of memory, of the element that stands at position `flat` of a dense tensor of `like`'s shape. `tensor`
 * broadcasts to that shape: its dimensions, aligned at the last, are equal or 1. */
int64_t clq_reference_place(const clqnn_tensor *tensor, const clqnn_tensor *like, int64_t flat);

/* The index along `axis` (negative: from the last) of that element, and which value of a quantization belongs to it: 0 for one value, the
 * index along the axis, or the block's number. */
int64_t clq_reference_value_index(const clqnn_tensor *tensor, int64_t count, int64_t flat);

/* Integer types. */
int32_t clq_reference_load_integer(clqnn_type type, const void *data, int64_t place);
void clq_reference_store_integer(clqnn_type type, void *data, int64_t place, int32_t value);

/* f32, f16, bf16, f8e4m3, f8e5m2. A store rounds once, to nearest even; 8-bit floats saturate, or do as the rule says. */
float clq_reference_load_float(clqnn_type type, const void *data, int64_t place);
void clq_reference_store_float(clqnn_type type, void *data, int64_t place, float value);
void clq_reference_store_float8(clqnn_type type, void *data, int64_t place, float value, clqnn_f8_overflow rule);

/* The range of an integer type of up to 16 bits. */
void clq_reference_type_range(clqnn_type type, int32_t *low, int32_t *high);

/* That of the type, limited by a clamp in quantized units. */
void clq_reference_clamp_range(clqnn_type type, int32_t has_clamp, int32_t clamp_min, int32_t clamp_max, int32_t *low, int32_t *high);

#endif
