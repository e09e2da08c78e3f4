/* SPDX-License-Identifier: Apache-2.0 */
/* AVX-512 loads, stores and blends of some of 64 bytes. Bytes whose bit of the mask is 0 are not touched in memory. */

/* The bytes of `mask` from `address`, the others from `other`. The memory must be written before by code that the compiler sees to come first. */
static inline int16 x86_load_masked(ulong address, ulong mask, int16 other)
{
    int16 r;
    __asm__("vpblendmb (%1),%2,%0%{%3%}" : "=v"(r) : "r"(address), "v"(other), "Yk"(mask));
    return r;
}

static inline void x86_store_masked(ulong address, ulong mask, int16 value)
{
    __asm__ volatile("vmovdqu8 %0,(%1)%{%2%}" : : "v"(value), "r"(address), "Yk"(mask) : "memory");
}

/* The bytes of `mask` from `value`, the others from `other`. */
static inline int16 x86_blend(int16 value, ulong mask, int16 other)
{
    int16 r;
    __asm__("vpblendmb %1,%2,%0%{%3%}" : "=v"(r) : "v"(value), "v"(other), "Yk"(mask));
    return r;
}
