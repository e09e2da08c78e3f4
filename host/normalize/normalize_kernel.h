/* SPDX-License-Identifier: Apache-2.0 */
/* The params of the layer normalization's kernels, as C sees them. */
#ifndef CLQ_NORMALIZE_KERNEL_H
#define CLQ_NORMALIZE_KERNEL_H

#include "op/op_kernel.h"

#include "normalize/normalize_params.cl"

#endif
