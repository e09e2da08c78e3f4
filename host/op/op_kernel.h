/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel contract of the operators as C sees it. */
#ifndef CLQ_OP_KERNEL_H
#define CLQ_OP_KERNEL_H

#include "device/kernel_types.h"
#include "op/op_params.cl"

#include "op/op_tensor.h"

/* A nest for a kernel, each work-item taking `chunk` elements. */
op_nest clq_op_nest(const clq_nest *nest, int64_t chunk);
_Static_assert(OP_RANK == CLQNN_MAX_RANK && OP_NEST_OPERANDS == CLQ_NEST_OPERANDS, "both sides have the same nests");

#endif
