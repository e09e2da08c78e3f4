/* SPDX-License-Identifier: Apache-2.0 */
/* A case run through libclqnn_reference. Library: clqnn_case_reference. */
#ifndef CLQNN_CASE_REFERENCE_H
#define CLQNN_CASE_REFERENCE_H

#include <stdbool.h>

#include "case_file.h"
#include "case_verdict.h"

/* Runs the case with the scalar reference and compares. Blocks. */
clq_case_verdict clq_case_check_reference(clq_case *file, char *message, size_t capacity);

/* Whether each element of y has a tolerance of its own: a convolution of floats without a `tolerance`. */
bool clq_case_uses_bound(const clq_case *file);

/* SAME where all results and all expected values lie within their bounds (docs/numerics.md, "Half and mixed precision"). `got` as of clq_case_compare. */
clq_case_verdict clq_case_compare_bound(const clq_case *file, const clq_case_conv *conv, const void *got, char *message, size_t capacity);

/* y of a convolution of floats: the exact results, rounded once. */
clqnn_status clq_case_convolve_floats(const clq_case *file, const clq_case_conv *conv, void *y);

/* clq_case_check_reference of one of the operators of case_shape.h. */
clq_case_verdict clq_case_check_shape_reference(clq_case *file, char *message, size_t capacity);

#endif
