/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of 16 of a float type (after prelude/float_types, op/vector_memory and convert/half_vector or half_avx512). */
FLOAT_TYPES(16, _x16)

/* `number` vectors of 16; the choice of a type is made once for all of them. */
#define EACH(statement) \
    _Pragma("unroll") for (int v = 0; v < number; v++) { \
        statement; \
    }

INLINED void store_bytes(__global uchar *y, ulong place, uchar16 value, bool streams)
{
    if (streams) STREAM16(uchar, y + place, value);
    else STORE16(uchar, y + place, value);
}

INLINED void store_shorts(__global uchar *y, ulong place, short16 value, bool streams)
{
    if (streams) STREAM16(short, y + 2 * place, value);
    else STORE16(short, y + 2 * place, value);
}

INLINED void load_floats(__global const uchar *x, int type, ulong place, int number, float16 *value)
{
    if (type == CONVERT_F32) EACH(value[v] = LOAD16(float, x + 4 * (place + 16 * v)))
    else if (type == CONVERT_F16) EACH(value[v] = load_halves(x, place + 16 * v))
    else if (type == CONVERT_BF16) EACH(value[v] = widen_bf16_x16(as_ushort16(LOAD16(short, x + 2 * (place + 16 * v)))))
    else if (type == CONVERT_F8E4M3) EACH(value[v] = widen_f8e4m3_x16(LOAD16(uchar, x + place + 16 * v)))
    else EACH(value[v] = widen_f8e5m2_x16(LOAD16(uchar, x + place + 16 * v)))
}

INLINED void store_floats(__global uchar *y, int type, ulong place, int number, const float16 *value, int f8_overflow, bool streams)
{
    if (type == CONVERT_F32) {
        if (streams) EACH(STREAM16(float, y + 4 * (place + 16 * v), value[v]))
        else EACH(STORE16(float, y + 4 * (place + 16 * v), value[v]))
    } else if (type == CONVERT_F16) {
        EACH(store_shorts(y, place + 16 * v, round_to_halves(value[v]), streams))
    } else if (type == CONVERT_BF16) {
        EACH(store_shorts(y, place + 16 * v, as_short16(narrow_bf16_x16(value[v])), streams))
    } else if (type == CONVERT_F8E4M3) {
        EACH(store_bytes(y, place + 16 * v, narrow_f8e4m3_x16(value[v], f8_overflow), streams))
    } else {
        EACH(store_bytes(y, place + 16 * v, narrow_f8e5m2_x16(value[v], f8_overflow), streams))
    }
}
