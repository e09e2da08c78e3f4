/* SPDX-License-Identifier: Apache-2.0 */
/* dot4 (see dot/portable) by NVIDIA's dp4a, sm_61 and later. Not volatile: it has no effect but its result, so it may be moved. */
static inline int dot4(uint a, uint b, int acc)
{
    int sum;
    __asm__("dp4a.s32.s32 %0, %1, %2, %3;" : "=r"(sum) : "r"(a), "r"(b), "r"(acc));
    return sum;
}
