/* SPDX-License-Identifier: Apache-2.0 */
/* Packed constant weights. */
#ifndef CLQ_GEMM_WEIGHTS_H
#define CLQ_GEMM_WEIGHTS_H

#include <CL/cl.h>
#include <stdatomic.h>

#include "gemm/gemm_validate.h"
#include "layout/bit_layout.h"
#include "layout/layout.h"
#include "layout/mixed_layout.h"
#include "quantization/accumulator_bound.h"

struct clq_gemm_family;

struct clqnn_gemm_weights {
    atomic_int references;
    clqnn_context *context;
    const struct clq_gemm_family *family;   /* gemm_family.h; NULL: 8-bit integers */
    const clq_layout *layout;     /* of integers; as the two below NULL for those of other products, but that of bits has both */
    clqnn_type type;
    int64_t n, k;
    int64_t batch[2];             /* stored matrices: 1 in a broadcast dimension */
    int32_t *zero_points;         /* n values */
    clq_column_facts *columns;    /* batch[0] * batch[1] * n */
    uint64_t matrix_bytes;        /* of one packed matrix */
    cl_mem packed;                /* NULL if there are no bytes */
    const clq_mixed_layout *mixed;/* of a product of floats */
    clq_mixed_form form;          /* what its packed bytes are */
    const clq_bit_layout *bits;   /* of a product of bits */
};

/* Packs the spec's b_data in this layout. */
clqnn_status clq_gemm_weights_create(clqnn_context *context, const clq_gemm_spec *spec, const clq_layout *layout, clqnn_gemm_weights **weights);

/* Matrices that are packed already, as a blob holds them. */
typedef struct clq_packed_matrices {
    const clq_layout *layout;
    clqnn_type type;
    int64_t n, k;
    int64_t batch[2];
    const int32_t *zero_points;   /* n */
    const unsigned char *bytes;
} clq_packed_matrices;

/* Weights from packed bytes. CLQNN_CORRUPT_DATA if padding is not zero or an element leaves 8 bits. */
clqnn_status clq_gemm_weights_adopt(clqnn_context *context, const clq_packed_matrices *packed, clqnn_gemm_weights **weights);

/* Only the facts of b_data, for a query: malloc'ed, batch * n. */
clqnn_status clq_gemm_column_facts(const clq_gemm_spec *spec, clq_column_facts **columns);

#endif
