/* SPDX-License-Identifier: Apache-2.0 */
/* The numeric contract as plain scalar C: slow, obvious, independent of the kernels. Library: libclqnn_reference. No OpenCL. */
#ifndef CLQNN_REFERENCE_H
#define CLQNN_REFERENCE_H

#include <stdint.h>

#include "clqnn/conv.h"
#include "clqnn/gemm.h"

#ifdef __cplusplus
extern "C" {
#endif

/* float(acc) * multiplier, rounded to nearest even, + zero_point, clamped to [low, high]. */
CLQNN_API int32_t clqnn_reference_requantize_float_even(int32_t acc, float multiplier, int32_t zero_point, int32_t low, int32_t high);

/* gemmlowp's SaturatingRoundingDoublingHighMul after the left part of the shift, RoundingDivideByPOT by its right part, + zero_point, clamped. */
CLQNN_API int32_t clqnn_reference_requantize_fixed_double(int32_t acc, int32_t multiplier, int32_t shift, int32_t zero_point, int32_t low, int32_t high);

/* (acc * multiplier + 2^(30-shift)) >> (31-shift) in 64 bits, + zero_point, clamped. */
CLQNN_API int32_t clqnn_reference_requantize_fixed_single(int32_t acc, int32_t multiplier, int32_t shift, int32_t zero_point, int32_t low, int32_t high);

/* q = clamp(rne(x / scale) + zero_point, low, high); NaN gives zero_point, infinities the ends of the range. */
CLQNN_API int32_t clqnn_reference_quantize(float x, float scale, int32_t zero_point, int32_t low, int32_t high);

/* Scale and zero point of one range for u8 (ONNX DynamicQuantizeLinear) or s8 (symmetric, 127 steps). A range of zero width gives scale 1, zero point 0.
 * NaN values are ignored. */
CLQNN_API void clqnn_reference_dynamic_parameters(const float *x, int64_t count, clqnn_type type, float *scale, int32_t *zero_point);

/* IEEE conversions, round to nearest even. */
CLQNN_API uint16_t clqnn_reference_f32_to_f16(float x);
CLQNN_API float clqnn_reference_f16_to_f32(uint16_t x);

/* bfloat16: round to nearest even, overflow to infinity, subnormals kept; exact on the way back. NaN stays NaN with its sign, quiet on the way down. */
CLQNN_API uint16_t clqnn_reference_f32_to_bf16(float x);
CLQNN_API float clqnn_reference_bf16_to_f32(uint16_t x);

/* The 8-bit floats of OCP: round to nearest even, subnormals kept, overflow by the rule; exact on the way back. NaN stays NaN with its sign. */
CLQNN_API uint8_t clqnn_reference_f32_to_f8e4m3(float x, clqnn_f8_overflow rule);
CLQNN_API float clqnn_reference_f8e4m3_to_f32(uint8_t x);
CLQNN_API uint8_t clqnn_reference_f32_to_f8e5m2(float x, clqnn_f8_overflow rule);
CLQNN_API float clqnn_reference_f8e5m2_to_f32(uint8_t x);

/* The whole of clqnn/gemm.h on host memory: a, b and c laid out as the descriptor says (b: NULL to use desc->b_data; desc->weights and desc->variant are not
 * read). The descriptor must be one that clqnn_gemm_create accepts. CLQNN_OVERFLOW if an accumulator leaves 32 bits; c is then unspecified.
 * `accumulators`, where not NULL, receives acc as dense [batch][m][n]. */
CLQNN_API clqnn_status clqnn_reference_gemm(const clqnn_gemm_desc *desc, const void *a, const void *b, void *c, int32_t *accumulators);

/* The whole of clqnn/conv.h on host memory: x, residual (NULL where there is none) and y laid out as the descriptor says, from channel 0 of the slice on;
 * weight_data must be given, desc->weights and desc->variant are not read. The descriptor must be one that clqnn_conv_create accepts. CLQNN_OVERFLOW if an
 * accumulator leaves 32 bits; y is then unspecified. `accumulators`, where not NULL, receives acc as dense [batch][output pixels][out_channels]. */
CLQNN_API clqnn_status clqnn_reference_conv(const clqnn_conv_desc *desc, const void *x, const void *residual, void *y, int32_t *accumulators);

#ifdef __cplusplus
}
#endif
#endif
