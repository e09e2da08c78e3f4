/* SPDX-License-Identifier: Apache-2.0 */
/* Packed integers with groups, one element at a time: host/layout/group_panels.c has the layout. */
#define PANEL 32

static inline uint group_field(uint word, int width, int row)
{
    return word >> (8 * (row & 3) + width * (row >> 2)) & ((1u << width) - 1u);
}

/* Code of a packed row; `words` are those of the column's panel, `lane` is the column within it. */
static inline uint group_code(__global const uint *words, int row, int lane, int bits)
{
    if (bits == 8) return group_field(words[row / 4 * PANEL + lane], 8, row % 4);
    if (bits == 4) return group_field(words[row / 8 * PANEL + lane], 4, row % 8);
    if (bits == 2) return group_field(words[row / 16 * PANEL + lane], 2, row % 16);
    const int rows = bits == 3 ? 32 : 16, low_bits = bits == 3 ? 2 : 4, within = row % rows;
    __global const uint *block = words + row / rows * 3 * PANEL + lane;
    const uint low = group_field(block[within / (rows / 2) * PANEL], low_bits, within % (rows / 2));
    return low | group_field(block[2 * PANEL], bits - low_bits, within) << low_bits;
}

/* Codes of packed rows `row` to `row` + 3, row a multiple of 4, as the bytes of a word. */
static inline uint group_four(__global const uint *words, int row, int lane, int bits)
{
    if (bits == 8) return words[row / 4 * PANEL + lane];
    if (bits == 4) return words[row / 8 * PANEL + lane] >> (row & 4) & 0x0f0f0f0fu;
    if (bits == 2) return words[row / 16 * PANEL + lane] >> (row / 4 % 4 * 2) & 0x03030303u;
    const int rows = bits == 3 ? 32 : 16, low_bits = bits == 3 ? 2 : 4, quad = row % rows / 4, half_quads = rows / 8;
    __global const uint *block = words + row / rows * 3 * PANEL + lane;
    const uint low = block[quad / half_quads * PANEL] >> (quad % half_quads * low_bits) & (bits == 3 ? 0x03030303u : 0x0f0f0f0fu);
    return low | (block[2 * PANEL] >> (quad * (bits - low_bits)) & (bits == 3 ? 0x01010101u : 0x03030303u)) << low_bits;
}

static inline __global const uint *group_words(const mixed_params *p, __global const uchar *packed, int panel)
{
    return (__global const uint *)packed + (ulong)panel * ((ulong)p->packed_rows * p->code_bits / 32) * PANEL;
}

/* What makes a weight of a code: scale * ((code - minus) - zero) - offset. */
typedef struct group_terms {
    float scale, zero, offset;
    int minus;
} group_terms;

static inline int group_zero_code(const mixed_params *p, __global const uchar *zeros, ulong place)
{
    const int width = p->code_bits == 3 ? 4 : p->code_bits == 6 ? 8 : p->code_bits;
    return zeros[place * width / 8] >> (place * width % 8) & ((1 << width) - 1);
}

static inline group_terms group_load(const mixed_params *p, __global const uchar *packed, int panel, int group, int lane)
{
    const int groups = (p->packed_rows + p->group_rows - 1) / p->group_rows;
    const ulong place = ((ulong)panel * groups + group) * PANEL + lane;
    group_terms terms = {mixed_load(packed + p->scales, place, p->scale_type), 0.0f, 0.0f, p->code_bias};
    __global const uchar *zeros = packed + p->zero_points;
    if (p->has_offsets) terms.offset = mixed_load(zeros, place, p->scale_type);
    else if (p->zero_point_type == MIXED_S8 || p->zero_point_type == MIXED_U8) terms.minus = group_zero_code(p, zeros, place);
    else if (p->zero_point_type) terms.zero = mixed_load(zeros, place, p->zero_point_type);
    return terms;
}

/* Each operation rounded once, in this order. */
static inline float group_weight(group_terms terms, uint code)
{
    return terms.scale * ((float)((int)code - terms.minus) - terms.zero) - terms.offset;
}

/* The scale of a row that this call has quantized. */
static inline float group_row_scale(const mixed_params *p, __global const uchar *scales, ulong row)
{
    return p->a_quantized ? ((__global const float *)(scales + p->head.offset[5]))[row] : 1.0f;
}

/* The same of one of four codes that are the bytes of a word, without scale and offset. */
static inline float four_float(uint codes, int i, group_terms terms)
{
    return (float)((int)(codes >> (8 * i) & 255u) - terms.minus) - terms.zero;
}
