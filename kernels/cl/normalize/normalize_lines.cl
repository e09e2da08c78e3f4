/* SPDX-License-Identifier: Apache-2.0 */
/* Layer normalization of contiguous lines on a CPU, 16 elements at a time: a work-group makes a chunk of lines. */
static inline void line_moments(const normalize_params *p, __global const uchar *x, ulong *sum, ulong *squares)
{
    uint total = 0, i = 0;
    ulong total_squares = 0;
    while (i + 16 <= (uint)p->length) {
        uint16 part = 0, part_squares = 0;
        for (int n = 0; n < 4096 && i + 16 <= (uint)p->length; n++, i += 16) { /* 4096 squares of a byte fit 32 bits */
            const uint16 q = convert_uint16(vload16(0, x + i) ^ (uchar16)(uchar)p->x_flip);
            part += q;
            part_squares += q * q;
        }
        for (int lane = 0; lane < 16; lane++) {
            total += ((const uint *)&part)[lane];
            total_squares += ((const uint *)&part_squares)[lane];
        }
    }
    for (; i < (uint)p->length; i++) {
        const uint q = x[i] ^ p->x_flip;
        total += q;
        total_squares += q * q;
    }
    *sum = total;
    *squares = total_squares;
}

/* As normalize_element; the device's division is correctly rounded. */
static inline uchar16 normalize_lanes(const normalize_params *p, const normalize_line_terms *terms, uchar16 bytes, float16 gamma, float16 beta)
{
    const int16 centred = convert_int16(bytes ^ (uchar16)(uchar)p->x_flip) * p->length - terms->offset;
    const float16 scaled = convert_float16(centred) * terms->reciprocal * gamma;
    float16 shifted = scaled + beta;
    shifted = shifted > -p->limit ? shifted : (float16)-p->limit;
    shifted = shifted < p->limit ? shifted : (float16)p->limit;
    const float16 quotient = shifted / p->y_scale + 12582912.0f; /* rounds to nearest even: 1.5 * 2^23, below 2^22 */
    int16 value = as_int16(quotient) - 0x4b400000 + p->y_zero;
    value = value > 0 ? value : (int16)0;
    value = value < 255 ? value : (int16)255;
    return convert_uchar16(value) ^ (uchar16)(uchar)p->y_flip;
}

static inline void normalize_line(const normalize_params *p, __global const float *weights, __global const uchar *x, __global uchar *y)
{
    const uint count = (uint)p->length;
    __global const float *biases = weights + count;
    ulong sum = 0, squares = 0;
    uint i = 0;
    line_moments(p, x, &sum, &squares);
    const normalize_line_terms terms = normalize_terms(p, sum, squares);
    for (; i + 16 <= count; i += 16) vstore16(normalize_lanes(p, &terms, vload16(0, x + i), vload16(0, weights + i), vload16(0, biases + i)), 0, y + i);
    for (; i < count; i++) y[i] = (uchar)(normalize_element(p, &terms, x[i] ^ p->x_flip, weights[i], biases[i]) ^ p->y_flip);
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void normalize_lines(__global const uchar *x, __global const uchar *tables, __global uchar *y, OP_COUNT,
                                                                             const normalize_params p)
{
    OP_BEGUN();
    nest_walk w = nest_begin(&p.lines, get_group_id(0));
    while (w.left) {
        const uint run = nest_run(&p.lines, &w);
        for (uint i = 0; i < run; i++) {
            normalize_line(&p, (__global const float *)(tables + p.head.offset[1]), x + p.head.offset[0] + w.at[0] + i * p.lines.stride[0][OP_RANK - 1],
                           y + p.head.offset[2] + w.at[1] + i * p.lines.stride[1][OP_RANK - 1]);
        }
        nest_advance(&p.lines, &w, run);
    }
}
