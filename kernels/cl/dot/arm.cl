/* SPDX-License-Identifier: Apache-2.0 */
/* dot4 (see dot/portable) by cl_arm_integer_dot_product_int8. */
#ifdef cl_arm_integer_dot_product_int8
#pragma OPENCL EXTENSION cl_arm_integer_dot_product_int8 : enable
#endif

static inline int dot4(uint a, uint b, int acc)
{
    return acc + arm_dot(as_char4(a), as_char4(b));
}
