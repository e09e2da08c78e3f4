/* SPDX-License-Identifier: Apache-2.0 */
/* Sums, differences and products by factors that the host has fitted to the rule's results for all 65,536 pairs of bytes
 * (host/pointwise/binary_fit.h), a line at a time. Pairs that no factors fit come from a table. A work-group of one work-item makes a
 * chunk of y. Buffers: a, b, the table, y. After lanes/x86_lines. */

/* The params as vectors: read once, since the compiler cannot know that y does not overlap them. */
typedef struct rescaled_constants {
    line a_flip, b_flip, y_flip, low, high;      /* in every byte */
    line factors_high, factors_low, terms[2];
    int shift;
    line a_zero, b_zero, y_zero, offsets[2], offset_sign;
    float factor;
    __global const uchar *table;
} rescaled_constants;

INLINED rescaled_constants rescaled_load(const binary_rescaled_params *p, __global const uchar *table)
{
    const binary_params *base = &p->base;
    rescaled_constants c;
    c.a_flip = line_of_byte((uint)base->a_flip), c.b_flip = line_of_byte((uint)base->b_flip), c.y_flip = line_of_byte((uint)base->y_flip);
    c.low = line_of_byte((uint)base->low), c.high = line_of_byte((uint)base->high);
    c.factors_high = (line)(uint)p->factors_high, c.factors_low = (line)(uint)p->factors_low;
    c.terms[0] = (line)(uint)p->terms[0], c.terms[1] = (line)(uint)p->terms[1];
    c.shift = p->shift;
    c.a_zero = line_of_word((uint)base->a_zero), c.b_zero = line_of_word((uint)base->b_zero), c.y_zero = line_of_word((uint)base->y_zero);
    c.offsets[0] = (line)as_uint(p->offsets[0]), c.offsets[1] = (line)as_uint(p->offsets[1]), c.offset_sign = (line)(uint)p->offset_sign;
    c.factor = p->factor;
    c.table = table;
    return c;
}

typedef struct four_lines {
    line v0, v1, v2, v3;
} four_lines;

INLINED line limit_bytes(const rescaled_constants *c, line words_low, line words_high)
{
    return min_bytes(max_bytes(pack_bytes(words_low, words_high), c->low), c->high) ^ c->y_flip;
}

INLINED line weigh(const rescaled_constants *c, line pairs)
{
    return (multiply_pairs(pairs, c->factors_high) << RESCALED_FACTOR_BITS) + multiply_pairs(pairs, c->factors_low);
}

/* a * A + b * B of a line each, before ^ flip. */
INLINED four_lines weighed_sums(const rescaled_constants *c, line a, line b)
{
    const line none = 0u, first = a ^ c->a_flip, second = b ^ c->b_flip;
    const line low = unpack_low_bytes(first, second), high = unpack_high_bytes(first, second);
    return (four_lines){weigh(c, unpack_low_bytes(low, none)), weigh(c, unpack_high_bytes(low, none)), weigh(c, unpack_low_bytes(high, none)),
                        weigh(c, unpack_high_bytes(high, none))};
}

INLINED line round_sums(const rescaled_constants *c, four_lines sums, int which)
{
    const line term = c->terms[which];
    return limit_bytes(c, pack_words(line_shift_signed(sums.v0 + term, c->shift), line_shift_signed(sums.v1 + term, c->shift)),
                       pack_words(line_shift_signed(sums.v2 + term, c->shift), line_shift_signed(sums.v3 + term, c->shift)));
}

typedef struct four_products {
    line_floats v0, v1, v2, v3;
} four_products;

INLINED four_products exact_products(const rescaled_constants *c, line a, line b)
{
    const line none = 0u, first = a ^ c->a_flip, second = b ^ c->b_flip;
    const line a_low = subtract_words(unpack_low_bytes(first, none), c->a_zero), b_low = subtract_words(unpack_low_bytes(second, none), c->b_zero);
    const line a_high = subtract_words(unpack_high_bytes(first, none), c->a_zero), b_high = subtract_words(unpack_high_bytes(second, none), c->b_zero);
    const line low = multiply_low_words(a_low, b_low), low_carry = multiply_high_words(a_low, b_low);
    const line high = multiply_low_words(a_high, b_high), high_carry = multiply_high_words(a_high, b_high);
    return (four_products){line_to_floats(unpack_low_words(low, low_carry)), line_to_floats(unpack_high_words(low, low_carry)),
                           line_to_floats(unpack_low_words(high, high_carry)), line_to_floats(unpack_high_words(high, high_carry))};
}

