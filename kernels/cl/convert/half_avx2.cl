/* SPDX-License-Identifier: Apache-2.0 */
/* Sixteen halves by F16C's conversions, which OpenCL C's take apart. */
static inline __attribute__((always_inline)) float16 widen_halves(short16 x)
{
    float8 low, high;
    __asm__("vcvtph2ps %1, %0" : "=x"(low) : "x"(x.lo));
    __asm__("vcvtph2ps %1, %0" : "=x"(high) : "x"(x.hi));
    return (float16)(low, high);
}

static inline __attribute__((always_inline)) float16 load_halves(__global const uchar *x, ulong place)
{
    return widen_halves(LOAD16(short, x + 2 * place));
}

/* Rounds to nearest even. */
static inline __attribute__((always_inline)) short16 round_to_halves(float16 x)
{
    short8 low, high;
    __asm__("vcvtps2ph $0, %1, %0" : "=x"(low) : "x"(x.lo));
    __asm__("vcvtps2ph $0, %1, %0" : "=x"(high) : "x"(x.hi));
    return (short16)(low, high);
}
