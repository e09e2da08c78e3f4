/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the rows that GEMM kernels read, k contiguous, from an a that is float or transposed, one slab of rows at a time:
 *   ranges      float a: least and greatest value of `slots` interleaved sets of rows (a slot a row where the range is per row)
 *   parameters  scale and zero point from the ranges, into the rows table
 *   quantize    float a -> 8 bits
 *   transpose   8-bit a, copied
 * All read element (row, k) of batch z at source + row * row_stride + k * depth_stride (bytes). Definitions: docs/numerics.md. */
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

__kernel void ranges(__global const uchar *restrict source, __global float2 *restrict workspace, const prepare_params p)
{
    const int slot = (int)get_global_id(0), batch = (int)get_global_id(1);
    if (slot >= p.slots) return;
    float low = 0.0f, high = 0.0f; /* a range always holds 0 */
    for (int row = slot; row < p.rows; row += p.slots) {
        __global const uchar *x = source_row(source, &p, batch, row);
        for (int k = 0; k < p.k; k++) {
            const float value = load_float(x, &p, k);
            low = value < low ? value : low; /* false for NaN */
            high = value > high ? value : high;
        }
    }
    workspace[p.ranges_offset + (ulong)batch * p.slots + slot] = (float2)(low, high);
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
    const int row = (int)get_global_id(0), batch = (int)get_global_id(1);
    if (row >= (p.per_row ? p.slots : 1)) return;
    __global const float2 *slots = ranges_workspace + p.ranges_offset + (ulong)batch * p.slots;
    float low = 0.0f, high = 0.0f;
    for (int slot = p.per_row ? row : 0; slot < (p.per_row ? row + 1 : p.slots); slot++) {
        low = fmin(low, slots[slot].x);
        high = fmax(high, slots[slot].y);
    }
    const ulong step = p.per_row ? p.slots : 1;
    rows_workspace[p.rows_offset + (ulong)batch * step + row] = parameters_of(low, high, p.is_signed);
}

inline uchar quantize_one(float x, float scale, int zero, int is_signed)
{
    if (isnan(x) || isinf(scale)) return (uchar)zero;
    const float low = is_signed ? -127.0f : 0.0f, high = is_signed ? 127.0f : 255.0f;
    const float limit = scale * 512.0f; /* beyond any quotient that matters; also keeps an infinite x out of the division */
    const float quotient = divide_signed(clamp(x, -limit, limit), scale);
    return (uchar)(int)clamp(rint(quotient) + (float)zero, low, high);
}

#define QUANTIZE_RUN 64   /* elements of one row that a work-item makes */

__kernel void quantize(__global const uchar *restrict source, __global const int2 *restrict rows_workspace, __global uchar *restrict target,
                       const prepare_params p)
{
    const int run = (int)get_global_id(0), row = (int)get_global_id(1), batch = (int)get_global_id(2);
    if (row >= p.rows || run * QUANTIZE_RUN >= p.k) return;
    const ulong step = p.per_row ? p.slots : 1;
    const int2 pair = rows_workspace[p.rows_offset + (ulong)batch * step + (p.per_row ? row : 0)];
    __global const uchar *x = source_row(source, &p, batch, row);
    __global uchar *y = target + p.target_offset + ((ulong)batch * p.rows + row) * p.target_row_stride;
    const int end = min(p.k, (run + 1) * QUANTIZE_RUN);
    for (int k = run * QUANTIZE_RUN; k < end; k++) y[k] = quantize_one(load_float(x, &p, k), as_float(pair.y), pair.x, p.is_signed);
}

__kernel void transpose(__global const uchar *restrict source, __global uchar *restrict target, const prepare_params p)
{
    const int run = (int)get_global_id(0), row = (int)get_global_id(1), batch = (int)get_global_id(2);
    if (row >= p.rows || run * QUANTIZE_RUN >= p.k) return;
    __global const uchar *x = source_row(source, &p, batch, row);
    __global uchar *y = target + p.target_offset + ((ulong)batch * p.rows + row) * p.target_row_stride;
    const int end = min(p.k, (run + 1) * QUANTIZE_RUN);
    for (int k = run * QUANTIZE_RUN; k < end; k++) y[k] = x[(ulong)k * p.depth_stride];
}
