/* SPDX-License-Identifier: Apache-2.0 */
/* The operators of clqnn/loss_scale.h as plain scalar C. Library: libclqnn_reference. No OpenCL. */
#ifndef CLQNN_REFERENCE_LOSS_SCALE_H
#define CLQNN_REFERENCE_LOSS_SCALE_H

#include "clqnn/loss_scale.h"

#ifdef __cplusplus
extern "C" {
#endif

/* On host memory laid out as the descriptor says, which must be one that clqnn_loss_scale_create accepts; `variant` is not read. `flag`, which is read and
 * written by CLQNN_LOSS_UNSCALE only, may be NULL for the other kind. */
CLQNN_API clqnn_status clqnn_reference_loss_scale(const clqnn_loss_scale_desc *desc, const void *x, float scale, void *y, int32_t *flag);

#ifdef __cplusplus
}
#endif
#endif
