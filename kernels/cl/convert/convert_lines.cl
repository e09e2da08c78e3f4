/* SPDX-License-Identifier: Apache-2.0 */
/* Conversions to integers with one scale on each side, a line of results at a time, in front of the loops of convert/convert_vector: x86's
 * saturating packs do what takes OpenCL C many shuffles. After lanes/x86_lines and convert/half_vector or half_avx512. The device's division
 * is correctly rounded. */
#define LARGEST_QUOTIENT 1073741824.0f   /* above every limit; converts to 32 bits. Below -2^31 the conversion gives the least integer */

typedef struct line_conversion {
    __global const uchar *x;      /* where the elements begin, as bytes */
    __global uchar *y;
    int x_type, y_type;
    float x_scale, y_scale;
    int x_zero, y_zero;
    int y_low, y_high;            /* of y, its type's or less; an s16 y has its type's */
    bool streams;
} line_conversion;

typedef struct line_constants {
    float x_scale, x_zero, y_scale;
    line x_flip, y_zero, y_flip, low, high;   /* y's zero point with the flip's value, in every word (of an s16 y in every int); y is unsigned before the flip */
} line_constants;

typedef struct line_reals {
    line_floats v0, v1, v2, v3;
} line_reals;

/* What a type's bits are flipped by to make it unsigned; its zero point is raised by the same. */
INLINED int flip_of_type(int type)
{
    return type == CONVERT_S8 ? 128 : type == CONVERT_S16 ? 32768 : type == CONVERT_S4 ? 8 : 0;
}

INLINED line_constants line_load(const line_conversion *c)
{
    const int x_flip = flip_of_type(c->x_type), y_flip = c->y_type == CONVERT_S16 ? 0 : flip_of_type(c->y_type);
    line_constants k;
    k.x_scale = c->x_scale;
    k.x_zero = 8388608.0f + (float)(c->x_zero + x_flip);
    k.y_scale = c->y_scale;
    k.x_flip = c->x_type == CONVERT_S16 ? line_of_word((uint)x_flip) : line_of_byte((uint)x_flip);
    k.y_zero = c->y_type == CONVERT_S16 ? (line)(uint)c->y_zero : line_of_word((uint)(c->y_zero + y_flip));
    k.y_flip = line_of_byte((uint)y_flip);
    k.low = line_of_byte((uint)(c->y_low + y_flip) & 255);
    k.high = line_of_byte((uint)(c->y_high + y_flip) & 255);
    return k;
}

/* Beside the upper half of 2^23 an unsigned word is the float 2^23 + word. */
INLINED line_floats real_of_words(const line_constants *k, line words)
{
    return k->x_scale * (line_as_floats(words) - k->x_zero);
}

INLINED line_floats not_nan(line_floats x)
{
    return x == x ? x : 0.0f;
}

/* LINE_BYTES elements from `place` on. Of bytes the four hold them in the order of unpacking, else in that of memory. */
INLINED line_reals load_line_reals(const line_constants *k, int type, __global const uchar *x, uint place)
{
    const line none = 0u, exponent = 0x4B004B00u;
    if (type == CONVERT_F32) {
        __global const uchar *from = x + 4 * (ulong)place;
        return (line_reals){not_nan(line_as_floats(load_line(from))), not_nan(line_as_floats(load_line(from + LINE_BYTES))),
                            not_nan(line_as_floats(load_line(from + 2 * LINE_BYTES))), not_nan(line_as_floats(load_line(from + 3 * LINE_BYTES)))};
    }
#if LINE_BYTES == 32
    if (type == CONVERT_F16) {
        const float16 first = load_halves(x, place), second = load_halves(x, place + 16);
        return (line_reals){not_nan(first.lo), not_nan(first.hi), not_nan(second.lo), not_nan(second.hi)};
    }
#endif
    if (type == CONVERT_S16) {
        const line first = load_line(x + 2 * (ulong)place) ^ k->x_flip, second = load_line(x + 2 * (ulong)place + LINE_BYTES) ^ k->x_flip;
        return (line_reals){real_of_words(k, unpack_low_words(first, exponent)), real_of_words(k, unpack_high_words(first, exponent)),
                            real_of_words(k, unpack_low_words(second, exponent)), real_of_words(k, unpack_high_words(second, exponent))};
    }
    const line bytes = load_line(x + place) ^ k->x_flip, low = unpack_low_bytes(bytes, none), high = unpack_high_bytes(bytes, none);
    return (line_reals){real_of_words(k, unpack_low_words(low, exponent)), real_of_words(k, unpack_high_words(low, exponent)),
                        real_of_words(k, unpack_low_words(high, exponent)), real_of_words(k, unpack_high_words(high, exponent))};
}

