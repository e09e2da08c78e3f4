/* SPDX-License-Identifier: Apache-2.0 */
/* Two inputs on a CPU, 16 elements at a time; between pointwise/binary_row and pointwise/binary_rows. CLQNN_FLOAT_EVEN only. The device's division is
 * correctly rounded. */
#define BINARY_WIDTH 16
#define MAGIC 12582912.0f   /* 1.5 * 2^23: adding it rounds |x| <= 2^22 to the nearest even integer, which then stands in the low bits */

/* The params as vectors: read once, since the compiler cannot know that y does not overlap them. */
typedef struct binary_constants {
    float a_zero, b_zero, a_scale, b_scale, y_scale, low, high;
    uchar a_flip, b_flip, y_shift;
    bool streams;
} binary_constants;

INLINED binary_constants binary_load(const binary_params *p)
{
    return (binary_constants){(float)p->a_zero, (float)p->b_zero, p->a_scale, p->b_scale, p->y_scale, (float)(p->low - p->y_zero), (float)(p->high - p->y_zero),
                              (uchar)p->a_flip, (uchar)p->b_flip, (uchar)(p->y_zero + p->y_flip), p->streams};
}

INLINED float16 binary_value(uchar16 bytes, uchar flip, float zero, float scale)
{
    return scale * (convert_float16(bytes ^ flip) - zero);
}

INLINED uchar16 binary_sixteen(const binary_constants *c, int kind, float16 x, float16 y)
{
    const float16 sum = kind == BINARY_ADD ? x + y
                        : kind == BINARY_SUB ? x - y
                        : kind == BINARY_MUL ? x * y
                        : kind == BINARY_MIN ? (x < y ? x : y)
                                             : (x > y ? x : y);
    const float16 quotient = sum / c->y_scale; /* may be infinite */
    const float16 lifted = quotient > c->low ? quotient : c->low;
    const float16 limited = lifted < c->high ? lifted : c->high; /* before the rounding: both limits are integers */
    return convert_uchar16(as_int16(limited + MAGIC)) + c->y_shift; /* modulo 256; flipping the sign is adding 128 */
}

INLINED void binary_run(const binary_params *p, int kind, bool a_moves, bool b_moves, const binary_rows *rows)
{
    const binary_rows r = *rows;
    const binary_constants c = binary_load(p);
    const float16 a_constant = binary_value((uchar16)r.a[0], c.a_flip, c.a_zero, c.a_scale);
    const float16 b_constant = binary_value((uchar16)r.b[0], c.b_flip, c.b_zero, c.b_scale);
    for (uint row = 0; row < r.count; row++) {
        __global const uchar *a = r.a + row * r.a_step, *b = r.b + row * r.b_step;
        __global uchar *y = r.y + row * r.y_step;
        uint i = 0;
        const uint begin = c.streams ? min(r.length, (uint)(-(ulong)y & (BINARY_WIDTH - 1))) : 0; /* where can be streamed to */
        for (; i < begin; i++) y[i] = binary_byte(p, a[a_moves ? i : 0], b[b_moves ? i : 0]);
        for (; i + 16 <= r.length; i += 16) {
            const float16 x = a_moves ? binary_value(LOAD16(uchar, a + i), c.a_flip, c.a_zero, c.a_scale) : a_constant;
            const float16 z = b_moves ? binary_value(LOAD16(uchar, b + i), c.b_flip, c.b_zero, c.b_scale) : b_constant;
            const uchar16 value = binary_sixteen(&c, kind, x, z);
            if (c.streams) STREAM16(uchar, y + i, value);
            else STORE16(uchar, y + i, value);
        }
        for (; i < r.length; i++) y[i] = binary_byte(p, a[a_moves ? i : 0], b[b_moves ? i : 0]);
    }
}
