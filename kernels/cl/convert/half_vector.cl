/* SPDX-License-Identifier: Apache-2.0 */
/* Sixteen halves by OpenCL C's own conversions. */
static inline float16 load_halves(__global const uchar *x, ulong place)
{
    return vload_half16(0, (__global const half *)(x + 2 * place));
}

/* Rounds to nearest even. */
static inline short16 round_to_halves(float16 x)
{
    short y[16];
    vstore_half16_rte(x, 0, (half *)y);
    return vload16(0, y);
}
