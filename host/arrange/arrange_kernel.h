/* SPDX-License-Identifier: Apache-2.0 */
/* The params of the kernels that move elements, as C sees them. */
#ifndef CLQ_ARRANGE_KERNEL_H
#define CLQ_ARRANGE_KERNEL_H

#include "op/op_kernel.h"

#include "arrange/arrange_params.cl"

#endif
