/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn/pointwise.h as plain scalar C: slow, obvious, independent of the kernels. Library: libclqnn_reference. No OpenCL. */
#ifndef CLQNN_REFERENCE_POINTWISE_H
#define CLQNN_REFERENCE_POINTWISE_H

#include "clqnn/pointwise.h"

#ifdef __cplusplus
extern "C" {
#endif

/* On host memory laid out as the descriptor says. The descriptor must be one that clqnn_binary_create accepts; `variant` is not read. */
CLQNN_API clqnn_status clqnn_reference_binary(const clqnn_binary_desc *desc, const void *a, const void *b, void *y);

/* The 256 entries of a function, as clqnn_make_table defines them. */
CLQNN_API clqnn_status clqnn_reference_table_entries(const clqnn_table_desc *desc, uint8_t table[256]);

/* As clqnn_table_create's plans. */
CLQNN_API clqnn_status clqnn_reference_table(const clqnn_table_desc *desc, const void *x, void *y);

#ifdef __cplusplus
}
#endif
#endif
