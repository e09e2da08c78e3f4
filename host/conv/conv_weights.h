/* SPDX-License-Identifier: Apache-2.0 */
/* Packed constant weights of a convolution. Those of a convolution that is planned as a matrix product are the GEMM's, in `product`;
 * those of a convolution of another kind than 8-bit integers (conv_family.h) are always such matrices. */
#ifndef CLQ_CONV_WEIGHTS_H
#define CLQ_CONV_WEIGHTS_H

#include <CL/cl.h>
#include <stdatomic.h>

#include "clqnn/gemm.h"
#include "conv/conv_layout.h"
#include "conv/conv_validate.h"
#include "quantization/accumulator_bound.h"

/* What host data is, beyond its shape. */
typedef struct clq_conv_source {
    clqnn_type type;
    clqnn_weight_layout layout;
    bool transposed;              /* changes what OIHW means */
} clq_conv_source;

typedef struct clq_conv_family clq_conv_family;

struct clqnn_conv_weights {
    atomic_int references;
    clqnn_context *context;
    clq_conv_shape shape;
    clq_conv_source source;
    const clq_conv_layout *layout;   /* NULL with `product` */
    int32_t *zero_points;            /* an output channel; NULL of a family */
    clq_column_facts *channels;      /* an output channel */
    int32_t *tap_sums;               /* [tap][output channel]: sum of w' over the group's input channels, modulo 2^32; NULL with `product` */
    uint64_t bytes;
    cl_mem packed;
    clqnn_gemm_weights *product;
    const clq_conv_family *family;   /* of these weights; NULL: 8-bit integers, the only ones with zero_points, channels and tap_sums here */
};

/* Packed weights of a family as a blob holds them. */
typedef struct clq_conv_packed {
    clq_conv_shape shape;
    clq_conv_source source;
    const char *layout;
    const unsigned char *bytes;
    uint64_t byte_count;
} clq_conv_packed;

/* Weights on the host as s8, [o][tap][i], malloc'ed: what layouts pack. */
clqnn_status clq_conv_dense_weights(const clq_conv_shape *shape, const clq_conv_source *source, const void *data, int8_t **dense);

/* Facts of dense weights; malloc'ed arrays of out_channels, and of taps * out_channels. `zero_points` as the type has them. */
clqnn_status clq_conv_weight_facts(const clq_conv_shape *shape, const clq_conv_source *source, const int8_t *dense, const int32_t *zero_points,
                                   clq_column_facts **channels, int32_t **tap_sums);

/* The zero points of a descriptor's weights, one an output channel, malloc'ed. */
clqnn_status clq_conv_zero_points(const clq_conv_spec *spec, int32_t **zero_points);

clq_conv_source clq_conv_source_of(const clqnn_conv_desc *desc);

/* Host data is rows of bit planes, [o][tap] of group_in values each: b1 and t2. */
bool clq_conv_source_is_planes(const clq_conv_source *source);

/* Bytes of host data; below 2^63. */
uint64_t clq_conv_source_bytes(const clq_conv_shape *shape, const clq_conv_source *source);

/* Where host data has the weight (o, tap, i). Not of planes. */
int64_t clq_conv_source_index(const clq_conv_shape *shape, const clq_conv_source *source, int64_t o, int64_t tap, int64_t i);

/* Packs the spec's weight_data in this layout. */
clqnn_status clq_conv_weights_create(clqnn_context *context, const clq_conv_spec *spec, const clq_conv_layout *layout, clqnn_conv_weights **weights);

/* Weights around those of a GEMM, which it takes over (released also on failure). `family`: theirs, or NULL. */
clqnn_status clq_conv_weights_wrap(clqnn_context *context, const clq_conv_shape *shape, const clq_conv_source *source, clqnn_gemm_weights *product,
                                   const clq_conv_family *family, clqnn_conv_weights **weights);

/* Weights from packed bytes, as a blob holds them. CLQNN_CORRUPT_DATA if padding is not zero or an element leaves 8 bits. */
clqnn_status clq_conv_weights_adopt(clqnn_context *context, const clq_conv_shape *shape, const clq_conv_source *source, const clq_conv_layout *layout,
                                    const int32_t *zero_points, const unsigned char *bytes, clqnn_conv_weights **weights);

static inline int64_t clq_conv_out_channels(const clq_conv_shape *shape)
{
    return shape->groups * shape->group_out;
}

#endif
