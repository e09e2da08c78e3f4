/* SPDX-License-Identifier: Apache-2.0 */
/* The operators of clqnn/bits.h as plain scalar C. Library: libclqnn_reference. No OpenCL.
 * On host memory laid out as the descriptor says, which must be one that the library accepts; `variant` is not read. */
#ifndef CLQNN_REFERENCE_PACK_H
#define CLQNN_REFERENCE_PACK_H

#include "clqnn/bits.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Writes the whole words of each row of y. */
CLQNN_API clqnn_status clqnn_reference_pack_bits(const clqnn_pack_bits_desc *desc, const void *x, void *y);

CLQNN_API clqnn_status clqnn_reference_unpack_bits(const clqnn_unpack_bits_desc *desc, const void *x, void *y);

CLQNN_API clqnn_status clqnn_reference_window_mean(const clqnn_window_mean_desc *desc, const void *x, float *y);

#ifdef __cplusplus
}
#endif
#endif
