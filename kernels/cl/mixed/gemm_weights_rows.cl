/* SPDX-License-Identifier: Apache-2.0 */
/* Floats by integers with groups on CPUs, up to MOST_ROWS rows: each weight is read once and used in registers. A work-item makes all rows of `run` panels; sums of
 * a group are scaled once. */
#define CHUNK 1024      /* packed rows at a time: whole blocks */
#define MOST_ROWS 4
#define MOST_RUN 4      /* panels */

/* sums[row] = sum of a * (code - minus) over whole blocks, for one vector of columns from `block` on: four sums at a time, so that all stays in registers.
 * Not inlined: the compiler would make copies of it for all that is around it. */
#define PARTS(ROWS) (4 / (ROWS))
#define BLOCKS_FUNCTION(NAME, ROWS, BITS)                                                                                                   \
    static __attribute__((noinline)) void NAME(const float *a, __global const uint *block, int blocks, const FLOATS *minus, FLOATS *sums)   \
    {                                                                                                                                       \
        const FLOATS low = *minus + BASE_LOW, high = *minus + BASE_HIGH;                                                                    \
        FLOATS s[4];                                                                                                                        \
        UNROLL for (int i = 0; i < 4; i++) s[i] = 0.0f;                                                                                     \
        _Pragma("unroll 1") for (int n = 0; n < blocks; n++) {                                                                              \
            UNROLL for (int w = 0; w < CODE_WORDS(BITS); w++) AHEAD(block + w * PANEL);                                                    \
            UNROLL for (int quad = 0; quad < CODE_ROWS(BITS) / 4; quad++) {                                                                \
                const UINTS codes = group_quad(block, BITS, quad);                                                                          \
                UNROLL for (int i = 0; i < 4; i++) {                                                                                        \
                    const FLOATS weight = quad_float(codes, i) - (i % 2 ? high : low);                                                      \
                    UNROLL for (int row = 0; row < ROWS; row++) {                                                                           \
                        const int to = row * PARTS(ROWS) + i % PARTS(ROWS);                                                                 \
                        s[to] = fma((FLOATS)(a[row * CHUNK + 4 * quad + i]), weight, s[to]);                                                \
                    }                                                                                                                       \
                }                                                                                                                           \
            }                                                                                                                               \
            block += CODE_WORDS(BITS) * PANEL;                                                                                             \
            a += CODE_ROWS(BITS);                                                                                                          \
        }                                                                                                                                   \
        UNROLL for (int row = 0; row < ROWS; row++) {                                                                                       \
            sums[row] = s[row * PARTS(ROWS)];                                                                                               \
            UNROLL for (int part = 1; part < PARTS(ROWS); part++) sums[row] += s[row * PARTS(ROWS) + part];                                 \
        }                                                                                                                                   \
    }

