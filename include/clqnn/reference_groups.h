/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn/groups.h and the quantizer of clqnn/import.h as plain scalar C. Library: libclqnn_reference. No OpenCL. */
#ifndef CLQNN_REFERENCE_GROUPS_H
#define CLQNN_REFERENCE_GROUPS_H

#include "clqnn/import.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The formula of clqnn/groups.h: w dense [k][n]. The groups must be valid and have scales; group_count and data_bytes are not read. CLQNN_INVALID_ARGUMENT
 * for null pointers. */
CLQNN_API clqnn_status clqnn_reference_dequantize_groups(const clqnn_imported_info *weights, float *w);

/* clqnn_quantize_groups, a group at a time: q, not its bits, laid out as the weights; scales and zero points [groups][n], or [n][groups] where transposed,
 * the scales rounded to scale_type; zero_points may be NULL. The descriptor must be one that clqnn_quantize_groups accepts; CLQNN_INVALID_ARGUMENT for null
 * pointers. */
CLQNN_API clqnn_status clqnn_reference_quantize_groups(const clqnn_quantize_groups_desc *desc, int32_t *codes, float *scales, int32_t *zero_points);

#ifdef __cplusplus
}
#endif
#endif
