/* SPDX-License-Identifier: Apache-2.0 */
/* Sixteen halves by F16C's conversions, which OpenCL C's take apart. */
typedef short8 short8_anywhere __attribute__((aligned(2)));

static inline __attribute__((always_inline)) float16 load_halves(__global const uchar *x, ulong place)
{
    __global const short8_anywhere *from = (__global const short8_anywhere *)(x + 2 * place);
    float8 low, high;
    __asm__("vcvtph2ps %1, %0" : "=x"(low) : "x"(from[0]));
    __asm__("vcvtph2ps %1, %0" : "=x"(high) : "x"(from[1]));
    return (float16)(low, high);
}

/* Rounds to nearest even. */
static inline __attribute__((always_inline)) short16 round_to_halves(float16 x)
{
    short8 low, high;
    __asm__("vcvtps2ph $0, %1, %0" : "=x"(low) : "x"(x.lo));
    __asm__("vcvtps2ph $0, %1, %0" : "=x"(high) : "x"(x.hi));
    return (short16)(low, high);
}
