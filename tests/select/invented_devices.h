/* SPDX-License-Identifier: Apache-2.0 */
/* Devices as capabilities alone, and plain problems, for tests of selection. */
#ifndef INVENTED_DEVICES_H
#define INVENTED_DEVICES_H

#include "gemm/gemm_variant.h"

typedef struct invented_device {
    const char *name;
    clq_capabilities capabilities;
} invented_device;

extern const invented_device invented_devices[];
extern const size_t invented_device_count;

/* NULL if there is none of this name. */
const clq_capabilities *invented_device_find(const char *name);

/* Dense u8 x s8 -> s32 with constant b. */
clq_gemm_problem plain_problem(int64_t m, int64_t n, int64_t k);

#endif
