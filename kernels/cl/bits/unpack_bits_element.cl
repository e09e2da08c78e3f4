/* SPDX-License-Identifier: Apache-2.0 */
/* The value of a code of bit planes: clqnn/bits.h has the types. */
static inline int plane_value(uint code, int kind, int bits)
{
    if (kind == PACK_B1) return 1 - 2 * (int)code;
    if (kind == PACK_T2) return (int)(code & 1) - (int)(code & 2);
    if (kind == PACK_PO) return 2 * (int)code - ((1 << bits) - 1);
    return kind == PACK_PS ? (int)(code << (32 - bits)) >> (32 - bits) : (int)code;
}

/* Value number `place`; rows begin at multiples of 32. */
static inline int load_plane_value(__global const uint *x, ulong place, int kind, int bits)
{
    __global const uint *words = x + place / 32 * (ulong)bits;
    uint code = 0;
    for (int j = 0; j < bits; j++) code |= (words[j] >> (place % 32) & 1) << j;
    return plane_value(code, kind, bits);
}

/* Values begin .. end of a run, one by one. x and y are at their regions' begin. */
static inline void unpack_few(const unpack_bits_params *p, __global const uint *x, ulong x_place, ulong x_step, __global uchar *y, ulong y_place, ulong y_step, uint begin, uint end)
{
    for (uint i = begin; i < end; i++) {
        const float real = p->x_scale * (float)(load_plane_value(x, x_place + i * x_step, p->kind, p->bits) - p->x_zero);
        if (is_float_type(p->y_type)) store_float(y, y_place + i * y_step, p->y_type, real, 0);
        else store_integer(y, y_place + i * y_step, p->y_type, quantize_real(real, p->y_scale, p->y_zero, p->low, p->high));
    }
}
