/* SPDX-License-Identifier: Apache-2.0 */
/* mixed_store for up to 16 elements of a row, side by side. */
static inline float16 residual_lanes(__global const uchar *from, ulong place, int type, int count)
{
    float few[16] = {0.0f};
    if (count >= 16) {
        if (type == MIXED_F32) return WIDE_F32(place);
        return type == MIXED_F16 ? WIDE_F16(place) : WIDE_BF16(place);
    }
    for (int i = 0; i < count; i++) few[i] = mixed_load(from, place + i, type);
    return *(float16_anywhere *)few;
}

/* The results as they are in memory: 16 of 4 bytes, of which the type's size counts. */
static inline uint16 lanes_to_bits(const mixed_params *p, float16 x)
{
    if (p->c_type == MIXED_F32) return as_uint16(x);
    if (p->c_type == MIXED_F16) return convert_uint16(as_ushort16(round_to_halves(x)));
    if (p->c_type == MIXED_BF16) return bf16_bits_x16(x);
    return as_uint16(mixed_quantize(p, x));
}

APART void mixed_store_lanes(const mixed_params *p, __global const float *tables, __global const uchar *residual, __global uchar *c,
                             __local const float *sum, uint column, ulong residual_place, ulong c_place, int count)
{
    const float16 more = p->residual_type ? residual_lanes(residual, residual_place, p->residual_type, count) : 0.0f;
    const float16 scale = LOAD16(float, tables + column), bias = LOAD16(float, tables + p->table_plane + column);
    const float16 x = mixed_finish(p, *(__local const float16_anywhere *)sum, scale, bias, more);
    const uint16 bits = lanes_to_bits(p, x);
    const bool word = p->c_type == MIXED_F32, byte = p->c_type == MIXED_S8 || p->c_type == MIXED_U8;
    if (count >= 16) {
        if (word) STORE16(uint, c + 4 * c_place, bits);
        else if (byte) STORE16(uchar, c + c_place, convert_uchar16(bits));
        else STORE16(short, c + 2 * c_place, convert_short16(as_int16(bits)));
        return;
    }
    uint few[16];
    *(uint16_anywhere *)few = bits;
    for (int i = 0; i < count; i++) {
        if (word) ((__global uint *)c)[c_place + i] = few[i];
        else if (byte) c[c_place + i] = (uchar)few[i];
        else ((__global ushort *)c)[c_place + i] = (ushort)few[i];
    }
}

/* Finishes a block of c from its sums, [panel][BLOCK_ROWS][16]. */
INLINED void store_block(const mixed_params *p, __global const uchar *tables, __global const uchar *residual, __global uchar *c,
                         __local const float *sums, uint outer, uint inner, int first_row, int first_column, int rows, int columns)
{
    const ulong c_first = outer * p->c_batch[0] + inner * p->c_batch[1], residual_first = outer * p->residual_batch[0] + inner * p->residual_batch[1];
    for (int i = 0; i < rows; i++) {
        const int row = first_row + i;
        for (int j = 0; j < columns; j += 16) {
            const int column = first_column + j;
            mixed_store_lanes(p, (__global const float *)(tables + p->head.offset[2]), residual + p->head.offset[3], c + p->head.offset[4],
                              sums + j / 16 * SUMS_PANEL + 16 * i, column, residual_first + row * p->residual_row + column, c_first + row * p->c_row + column,
                              columns - j);
        }
    }
}
