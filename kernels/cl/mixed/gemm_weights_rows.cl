/* SPDX-License-Identifier: Apache-2.0 */
/* Floats by integers with groups on CPUs, few rows: each weight is read once and used in registers. A work-item makes ROWS rows of `run` panels; sums of a group
 * are scaled once. */
#define CHUNK 1024      /* packed rows at a time: whole blocks */
#define MOST_RUN 4      /* panels */

/* sums[row][column] += a * (code - minus) over whole blocks, of COLUMNS vectors of columns from `block` on. Two sums for each where there are few. */
#define FEW_SUMS(ROWS, COLUMNS) ((ROWS) * (COLUMNS) < 8 ? 2 : 1)
#define ROWS_FUNCTION(NAME, ROWS, COLUMNS, BITS)                                                                                              \
    ALWAYS void NAME(const float *a, __global const uint *block, int blocks, const FLOATS *minus, FLOATS *sums)                               \
    {                                                                                                                                         \
        FLOATS s[ROWS * COLUMNS * FEW_SUMS(ROWS, COLUMNS)], low[COLUMNS], high[COLUMNS];                                                      \
        UNROLL for (int i = 0; i < ROWS * COLUMNS * FEW_SUMS(ROWS, COLUMNS); i++) s[i] = 0.0f;                                                \
        UNROLL for (int v = 0; v < COLUMNS; v++) {                                                                                            \
            low[v] = minus[v] + BASE_LOW;                                                                                                     \
            high[v] = minus[v] + BASE_HIGH;                                                                                                   \
        }                                                                                                                                     \
        _Pragma("unroll 1") for (int n = 0; n < blocks; n++) {                                                                                \
            UNROLL for (int w = 0; w < BLOCK_WORDS(BITS); w++)                                                                                \
                UNROLL for (int v = 0; v < COLUMNS; v += 64 / (4 * LANES)) AHEAD(block + w * PANEL + v * LANES);                              \
            UNROLL for (int quad = 0; quad < BLOCK_ROWS(BITS) / 4; quad++) {                                                                  \
                UNROLL for (int v = 0; v < COLUMNS; v++) {                                                                                    \
                    const UINTS codes = group_quad(block + v * LANES, BITS, quad);                                                            \
                    UNROLL for (int i = 0; i < 4; i++) {                                                                                      \
                        const FLOATS weight = quad_float(codes, i) - (i % 2 ? high[v] : low[v]);                                              \
                        UNROLL for (int row = 0; row < ROWS; row++) {                                                                         \
                            const int to = (row * COLUMNS + v) * FEW_SUMS(ROWS, COLUMNS) + i % FEW_SUMS(ROWS, COLUMNS);                       \
                            s[to] = fma((FLOATS)(a[row * CHUNK + 4 * quad + i]), weight, s[to]);                                              \
                        }                                                                                                                     \
                    }                                                                                                                         \
                }                                                                                                                             \
            }                                                                                                                                 \
            block += BLOCK_WORDS(BITS) * PANEL;                                                                                               \
            a += BLOCK_ROWS(BITS);                                                                                                            \
        }                                                                                                                                     \
        UNROLL for (int i = 0; i < ROWS * COLUMNS; i++)                                                                                       \
            sums[i] = FEW_SUMS(ROWS, COLUMNS) == 2 ? s[2 * i] + s[2 * i + FEW_SUMS(ROWS, COLUMNS) - 1] : s[i];                                \
    }

/* One chunk of a panel: `sums` are [ROWS][PANEL]. `words` are the panel's. */
#define CHUNK_FUNCTION(NAME, FUNCTION, ROWS, COLUMNS, BITS)                                                                                   \
    static void NAME(const mixed_params *p, __global const uchar *packed, __global const uint *words, int panel, int begin, int end,          \
                     const float *a, float *sums)                                                                                             \
    {                                                                                                                                         \
        for (int first = begin, group = begin / p->group_rows; first < end; group++) {                                                        \
            const int last = (int)min((long)end, ((long)group + 1) * p->group_rows);                                                          \
            const ulong place = group_place(p, panel, group);                                                                                 \
            for (int v = 0; v < VECTORS; v += COLUMNS) {                                                                                      \
                FLOATS minus[COLUMNS], part[ROWS * COLUMNS];                                                                                  \
                UNROLL for (int i = 0; i < COLUMNS; i++) minus[i] = group_minus(p, packed, place + (v + i) * LANES);                          \
                FUNCTION(a + first - begin, words + (ulong)(first / BLOCK_ROWS(BITS)) * (BLOCK_WORDS(BITS) * PANEL) + v * LANES,              \
                         (last - first) / BLOCK_ROWS(BITS), minus, part);                                                                     \
                UNROLL for (int i = 0; i < COLUMNS; i++) {                                                                                    \
                    const FLOATS scale = mixed_lanes(packed + p->scales, place + (v + i) * LANES, p->scale_type);                             \
                    UNROLL for (int row = 0; row < ROWS; row++) {                                                                             \
                        float *to = sums + row * PANEL + (v + i) * LANES;                                                                     \
                        PRIVATE_FLOATS(to) = fma(scale, part[row * COLUMNS + i], PRIVATE_FLOATS(to));                                         \
                    }                                                                                                                         \
                }                                                                                                                             \
            }                                                                                                                                 \
            first = last;                                                                                                                     \
        }                                                                                                                                     \
    }

