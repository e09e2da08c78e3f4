/* SPDX-License-Identifier: Apache-2.0 */
/* Floats by integers with groups on CPUs, many rows: gemm_mixed_vector.cl, but that DEPTH rows of a panel become floats from packed words, as two panels of 16
 * columns. A work-item makes p.block_rows rows of `run` panels. */
#if DEPTH % 32
#error "DEPTH must be whole blocks"
#endif

/* What makes weights of codes, of one vector of columns: scale * ((code - minus) - zero) - offset. */
typedef struct widen_terms {
    FLOATS minus, scale, zero, offset;
    bool is_plain;                        /* zero and offset are 0 */
} widen_terms;

/* `count` packed rows, whole blocks, as floats: a line of 16 for each. */
#define WIDEN_FUNCTION(BITS)                                                                                                                \
    static __attribute__((noinline)) void widen_##BITS(const widen_terms *terms, __global const uint *block, int count, __local float *to)          \
    {                                                                                                                                       \
        const FLOATS low = terms->minus + BASE_LOW, high = terms->minus + BASE_HIGH, scale = terms->scale, zero = terms->zero, offset = terms->offset;\
        const bool plain = terms->is_plain;                                                                                                 \
        _Pragma("unroll 1") for (int row = 0; row < count; row += CODE_ROWS(BITS)) {                                                       \
            UNROLL for (int w = 0; w < CODE_WORDS(BITS); w++) AHEAD(block + w * PANEL);                                                    \
            UNROLL for (int quad = 0; quad < CODE_ROWS(BITS) / 4; quad++) {                                                                \
                const UINTS codes = group_quad(block, BITS, quad);                                                                          \
                UNROLL for (int i = 0; i < 4; i++) {                                                                                        \
                    const FLOATS x = quad_float(codes, i) - (i % 2 ? high : low);                                                           \
                    *(__local FLOATS *)(to + (4 * quad + i) * 16) = plain ? scale * x : scale * (x - zero) - offset;                          \
                }                                                                                                                           \
            }                                                                                                                               \
            block += CODE_WORDS(BITS) * PANEL;                                                                                             \
            to += CODE_ROWS(BITS) * 16;                                                                                                 \
        }                                                                                                                                   \
    }
WIDEN_FUNCTION(8)
WIDEN_FUNCTION(6)
WIDEN_FUNCTION(4)
WIDEN_FUNCTION(3)
WIDEN_FUNCTION(2)

static widen_terms terms_of(const mixed_params *p, __global const uchar *packed, ulong place)
{
    widen_terms terms = {group_minus(p, packed, place), mixed_lanes(packed + p->scales, place, p->scale_type), 0.0f, 0.0f, group_is_plain(p)};
    if (p->has_offsets) terms.offset = mixed_lanes(packed + p->zero_points, place, p->scale_type);
    else if (!terms.is_plain) terms.zero = mixed_lanes(packed + p->zero_points, place, p->zero_point_type);
    return terms;
}

/* Packed rows begin .. end of a panel, [PANEL / 16][DEPTH][16]. Inlined by force: mixed_tile.cl says why. */
ALWAYS void widen_panel(const mixed_params *p, __global const uchar *packed, int panel, int begin, int end, __local float *to)
{
    __global const uint *words = group_words(p, packed, panel);
    const ulong row_words = (ulong)p->code_bits * PANEL; /* of 32 packed rows */
    for (int first = begin, group = begin / p->group_rows; first < end; group++) {
        const int last = (int)min((long)end, ((long)group + 1) * p->group_rows);
        for (int v = 0; v < VECTORS; v++) {
            const widen_terms terms = terms_of(p, packed, group_place(p, panel, group) + v * LANES);
            __global const uint *block = words + first * row_words / 32 + v * LANES;
            __local float *line = to + v * LANES / 16 * DEPTH * 16 + (first - begin) * 16 + v * LANES % 16;
            switch (p->code_bits) {
            case 8: widen_8(&terms, block, last - first, line); break;
            case 6: widen_6(&terms, block, last - first, line); break;
            case 4: widen_4(&terms, block, last - first, line); break;
            case 3: widen_3(&terms, block, last - first, line); break;
            default: widen_2(&terms, block, last - first, line); break;
            }
        }
        first = last;
    }
}

