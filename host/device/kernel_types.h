/* SPDX-License-Identifier: Apache-2.0 */
/* The host's side of kernels/cl/prelude/types.cl: lets C include the structs that kernels take by value. */
#ifndef CLQ_KERNEL_TYPES_H
#define CLQ_KERNEL_TYPES_H

#include <stdint.h>

typedef uint64_t clq_ulong;
typedef int32_t clq_int;
typedef float clq_float;

#endif
