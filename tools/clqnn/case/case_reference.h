/* SPDX-License-Identifier: Apache-2.0 */
/* A case run through libclqnn_reference. Library: clqnn_case_reference. */
#ifndef CLQNN_CASE_REFERENCE_H
#define CLQNN_CASE_REFERENCE_H

#include "case_file.h"
#include "case_verdict.h"

/* Runs the case with the scalar reference and compares. Blocks. */
clq_case_verdict clq_case_check_reference(clq_case *file, char *message, size_t capacity);

/* The same of one of the operators of case_shape.h. */
clq_case_verdict clq_case_check_shape_reference(clq_case *file, char *message, size_t capacity);

#endif
