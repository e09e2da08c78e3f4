/* SPDX-License-Identifier: Apache-2.0 */
/* The common epilogue with AVX2, 16 channels of one pixel at a time: the steps of epilogue/requantize_x86 and epilogue/residual_x86, which say why they are
 * exact.
 *
 *   avx2_store_bytes(&bytes, multipliers, sums, y);   rule FLOAT_EVEN to 8 bits, multipliers of magnitude below 1; from complete sums
 *   avx2_add_residual(&sum, q, residual, y);          the residual sum of finished bytes
 *
 * Addresses are numbers: y may be private memory. s8 goes through u8 by a zero point raised by 128 and a flipped top bit. */
typedef struct avx2_bytes {
    int8 zero_point;     /* words */
    int4 low, high, flip; /* bytes */
} avx2_bytes;

static inline avx2_bytes avx2_bytes_of(const gemm_params *p)
{
    const int shift = p->out == GEMM_OUT_S8 ? 128 : 0, zero_point = (p->zero_point + shift) & 0xffff;
    avx2_bytes r;
    r.zero_point = (int8)(zero_point | zero_point << 16);
    r.low = (int4)((p->low + shift) * 0x01010101);
    r.high = (int4)((p->high + shift) * 0x01010101);
    r.flip = (int4)(shift * 0x01010101);
    return r;
}

static inline void avx2_store_bytes(const avx2_bytes *bytes, ulong multipliers, const int16 *sums, ulong y)
{
    __asm__ volatile("vcvtdq2ps (%[sums]),%%ymm0\n\tvcvtdq2ps 32(%[sums]),%%ymm1\n\tvmulps (%[multipliers]),%%ymm0,%%ymm0\n\t"
                     "vmulps 32(%[multipliers]),%%ymm1,%%ymm1\n\tvcvtps2dq %%ymm0,%%ymm0\n\tvcvtps2dq %%ymm1,%%ymm1\n\t"
                     "vpackssdw %%ymm1,%%ymm0,%%ymm0\n\tvpaddsw (%[bytes]),%%ymm0,%%ymm0\n\tvpackuswb %%ymm0,%%ymm0,%%ymm0\n\t"
                     "vextracti128 $1,%%ymm0,%%xmm1\n\tvpunpckldq %%xmm1,%%xmm0,%%xmm0\n\tvpmaxub 32(%[bytes]),%%xmm0,%%xmm0\n\t"
                     "vpminub 48(%[bytes]),%%xmm0,%%xmm0\n\tvpxor 64(%[bytes]),%%xmm0,%%xmm0\n\tvmovdqu %%xmm0,(%[y])\n\t"
                     :
                     : [bytes] "r"(bytes), [multipliers] "r"(multipliers), [sums] "r"(sums), [y] "r"(y)
                     : "xmm0", "xmm1", "memory");
}

typedef struct avx2_residual {
    int8 q_flip, r_flip, q_zero, r_zero, sum_zero;
    float8 q_scale, r_scale, sum_scale, low, high;
} avx2_residual;

static inline avx2_residual avx2_residual_of(const conv_params *p)
{
    const int q_shift = p->product.out == GEMM_OUT_S8 ? 128 : 0, r_shift = (p->flags & CONV_RESIDUAL_SIGNED) ? 128 : 0;
    avx2_residual r;
    r.q_flip = (int8)q_shift;
    r.r_flip = (int8)r_shift;
    r.q_zero = (int8)(p->q_zero + q_shift);
    r.r_zero = (int8)(p->r_zero + r_shift);
    r.sum_zero = (int8)p->sum_zero;
    r.q_scale = (float8)p->q_scale;
    r.r_scale = (float8)p->r_scale;
    r.sum_scale = (float8)p->sum_scale;
    r.low = (float8)(float)(p->sum_low - p->sum_zero);
    r.high = (float8)(float)(p->sum_high - p->sum_zero);
    return r;
}

/* 8 bytes as ints. */
static inline int8 avx2_load_bytes(ulong address)
{
    int8 values;
    __asm__ volatile("vpmovzxbd (%1),%0" : "=x"(values) : "r"(address) : "memory");
    return values;
}

/* The low bytes of 8 channels' results. */
static inline int8 avx2_residual_sum(const avx2_residual *r, ulong q, ulong residual)
{
    const int8 left = (avx2_load_bytes(q) ^ r->q_flip) - r->q_zero;
    const int8 right = (avx2_load_bytes(residual) ^ r->r_flip) - r->r_zero;
    float8 sum = (convert_float8(left) * r->q_scale + convert_float8(right) * r->r_scale) / r->sum_scale;
    int8 rounded;
    __asm__("vmaxps %2,%1,%1\n\tvminps %3,%1,%1\n\tvcvtps2dq %1,%0" : "=x"(rounded), "+x"(sum) : "x"(r->low), "x"(r->high));
    return (rounded + r->sum_zero) & 255;
}

static inline void avx2_add_residual(const avx2_residual *r, ulong q, ulong residual, ulong y)
{
    int8 low = avx2_residual_sum(r, q, residual), high = avx2_residual_sum(r, q + 8, residual + 8);
    __asm__ volatile("vpackusdw %1,%0,%0\n\tvpackuswb %0,%0,%0\n\tvextracti128 $1,%0,%x1\n\tvpunpckldq %x1,%x0,%x0\n\tvmovdqu %x0,(%2)"
                     : "+x"(low), "+x"(high)
                     : "r"(y)
                     : "memory");
}