INLINED line round_product(const rescaled_constants *c, line_floats product, int which)
{
    const line offset = c->offsets[which] | (line_of_floats(product) & c->offset_sign);
    return round_even(fma(product, (line_floats)c->factor, line_as_floats(offset)));
}

INLINED line round_products(const rescaled_constants *c, four_products x, int which)
{
    return limit_bytes(c, add_words(pack_words(round_product(c, x.v0, which), round_product(c, x.v1, which)), c->y_zero),
                       add_words(pack_words(round_product(c, x.v2, which), round_product(c, x.v3, which)), c->y_zero));
}

/* One result, and the other where the pair's may differ from it. */
INLINED line rescaled_lines(const rescaled_constants *c, bool is_product, bool is_fitted, line a, line b, line *other)
{
    if (is_product) {
        const four_products products = exact_products(c, a, b);
        if (!is_fitted) *other = round_products(c, products, 1);
        return round_products(c, products, 0);
    }
    const four_lines sums = weighed_sums(c, a, b);
    if (!is_fitted) *other = round_sums(c, sums, 1);
    return round_sums(c, sums, 0);
}

/* The place of the lowest bit. */
INLINED uint lowest_bit(ulong mask)
{
    return (uint)popcount((mask & -mask) - 1);
}

/* Rows of y; an operand that does not move along a row has a mask of 0, and a whole line of its value where it stands. */
typedef struct rescaled_rows {
    __global const uchar *a, *b;
    __global uchar *y;
    ulong a_mask, b_mask;
    ulong a_step, b_step, y_step;   /* from row to row */
    uint count, length;
} rescaled_rows;

/* `count` elements, fewer than a line. */
INLINED void rescaled_part(const rescaled_constants *c, bool is_product, bool is_fitted, __global const uchar *a, __global const uchar *b,
                           __global uchar *y, uint count)
{
    line_bytes first = {(line)0u}, second = {(line)0u}, result;
    line other;
    for (uint i = 0; i < count; i++) first.bytes[i] = a[i], second.bytes[i] = b[i];
    result.all = rescaled_lines(c, is_product, is_fitted, first.all, second.all, &other);
    if (!is_fitted) {
        for (ulong mask = bytes_that_differ(result.all, other); mask; mask &= mask - 1) {
            const uint at = lowest_bit(mask);
            result.bytes[at] = c->table[(uint)first.bytes[at] * 256 + second.bytes[at]];
        }
    }
    for (uint i = 0; i < count; i++) y[i] = result.bytes[i];
}

#define BLOCK_LINES 64

/* `count` lines. Results wait in the first-level cache until the few that the table gives are in their places: a branch for each line would often
 * be guessed wrong, and y is written past the caches. */
INLINED void rescaled_block(const rescaled_constants *c, bool is_product, const rescaled_rows *r, __global const uchar *a, __global const uchar *b,
                            __global uchar *y, uint count, bool streams)
{
    line_bytes results[BLOCK_LINES];
    ulong masks[BLOCK_LINES];
    uint numbers[BLOCK_LINES], marked = 0;   /* lines with such results */
    for (uint n = 0; n < count; n++) {
        const uint i = n * LINE_BYTES;
        line other;
        results[n].all = rescaled_lines(c, is_product, false, load_line(a + (i & r->a_mask)), load_line(b + (i & r->b_mask)), &other);
        masks[marked] = bytes_that_differ(results[n].all, other);
        numbers[marked] = n;
        marked += masks[marked] != 0;
    }
    for (uint k = 0; k < marked; k++) {
        for (ulong mask = masks[k]; mask; mask &= mask - 1) {
            const uint at = lowest_bit(mask), i = numbers[k] * LINE_BYTES + at;
            results[numbers[k]].bytes[at] = c->table[(uint)a[i & r->a_mask] * 256 + b[i & r->b_mask]];
        }
    }
    for (uint n = 0; n < count; n++) store_line(y + n * LINE_BYTES, results[n].all, streams);
}

