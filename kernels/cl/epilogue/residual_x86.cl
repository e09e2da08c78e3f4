/* SPDX-License-Identifier: Apache-2.0 */
/* The residual sum of epilogue/conv_store for 32 channels of finished bytes at a time: the same steps, each one instruction. s8 bytes are read as u8 with
 * their zero point raised by 128. */
typedef struct x86_residual {
    int16 q_flip, r_flip;
    int16 q_zero, r_zero, sum_zero;
    float16 q_scale, r_scale, sum_scale, low, high;
} x86_residual;

static inline x86_residual x86_residual_of(const conv_params *p)
{
    const int q_shift = p->product.out == GEMM_OUT_S8 ? 128 : 0, r_shift = (p->flags & CONV_RESIDUAL_SIGNED) ? 128 : 0;
    x86_residual r;
    r.q_flip = q_shift;
    r.r_flip = r_shift;
    r.q_zero = p->q_zero + q_shift;
    r.r_zero = p->r_zero + r_shift;
    r.sum_zero = p->sum_zero;
    r.q_scale = p->q_scale;
    r.r_scale = p->r_scale;
    r.sum_scale = p->sum_scale;
    r.low = (float)(p->sum_low - p->sum_zero);
    r.high = (float)(p->sum_high - p->sum_zero);
    return r;
}

/* 16 bytes as ints: vload16 of bytes is made of many loads. */
static inline int16 x86_load_bytes(ulong address)
{
    int16 values;
    __asm__ volatile("vpmovzxbd (%1),%0" : "=v"(values) : "r"(address) : "memory");
    return values;
}

/* 32 channels: q in private memory, the others in buffers. */
static inline void x86_add_residual(const x86_residual *r, ulong q, ulong residual, ulong y)
{
    for (ulong first = 0; first < 32; first += 16) {
        const int16 left = (x86_load_bytes(q + first) ^ r->q_flip) - r->q_zero;
        const int16 right = (x86_load_bytes(residual + first) ^ r->r_flip) - r->r_zero;
        float16 sum = (convert_float16(left) * r->q_scale + convert_float16(right) * r->r_scale) / r->sum_scale;
        int16 rounded;
        __asm__("vmaxps %2,%1,%1\n\tvminps %3,%1,%1\n\tvcvtps2dq %1,%0" : "=v"(rounded), "+v"(sum) : "v"(r->low), "v"(r->high));
        rounded += r->sum_zero;
        __asm__ volatile("vpmovdb %0,(%1)" : : "v"(rounded), "r"(y + first) : "memory");
    }
}
