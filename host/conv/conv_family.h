/* SPDX-License-Identifier: Apache-2.0 */
/* Convolutions of other numbers than 8-bit integers. Each kind is one const object: an operator family (host/op) behind the calls of clqnn/conv.h, whose
 * weights are the matrices of a product (clqnn_gemm_weights). What all kinds do alike is in conv_family_calls.c. */
#ifndef CLQ_CONV_FAMILY_H
#define CLQ_CONV_FAMILY_H

#include "conv/conv_weights.h"
#include "op/op_family.h"

/* What the operator family's `validate` takes. */
typedef struct clq_conv_call {
    const clq_conv_spec *spec;
    const clqnn_conv_weights *weights;   /* of this kind; NULL: not packed yet */
} clq_conv_call;

struct clq_conv_family {
    const clq_op_family *op;

    /* Whether a descriptor asks for this kind. */
    bool (*is_meant)(const clqnn_conv_desc *desc);

    /* Types of x, y, weights and residual, and what else must be known before strides are: each refused by name. */
    clqnn_status (*check_types)(const clqnn_conv_desc *desc);

    /* Everything but shapes, types and strides, which are resolved before; fills spec->low and spec->high. */
    clqnn_status (*check_numbers)(clq_conv_spec *spec);

    /* Packs the descriptor's weight_data for this variant. `problem`: the operator family's. */
    clqnn_status (*pack)(clqnn_context *context, const void *problem, const clq_op_variant *variant, clqnn_conv_weights **weights);

    /* What packing for this variant would give: layout and packed_bytes. */
    clqnn_status (*describe_weights)(const clqnn_context *context, const void *problem, const clq_op_variant *variant, clqnn_conv_info *info);

    /* The overflow proof, from weights that are packed or on the host; NULL: there is nothing to prove. */
    clqnn_status (*prove)(const clq_conv_spec *spec, int64_t *bound);

    /* clqnn_conv_weights_unpack; pointers are checked before. */
    clqnn_status (*unpack)(const clqnn_conv_weights *weights, void *data, size_t capacity);

    /* Whether a blob's layout is one of this kind's. */
    bool (*has_layout)(const char *name);

    /* Weights from packed bytes in a layout of this kind, as a blob holds them. CLQNN_CORRUPT_DATA where they are not what packing writes. */
    clqnn_status (*adopt)(clqnn_context *context, const clq_conv_packed *packed, clqnn_conv_weights **weights);
};

/* X(symbol): one line a kind; its object is clq_conv_of_<symbol>. */
#define X(symbol) extern const clq_conv_family clq_conv_of_##symbol;
#include "conv/conv_families.def"
#undef X

/* The kind that a descriptor asks for, the kind whose blobs have this layout; NULL: 8-bit integers, or nothing known. */
const clq_conv_family *clq_conv_family_of(const clqnn_conv_desc *desc);
const clq_conv_family *clq_conv_family_of_layout(const char *name);

#endif
