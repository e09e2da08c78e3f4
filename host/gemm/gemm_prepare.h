/* SPDX-License-Identifier: Apache-2.0 */
/* The params of the kernels that run before a GEMM, as C sees them (the structs of pack_panels.cl and prepare_a.cl). */
#ifndef CLQ_GEMM_PREPARE_H
#define CLQ_GEMM_PREPARE_H

#include "device/kernel_types.h"
#include "prelude/prepare_params.cl"

#endif
