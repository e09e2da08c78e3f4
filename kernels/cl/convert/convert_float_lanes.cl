/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of 16 of a float type (after prelude/float_types, op/vector_memory and convert/half_vector or half_avx512). */
FLOAT_TYPES(16, _x16)

/* `number` vectors of 16; the choice of a type is made once for all of them. */
#define EACH(statement) \
    _Pragma("unroll") for (int v = 0; v < number; v++) { \
        statement; \
    }

/* f8e5m2 is the upper half of an f16. f8e4m3 has a narrower exponent: its bits as an f16 are the value times 2^-8, exactly, subnormals too; NaN alone has to be
 * told. Conversions of halves do not flush. */
INLINED float16 widen_bytes_e5m2(uchar16 x)
{
    return widen_halves(as_short16(convert_ushort16(x) << (ushort)8));
}

INLINED float16 widen_bytes_e4m3(uchar16 x)
{
    const short16 half_bits = (convert_short16(as_char16(x)) << (short)7) & (short)0xbf80;
    const short16 nan = (half_bits & (short)0x3f80) == (short16)0x3f80 ? (short16)0x7e00 : (short16)0;
    return widen_halves(half_bits | nan) * 256.0f;
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
    else if (type == CONVERT_F8E4M3) EACH(value[v] = widen_bytes_e4m3(LOAD16(uchar, x + place + 16 * v)))
    else EACH(value[v] = widen_bytes_e5m2(LOAD16(uchar, x + place + 16 * v)))
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
