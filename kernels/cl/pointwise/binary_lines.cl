/* SPDX-License-Identifier: Apache-2.0 */
/* Two inputs with x86's unpacking, rounding and saturating packing, a line at a time. CLQNN_FLOAT_EVEN only; the host has seen to it that no
 * quotient reaches 2^31. Bytes become floats by two unpackings: beside the upper half of 2^23 a byte is the float 2^23 + byte. Stands
 * between lanes/x86_lines, pointwise/binary_row and pointwise/binary_rows. */
#define BINARY_WIDTH LINE_BYTES

/* The params as vectors: read once, since the compiler cannot know that y does not overlap them. */
typedef struct lines_constants {
    float a_zero, b_zero, a_scale, b_scale, y_scale;   /* zero points above 2^23 */
    line a_flip, b_flip, y_flip, y_zero, low, high;  /* in every byte, y_zero in every word */
    bool streams;
} lines_constants;

INLINED lines_constants lines_load(const binary_params *p)
{
    return (lines_constants){8388608.0f + (float)p->a_zero, 8388608.0f + (float)p->b_zero, p->a_scale, p->b_scale, p->y_scale, line_of_byte((uint)p->a_flip),
                              line_of_byte((uint)p->b_flip), line_of_byte((uint)p->y_flip), line_of_word((uint)p->y_zero),
                              line_of_byte((uint)p->low), line_of_byte((uint)p->high), p->streams != 0};
}

typedef struct four_floats {
    line_floats v0, v1, v2, v3;
} four_floats;

/* scale * (byte - zero) of a line's bytes. */
INLINED four_floats widen(line bytes, float zero, float scale)
{
    const line none = 0u, exponent = 0x4B004B00u;
    const line low = unpack_low_bytes(bytes, none), high = unpack_high_bytes(bytes, none);
    return (four_floats){scale * (line_as_floats(unpack_low_words(low, exponent)) - zero),
                         scale * (line_as_floats(unpack_high_words(low, exponent)) - zero),
                         scale * (line_as_floats(unpack_low_words(high, exponent)) - zero),
                         scale * (line_as_floats(unpack_high_words(high, exponent)) - zero)};
}

INLINED line_floats combine(int kind, line_floats x, line_floats y)
{
    return kind == BINARY_ADD   ? x + y
           : kind == BINARY_SUB ? x - y
           : kind == BINARY_MUL ? x * y
           : kind == BINARY_MIN ? (x < y ? x : y)
                                : (x > y ? x : y);
}

INLINED line narrow(const lines_constants *c, int kind, four_floats x, four_floats y)
{
    const line q0 = round_even(combine(kind, x.v0, y.v0) / c->y_scale), q1 = round_even(combine(kind, x.v1, y.v1) / c->y_scale);
    const line q2 = round_even(combine(kind, x.v2, y.v2) / c->y_scale), q3 = round_even(combine(kind, x.v3, y.v3) / c->y_scale);
    const line bytes = pack_bytes(add_words(pack_words(q0, q1), c->y_zero), add_words(pack_words(q2, q3), c->y_zero));
    return min_bytes(max_bytes(bytes, c->low), c->high) ^ c->y_flip;
}

/* A line of results; an operand that does not move is given by its values. */
INLINED line binary_line(const lines_constants *c, int kind, bool a_moves, bool b_moves, line a, line b, four_floats a_constant, four_floats b_constant)
{
    const four_floats x = a_moves ? widen(a ^ c->a_flip, c->a_zero, c->a_scale) : a_constant;
    const four_floats z = b_moves ? widen(b ^ c->b_flip, c->b_zero, c->b_scale) : b_constant;
    return narrow(c, kind, x, z);
}

INLINED void binary_run(const binary_params *p, int kind, bool a_moves, bool b_moves, const binary_rows *rows)
{
    const binary_rows r = *rows;
    const lines_constants c = lines_load(p);
    const four_floats a_constant = widen(line_of_byte(r.a[0]) ^ c.a_flip, c.a_zero, c.a_scale);
    const four_floats b_constant = widen(line_of_byte(r.b[0]) ^ c.b_flip, c.b_zero, c.b_scale);
    for (uint row = 0; row < r.count; row++) {
        __global const uchar *a = r.a + row * r.a_step, *b = r.b + row * r.b_step;
        __global uchar *y = r.y + row * r.y_step;
        uint part = c.streams ? min(r.length, (uint)(-(ulong)y & (LINE_BYTES - 1))) : 0; /* where can be streamed to */
        for (uint i = 0; i < r.length;) {
            if (part == 0 && i + LINE_BYTES <= r.length) {
                for (; i + LINE_BYTES <= r.length; i += LINE_BYTES) {
                    const line first = a_moves ? load_line(a + i) : c.low, second = b_moves ? load_line(b + i) : c.low;
                    store_line(y + i, binary_line(&c, kind, a_moves, b_moves, first, second, a_constant, b_constant), c.streams);
                }
                continue;
            }
            if (part == 0) part = r.length - i;
            line_bytes first, second, result;
            for (uint k = 0; k < part; k++) {
                if (a_moves) first.bytes[k] = a[i + k];
                if (b_moves) second.bytes[k] = b[i + k];
            }
            result.all = binary_line(&c, kind, a_moves, b_moves, first.all, second.all, a_constant, b_constant);
            for (uint k = 0; k < part; k++) y[i + k] = result.bytes[k];
            i += part;
            part = 0;
        }
    }
}
