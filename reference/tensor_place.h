/* SPDX-License-Identifier: Apache-2.0 */
/* Where the elements of a clqnn_tensor lie, and integers read from and written to it. */
#ifndef CLQNN_REFERENCE_TENSOR_PLACE_H
#define CLQNN_REFERENCE_TENSOR_PLACE_H

#include "clqnn/tensor.h"

/* A tensor with its strides and its one scale and zero point filled in. */
typedef struct clq_place {
    clqnn_type type;
    int32_t rank;
    int64_t shape[CLQNN_MAX_RANK], strides[CLQNN_MAX_RANK];
    float scale;
    int32_t zero_point;
    int32_t low, high;   /* of an integer type */
} clq_place;

clq_place clq_place_make(const clqnn_tensor *tensor);

/* The element, counted from the tensor's first, of an index of `rank` values. */
int64_t clq_place_offset(const clq_place *place, const int64_t *index);

/* Steps an index through a shape, the last dimension fastest. 0: it was the last, and the index is all 0 again. */
int clq_place_next(int32_t rank, const int64_t *shape, int64_t *index);

/* Bytes of an element of 8 bits or more. */
size_t clq_place_element_size(clqnn_type type);

/* Integer elements of any width from 8 bits. */
int32_t clq_place_load(const clq_place *place, const void *data, int64_t offset);
void clq_place_store(const clq_place *place, void *data, int64_t offset, int32_t value);

/* q of `from` as an element of `to`: rne((s * (q - z)) / s') + z', clamped. The same q where both are quantized alike. */
int32_t clq_place_requantize(const clq_place *from, const clq_place *to, int32_t q);

/* An axis that may be negative, as 0 .. rank-1. */
int32_t clq_place_axis(const clq_place *place, int32_t axis);

#endif