INLINED void rescaled_run(const binary_rescaled_params *p, bool is_product, bool is_fitted, const rescaled_rows *rows, __global const uchar *table)
{
    const rescaled_constants c = rescaled_load(p, table);
    const rescaled_rows r = *rows;
    const bool streams = p->base.streams != 0;
    for (uint row = 0; row < r.count; row++) {
        __global const uchar *a = r.a + row * r.a_step, *b = r.b + row * r.b_step;
        __global uchar *y = r.y + row * r.y_step;
        uint i = streams ? min(r.length, (uint)(-(ulong)y & (LINE_BYTES - 1))) : 0; /* where can be streamed to */
        if (i > 0) rescaled_part(&c, is_product, is_fitted, a, b, y, i);
        while (!is_fitted && i + LINE_BYTES <= r.length) {
            const uint lines = min((r.length - i) / LINE_BYTES, (uint)BLOCK_LINES);
            rescaled_block(&c, is_product, &r, a + (i & r.a_mask), b + (i & r.b_mask), y + i, lines, streams);
            i += lines * LINE_BYTES;
        }
        for (; i + LINE_BYTES <= r.length; i += LINE_BYTES) {
            line other;
            const line first = load_line(a + (i & r.a_mask)), second = load_line(b + (i & r.b_mask));
            store_line(y + i, rescaled_lines(&c, is_product, true, first, second, &other), streams);
        }
        if (i < r.length) rescaled_part(&c, is_product, is_fitted, a + (i & r.a_mask), b + (i & r.b_mask), y + i, r.length - i);
    }
}

/* Functions of their own, each with one loop and its constants in registers. */
#define RESCALED_RUN(name, is_product, is_fitted) \
    static __attribute__((noinline)) void name(const binary_rescaled_params *p, const rescaled_rows *rows, __global const uchar *table) \
    { \
        rescaled_run(p, is_product, is_fitted, rows, table); \
    }
RESCALED_RUN(sum_fitted, false, true)
RESCALED_RUN(sum_or_table, false, false)
RESCALED_RUN(product_fitted, true, true)
RESCALED_RUN(product_or_table, true, false)

static void rescaled_rows_run(const binary_rescaled_params *p, rescaled_rows *rows, __global const uchar *table)
{
    line_bytes a, b; /* of an operand that stands still; it then stands still from row to row too, or there is one row */
    if (rows->a_mask == 0) a.all = line_of_byte(rows->a[0]), rows->a = (__global const uchar *)(ulong)&a;
    if (rows->b_mask == 0) b.all = line_of_byte(rows->b[0]), rows->b = (__global const uchar *)(ulong)&b;
    if (p->base.kind == BINARY_MUL) {
        if (p->is_fitted) product_fitted(p, rows, table);
        else product_or_table(p, rows, table);
    } else {
        if (p->is_fitted) sum_fitted(p, rows, table);
        else sum_or_table(p, rows, table);
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void RESCALED_KERNEL(__global const uchar *a, __global const uchar *b, __global const uchar *table,
                                                                            __global uchar *y, OP_COUNT, const binary_rescaled_params params)
{
    const binary_params p = params.base;
    OP_BEGUN();
    const ulong step_a = p.nest.stride[0][OP_RANK - 1], step_b = p.nest.stride[1][OP_RANK - 1], step_y = p.nest.stride[2][OP_RANK - 1];
    const bool is_plain = step_a <= 1 && step_b <= 1 && step_y == 1;
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w), count = step_a && step_b ? nest_rows(&p.nest, &w, run) : 1;
        rescaled_rows rows = {a + p.head.offset[0] + w.at[0], b + p.head.offset[1] + w.at[1], y + p.head.offset[3] + w.at[2],
                              step_a ? ~0ul : 0, step_b ? ~0ul : 0, p.nest.stride[0][OP_RANK - 2], p.nest.stride[1][OP_RANK - 2], p.nest.stride[2][OP_RANK - 2], count, run};
        if (is_plain) {
            rescaled_rows_run(&params, &rows, table + p.head.offset[2]);
            nest_skip_rows(&p.nest, &w, run, count - 1);
        } else {
            for (uint i = 0; i < run; i++) rows.y[i * step_y] = binary_byte(&p, rows.a[i * step_a], rows.b[i * step_b]);
        }
        nest_advance(&p.nest, &w, run);
    }
}
