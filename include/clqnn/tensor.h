/* SPDX-License-Identifier: Apache-2.0 */
/* Tensors of the operators without weights: shape, strides, type and quantization. */
#ifndef CLQNN_TENSOR_H
#define CLQNN_TENSOR_H

#include "clqnn/types.h"

#ifdef __cplusplus
extern "C" {
#endif

#define CLQNN_MAX_RANK 6

/* A tensor. A dense one needs only type, rank and shape. A slice of a larger tensor is a region whose offset names its first element,
 * with the larger tensor's strides. Arrays run from the outermost dimension to the innermost; only the first `rank` entries are read. */
typedef struct clqnn_tensor {
    clqnn_type type;
    int32_t rank;                      /* 0: one element */
    int64_t shape[CLQNN_MAX_RANK];     /* each 1 .. 2^31-1 */
    int64_t strides[CLQNN_MAX_RANK];   /* elements, none negative; all 0: dense. An input may repeat itself with strides of 0, a result must not overlap
                                          itself. s4 and u4 are dense: two elements a byte, the first in the low bits, no padding but after the last */
    clqnn_quantization quantization;   /* 1 value; where the operator says so, one for each index of `axis`, or one for each block */
    int32_t axis;                      /* of more than one value; negative counts from the last */
    int64_t block;                     /* 0: a value for each index of `axis`. Else a value for `block` indices: the values have the tensor's shape, with
                                          ceil(shape[axis] / block) in place of shape[axis], row-major */
} clqnn_tensor;

#ifdef __cplusplus
}
#endif
#endif
