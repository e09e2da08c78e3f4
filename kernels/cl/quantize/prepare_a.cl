/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the rows that GEMM kernels read, k contiguous, from an a that is float or transposed, one slab of rows at a time:
 *   ranges      float a, one range a tensor: least and greatest value of `slots` interleaved sets of rows
 *   parameters  scale and zero point from those ranges, into the rows table
 *   quantize    float a -> 8 bits, a row a work-group; where each row has its own range, finds it and writes the rows table too
 *   transpose   8-bit a, copied
 * All read element (row, k) of batch z at source + row * row_stride + k * depth_stride (bytes). Definitions: docs/numerics.md.
 * PREPARE_LANES: work-items of a group of `ranges` and `quantize`. With one, contiguous rows are read 16 elements at a time; with more, neighbouring
 * work-items read neighbouring elements. Minimum and maximum do not depend on the order, so all forms give the same bits. */
#ifndef PREPARE_LANES
#error "PREPARE_LANES must be 1 or a power of two"
#endif
#define READS_VECTORS (PREPARE_LANES == 1 && DIVIDE_IS_EXACT)

inline __global const uchar *source_row(__global const uchar *source, const prepare_params *p, int batch, int row)
{
    const int index = batch + p->first_batch;
    return source + p->source_offset + (ulong)(index / p->inner_batches) * p->source_batch_stride[0]
           + (ulong)(index % p->inner_batches) * p->source_batch_stride[1] + (ulong)row * p->row_stride;
}

inline float load_float(__global const uchar *row, const prepare_params *p, int k)
{
    __global const uchar *element = row + (ulong)k * p->depth_stride;
    return p->is_half ? vload_half(0, (__global const half *)element) : *(__global const float *)element;
}

#if READS_VECTORS
/* Elements of the row that can be read 16 at a time. */
inline int vector_end(const prepare_params *p)
{
    return p->depth_stride == (p->is_half ? 2 : 4) ? p->k / 16 * 16 : 0;
}

inline float16 load_float16(__global const uchar *row, const prepare_params *p, int k)
{
    return p->is_half ? vload_half16(0, (__global const half *)row + k) : vload16(0, (__global const float *)row + k);
}

inline float2 join_lanes(float16 low, float16 high)
{
    const float8 low8 = fmin(low.lo, low.hi), high8 = fmax(high.lo, high.hi);
    const float4 low4 = fmin(low8.lo, low8.hi), high4 = fmax(high8.lo, high8.hi);
    const float2 low2 = fmin(low4.lo, low4.hi), high2 = fmax(high4.lo, high4.hi);
    return (float2)(fmin(low2.x, low2.y), fmax(high2.x, high2.y));
}
#endif

/* Widens `range` by this work-item's elements of a row. */
inline float2 widen(float2 range, __global const uchar *x, const prepare_params *p)
{
    int k = (int)get_local_id(0);
#if READS_VECTORS
    const int end = vector_end(p);
    float16 low = 0.0f, high = 0.0f;
    for (; k < end; k += 16) {
        const float16 value = load_float16(x, p, k);
        low = value < low ? value : low; /* false for NaN */
        high = value > high ? value : high;
    }
    const float2 joined = join_lanes(low, high);
    range = (float2)(fmin(range.x, joined.x), fmax(range.y, joined.y));
#endif
    for (; k < p->k; k += PREPARE_LANES) {
        const float value = load_float(x, p, k);
        range.x = value < range.x ? value : range.x;
        range.y = value > range.y ? value : range.y;
    }
    return range;
}

/* The range of all work-items of the group, to each of them. */
#if PREPARE_LANES > 1
inline float2 join_group(float2 range, __local float2 *shared)
{
    const int lane = (int)get_local_id(0);
    shared[lane] = range;
    for (int half_count = PREPARE_LANES / 2; half_count > 0; half_count /= 2) {
        barrier(CLK_LOCAL_MEM_FENCE); /* lane reads what lane + half_count wrote in the step before */
        if (lane < half_count) {
            const float2 other = shared[lane + half_count];
            shared[lane] = (float2)(fmin(shared[lane].x, other.x), fmax(shared[lane].y, other.y));
        }
    }
    barrier(CLK_LOCAL_MEM_FENCE); /* all read what lane 0 wrote */
    return shared[0];
}
#else
#define join_group(range, shared) (range)
#endif

__kernel void ranges(__global const uchar *restrict source, __global float2 *restrict workspace, const prepare_params p)
{
#if PREPARE_LANES > 1
    __local float2 shared[PREPARE_LANES];
#endif
    const int slot = (int)get_group_id(1), batch = (int)get_group_id(2);
    float2 range = 0.0f; /* always holds 0 */
    if (slot < p.slots) {
        for (int row = slot; row < p.rows; row += p.slots) range = widen(range, source_row(source, &p, batch, row), &p);
    }
    range = join_group(range, shared); /* outside of any branch, for compilers that make loops of barriers */
    if (slot < p.slots && get_local_id(0) == 0) workspace[p.ranges_offset + (ulong)batch * p.slots + slot] = range;
}

