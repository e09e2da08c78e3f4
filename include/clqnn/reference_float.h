/* SPDX-License-Identifier: Apache-2.0 */
/* Products of floats on the host, in binary64, and what a right result may be: docs/numerics.md, "Half and mixed precision". Slow and obvious, independent
 * of the kernels. Library: libclqnn_reference. */
#ifndef CLQNN_REFERENCE_FLOAT_H
#define CLQNN_REFERENCE_FLOAT_H

#include <stdint.h>

#include "clqnn/conv.h"
#include "clqnn/gemm.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A number of which the contract says how far a binary32 computation may be from it. */
typedef struct clqnn_reference_bounded {
    double value;   /* infinities and NaN as they follow from the operands in any order of summation */
    double error;   /* infinite where a sum may overflow on the way: any result is right then */
} clqnn_reference_bounded;

/* x of clqnn/gemm.h, before activation, from exactly decoded operands, as dense [batch][m][n]. a, b (NULL to use desc->b_data) and residual (NULL where the
 * descriptor has none) are laid out as the descriptor says; weights and variant are not read. With desc->dynamic, a is quantized as
 * clqnn_reference_dynamic_parameters and clqnn_reference_quantize do and taken for what the integers mean. The descriptor must be one that
 * clqnn_gemm_create accepts; CLQNN_INVALID_ARGUMENT for what would make no sense of memory, CLQNN_OUT_OF_MEMORY. */
CLQNN_API clqnn_status clqnn_reference_gemm_float(const clqnn_gemm_desc *desc, const void *a, const void *b, const void *residual, clqnn_reference_bounded *x);

/* s of clqnn/conv.h, likewise, as dense [batch][output pixels][out_channels]; x and residual (NULL where the descriptor has none) are laid out as the descriptor
 * says; weight_data must be given. */
CLQNN_API clqnn_status clqnn_reference_conv_float(const clqnn_conv_desc *desc, const void *x, const void *residual, clqnn_reference_bounded *sums);

/* w of clqnn/groups.h from the integers of one matrix b (element 0 at `b`, laid out as desc->b says), as dense [k][n]; of floats: their values. */
CLQNN_API clqnn_status clqnn_reference_dequantize_weights(const clqnn_gemm_desc *desc, const void *b, float *w);

/* What follows a sum. `clamp_min` and `clamp_max` are in real units for a float `type`, in quantized units for s8 and u8. */
typedef struct clqnn_reference_float_output {
    clqnn_type type;              /* f32, f16, bf16, s8, u8 */
    clqnn_function activation;
    int32_t has_clamp;
    float clamp_min, clamp_max;
    float scale;                  /* of s8 and u8 */
    int32_t zero_point;
} clqnn_reference_float_output;

/* The output of a product's descriptor, and of a convolution's. */
CLQNN_API clqnn_reference_float_output clqnn_reference_gemm_output(const clqnn_gemm_desc *desc);
CLQNN_API clqnn_reference_float_output clqnn_reference_conv_output(const clqnn_conv_desc *desc);

/* The function in binary64, of those that clqnn/gemm.h lists. NaN stays NaN. */
CLQNN_API double clqnn_reference_activation(clqnn_function function, double x);

/* Writes the function of x, clamped and rounded once, as element `place` of c: the middle of what is right. */
CLQNN_API void clqnn_reference_float_store(const clqnn_reference_float_output *output, double x, void *c, int64_t place);

/* The results that are right, as values of the stored type: low <= y <= high. */
typedef struct clqnn_reference_range {
    double low, high;
    int32_t is_nan;               /* 0: a NaN is wrong; 1: right too; 2: nothing else is */
} clqnn_reference_range;

CLQNN_API clqnn_reference_range clqnn_reference_float_range(const clqnn_reference_float_output *output, clqnn_reference_bounded x);

/* Whether a stored element of the output's type lies in the range. */
CLQNN_API int32_t clqnn_reference_in_range(clqnn_type type, const void *element, const clqnn_reference_range *range);

#ifdef __cplusplus
}
#endif
#endif
