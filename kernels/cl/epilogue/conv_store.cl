/* SPDX-License-Identifier: Apache-2.0 */
/* What follows the requantization of a convolution: the table, the residual sum, and stores to tensors whose channels are not neighbours. Stands behind
 * epilogue/requantize and works on the same LANES output channels of one pixel.
 *
 *   conv_store(&p, &t, acc, row_sum, table, residual, residual_index, y, y_index, count);
 *
 * acc = sum of x'w' over present taps + za' * tap_sums of absent ones, row_sum = sum of x' over present taps; t = load_columns(&p.product, columns, 0, o) of
 * output channels o ..; the indices are of channel o; the first `count` lanes are stored. */

/* a / b, rounded once. b is positive; a may be negative or 0. */
static inline float conv_divide(float a, float b)
{
    return copysign(clq_divide(fabs(a), b), a);
}

static inline lanes_float conv_divide_lanes(lanes_float a, float b)
{
#if LANES == 1
    return conv_divide(a, b);
#elif DIVIDE_IS_EXACT
    return a / (lanes_float)b;
#else
    float quotient[LANES];
    for (int lane = 0; lane < LANES; lane++) quotient[lane] = conv_divide(((float *)&a)[lane], b);
    return LANES_PASTE2(vload, LANES)(0, quotient);
#endif
}

/* The residual sum of quantized values q and r. Scales within 2^-100 .. 2^100 keep every step normal or zero; only the quotient may overflow, and is clamped. */
static inline lanes_int conv_add_residual(const conv_params *p, lanes_int q, lanes_int r)
{
    const lanes_float left = LANES_CONVERT(float)(q - (lanes_int)p->q_zero) * (lanes_float)p->q_scale;
    const lanes_float right = LANES_CONVERT(float)(r - (lanes_int)p->r_zero) * (lanes_float)p->r_scale;
    lanes_float sum = conv_divide_lanes(left + right, p->sum_scale);
    sum = fmin(fmax(sum, (lanes_float)(float)(p->sum_low - p->sum_zero)), (lanes_float)(float)(p->sum_high - p->sum_zero));
    return LANES_AS(int)(sum + 12582912.0f) - 0x4B400000 + p->sum_zero;
}

/* The first `count` lanes of the residual; the others are 0. */
static inline lanes_int conv_load_residual(const conv_params *p, __global const uchar *residual, ulong index, int count)
{
    const bool is_signed = (p->flags & CONV_RESIDUAL_SIGNED) != 0;
#if LANES == 1
    return is_signed ? (int)as_char(residual[index]) : (int)residual[index];
#else
    const ulong step = p->residual_channel_step;
    if (step == 1 && count >= LANES) {
        const lanes_int bytes = LANES_CONVERT(int)(LANES_PASTE2(vload, LANES)(0, residual + index));
        return is_signed ? (bytes << 24) >> 24 : bytes;
    }
    int values[LANES];
    for (int lane = 0; lane < LANES; lane++) {
        const uchar byte = lane < count ? residual[index + (ulong)lane * step] : (uchar)0;
        values[lane] = is_signed ? (int)as_char(byte) : (int)byte;
    }
    return LANES_PASTE2(vload, LANES)(0, values);
#endif
}

/* q as the table's index is a byte, whatever its type; the result is a value of y's type. */
static inline lanes_int conv_look_up(const conv_params *p, __global const uchar *table, lanes_int q)
{
    const bool is_signed = p->product.out == GEMM_OUT_S8;
#if LANES == 1
    return is_signed ? (int)as_char(table[q & 255]) : (int)table[q & 255];
#else
    int values[LANES];
    for (int lane = 0; lane < LANES; lane++) {
        const uchar byte = table[((int *)&q)[lane] & 255];
        values[lane] = is_signed ? (int)as_char(byte) : (int)byte;
    }
    return LANES_PASTE2(vload, LANES)(0, values);
#endif
}

/* Table and residual sum of quantized values q, as the flags say. */
static inline lanes_int conv_after(const conv_params *p, lanes_int q, __global const uchar *table, __global const uchar *residual, ulong residual_index, int count)
{
    if (p->flags & CONV_TABLE) q = conv_look_up(p, table, q);
    if (p->flags & CONV_RESIDUAL) q = conv_add_residual(p, q, conv_load_residual(p, residual, residual_index, count));
    return q;
}

static inline void conv_store_int(const conv_params *p, lanes_int value, __global uchar *y, ulong index, int count)
{
    if (p->y_channel_step == 1) {
        store_int_lanes(&p->product, value, y, index, count);
        return;
    }
    for (int lane = 0; lane < min(count, LANES); lane++) {
        const ulong at = index + (ulong)lane * p->y_channel_step;
        if (p->product.out == GEMM_OUT_S32) ((__global int *)y)[at] = ((int *)&value)[lane];
        else y[at] = (uchar)((int *)&value)[lane];
    }
}

static inline void conv_store_float(const conv_params *p, lanes_float value, __global uchar *y, ulong index, int count)
{
    if (p->y_channel_step == 1) {
        store_float_lanes(&p->product, value, y, index, count);
        return;
    }
    for (int lane = 0; lane < min(count, LANES); lane++) {
        const ulong at = index + (ulong)lane * p->y_channel_step;
        if (p->product.out == GEMM_OUT_F32) ((__global float *)y)[at] = ((float *)&value)[lane];
        else vstore_half_rte(((float *)&value)[lane], at, (__global half *)y);
    }
}

static inline void conv_store(const conv_params *p, const column_terms *t, lanes_int acc, int row_sum, __global const uchar *table, __global const uchar *residual,
                              ulong residual_index, __global uchar *y, ulong y_index, int count)
{
    const row_terms r = {0, 1.0f};
    const lanes_int total = accumulator(t, &r, acc, row_sum);
    if (p->product.out == GEMM_OUT_S32) {
        conv_store_int(p, total, y, y_index, count);
    } else if (p->product.out <= GEMM_OUT_U8) {
        conv_store_int(p, conv_after(p, requantize(&p->product, t, &r, total), table, residual, residual_index, count), y, y_index, count);
    } else {
        conv_store_float(p, dequantize(&p->product, t, &r, total), y, y_index, count);
    }
}