INLINED line quantize_line(const line_constants *k, line_floats real)
{
    const line_floats quotient = real / k->y_scale; /* may be infinite */
    return round_even(quotient < LARGEST_QUOTIENT ? quotient : LARGEST_QUOTIENT);
}

/* y's bytes, before the flip. Packed lanes are put in the order of memory: of x in words each half of a lane is a part of another line of
 * words, of x in floats each quarter. */
INLINED line quantize_to_bytes(const line_constants *k, int type, line_reals x)
{
    const line low = pack_words(quantize_line(k, x.v0), quantize_line(k, x.v1)), high = pack_words(quantize_line(k, x.v2), quantize_line(k, x.v3));
    const line bytes = max_bytes(min_bytes(pack_bytes(add_words(low, k->y_zero), add_words(high, k->y_zero)), k->high), k->low);
    return type == CONVERT_S16 ? line_halves_in_order(bytes) : type == CONVERT_F32 || type == CONVERT_F16 ? line_quarters_in_order(bytes) : bytes;
}

/* Two nibbles a byte, the first in the low bits: words of low + 16 * high. */
INLINED line join_nibbles(const line_constants *k, line first, line second)
{
    const line weights = 0x10011001u;
    return line_halves_in_order(pack_bytes(multiply_byte_pairs(first ^ k->y_flip, weights), multiply_byte_pairs(second ^ k->y_flip, weights)));
}

/* With the zero point: it is added before the pack limits the sum. */
INLINED line quantize_to_word(const line_constants *k, line_floats real)
{
    const line_floats quotient = real / k->y_scale, lifted = quotient > -LARGEST_QUOTIENT ? quotient : -LARGEST_QUOTIENT;
    return round_even(lifted < LARGEST_QUOTIENT ? lifted : LARGEST_QUOTIENT) + k->y_zero;
}

INLINED line quantize_to_words(const line_constants *k, line_floats first, line_floats second)
{
    return line_halves_in_order(pack_words(quantize_to_word(k, first), quantize_to_word(k, second)));
}

INLINED uint convert_whole_lines(const line_conversion *given, int x_type, int y_type, uint count)
{
    const line_conversion c = *given;
    const line_constants k = line_load(&c);
    const bool streams = c.streams && ((ulong)c.y & (LINE_BYTES - 1)) == 0;
    uint i = 0;
    if (y_type == CONVERT_S16) {
        for (; i + LINE_BYTES <= count; i += LINE_BYTES) {
            const line_reals x = load_line_reals(&k, x_type, c.x, i);
            store_line(c.y + 2 * (ulong)i, quantize_to_words(&k, x.v0, x.v1), streams);
            store_line(c.y + 2 * (ulong)i + LINE_BYTES, quantize_to_words(&k, x.v2, x.v3), streams);
        }
    } else if (y_type == CONVERT_U4) {
        for (; i + 2 * LINE_BYTES <= count; i += 2 * LINE_BYTES) {
            const line first = quantize_to_bytes(&k, x_type, load_line_reals(&k, x_type, c.x, i));
            const line second = quantize_to_bytes(&k, x_type, load_line_reals(&k, x_type, c.x, i + LINE_BYTES));
            store_line(c.y + i / 2, join_nibbles(&k, first, second), streams);
        }
    } else {
        for (; i + LINE_BYTES <= count; i += LINE_BYTES) {
            store_line(c.y + i, quantize_to_bytes(&k, x_type, load_line_reals(&k, x_type, c.x, i)) ^ k.y_flip, streams);
        }
    }
    return i;
}

/* Functions of their own, each with one loop and its constants in registers. Types of y stand for those of their width. */
#define LINE_LOOP(name, x_type, y_type) \
    static __attribute__((noinline)) uint name(const line_conversion *c, uint count) \
    { \
        return convert_whole_lines(c, x_type, y_type, count); \
    }
LINE_LOOP(words_to_bytes, CONVERT_S16, CONVERT_U8)
LINE_LOOP(words_to_nibbles, CONVERT_S16, CONVERT_U4)
LINE_LOOP(bytes_to_nibbles, CONVERT_U8, CONVERT_U4)
#if LINE_BYTES == 32   /* wider vectors do these well without */
LINE_LOOP(floats_to_bytes, CONVERT_F32, CONVERT_U8)
LINE_LOOP(floats_to_nibbles, CONVERT_F32, CONVERT_U4)
LINE_LOOP(floats_to_words, CONVERT_F32, CONVERT_S16)
LINE_LOOP(halves_to_bytes, CONVERT_F16, CONVERT_U8)
LINE_LOOP(halves_to_nibbles, CONVERT_F16, CONVERT_U4)
LINE_LOOP(halves_to_words, CONVERT_F16, CONVERT_S16)
#endif

