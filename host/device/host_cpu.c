/* SPDX-License-Identifier: Apache-2.0 */
#include "device/host_cpu.h"

#if defined(__x86_64__) || defined(__i386__)

#include <cpuid.h>

/* Not every compiler's __builtin_cpu_supports knows its name. */
static bool has_f16c(void)
{
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_F16C);
}

bool clq_host_has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && has_f16c();
}

bool clq_host_has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

bool clq_host_has_avx512_vnni(void)
{
    return clq_host_has_avx512() && __builtin_cpu_supports("avx512vnni");
}

bool clq_host_has_avx512_bf16(void)
{
    return clq_host_has_avx512() && __builtin_cpu_supports("avx512bf16");
}

bool clq_host_has_avx512_vpopcntdq(void)
{
    return clq_host_has_avx512() && __builtin_cpu_supports("avx512vpopcntdq");
}

#else

bool clq_host_has_avx2(void)
{
    return false;
}

bool clq_host_has_avx512(void)
{
    return false;
}

bool clq_host_has_avx512_vnni(void)
{
    return false;
}

bool clq_host_has_avx512_bf16(void)
{
    return false;
}

bool clq_host_has_avx512_vpopcntdq(void)
{
    return false;
}

#endif
