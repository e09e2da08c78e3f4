/* SPDX-License-Identifier: Apache-2.0 */
/* Cases of the operators that work element by element through the scalar reference. */
#ifndef CLQNN_CASE_REFERENCE_POINTWISE_H
#define CLQNN_CASE_REFERENCE_POINTWISE_H

#include "case_file.h"
#include "case_verdict.h"

clq_case_verdict clq_case_check_pointwise(clq_case *file, char *message, size_t capacity);

#endif
