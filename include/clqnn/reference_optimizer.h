/* SPDX-License-Identifier: Apache-2.0 */
/* The operators of clqnn/optimizer.h as plain scalar C. A descriptor must be one that the library accepts; `variant` is not read; skip may be NULL, and must be
 * given where the descriptor has one. Library: libclqnn_reference. No OpenCL. */
#ifndef CLQNN_REFERENCE_OPTIMIZER_H
#define CLQNN_REFERENCE_OPTIMIZER_H

#include "clqnn/optimizer.h"

#ifdef __cplusplus
extern "C" {
#endif

/* v is not touched where momentum is 0. */
CLQNN_API clqnn_status clqnn_reference_sgd(const clqnn_sgd_desc *desc, const float *g, float lr, const int32_t *skip, float *w, float *v);
CLQNN_API clqnn_status clqnn_reference_adam(const clqnn_adam_desc *desc, const float *g, const float step[3], const int32_t *skip, float *w, float *m, float *v);

#ifdef __cplusplus
}
#endif
#endif
