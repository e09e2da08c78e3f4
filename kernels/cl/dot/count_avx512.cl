/* SPDX-License-Identifier: Apache-2.0 */
/* The ones of each of 16 words: one instruction, which compilers do not find. */
static inline uint16 count_ones(uint16 words)
{
    uint16 ones;
    __asm__("vpopcntd %1, %0" : "=v"(ones) : "v"(words));
    return ones;
}
