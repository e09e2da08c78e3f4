/* SPDX-License-Identifier: Apache-2.0 */
/* What the operators of ranges and parameters share: their program and its launches. */
#ifndef CLQ_RANGE_PROBLEM_H
#define CLQ_RANGE_PROBLEM_H

#include "op/op_family.h"
#include "quantizer/quantizer_slots.h"

#include "quantizer/range_params.cl"

/* Its kernels. */
enum { CLQ_RANGE_PARAMETERS, CLQ_RANGE_DIRECT, CLQ_RANGE_ERRORS, CLQ_RANGE_CHOOSE };

extern const clq_op_program clq_range_program;

/* The kernel, and as many work-items as `items`, rounded up to whole groups. */
void clq_range_geometry(clq_op_step *step, uint32_t kernel, size_t items);

#endif
