/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel contract of the convolutions as C sees it. */
#ifndef CLQ_CONV_KERNEL_H
#define CLQ_CONV_KERNEL_H

#include "device/kernel_types.h"
#include "prelude/gemm_params.cl"
#include "prelude/conv_params.cl"

#endif
