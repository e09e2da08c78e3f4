/* SPDX-License-Identifier: Apache-2.0 */
/* What this process's own CPU has, by cpuid. All false on other architectures. */
#ifndef CLQ_HOST_CPU_H
#define CLQ_HOST_CPU_H

#include <stdbool.h>

bool clq_host_has_avx2(void);         /* AVX2, FMA and F16C */
bool clq_host_has_avx512(void);       /* F, BW, DQ, VL */
bool clq_host_has_avx512_vnni(void);
bool clq_host_has_avx512_bf16(void);
bool clq_host_has_avx512_vpopcntdq(void);

#endif
