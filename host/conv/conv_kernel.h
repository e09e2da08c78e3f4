/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel contract of the convolutions as C sees it. */
#ifndef CLQ_CONV_KERNEL_H
#define CLQ_CONV_KERNEL_H

#include "gemm/gemm_kernel.h"
#include "prelude/conv_params.cl"

#endif
