/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel contract of the GEMM family as C sees it. */
#ifndef CLQ_GEMM_KERNEL_H
#define CLQ_GEMM_KERNEL_H

#include "device/kernel_types.h"
#include "prelude/gemm_params.cl"

#endif
