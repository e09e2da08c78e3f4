/* SPDX-License-Identifier: Apache-2.0 */
/* dot4 (see dot/portable) by cl_khr_integer_dot_product. Not dot_acc_sat_4x8packed_ss_int, which saturates and is slower. */
#ifdef cl_khr_integer_dot_product
#pragma OPENCL EXTENSION cl_khr_integer_dot_product : enable
#endif

static inline int dot4(uint a, uint b, int acc)
{
    return acc + dot_4x8packed_ss_int(a, b);
}
