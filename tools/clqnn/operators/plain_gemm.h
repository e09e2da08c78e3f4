/* SPDX-License-Identifier: Apache-2.0 */
/* One GEMM from host memory to host memory: create, upload, enqueue, download. */
#ifndef CLQ_PLAIN_GEMM_H
#define CLQ_PLAIN_GEMM_H

#include "clqnn/gemm.h"

typedef struct plain_gemm {
    const clqnn_gemm_desc *desc; /* with constant weights */
    const void *a;
    size_t a_bytes;
    void *c;
    size_t c_bytes;
    const void *residual;        /* where there is one */
    size_t residual_bytes;
    const float *row_scales; /* NULL: none */
    size_t row_scale_bytes;
} plain_gemm;

/* On failure *call names what failed; clqnn_last_error says why. */
clqnn_status plain_gemm_run(clqnn_context *context, const plain_gemm *gemm, const char **call);

#endif