/* Columns begin .. end of some rows of a, zero behind each row's last. A few rows at a time: the place must differ from call to call (mixed_tile.cl). */
ALWAYS void widen_rows(const mixed_params *p, __global const uchar *a, ulong first, int rows, int begin, int end, __local float *to)
{
    const int there = clamp(p->k - begin, 0, end - begin);
    const ulong size = mixed_size(p->a_type);
    for (int i = 0; i < rows && there; i += 8) {
        block_copy_rows((block_place){to + i * A_STRIDE, A_STRIDE, 16}, a + (first + i * p->a_row + begin) * size, p->a_type, p->a_row, min(8, rows - i), there);
    }
    for (int i = 0; i < rows && there < end - begin; i++) {
        for (int k = there; k < end - begin; k++) to[i * A_STRIDE + k] = 0.0f;
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void gemm_weights_tile(__global const uchar *a, __global const uchar *b, __global const uchar *tables,
                                                                               __global const uchar *residual, __global uchar *c,
                                                                               __global const uchar *row_scales, OP_COUNT, const mixed_params p)
{
    __local float a_block[BLOCK_ROWS * A_STRIDE] __attribute__((aligned(64)));
    __local float b_block[PANEL / 16 * DEPTH * 16] __attribute__((aligned(64)));
    __local float sums[BLOCK_ROWS * BLOCK_COLUMNS] __attribute__((aligned(64)));
    OP_BEGUN();
    if (p.m == 0) return;
    const uint outer = get_group_id(2) / p.inner_batches, inner = get_group_id(2) % p.inner_batches;
    const int row = get_group_id(1) * p.block_rows, rows = min(p.block_rows, p.m - row);
    const int first_panel = (int)get_group_id(0) * p.run, panels = min((p.n + PANEL - 1) / PANEL - first_panel, p.run);
    __global const uchar *packed = b + p.head.offset[1] + outer * p.b_batch[0] + inner * p.b_batch[1];
    for (int i = 0; i < panels * PANEL / 16 * BLOCK_ROWS; i++) *(__local float16 *)(sums + 16 * i) = 0.0f;
    for (int begin = 0; begin < p.packed_rows; begin += DEPTH) {
        const int end = min(p.packed_rows, begin + DEPTH);
        widen_rows(&p, a + p.head.offset[0], outer * p.a_batch[0] + inner * p.a_batch[1] + row * p.a_row, rows, begin, end, a_block);
        for (int panel = 0; panel < panels; panel++) {
            widen_panel(&p, packed, first_panel + panel, begin, end, b_block);
            for (int j = 0; j < PANEL / 16; j += TILE_PANELS) {
                tiles__local(a_block, b_block + j * DEPTH * 16, DEPTH * 16, end - begin, rows, sums + (panel * (PANEL / 16) + j) * SUMS_PANEL);
            }
        }
    }
    const group_target to = {(__global const float *)(tables + p.head.offset[2]), residual + p.head.offset[3], row_scales, c + p.head.offset[4],
                             outer * p.residual_batch[0] + inner * p.residual_batch[1], outer * p.c_batch[0] + inner * p.c_batch[1], get_group_id(2) * p.m};
    for (int i = 0; i < rows; i++) {
        for (int j = 0; j < panels * (PANEL / 16); j++) {
            const int column = first_panel * PANEL + j * 16;
            if (column < p.n) store_lanes(&p, &to, sums + j * SUMS_PANEL + 16 * i, row + i, column);
        }
    }
}
