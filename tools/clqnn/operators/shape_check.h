/* SPDX-License-Identifier: Apache-2.0 */
/* check: case files of the operators that pool, reduce or move elements. */
#ifndef CLQ_SHAPE_CHECK_H
#define CLQ_SHAPE_CHECK_H

#include "operator.h"

/* Makes the plan that the file describes, runs it and compares y. A skip with the reason for what the format or this version lacks. */
clq_case_verdict clq_shape_check(clqnn_context *context, clq_case *file, char *message, size_t capacity);

#endif
