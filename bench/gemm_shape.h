/* SPDX-License-Identifier: Apache-2.0 */
/* Shapes and types as text: "128x768x768", "8:128x768x64", "2:8:128x768x64"; "u8s8u8", "s8s8s32", "f32s8f32" (dynamic quantization of a). */
#ifndef CLQ_GEMM_SHAPE_H
#define CLQ_GEMM_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "clqnn/types.h"

typedef struct clq_gemm_shape { int64_t batch[2], m, n, k; } clq_gemm_shape;
typedef struct clq_gemm_types { clqnn_type a, b, c; } clq_gemm_types;

/* False, with the reason in `message`, for anything else; dimensions are 0 .. 2^31-1. */
bool clq_gemm_shape_parse(const char *text, clq_gemm_shape *shape, char *message, size_t size);
bool clq_gemm_types_parse(const char *text, clq_gemm_types *types, char *message, size_t size);

/* The canonical text. Returns `text`. */
const char *clq_gemm_shape_print(const clq_gemm_shape *shape, char *text, size_t size);
const char *clq_gemm_types_print(const clq_gemm_types *types, char *text, size_t size);

#endif
