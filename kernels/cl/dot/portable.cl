/* SPDX-License-Identifier: Apache-2.0 */
/* dot4(a, b, acc) = acc + sum of the four products of packed s8 x packed s8, modulo 2^32. Plain OpenCL C; some compilers make one instruction of it. */
static inline int dot4(uint a, uint b, int acc)
{
    const char4 x = as_char4(a), y = as_char4(b);
    return acc + ((int)x.x * y.x + (int)x.y * y.y) + ((int)x.z * y.z + (int)x.w * y.w);
}
