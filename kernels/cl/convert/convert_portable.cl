/* SPDX-License-Identifier: Apache-2.0 */
/* Quantize, dequantize, requantize, any device: a work-item makes a chunk of y, element by element. clqnn/convert.h has the formulas. A chunk is an even number of
 * elements, so that each byte of an s4 or u4 y has one writer. */
static inline float load_real(__global const uchar *x, ulong place, int type, int2 pair)
{
    if (type == CONVERT_F32) return ((__global const float *)x)[place];
    if (type == CONVERT_F16) return vload_half(place, (__global const half *)x);
    const int nibble = x[type >= CONVERT_S4 ? place / 2 : 0] >> (place % 2 * 4) & 15;
    const int q = type == CONVERT_U8 ? x[place]
                  : type == CONVERT_S8 ? ((__global const char *)x)[place]
                  : type == CONVERT_S16 ? ((__global const short *)x)[place]
                  : type == CONVERT_S32 ? ((__global const int *)x)[place]
                  : type == CONVERT_U4 ? nibble
                                       : (nibble ^ 8) - 8;
    return as_float(pair.x) * (float)(q - pair.y);
}

static inline int quantize_real(float real, int2 pair, int low, int high)
{
    const float scale = as_float(pair.x), limit = scale * 131072.0f; /* beyond any quotient that matters; infinite where the scale is huge */
    if (isnan(real)) return pair.y;
    const float x = clamp(real, -limit, limit);
    const float quotient = x < 0.0f ? -clq_divide(-x, scale) : clq_divide(x, scale);
    return (int)clamp(rint(quotient) + (float)pair.y, (float)low, (float)high);
}

static inline void store_real(__global uchar *y, ulong place, float real, int2 pair, const convert_params *p)
{
    const int type = p->y_type;
    if (type == CONVERT_F32) {
        ((__global float *)y)[place] = real;
    } else if (type == CONVERT_F16) {
        vstore_half_rte(real, place, (__global half *)y);
    } else {
        const int q = quantize_real(real, pair, p->low, p->high);
        if (type == CONVERT_S16) ((__global short *)y)[place] = (short)q;
        else if (type < CONVERT_S4) y[place] = (uchar)q;
        else if (place % 2 == 0) y[place / 2] = (uchar)((y[place / 2] & 0xf0) | (q & 15));
        else y[place / 2] = (uchar)((y[place / 2] & 0x0f) | (q & 15) << 4);
    }
}

/* Elements from `index` on that have the same block. */
static inline uint block_left(ulong index, ulong step, ulong block, uint run)
{
    return block && step ? (uint)min((ulong)run, block - index % block) : run;
}

__kernel void convert_portable(__global const uchar *x, __global const uchar *x_pairs, __global const uchar *y_pairs, __global uchar *y, OP_COUNT, const convert_params p)
{
    OP_BEGUN();
    __global const uchar *source = x + p.head.offset[0];
    __global const int2 *pairs_x = (__global const int2 *)(x_pairs + p.head.offset[1]), *pairs_y = (__global const int2 *)(y_pairs + p.head.offset[2]);
    __global uchar *target = y + p.head.offset[3];
    ulong step[WALK_OPERANDS];
    for (int operand = 0; operand < WALK_OPERANDS; operand++) step[operand] = p.nest.stride[operand][OP_RANK - 1];
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        for (uint done = 0; done < run;) {
            const ulong axis_x = w.at[CONVERT_X_AXIS] + done * step[CONVERT_X_AXIS], axis_y = w.at[CONVERT_Y_AXIS] + done * step[CONVERT_Y_AXIS];
            const uint part = block_left(axis_x, step[CONVERT_X_AXIS], p.x_block, block_left(axis_y, step[CONVERT_Y_AXIS], p.y_block, run - done));
            const ulong block_x = p.x_block ? axis_x / p.x_block * p.x_block_step : 0, block_y = p.y_block ? axis_y / p.y_block * p.y_block_step : 0;
            for (uint i = done; i < done + part; i++) {
                const int2 from = pairs_x[block_x + w.at[CONVERT_X_VALUE] + i * step[CONVERT_X_VALUE]];
                const int2 to = pairs_y[block_y + w.at[CONVERT_Y_VALUE] + i * step[CONVERT_Y_VALUE]];
                const float real = load_real(source, w.at[CONVERT_X] + i * step[CONVERT_X], p.x_type, from);
                store_real(target, w.at[CONVERT_Y] + i * step[CONVERT_Y], real, to, &p);
            }
            done += part;
        }
        nest_advance(&p.nest, &w, run);
    }
}