#if LINE_BYTES == 32
/* Quotients by scales of their own, as words without the zero point. */
INLINED line quantize_line_each(line_floats real, __global const int *scales)
{
    const line_floats quotient = real / line_as_floats(load_line((__global const uchar *)scales));
    return round_even(quotient < LARGEST_QUOTIENT ? quotient : LARGEST_QUOTIENT);
}

/* Zero points of a line of bytes in the order of packed words, raised by the flip. */
INLINED line zeros_of_words(__global const int *zeros, line flip)
{
    return add_words(pack_words(load_line((__global const uchar *)zeros), load_line((__global const uchar *)(zeros + 8))), flip);
}

/* quantize_to_bytes of floats, a scale and a zero point an element. */
INLINED uint convert_whole_lines_each(const line_conversion *given, __global const int *y_values, ulong y_plane, int x_type, uint count)
{
    const line_conversion c = *given;
    const line_constants k = line_load(&c);
    const line flip = line_of_word((uint)flip_of_type(c.y_type));
    const bool streams = c.streams && ((ulong)c.y & (LINE_BYTES - 1)) == 0;
    uint i = 0;
    for (; i + LINE_BYTES <= count; i += LINE_BYTES) {
        __global const int *scales = y_values + i, *zeros = scales + y_plane;
        const line_reals x = load_line_reals(&k, x_type, c.x, i);
        const line low = pack_words(quantize_line_each(x.v0, scales), quantize_line_each(x.v1, scales + 8));
        const line high = pack_words(quantize_line_each(x.v2, scales + 16), quantize_line_each(x.v3, scales + 24));
        const line bytes = pack_bytes(add_words(low, zeros_of_words(zeros, flip)), add_words(high, zeros_of_words(zeros + 16, flip)));
        store_line(c.y + i, line_quarters_in_order(max_bytes(min_bytes(bytes, k.high), k.low)) ^ k.y_flip, streams);
    }
    return i;
}

static __attribute__((noinline)) uint floats_to_bytes_each(const line_conversion *c, __global const int *y_values, ulong y_plane, uint count)
{
    return convert_whole_lines_each(c, y_values, y_plane, CONVERT_F32, count);
}

static __attribute__((noinline)) uint halves_to_bytes_each(const line_conversion *c, __global const int *y_values, ulong y_plane, uint count)
{
    return convert_whole_lines_each(c, y_values, y_plane, CONVERT_F16, count);
}
#endif

/* The same where each element of y has values of its own, those of the first at y_values. */
static uint convert_lines_each(const line_conversion *c, __global const int *y_values, ulong y_plane, uint count)
{
#if LINE_BYTES == 32
    if (c->y_type != CONVERT_U8 && c->y_type != CONVERT_S8) return 0;
    if (c->x_type == CONVERT_F32) return floats_to_bytes_each(c, y_values, y_plane, count);
    if (c->x_type == CONVERT_F16) return halves_to_bytes_each(c, y_values, y_plane, count);
#endif
    return 0;
}

/* The first elements of `count`, in whole lines; returns how many. Nibbles of y begin a byte. */
static uint convert_lines(const line_conversion *c, uint count)
{
    const bool to_bytes = c->y_type == CONVERT_U8 || c->y_type == CONVERT_S8, to_nibbles = is_nibble_type(c->y_type);
    if (!to_bytes && !to_nibbles && c->y_type != CONVERT_S16) return 0;
    if (c->x_type == CONVERT_S16 && to_bytes) return words_to_bytes(c, count);
    if (c->x_type == CONVERT_S16 && to_nibbles) return words_to_nibbles(c, count);
    if ((c->x_type == CONVERT_U8 || c->x_type == CONVERT_S8) && to_nibbles) return bytes_to_nibbles(c, count);
#if LINE_BYTES == 32
    if (c->x_type == CONVERT_F32) return to_bytes ? floats_to_bytes(c, count) : to_nibbles ? floats_to_nibbles(c, count) : floats_to_words(c, count);
    if (c->x_type == CONVERT_F16) return to_bytes ? halves_to_bytes(c, count) : to_nibbles ? halves_to_nibbles(c, count) : halves_to_words(c, count);
#endif
    return 0;
}
