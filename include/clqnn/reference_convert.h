/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn/convert.h as plain scalar C. Library: libclqnn_reference. No OpenCL. */
#ifndef CLQNN_REFERENCE_CONVERT_H
#define CLQNN_REFERENCE_CONVERT_H

#include "clqnn/convert.h"

#ifdef __cplusplus
extern "C" {
#endif

/* On host memory laid out as the descriptor says. The descriptor must be one that clqnn_convert_create accepts; `variant` is not read. */
CLQNN_API clqnn_status clqnn_reference_convert(const clqnn_convert_desc *desc, const void *x, void *y);

#ifdef __cplusplus
}
#endif
#endif
