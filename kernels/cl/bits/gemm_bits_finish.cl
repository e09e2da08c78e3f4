/* SPDX-License-Identifier: Apache-2.0 */
/* From a product's sums to its c: 32 columns of one row. What every kernel of a product of bits ends with.
 *
 *   bits_place place = bits_place_batch(&p, batch)                                  once a matrix
 *   gemm_bits_finish(&p, &place, tables, residual, row_scales, c, sums, bases, row_sum, row, column)
 *
 *   sums[part]     s of bits_params.cl; bases[part]: bases of these columns, whatever had to be added to them
 *   The pointers lead to where the regions begin. */
typedef struct bits_place {
    ulong a, b, base;           /* words before this batch's matrix */
    ulong residual, row_scale, c;
} bits_place;

static inline bits_place bits_place_batch(const bits_params *p, uint batch)
{
    const uint inner_batches = max(p->inner_batches, 1), outer = batch / inner_batches, inner = batch % inner_batches;
    const bits_place place = {outer * p->a_batch[0] + inner * p->a_batch[1],
                              outer * p->b_batch[0] + inner * p->b_batch[1],
                              outer * p->base_batch[0] + inner * p->base_batch[1],
                              outer * p->residual_batch[0] + inner * p->residual_batch[1],
                              outer * p->row_scale_batch[0] + inner * p->row_scale_batch[1],
                              outer * p->c_batch[0] + inner * p->c_batch[1]};
    return place;
}

/* acc of LANES columns; modulo 2^32 on the way. */
static inline lanes_int gemm_bits_total(const bits_params *p, __global const int *tables, lanes_int sum, lanes_int base, int row_sum, uint column)
{
    lanes_uint total = LANES_AS(uint)(sum) * (lanes_uint)(uint)p->factor + LANES_AS(uint)(base);
    if (p->has_row_sums) total += LANES_AS(uint)(LANES_LOAD(tables + COLUMN_ZERO * p->epilogue.gemm.columns_plane + column)) * (lanes_uint)(uint)row_sum;
    return LANES_AS(int)(total);
}

static inline float gemm_bits_row_scale(const bits_params *p, const bits_place *place, __global const float *row_scales, uint row)
{
    return p->epilogue.has_row_scales ? row_scales[place->row_scale + row] : 1.0f;
}

static inline void gemm_bits_finish(const bits_params *p, const bits_place *place, __global const int *tables, __global const uchar *residual,
                                    __global const float *row_scales, __global uchar *c, const lanes_int *sums, const lanes_int *bases, int row_sum, uint row, uint column)
{
    lanes_int totals[BITS_PARTS];
    for (int part = 0; part < BITS_PARTS; part++) totals[part] = gemm_bits_total(p, tables, sums[part], bases[part], row_sum, column + part * LANES);
    bits_store_panel(&p->epilogue, tables, totals, column, gemm_bits_row_scale(p, place, row_scales, row), residual, place->residual + row * p->residual_row, c,
                     place->c + row * p->c_row);
}