/* x / scale for any finite x. */
inline float divide_signed(float x, float scale)
{
    return x < 0.0f ? -clq_divide(-x, scale) : clq_divide(x, scale);
}

/* Subnormal or zero: scale 1, zero point 0. Infinite: everything quantizes to zero point 0. */
inline int2 parameters_of(float low, float high, int is_signed)
{
    const float span = is_signed ? fmax(-low, high) : high - low;
    const float scale = clq_divide(span, is_signed ? 127.0f : 255.0f);
    if (!(scale >= FLT_MIN)) return (int2)(0, as_int(1.0f));
    if (is_signed || isinf(scale)) return (int2)(0, as_int(scale));
    return (int2)((int)clamp(rint(clq_divide(-low, scale)), 0.0f, 255.0f), as_int(scale));
}

__kernel void parameters(__global const float2 *restrict ranges_workspace, __global int2 *restrict rows_workspace, const prepare_params p)
{
    const int batch = (int)get_global_id(1);
    if (get_global_id(0) > 0 || p.slots == 0) return;
    __global const float2 *slots = ranges_workspace + p.ranges_offset + (ulong)batch * p.slots;
    float low = 0.0f, high = 0.0f;
    for (int slot = 0; slot < p.slots; slot++) {
        low = fmin(low, slots[slot].x);
        high = fmax(high, slots[slot].y);
    }
    rows_workspace[p.rows_offset + batch] = parameters_of(low, high, p.is_signed);
}

inline uchar quantize_one(float x, float scale, int zero, int is_signed)
{
    if (isnan(x) || isinf(scale)) return (uchar)zero;
    const float low = is_signed ? -127.0f : 0.0f, high = is_signed ? 127.0f : 255.0f;
    const float limit = scale * 512.0f; /* beyond any quotient that matters; also keeps an infinite x out of the division */
    const float quotient = divide_signed(clamp(x, -limit, limit), scale);
    return (uchar)(int)clamp(rint(quotient) + (float)zero, low, high);
}

#if READS_VECTORS
/* quantize_one of 16 elements; scale is finite. */
inline uchar16 quantize_sixteen(float16 x, float scale, int zero, int is_signed)
{
    const float16 low = is_signed ? -127.0f : 0.0f, high = is_signed ? 127.0f : 255.0f, limit = scale * 512.0f;
    const float16 above = x > -limit ? x : -limit; /* NaN too; set apart below */
    const float16 quotient = (above < limit ? above : limit) / scale;
    const float16 rounded = quotient + 12582912.0f - 12582912.0f; /* 3 * 2^22: to the nearest even integer, for |quotient| <= 2^21 */
    const float16 shifted = rounded + (float)zero;
    const float16 lifted = shifted > low ? shifted : low;
    const int16 value = convert_int16(lifted < high ? lifted : high);
    return convert_uchar16((isnan(x) ? (int16)zero : value) & 0xff);
}
#endif

__kernel void quantize(__global const uchar *restrict source, __global int2 *restrict rows_workspace, __global uchar *restrict target,
                       const prepare_params p)
{
#if PREPARE_LANES > 1
    __local float2 shared[PREPARE_LANES];
#endif
    const int row = (int)get_group_id(1), batch = (int)get_group_id(2);
    __global const uchar *x = source_row(source, &p, batch, row);
    float2 range = 0.0f;
    if (row < p.rows && p.per_row) range = widen(range, x, &p);
    range = join_group(range, shared);
    if (row >= p.rows) return;
    const int2 pair = p.per_row ? parameters_of(range.x, range.y, p.is_signed) : rows_workspace[p.rows_offset + batch];
    if (p.per_row && get_local_id(0) == 0) rows_workspace[p.rows_offset + (ulong)batch * p.rows + row] = pair;
    const float scale = as_float(pair.y);
    __global uchar *y = target + p.target_offset + ((ulong)batch * p.rows + row) * p.target_row_stride;
    int k = (int)get_local_id(0);
#if READS_VECTORS
    const int end = isinf(scale) ? 0 : vector_end(&p);
    for (; k < end; k += 16) vstore16(quantize_sixteen(load_float16(x, &p, k), scale, pair.x, p.is_signed), 0, y + k);
#endif
    for (; k < p.k; k += PREPARE_LANES) y[k] = quantize_one(load_float(x, &p, k), scale, pair.x, p.is_signed);
}

#define TRANSPOSE_RUN 64   /* elements of one row that a work-item copies */

__kernel void transpose(__global const uchar *restrict source, __global uchar *restrict target, const prepare_params p)
{
    const int run = (int)get_global_id(0), row = (int)get_global_id(1), batch = (int)get_global_id(2);
    if (row >= p.rows || run * TRANSPOSE_RUN >= p.k) return;
    __global const uchar *x = source_row(source, &p, batch, row);
    __global uchar *y = target + p.target_offset + ((ulong)batch * p.rows + row) * p.target_row_stride;
    const int end = min(p.k, (run + 1) * TRANSPOSE_RUN);
    for (int k = run * TRANSPOSE_RUN; k < end; k++) y[k] = x[(ulong)k * p.depth_stride];
}
