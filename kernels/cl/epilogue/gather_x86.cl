/* SPDX-License-Identifier: Apache-2.0 */
/* What bits/bits_store.cl has a loop for, by AVX: bit `plane` of each of 16 lanes, side by side. */
#define BITS_GATHERED 1
static inline uint bits_gather(lanes_int code, int plane)
{
    const lanes_uint top = LANES_AS(uint)(code) << (lanes_uint)(31u - (uint)plane);
    uint low, high;
    __asm__("vmovmskps %1, %0" : "=r"(low) : "x"(top.lo));
    __asm__("vmovmskps %1, %0" : "=r"(high) : "x"(top.hi));
    return low | high << 8;
}
