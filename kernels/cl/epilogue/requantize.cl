/* SPDX-License-Identifier: Apache-2.0 */
/* From raw sums to stored outputs, LANES columns of one row at a time: every output type and rounding rule of docs/numerics.md, chosen at
 * run time (the choice is uniform, and one program serves all of them).
 *
 *   column_terms t = load_columns(&p, columns, column_sums, n);      once a panel; n + LANES <= padded columns
 *   row_terms r = load_row(&p, rows, row);                           once a row
 *   store_lanes(&p, &t, &r, acc, row_sum, c_buffer, index, count);   acc = sum_k a'b', row_sum = sum_k a'; stores the first `count` lanes at
 *                                                                    element `index` of c */
#if LANES == 1
#define LANES_OF(type) type
#define LANES_LOAD(pointer) (*(pointer))
#else
#define LANES_PASTE(a, b) a##b
#define LANES_PASTE2(a, b) LANES_PASTE(a, b)
#define LANES_OF(type) LANES_PASTE2(type, LANES)
#define LANES_LOAD(pointer) LANES_PASTE2(vload, LANES)(0, pointer)
#endif
#define LANES_CONVERT(type) LANES_PASTE_CONVERT(LANES_OF(type))
#define LANES_PASTE_CONVERT(type) LANES_PASTE_CONVERT2(type)
#define LANES_PASTE_CONVERT2(type) convert_##type
#define LANES_AS(type) LANES_PASTE_AS(LANES_OF(type))
#define LANES_PASTE_AS(type) LANES_PASTE_AS2(type)
#define LANES_PASTE_AS2(type) as_##type

typedef LANES_OF(int) lanes_int;
typedef LANES_OF(uint) lanes_uint;
typedef LANES_OF(long) lanes_long;
typedef LANES_OF(float) lanes_float;

typedef struct column_terms {
    lanes_int base, zero, sums, multiplier, shift;
    lanes_float bias;
} column_terms;

typedef struct row_terms {
    int zero;
    float scale;
} row_terms;

static inline column_terms load_columns(const gemm_params *p, __global const int *columns, __global const int *column_sums, int n)
{
    column_terms t;
    t.base = LANES_LOAD(columns + COLUMN_BASE * p->columns_plane + n);
    t.zero = (p->flags & GEMM_USE_ROW_SUMS) ? LANES_LOAD(columns + COLUMN_ZERO * p->columns_plane + n) : (lanes_int)0;
    t.multiplier = LANES_LOAD(columns + COLUMN_MULTIPLIER * p->columns_plane + n);
    t.shift = LANES_LOAD(columns + COLUMN_SHIFT * p->columns_plane + n);
    t.bias = LANES_AS(float)(LANES_LOAD(columns + COLUMN_FLOAT_BIAS * p->columns_plane + n));
    t.sums = (p->flags & GEMM_USE_COLUMN_SUMS) ? LANES_LOAD(column_sums + n) : (lanes_int)0;
    return t;
}

static inline row_terms load_row(const gemm_params *p, __global const int2 *rows, int row)
{
    row_terms r = {p->a_zero, 1.0f};
    if (p->flags & (GEMM_ROW_ZERO_POINTS | GEMM_ROW_SCALES)) {
        const int2 pair = rows[(ulong)row * p->rows_row_step];
        if (p->flags & GEMM_ROW_ZERO_POINTS) r.zero += pair.x;
        r.scale = as_float(pair.y);
    }
    return r;
}

/* Unsigned arithmetic: intermediate values may wrap. */
static inline lanes_int accumulator(const column_terms *t, const row_terms *r, lanes_int acc, int row_sum)
{
    lanes_uint sum = LANES_AS(uint)(acc) + LANES_AS(uint)(t->base);
    sum -= LANES_AS(uint)(t->zero) * (lanes_uint)(uint)row_sum;
    sum -= LANES_AS(uint)(t->sums) * (lanes_uint)(uint)r->zero;
    return LANES_AS(int)(sum);
}

/* The float multiplier: sa * sb, and / c_scale for 8-bit outputs, in that order. */
static inline lanes_float float_multiplier(const gemm_params *p, const column_terms *t, const row_terms *r)
{
    lanes_float multiplier = LANES_AS(float)(t->multiplier);
    if (!(p->flags & GEMM_ROW_SCALES)) return multiplier;
    multiplier = multiplier * (lanes_float)r->scale;
    if (p->out > GEMM_OUT_U8) return multiplier;
#if LANES == 1
    return clq_divide(multiplier, p->c_scale);
#else
    float quotient[LANES];
    for (int lane = 0; lane < LANES; lane++) quotient[lane] = clq_divide(((float *)&multiplier)[lane], p->c_scale);
    return LANES_PASTE2(vload, LANES)(0, quotient);
#endif
}

/* Adding 1.5 * 2^23 rounds |x| < 2^22 to the nearest even integer, which then stands in the low bits. */
static inline lanes_int requantize_float_even(lanes_int acc, lanes_float multiplier, int zero_point, int low, int high)
{
    lanes_float scaled = LANES_CONVERT(float)(acc) * multiplier;
    scaled = fmin(fmax(scaled, (lanes_float)(float)(low - zero_point)), (lanes_float)(float)(high - zero_point));
    return LANES_AS(int)(scaled + 12582912.0f) - 0x4B400000 + zero_point;
}

