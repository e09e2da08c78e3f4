/* SPDX-License-Identifier: Apache-2.0 */
/* Sixteen halves by OpenCL C's own conversions. */
static inline __attribute__((always_inline)) float16 widen_halves(short16 x)
{
    const short16 kept = x;
    return vload_half16(0, (const half *)&kept);
}

static inline __attribute__((always_inline)) float16 load_halves(__global const uchar *x, ulong place)
{
    return widen_halves(LOAD16(short, x + 2 * place)); /* at any address, where vload_half16 would fault */
}

/* Rounds to nearest even. */
static inline __attribute__((always_inline)) short16 round_to_halves(float16 x)
{
    short16 y;
    vstore_half16_rte(x, 0, (half *)&y);
    return y;
}