#define EACH_ROWS(BITS)                   \
    BLOCKS_FUNCTION(blocks_1_##BITS, 1, BITS) \
    BLOCKS_FUNCTION(blocks_2_##BITS, 2, BITS) \
    BLOCKS_FUNCTION(blocks_4_##BITS, 4, BITS)
EACH_ROWS(8)
EACH_ROWS(6)
EACH_ROWS(4)
EACH_ROWS(3)
EACH_ROWS(2)

#define BLOCKS_CASE(BITS)                                                            \
    case BITS:                                                                       \
        if (rows == 1) blocks_1_##BITS(a, block, count / CODE_ROWS(BITS), minus, sums);      \
        else if (rows == 2) blocks_2_##BITS(a, block, count / CODE_ROWS(BITS), minus, sums); \
        else blocks_4_##BITS(a, block, count / CODE_ROWS(BITS), minus, sums);                \
        break;

/* `count` packed rows, whole blocks. */
ALWAYS void sum_blocks(int bits, int rows, const float *a, __global const uint *block, int count, const FLOATS *minus, FLOATS *sums)
{
    switch (bits) {
        BLOCKS_CASE(8)
        BLOCKS_CASE(6)
        BLOCKS_CASE(4)
        BLOCKS_CASE(3)
        BLOCKS_CASE(2)
    }
}

/* Packed rows begin .. end of a panel by `rows` rows of a; `sums` are [MOST_ROWS][PANEL]. */
static __attribute__((noinline)) void sum_chunk(const mixed_params *p, __global const uchar *packed, int panel, int begin, int end, int rows, const float *a, float *sums)
{
    __global const uint *words = group_words(p, packed, panel);
    const ulong row_words = (ulong)p->code_bits * PANEL; /* of 32 packed rows */
    for (int first = begin, group = begin / p->group_rows; first < end; group++) {
        const int last = (int)min((long)end, ((long)group + 1) * p->group_rows);
        const ulong place = group_place(p, panel, group);
        for (int v = 0; v < VECTORS; v++) {
            const FLOATS minus = group_minus(p, packed, place + v * LANES), scale = mixed_lanes(packed + p->scales, place + v * LANES, p->scale_type);
            FLOATS part[MOST_ROWS];
            sum_blocks(p->code_bits, rows, a + first - begin, words + first * row_words / 32 + v * LANES, last - first, &minus, part);
            for (int row = 0; row < rows; row++) {
                float *to = sums + row * PANEL + v * LANES;
                PRIVATE_FLOATS(to) = fma(scale, part[row], PRIVATE_FLOATS(to));
            }
        }
        first = last;
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void gemm_weights_rows(__global const uchar *a, __global const uchar *b, __global const uchar *tables,
                                                                               __global const uchar *residual, __global uchar *c,
                                                                               __global const uchar *row_scales, OP_COUNT, const mixed_params p)
{
    OP_BEGUN();
    const uint outer = get_group_id(2) / max(p.inner_batches, 1), inner = get_group_id(2) % max(p.inner_batches, 1);
    const int first_panel = (int)get_group_id(0) * p.run, end_panel = min((p.n + PANEL - 1) / PANEL, first_panel + p.run);
    if (p.m == 0 || first_panel >= end_panel) return;
    __global const uchar *packed = b + p.head.offset[1] + outer * p.b_batch[0] + inner * p.b_batch[1];
    const int rows = p.m > 2 ? 4 : p.m; /* of a's */
    __local float results[PANEL] __attribute__((aligned(64)));
    float staged[MOST_ROWS * CHUNK] __attribute__((aligned(64))), sums[MOST_RUN][MOST_ROWS * PANEL] __attribute__((aligned(64)));
    for (int i = 0; i < MOST_RUN * MOST_ROWS * PANEL; i++) sums[0][i] = 0.0f;
    for (int begin = 0; begin < p.packed_rows; begin += CHUNK) {
        const int end = min(p.packed_rows, begin + CHUNK);
        for (int i = 0; i < rows; i++) {
            stage_row(&p, a + p.head.offset[0], outer * p.a_batch[0] + inner * p.a_batch[1] + min(i, p.m - 1) * p.a_row, begin, end - begin, staged + i * CHUNK);
        }
        for (int panel = first_panel; panel < end_panel; panel++) sum_chunk(&p, packed, panel, begin, end, rows, staged, sums[panel - first_panel]);
    }
    const group_target to = {(__global const float *)(tables + p.head.offset[2]), residual + p.head.offset[3], row_scales, c + p.head.offset[4],
                             outer * p.residual_batch[0] + inner * p.residual_batch[1], outer * p.c_batch[0] + inner * p.c_batch[1], get_group_id(2) * p.m};
    for (int panel = first_panel; panel < end_panel; panel++) {
        for (int i = 0; i < 2 * p.m; i++) {
            const int column = panel * PANEL + i % 2 * 16;
            if (column >= p.n) continue;
            *(__local float16 *)(results + i % 2 * 16) = *(const float16 *)(sums[panel - first_panel] + i * 16);
            store_lanes(&p, &to, results + i % 2 * 16, i / 2, column);
        }
    }
}
#undef CHUNK
#undef MOST_ROWS
#undef MOST_RUN
