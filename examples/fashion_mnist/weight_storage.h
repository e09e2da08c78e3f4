/* SPDX-License-Identifier: Apache-2.0 */
/* Weights on the host in the bytes that plans take. */
#ifndef WEIGHT_STORAGE_H
#define WEIGHT_STORAGE_H

#include <clqnn/bits.h>
#include <stdbool.h>

/* The float nearest to x of 16 bits, ties to even: of binary16 or bfloat16. x is finite; what is too large becomes infinite. */
uint16_t stored_half(float x);
uint16_t stored_bfloat(float x);

/* Rows of values as bit planes (clqnn/bits.h): b1 of -1, +1; t2 of -1, 0, +1; po_k of its odd levels. Allocated; NULL: no memory. */
uint32_t *stored_planes(clqnn_type type, const int16_t *values, int64_t rows, int64_t count);

/* Values of -128 .. 127 as bytes. Allocated; NULL: no memory. */
int8_t *stored_bytes(const int16_t *values, int64_t count);

/* Floats, f16 or bf16 of values * slopes[row]. Allocated; NULL: no memory. */
void *stored_floats(clqnn_type type, const float *values, const float *slopes, int64_t rows, int64_t count);

#endif
