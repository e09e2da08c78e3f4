/* SPDX-License-Identifier: Apache-2.0 */
/* The reference of pooling, reductions, softmax, moved elements, resizing and layer normalization: the numeric contract on host memory, element by element.
 * Tensors are laid out as the descriptors say; data pointers lead to the first element. A descriptor must be one that the library accepts; `variant` is not
 * read. CLQNN_INVALID_ARGUMENT for null pointers. Library: libclqnn_reference. No OpenCL. */
#ifndef CLQNN_REFERENCE_SHAPE_H
#define CLQNN_REFERENCE_SHAPE_H

#include "clqnn/arrange.h"
#include "clqnn/normalize.h"
#include "clqnn/pool.h"
#include "clqnn/reduce.h"
#include "clqnn/resize.h"
#include "clqnn/softmax.h"

#ifdef __cplusplus
extern "C" {
#endif

CLQNN_API clqnn_status clqnn_reference_pool(const clqnn_pool_desc *desc, const void *x, void *y);
CLQNN_API clqnn_status clqnn_reference_reduce(const clqnn_reduce_desc *desc, const void *x, void *y);
CLQNN_API clqnn_status clqnn_reference_argmax(const clqnn_argmax_desc *desc, const void *x, void *y);
CLQNN_API clqnn_status clqnn_reference_softmax(const clqnn_softmax_desc *desc, const void *x, void *y);
CLQNN_API clqnn_status clqnn_reference_concat(const clqnn_concat_desc *desc, const void *const *inputs, void *y);
CLQNN_API clqnn_status clqnn_reference_split(const clqnn_split_desc *desc, const void *x, void *const *outputs);
CLQNN_API clqnn_status clqnn_reference_pad(const clqnn_pad_desc *desc, const void *x, void *y);
CLQNN_API clqnn_status clqnn_reference_transpose(const clqnn_transpose_desc *desc, const void *x, void *y);
CLQNN_API clqnn_status clqnn_reference_resize(const clqnn_resize_desc *desc, const void *x, void *y);
CLQNN_API clqnn_status clqnn_reference_layer_norm(const clqnn_layer_norm_desc *desc, const void *x, void *y);

/* ---- What their definitions are made of ---- */

/* table[d] = rne(2^31 * exp(-scale * d)), from the float64 function. */
CLQNN_API void clqnn_reference_exp_table(float scale, uint32_t table[256]);

/* ln 2 and the natural logarithm of s / 2^31 in units of 2^-40, s at least 2^31: within 2^-24 of the true one. */
#define CLQNN_REFERENCE_LN2_Q40 INT64_C(762123384786)
CLQNN_API int64_t clqnn_reference_log_q40(uint64_t s);

/* Of softmax under CLQNN_FIXED_*: exp(a / 2^26) of a that is 0 or less, and 1 / (1 + x / 2^31) of x that is not negative; both in units of 2^-31. */
CLQNN_API int32_t clqnn_reference_exp_q31(int32_t a);
CLQNN_API int32_t clqnn_reference_reciprocal_q31(int32_t x);

/* Index of x on one axis (0: height, 1: width) that output index i is taken from. */
CLQNN_API int64_t clqnn_reference_resize_nearest(const clqnn_resize_desc *desc, int32_t axis, int64_t i, int64_t input, int64_t output);

/* epsilon * n^2 / scale^2, in binary64 from left to right, rounded once to binary32; epsilon of 0 means 1e-5. */
CLQNN_API float clqnn_reference_layer_norm_epsilon(float epsilon, float scale, int64_t n);

#ifdef __cplusplus
}
#endif
#endif
