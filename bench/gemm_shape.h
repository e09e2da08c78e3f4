/* SPDX-License-Identifier: Apache-2.0 */
/* Shapes and types as text: "128x768x768", "8:128x768x64", "2:8:128x768x64"; "u8s8u8", "s8s8s32", "f32s8f32" (dynamic quantization of a); products of
 * floats "f16bf16f32", of floats with quantized weights "f16u4f16:g128" (groups of 128 along k), "f16u4f16:g128:a8" (a quantized a row to 8 bits). Of bits
 * "b1b1s32", "t2t2s32", "b1b1b1", "pu2po2s32", short "u2u2s32": integers of less than 8 bits as an input are pu and ps. Weights of b1 and t2 "s8t2s32", or the
 * weights first, "t2s8s32", as no product has such an input; "f32t2f32:a8" quantizes a a row. */
#ifndef CLQ_GEMM_SHAPE_H
#define CLQ_GEMM_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "clqnn/types.h"

typedef struct clq_gemm_shape { int64_t batch[2], m, n, k; } clq_gemm_shape;
typedef struct clq_gemm_types {
    clqnn_type a, b, c;
    int64_t group;   /* rows of k that share a scale of b; 0: no groups */
    bool quantize_a; /* with groups: by each call */
} clq_gemm_types;

enum { CLQ_GEMM_TYPES_TEXT = 64 }; /* room for any types as text */

/* False, with the reason in `message`, for anything else; dimensions are 0 .. 2^31-1. */
bool clq_gemm_shape_parse(const char *text, clq_gemm_shape *shape, char *message, size_t size);
bool clq_gemm_types_parse(const char *text, clq_gemm_types *types, char *message, size_t size);

/* A product of floats: a float a that no call quantizes, or one with groups. */
bool clq_gemm_types_are_floats(const clq_gemm_types *types);
bool clq_gemm_types_equal(const clq_gemm_types *x, const clq_gemm_types *y);

/* The canonical text. Returns `text`. */
const char *clq_gemm_shape_print(const clq_gemm_shape *shape, char *text, size_t size);
const char *clq_gemm_types_print(const clq_gemm_types *types, char *text, size_t size);

#endif