static inline lanes_int requantize_fixed_double(lanes_int acc, lanes_int multiplier, lanes_int shift, int zero_point, int low, int high)
{
    const lanes_long left = LANES_CONVERT(long)(max(shift, (lanes_int)0));
    const lanes_int right = max(-shift, (lanes_int)0);
    lanes_long shifted = LANES_CONVERT(long)(acc) << left;
    shifted = min(max(shifted, (lanes_long)(long)INT_MIN), (lanes_long)(long)INT_MAX);
    /* Doubling high multiply: (x * multiplier + nudge) / 2^31, the quotient truncated; ties go towards +infinity. */
    const lanes_long product = shifted * LANES_CONVERT(long)(multiplier);
    const lanes_long sign = product >> (lanes_long)63L;
    lanes_long sum = product + (lanes_long)(1L << 30) + (sign & (lanes_long)(1L - (1L << 31)));
    sum += (sum >> (lanes_long)63L) & (lanes_long)((1L << 31) - 1L);
    const lanes_int scaled = LANES_CONVERT(int)(sum >> (lanes_long)31L);
    /* Rounding right shift; ties go away from zero. */
    const lanes_int mask = LANES_AS(int)(((lanes_uint)1u << LANES_AS(uint)(right)) - (lanes_uint)1u);
    const lanes_int threshold = (mask >> (lanes_int)1) + ((scaled >> (lanes_int)31) & (lanes_int)1);
    const lanes_int excess = (scaled & mask) - threshold;
    const lanes_int up = LANES_AS(int)(LANES_AS(uint)(-excess) >> (lanes_uint)31u); /* 1 where remainder > threshold */
    const lanes_int rounded = (scaled >> right) + up;
    return min(max(rounded, (lanes_int)(low - zero_point)), (lanes_int)(high - zero_point)) + zero_point;
}

static inline lanes_int requantize_fixed_single(lanes_int acc, lanes_int multiplier, lanes_int shift, int zero_point, int low, int high)
{
    const lanes_long total = (lanes_long)31L - LANES_CONVERT(long)(shift);
    const lanes_long half_unit = (lanes_long)1L << (total - (lanes_long)1L);
    lanes_long scaled = (LANES_CONVERT(long)(acc) * LANES_CONVERT(long)(multiplier) + half_unit) >> total;
    scaled = min(max(scaled, (lanes_long)(long)(low - zero_point)), (lanes_long)(long)(high - zero_point));
    return LANES_CONVERT(int)(scaled) + zero_point;
}

static inline lanes_int requantize(const gemm_params *p, const column_terms *t, const row_terms *r, lanes_int acc)
{
    if (p->rule == GEMM_FLOAT_EVEN) return requantize_float_even(acc, float_multiplier(p, t, r), p->zero_point, p->low, p->high);
    if (p->rule == GEMM_FIXED_DOUBLE) return requantize_fixed_double(acc, t->multiplier, t->shift, p->zero_point, p->low, p->high);
    return requantize_fixed_single(acc, t->multiplier, t->shift, p->zero_point, p->low, p->high);
}

static inline lanes_float dequantize(const gemm_params *p, const column_terms *t, const row_terms *r, lanes_int acc)
{
    lanes_float value = LANES_CONVERT(float)(acc) * float_multiplier(p, t, r);
    if (p->flags & GEMM_FLOAT_BIAS) value = value + t->bias;
    if (!(p->flags & GEMM_CLAMP)) return value;
    value = value < (lanes_float)p->clamp_min ? (lanes_float)p->clamp_min : value; /* comparisons, not fmin: a NaN stays one */
    return value > (lanes_float)p->clamp_max ? (lanes_float)p->clamp_max : value;
}

#if LANES == 1
#define STORE_WHOLE(type, value, pointer) (*(__global type *)(pointer) = (type)(value))
#define STORE_WHOLE_HALF(value, pointer) vstore_half_rte(value, 0, (__global half *)(pointer))
#else
#define STORE_WHOLE(type, value, pointer) LANES_PASTE2(vstore, LANES)(LANES_CONVERT(type)(value), 0, (__global type *)(pointer))
#define LANES_STORE_HALF2(lanes) vstore_half##lanes##_rte
#define LANES_STORE_HALF(lanes) LANES_STORE_HALF2(lanes)
#define STORE_WHOLE_HALF(value, pointer) LANES_STORE_HALF(LANES)(value, 0, (__global half *)(pointer))
#endif

static inline void store_int_lanes(const gemm_params *p, lanes_int value, __global uchar *c, ulong index, int count)
{
    if (count >= LANES) {
        if (p->out == GEMM_OUT_S32) STORE_WHOLE(int, value, c + index * 4);
        else STORE_WHOLE(uchar, value & 255, c + index);
        return;
    }
    for (int lane = 0; lane < count; lane++) {
        if (p->out == GEMM_OUT_S32) ((__global int *)c)[index + lane] = ((int *)&value)[lane];
        else c[index + lane] = (uchar)((int *)&value)[lane];
    }
}

static inline void store_float_lanes(const gemm_params *p, lanes_float value, __global uchar *c, ulong index, int count)
{
    if (count >= LANES) {
        if (p->out == GEMM_OUT_F32) STORE_WHOLE(float, value, c + index * 4);
        else STORE_WHOLE_HALF(value, c + index * 2);
        return;
    }
    for (int lane = 0; lane < count; lane++) {
        if (p->out == GEMM_OUT_F32) ((__global float *)c)[index + lane] = ((float *)&value)[lane];
        else vstore_half_rte(((float *)&value)[lane], index + lane, (__global half *)c);
    }
}

static inline void store_lanes(const gemm_params *p, const column_terms *t, const row_terms *r, lanes_int acc, int row_sum, __global uchar *c, ulong index,
                        int count)
{
    const lanes_int total = accumulator(t, r, acc, row_sum);
    if (p->out == GEMM_OUT_S32) store_int_lanes(p, total, c, index, count);
    else if (p->out <= GEMM_OUT_U8) store_int_lanes(p, requantize(p, t, r, total), c, index, count);
    else store_float_lanes(p, dequantize(p, t, r, total), c, index, count);
}
