/* SPDX-License-Identifier: Apache-2.0 */
/* One convolution from host memory to host memory: create, upload, enqueue, download. */
#ifndef CLQ_PLAIN_CONV_H
#define CLQ_PLAIN_CONV_H

#include "clqnn/conv.h"

typedef struct plain_conv {
    const clqnn_conv_desc *desc;
    const void *x, *residual; /* residual: NULL where there is none */
    size_t x_bytes, residual_bytes;
    void *y;
    size_t y_bytes;
} plain_conv;

/* On failure *call names what failed; clqnn_last_error says why. */
clqnn_status plain_conv_run(clqnn_context *context, const plain_conv *conv, const char **call);

#endif
