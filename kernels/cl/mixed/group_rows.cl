/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a as the kernels of packed integers read them: floats, contiguous, in the order of the packed rows, zero where those are padding. Where the call
 * quantizes a, the integers less their zero point, and each row's scale: docs/numerics.md, "Dynamic quantization". A work-item makes a run of one row. */

/* Least and greatest value of a row, and 0; NaN left out. */
static inline float2 range_of_row(const mixed_params *p, __global const uchar *a, ulong first)
{
    float2 range = 0.0f;
    int k = 0;
#ifdef WIDE_ROWS
    if (p->a_column == 1 && mixed_size(p->a_type) > 1) {
        FLOATS low = 0.0f, high = 0.0f;
        for (; k + LANES <= p->k; k += LANES) {
            const FLOATS x = mixed_lanes(a, first + k, p->a_type);
            low = x < low ? x : low; /* false for NaN */
            high = x > high ? x : high;
        }
        for (int lane = 0; lane < LANES; lane++) range = (float2)(fmin(range.x, low[lane]), fmax(range.y, high[lane]));
    }
#endif
    for (; k < p->k; k++) {
        const float x = mixed_load(a, first + k * p->a_column, p->a_type);
        range.x = x < range.x ? x : range.x;
        range.y = x > range.y ? x : range.y;
    }
    return range;
}

/* Scale and zero point. Subnormal or zero: scale 1, zero point 0. Infinite: everything quantizes to zero point 0. */
static inline float2 parameters_of_row(float2 range, int is_signed)
{
    const float span = is_signed ? fmax(-range.x, range.y) : range.y - range.x;
    const float scale = clq_divide(span, is_signed ? 127.0f : 255.0f);
    if (!(scale >= FLT_MIN)) return (float2)(1.0f, 0.0f);
    if (is_signed || isinf(scale)) return (float2)(scale, 0.0f);
    return (float2)(scale, clamp(rint(clq_divide(-range.x, scale)), 0.0f, 255.0f));
}

/* The quantized value less the zero point. */
static inline float quantized_value(float x, float2 parameters, int is_signed)
{
    if (isnan(x) || isinf(parameters.x)) return 0.0f;
    const float low = is_signed ? -127.0f : 0.0f, high = is_signed ? 127.0f : 255.0f, limit = parameters.x * 512.0f; /* beyond any quotient that matters */
    const float inside = clamp(x, -limit, limit);
    const float quotient = inside < 0.0f ? -clq_divide(-inside, parameters.x) : clq_divide(inside, parameters.x);
    return clamp(rint(quotient) + parameters.y, low, high) - parameters.y;
}

/* a's column in packed row `row`; -1: padding. */
static inline int column_of_row(const mixed_params *p, __global const int *order, int row)
{
    if (p->order) return order[row];
    const int group = row / p->group_rows, within = row - group * p->group_rows, k = group * p->group + within;
    return within < p->group && k < p->k ? k : -1;
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void group_rows(__global const uchar *a, __global const uchar *b, __global uchar *rows,
                                                                        __global uchar *row_scales, OP_COUNT, const mixed_params p)
{
    OP_BEGUN();
    const uint outer = get_group_id(2) / max(p.inner_batches, 1), inner = get_group_id(2) % max(p.inner_batches, 1), row = get_group_id(1);
    const int begin = (int)get_group_id(0) * p.run, end = min(p.packed_rows, begin + p.run);
    if (row >= (uint)p.m || begin >= end) return;
    const ulong first = outer * p.a_batch[0] + inner * p.a_batch[1] + row * p.a_row, line = get_group_id(2) * p.m + row;
    __global const uchar *source = a + p.head.offset[0];
    __global float *target = (__global float *)(rows + p.head.offset[2]) + line * p.packed_rows;
    __global const int *order = (__global const int *)(b + p.head.offset[1] + p.order);
    const int is_signed = p.a_quantized == MIXED_S8;
    float2 parameters = 0.0f;
    if (p.a_quantized) parameters = parameters_of_row(range_of_row(&p, source, first), is_signed);
    if (p.a_quantized && begin == 0) ((__global float *)(row_scales + p.head.offset[3]))[line] = parameters.x;
    for (int k = begin; k < end; k++) {
        const int column = column_of_row(&p, order, k);
        const float x = column < 0 ? 0.0f : mixed_load(source, first + column * p.a_column, p.a_type);
        target[k] = p.a_quantized ? quantized_value(x, parameters, is_signed) : x;
    }
}
