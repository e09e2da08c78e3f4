/* SPDX-License-Identifier: Apache-2.0 */
/* From totals to c, 32 columns of a row at a time: every output type of products of bits (clqnn/gemm.h), chosen at run time. LANES columns stand in one
 * vector; BITS_PARTS vectors are a panel. The rounding rules are those of epilogue/requantize.cl.
 *
 *   bits_store_panel(&epilogue, tables, totals, column, row_scale, residual, residual_row, c, c_row)
 *
 *   totals[part]   acc of columns column + part * LANES ..; column is a multiple of 32. Columns from n on are not stored, their bits are neutral.
 *   residual_row   elements of the residual before the row; c_row: of c, of a c of planes words. */
#define BITS_PARTS (32 / LANES)

/* 1 where the stored bit is 1, which stands for -1. */
static inline lanes_int bits_sign(lanes_int total, lanes_int threshold, lanes_int direction)
{
    const lanes_int is_plus = direction > 0 ? total >= threshold : total <= threshold;
    return is_plus ? (lanes_int)0 : (lanes_int)1;
}

/* The quantized value, or the bit, of an integer c. */
static inline lanes_int bits_integer(const bits_epilogue *e, const column_terms *t, __global const int *tables, uint column, lanes_int total)
{
    const row_terms r = {0, 1.0f};
    if (e->gemm.out == GEMM_OUT_S32) return total;
    if (e->gemm.out != BITS_OUT_B1) return requantize(&e->gemm, t, &r, total);
    return bits_sign(total, LANES_LOAD(tables + COLUMN_THRESHOLD * e->gemm.columns_plane + column),
                     LANES_LOAD(tables + COLUMN_DIRECTION * e->gemm.columns_plane + column));
}

static inline lanes_float bits_load_residual(const bits_epilogue *e, __global const uchar *residual, ulong place, int count)
{
    float more[LANES];
    for (int lane = 0; lane < LANES; lane++) {
        more[lane] = 0.0f;
        if (lane >= count) continue;
        more[lane] = e->residual_type == GEMM_OUT_F32 ? ((__global const float *)residual)[place + lane] : vload_half(place + lane, (__global const half *)residual);
    }
#if LANES == 1
    return more[0];
#else
    return LANES_PASTE2(vload, LANES)(0, more);
#endif
}

/* Each operation rounds once, in this order; none that is not asked for. */
static inline lanes_float bits_real(const bits_epilogue *e, const column_terms *t, lanes_int total, float row_scale, __global const uchar *residual, ulong place,
                                    int count)
{
    lanes_float value = LANES_CONVERT(float)(total) * LANES_AS(float)(t->multiplier);
    if (e->has_row_scales) value = value * (lanes_float)row_scale;
    if (e->gemm.flags & GEMM_FLOAT_BIAS) value = value + t->bias;
    if (e->residual_type) value = value + bits_load_residual(e, residual, place, count);
    if (!(e->gemm.flags & GEMM_CLAMP)) return value;
    value = value < (lanes_float)e->gemm.clamp_min ? (lanes_float)e->gemm.clamp_min : value; /* comparisons, not fmin: a NaN stays one */
    return value > (lanes_float)e->gemm.clamp_max ? (lanes_float)e->gemm.clamp_max : value;
}

#ifndef BITS_GATHERED
/* Bit `plane` of each lane, side by side. */
static inline uint bits_gather(lanes_int code, int plane)
{
#if LANES == 1
    return (uint)(code >> plane) & 1u;
#else
    uint word = 0;
    const lanes_uint bits = LANES_AS(uint)(code) >> (lanes_uint)(uint)plane & (lanes_uint)1u;
    for (int lane = 0; lane < LANES; lane++) word |= ((const uint *)&bits)[lane] << lane;
    return word;
#endif
}
#endif

static inline void bits_store_planes(const bits_epilogue *e, const lanes_int *codes, uint count, __global uint *words)
{
    const uint present = count >= 32 ? 0xffffffffu : (1u << count) - 1u;
    for (int plane = 0; plane < e->out_planes; plane++) {
        uint word = 0;
        for (int part = 0; part < BITS_PARTS; part++) word |= bits_gather(codes[part], plane) << (part * LANES);
        words[plane] = word & present;
    }
}

/* LANES columns from `column` on, of which `count` exist: stored, or for a c of planes given back as they are to be packed. */
static inline lanes_int bits_store_part(const bits_epilogue *e, __global const int *tables, lanes_int total, uint column, int count, float row_scale,
                                        __global const uchar *residual, ulong residual_row, __global uchar *c, ulong c_row)
{
    const column_terms t = load_columns(&e->gemm, tables, tables, (int)column);
    if (e->gemm.out == GEMM_OUT_F32 || e->gemm.out == GEMM_OUT_F16) {
        const lanes_float value = bits_real(e, &t, total, row_scale, residual, residual_row + column, count);
        store_float_lanes(&e->gemm, value, c, c_row + column, count);
        return 0;
    }
    const lanes_int code = bits_integer(e, &t, tables, column, total);
    if (!e->out_planes) store_int_lanes(&e->gemm, code, c, c_row + column, count);
    return code;
}

static inline void bits_store_panel(const bits_epilogue *e, __global const int *tables, const lanes_int *totals, uint column, float row_scale,
                                    __global const uchar *residual, ulong residual_row, __global uchar *c, ulong c_row)
{
    const uint columns = (uint)e->gemm.n - column;
    lanes_int codes[BITS_PARTS];
    if (e->gemm.out == GEMM_OUT_S32 && columns >= 32) { /* the shortest way */
        for (int part = 0; part < BITS_PARTS; part++) STORE_WHOLE(int, totals[part], c + (c_row + column + part * LANES) * 4);
        return;
    }
    for (int part = 0; part < BITS_PARTS; part++) {
        const int count = min((int)columns - part * LANES, LANES);
        codes[part] = 0;
        if (count > 0) codes[part] = bits_store_part(e, tables, totals[part], column + part * LANES, count, row_scale, residual, residual_row, c, c_row);
    }
    if (e->out_planes) bits_store_planes(e, codes, columns, (__global uint *)c + c_row + column / 32 * (uint)e->out_planes);
}