#define FOR_BITS(ROWS, COLUMNS, BITS)                                         \
    ROWS_FUNCTION(blocks_##ROWS##_##BITS, ROWS, COLUMNS, BITS)                \
    CHUNK_FUNCTION(chunk_##ROWS##_##BITS, blocks_##ROWS##_##BITS, ROWS, COLUMNS, BITS)

#define CHUNK_CASE(ROWS, BITS) \
    case BITS: chunk_##ROWS##_##BITS(&p, packed, group_words(&p, packed, panel), panel, begin, end, staged, sums[panel - first_panel]); break;

#define KERNEL(ROWS, COLUMNS)                                                                                                                 \
    FOR_BITS(ROWS, COLUMNS, 8)                                                                                                                \
    FOR_BITS(ROWS, COLUMNS, 6)                                                                                                                \
    FOR_BITS(ROWS, COLUMNS, 4)                                                                                                                \
    FOR_BITS(ROWS, COLUMNS, 3)                                                                                                                \
    FOR_BITS(ROWS, COLUMNS, 2)                                                                                                                \
    __kernel __attribute__((reqd_work_group_size(1, 1, 1))) void gemm_weights_rows##ROWS(                                                     \
        __global const uchar *a, __global const uchar *b, __global const uchar *tables, __global const uchar *residual, __global uchar *c,    \
        __global const uchar *row_scales, OP_COUNT, const mixed_params p)                                                                     \
    {                                                                                                                                         \
        OP_BEGUN();                                                                                                                           \
        const uint outer = get_group_id(2) / max(p.inner_batches, 1), inner = get_group_id(2) % max(p.inner_batches, 1);                      \
        const uint row = get_group_id(1) * ROWS;                                                                                              \
        const int first_panel = (int)get_group_id(0) * p.run, end_panel = min((p.n + PANEL - 1) / PANEL, first_panel + p.run);                \
        if (row >= (uint)p.m || first_panel >= end_panel) return;                                                                             \
        __global const uchar *packed = b + p.head.offset[1];                                                                                  \
        float staged[ROWS * CHUNK] __attribute__((aligned(64))), sums[MOST_RUN][ROWS * PANEL] __attribute__((aligned(64)));                   \
        for (int i = 0; i < MOST_RUN * ROWS * PANEL; i++) sums[0][i] = 0.0f;                                                                  \
        for (int begin = 0; begin < p.packed_rows; begin += CHUNK) {                                                                          \
            const int end = min(p.packed_rows, begin + CHUNK);                                                                                \
            for (uint i = 0; i < ROWS; i++) {                                                                                                 \
                const ulong at = outer * p.a_batch[0] + inner * p.a_batch[1] + min(row + i, (uint)p.m - 1) * p.a_row;                         \
                stage_row(&p, a + p.head.offset[0], at, begin, end - begin, staged + i * CHUNK);                                              \
            }                                                                                                                                 \
            for (int panel = first_panel; panel < end_panel; panel++) {                                                                       \
                switch (p.code_bits) {                                                                                                        \
                    CHUNK_CASE(ROWS, 8)                                                                                                       \
                    CHUNK_CASE(ROWS, 6)                                                                                                       \
                    CHUNK_CASE(ROWS, 4)                                                                                                       \
                    CHUNK_CASE(ROWS, 3)                                                                                                       \
                    CHUNK_CASE(ROWS, 2)                                                                                                       \
                }                                                                                                                             \
            }                                                                                                                                 \
        }                                                                                                                                     \
        const group_target to = {(__global const float *)(tables + p.head.offset[2]), residual + p.head.offset[3], row_scales,                \
                                 c + p.head.offset[4], outer * p.residual_batch[0] + inner * p.residual_batch[1],                             \
                                 outer * p.c_batch[0] + inner * p.c_batch[1], get_group_id(2) * p.m};                                         \
        for (int panel = first_panel; panel < end_panel; panel++) {                                                                           \
            for (uint i = 0; i < ROWS && row + i < (uint)p.m; i++) store_row(&p, &to, sums[panel - first_panel] + i * PANEL, row + i, panel);  \
        }                                                                                                                                     \
    }

KERNEL(1, VECTORS)
KERNEL(2, VECTORS)
KERNEL(4, 2)
