/* SPDX-License-Identifier: Apache-2.0 */
/* The little that clqnn_reference_gemm checks. */
#ifndef CLQNN_REFERENCE_VALIDATE_H
#define CLQNN_REFERENCE_VALIDATE_H

#include "clqnn/gemm.h"

/* CLQNN_OK if the reference has a meaning for `desc` and can read what its counts announce. This is what keeps a wrong test from a crash, not the library's
 * validation: leading dimensions, strides, scales and zero points are believed. */
clqnn_status clq_reference_validate(const clqnn_gemm_desc *desc);

#endif
