/* SPDX-License-Identifier: Apache-2.0 */
/* Floats by integers with groups on CPUs, many rows: a block of DEPTH rows of a panel becomes floats once, in memory that stays in the first cache, and serves
 * up to MOST_ROWS rows. A work-item makes as many rows of `run` panels. */
#define DEPTH 128                         /* packed rows at a time: whole blocks */
#define TILE_RUN 4                        /* panels */
#define TILE_ROWS (LANES == 8 ? 3 : 8)    /* sums of a tile stay in registers */
#define MOST_ROWS (LANES == 8 ? 66 : 64)

/* What makes weights of codes, of one vector of columns: scale * ((code - minus) - zero) - offset. */
typedef struct widen_terms {
    FLOATS minus, scale, zero, offset;
    bool is_plain;                        /* zero and offset are 0 */
} widen_terms;

/* `count` packed rows, whole blocks, as floats: a line of PANEL for each. */
#define WIDEN_FUNCTION(BITS)                                                                                                                \
    static __attribute__((noinline)) void widen_##BITS(const widen_terms *terms, __global const uint *block, int count, float *to)          \
    {                                                                                                                                       \
        const FLOATS low = terms->minus + BASE_LOW, high = terms->minus + BASE_HIGH, scale = terms->scale, zero = terms->zero, offset = terms->offset;\
        const bool plain = terms->is_plain;                                                                                                 \
        _Pragma("unroll 1") for (int row = 0; row < count; row += BLOCK_ROWS(BITS)) {                                                       \
            UNROLL for (int w = 0; w < BLOCK_WORDS(BITS); w++) AHEAD(block + w * PANEL);                                                    \
            UNROLL for (int quad = 0; quad < BLOCK_ROWS(BITS) / 4; quad++) {                                                                \
                const UINTS codes = group_quad(block, BITS, quad);                                                                          \
                UNROLL for (int i = 0; i < 4; i++) {                                                                                        \
                    const FLOATS x = quad_float(codes, i) - (i % 2 ? high : low);                                                           \
                    PRIVATE_FLOATS(to + (4 * quad + i) * PANEL) = plain ? scale * x : scale * (x - zero) - offset;                          \
                }                                                                                                                           \
            }                                                                                                                               \
            block += BLOCK_WORDS(BITS) * PANEL;                                                                                             \
            to += BLOCK_ROWS(BITS) * PANEL;                                                                                                 \
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

/* Packed rows begin .. end of a panel, [row][PANEL]. */
static __attribute__((noinline)) void widen_panel(const mixed_params *p, __global const uchar *packed, int panel, int begin, int end, float *to)
{
    __global const uint *words = group_words(p, packed, panel);
    const ulong row_words = (ulong)p->code_bits * PANEL; /* of 32 packed rows */
    for (int first = begin, group = begin / p->group_rows; first < end; group++) {
        const int last = (int)min((long)end, ((long)group + 1) * p->group_rows);
        for (int v = 0; v < VECTORS; v++) {
            const widen_terms terms = terms_of(p, packed, group_place(p, panel, group) + v * LANES);
            __global const uint *block = words + first * row_words / 32 + v * LANES;
            float *line = to + (first - begin) * PANEL + v * LANES;
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

/* TILE_ROWS rows by a panel over `depth` rows of b; sums are [row][PANEL]. */
static __attribute__((noinline)) void tile_product(const float *a, const float *weights, int depth, float *sums)
{
    FLOATS s[TILE_ROWS * VECTORS];
    UNROLL for (int i = 0; i < TILE_ROWS * VECTORS; i++) s[i] = PRIVATE_FLOATS(sums + i * LANES);
    _Pragma("unroll 2") for (int k = 0; k < depth; k++) {
        FLOATS weight[VECTORS];
        UNROLL for (int v = 0; v < VECTORS; v++) weight[v] = PRIVATE_FLOATS(weights + k * PANEL + v * LANES);
        UNROLL for (int row = 0; row < TILE_ROWS; row++) {
            const FLOATS x = (FLOATS)(a[row * DEPTH + k]);
            UNROLL for (int v = 0; v < VECTORS; v++) s[row * VECTORS + v] = fma(x, weight[v], s[row * VECTORS + v]);
        }
    }
    UNROLL for (int i = 0; i < TILE_ROWS * VECTORS; i++) PRIVATE_FLOATS(sums + i * LANES) = s[i];
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void gemm_weights_tile(__global const uchar *a, __global const uchar *b, __global const uchar *tables,
                                                                               __global const uchar *residual, __global uchar *c,
                                                                               __global const uchar *row_scales, OP_COUNT, const mixed_params p)
{
    OP_BEGUN();
    const uint outer = get_group_id(2) / max(p.inner_batches, 1), inner = get_group_id(2) % max(p.inner_batches, 1);
    const uint row = get_group_id(1) * MOST_ROWS, rows = row < (uint)p.m ? min((uint)MOST_ROWS, (uint)p.m - row) : 0;
    const int first_panel = (int)get_group_id(0) * p.run, end_panel = min((p.n + PANEL - 1) / PANEL, first_panel + p.run);
    if (rows == 0 || first_panel >= end_panel) return;
    __global const uchar *packed = b + p.head.offset[1];
    float staged[MOST_ROWS * DEPTH] __attribute__((aligned(64))), weights[DEPTH * PANEL] __attribute__((aligned(64)));
    float sums[TILE_RUN][MOST_ROWS * PANEL] __attribute__((aligned(64)));
    const uint tiles = (rows + TILE_ROWS - 1) / TILE_ROWS;
    for (int panel = 0; panel < TILE_RUN; panel++) {
        for (uint i = 0; i < tiles * TILE_ROWS * PANEL; i++) sums[panel][i] = 0.0f;
    }
    for (int begin = 0; begin < p.packed_rows; begin += DEPTH) {
        const int end = min(p.packed_rows, begin + DEPTH);
        for (uint i = 0; i < tiles * TILE_ROWS; i++) {
            const ulong at = outer * p.a_batch[0] + inner * p.a_batch[1] + (row + min(i, rows - 1)) * p.a_row;
            stage_row(&p, a + p.head.offset[0], at, begin, end - begin, staged + i * DEPTH);
        }
        for (int panel = first_panel; panel < end_panel; panel++) {
            widen_panel(&p, packed, panel, begin, end, weights);
            for (uint tile = 0; tile < tiles; tile++) {
                tile_product(staged + tile * TILE_ROWS * DEPTH, weights, end - begin, sums[panel - first_panel] + tile * TILE_ROWS * PANEL);
            }
        }
    }
    const group_target to = {(__global const float *)(tables + p.head.offset[2]), residual + p.head.offset[3], row_scales, c + p.head.offset[4],
                             outer * p.residual_batch[0] + inner * p.residual_batch[1], outer * p.c_batch[0] + inner * p.c_batch[1], get_group_id(2) * p.m};
    for (int panel = first_panel; panel < end_panel; panel++) {
        for (uint i = 0; i < rows; i++) store_row(&p, &to, sums[panel - first_panel] + i * PANEL, row + i, panel);
    }
}
