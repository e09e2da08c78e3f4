/* SPDX-License-Identifier: Apache-2.0 */
/* Rows quantized by the call (group_bytes.cl) by integers with groups, on CPUs. Sums of a group are integers, exact; then each is one float, scaled once:
 *
 *     sum of (a - za) * (q - z) = sum of a * q - za * (sum of q) - z * (sum of a - za)
 *
 * q are the codes as they are packed, never negative; a what group_bytes.cl has stored, za what stands for zero in it, 0 where a is wide. The part before this one
 * (tile/x86_group_avx2.cl, tile/x86_group_vnni.cl, tile/group_vectors.cl) has the products of a word of four codes a column with four of a:
 *
 *     GROUP_A_IS_WIDE(bits)   whether a has 16 bits for codes of so many
 *     GROUP_FLUSH             words that sums of NARROW_SUMS and CODE_SUMS can take
 *     NARROW_ADD(sum, codes, a), NARROW_TOTAL(sum); CODE_ADD(sum, codes), CODE_TOTAL(sum)   a: bytes. Sums of products, of codes, and the INTS they are
 *     WIDE_ADD(sum, codes, low, high)                                                       a: 16 bits, sums are INTS
 *
 * A work-item makes p.block_rows rows of `run` panels. */
#define MOST_ROWS 96    /* of a work-item */
#define CHUNK 1024      /* packed rows that all rows of a meet before the next: at most, but for one group */

/* Some rows of a, vectors of columns of a panel, and groups. */
typedef struct group_walk {
    const mixed_params *p;
    __global const uchar *packed;
    __global const uint *words;       /* of the first group, from the first column on */
    __global const uchar *a;          /* of the first group */
    ulong a_stride;                   /* bytes */
    __global const int *zeros;        /* of each row */
    __global const int *sums;         /* of the first group; of the next row `groups` behind */
    ulong place;                      /* of the first group's terms */
    int groups, first_row, last_row;  /* packed rows */
} group_walk;

/* What a group's columns share among rows: float sums += scale * (x - zero * a_sum) - offset * a_sum. */
typedef struct group_ends {
    FLOATS scale, zero, offset;
    UINTS minus;
} group_ends;

ALWAYS group_ends group_ends_of(const mixed_params *p, __global const uchar *packed, ulong place)
{
    group_ends ends = {mixed_lanes(packed + p->scales, place, p->scale_type), 0.0f, 0.0f, group_minus_codes(p, packed, place)};
    if (p->has_offsets) ends.offset = mixed_lanes(packed + p->zero_points, place, p->scale_type);
    else if (!group_is_plain(p)) ends.zero = mixed_lanes(packed + p->zero_points, place, p->zero_point_type);
    return ends;
}

#define A_WORD(row, quad) ((UINTS)(*(__global const uint *)(a + (row) * stride + 4 * (quad))))
#define A_LOW(row, quad) ((UINTS)(*(__global const uint *)(a + (row) * stride + 8 * (quad))))
#define A_HIGH(row, quad) ((UINTS)(*(__global const uint *)(a + (row) * stride + 8 * (quad) + 4)))

#define NARROW_BLOCK(ROWS, COUNT, BITS)                                                                                                     \
    UNROLL for (int quad = 0; quad < CODE_ROWS(BITS) / 4; quad++) {                                                                         \
        UNROLL for (int v = 0; v < COUNT; v++) {                                                                                            \
            const UINTS codes = group_quad(block + v * LANES, BITS, quad);                                                                  \
            UNROLL for (int row = 0; row < ROWS; row++) NARROW_ADD(part[row][v], codes, A_WORD(row, quad));                                 \
            CODE_ADD(code_part[v], codes);                                                                                                  \
        }                                                                                                                                   \
    }

#define WIDE_BLOCK(ROWS, COUNT, BITS)                                                                                                       \
    UNROLL for (int quad = 0; quad < CODE_ROWS(BITS) / 4; quad++) {                                                                         \
        UNROLL for (int v = 0; v < COUNT; v++) {                                                                                            \
            const UINTS codes = group_quad(block + v * LANES, BITS, quad);                                                                  \
            UNROLL for (int row = 0; row < ROWS; row++) WIDE_ADD(total[row][v], codes, A_LOW(row, quad), A_HIGH(row, quad));                \
        }                                                                                                                                   \
    }

#define NEXT_BLOCK(COUNT, BITS)                                                                                                             \
    UNROLL for (int w = 0; w < CODE_WORDS(BITS); w++) UNROLL for (int line = 0; line < COUNT * LANES; line += 16) AHEAD(block + w * PANEL + line); \
    block += CODE_WORDS(BITS) * PANEL;                                                                                                      \
    a += CODE_ROWS(BITS) * (GROUP_A_IS_WIDE(BITS) ? 2 : 1);

#define FLUSH_BLOCKS(BITS) (GROUP_FLUSH * 4 / CODE_ROWS(BITS))

/* The integer sums of one group. */
#define NARROW_GROUP(ROWS, COUNT, BITS)                                                                                                     \
    while (blocks > 0) {                                                                                                                    \
        NARROW_SUMS part[ROWS][COUNT];                                                                                                      \
        CODE_SUMS code_part[COUNT];                                                                                                         \
        UNROLL for (int v = 0; v < COUNT; v++) {                                                                                            \
            UNROLL for (int row = 0; row < ROWS; row++) part[row][v] = 0;                                                                   \
            code_part[v] = 0;                                                                                                               \
        }                                                                                                                                   \
        if (blocks >= FLUSH_BLOCKS(BITS)) {                                                                                                 \
            UNROLL for (int i = 0; i < FLUSH_BLOCKS(BITS); i++) {                                                                           \
                NARROW_BLOCK(ROWS, COUNT, BITS)                                                                                             \
                NEXT_BLOCK(COUNT, BITS)                                                                                                     \
            }                                                                                                                               \
        } else {                                                                                                                            \
            _Pragma("unroll 1") for (int i = 0; i < blocks; i++) {                                                                          \
                NARROW_BLOCK(ROWS, COUNT, BITS)                                                                                             \
                NEXT_BLOCK(COUNT, BITS)                                                                                                     \
            }                                                                                                                               \
        }                                                                                                                                   \
        blocks -= FLUSH_BLOCKS(BITS);                                                                                                       \
        UNROLL for (int v = 0; v < COUNT; v++) {                                                                                            \
            UNROLL for (int row = 0; row < ROWS; row++) total[row][v] += NARROW_TOTAL(part[row][v]);                                        \
            code_total[v] += CODE_TOTAL(code_part[v]);                                                                                      \
        }                                                                                                                                   \
    }

#define WIDE_GROUP(ROWS, COUNT, BITS)                                                                                                       \
    _Pragma("unroll 1") for (; blocks > 0; blocks--) {                                                                                      \
        WIDE_BLOCK(ROWS, COUNT, BITS)                                                                                                       \
        NEXT_BLOCK(COUNT, BITS)                                                                                                             \
    }

/* Adds to sums, [row][PANEL], of ROWS rows and COUNT vectors of columns. */
#define WALK_FUNCTION(NAME, ROWS, COUNT, BITS)                                                                                              \
    static __attribute__((noinline)) void NAME(const group_walk *walk, float *sums)                                                 \
    {                                                                                                                                       \
        const mixed_params *p = walk->p;                                                                                                    \
        __global const uint *block = walk->words;                                                                                           \
        __global const uchar *a = walk->a;                                                                                                  \
        const ulong stride = walk->a_stride;                                                                                                \
        const int group_rows = p->group_rows;                                                                                               \
        ulong place = walk->place;                                                                                                          \
        __global const int *a_sums = walk->sums;                                                                                            \
        FLOATS all[ROWS][COUNT];                                                                                                            \
        UNROLL for (int v = 0; v < COUNT; v++) UNROLL for (int row = 0; row < ROWS; row++) all[row][v] = PRIVATE_FLOATS(sums + row * PANEL + v * LANES); \
        for (int first = walk->first_row; first < walk->last_row; first += group_rows, place += PANEL, a_sums++) {                          \
            int blocks = min(group_rows, walk->last_row - first) / CODE_ROWS(BITS);                                                         \
            INTS total[ROWS][COUNT], code_total[COUNT];                                                                                     \
            UNROLL for (int v = 0; v < COUNT; v++) {                                                                                        \
                UNROLL for (int row = 0; row < ROWS; row++) total[row][v] = 0;                                                              \
                code_total[v] = 0;                                                                                                          \
            }                                                                                                                               \
            if (GROUP_A_IS_WIDE(BITS)) { WIDE_GROUP(ROWS, COUNT, BITS) } else { NARROW_GROUP(ROWS, COUNT, BITS) }                           \
            UNROLL for (int v = 0; v < COUNT; v++) {                                                                                        \
                const group_ends ends = group_ends_of(p, walk->packed, place + v * LANES);                                                  \
                UNROLL for (int row = 0; row < ROWS; row++) {                                                                               \
                    const int a_sum = a_sums[row * walk->groups];                                                                           \
                    INTS x = total[row][v] - AS_INTS(ends.minus) * (INTS)a_sum;                                                             \
                    if (!GROUP_A_IS_WIDE(BITS)) x -= code_total[v] * (INTS)walk->zeros[row];                                                \
                    FLOATS y = TO_FLOATS(x);                                                                                                \
                    if (!group_is_plain(p)) {                                                                                               \
                        y -= ends.zero * (FLOATS)(float)a_sum;                                                                              \
                        all[row][v] -= ends.offset * (FLOATS)(float)a_sum;                                                                  \
                    }                                                                                                                       \
                    all[row][v] = fma(ends.scale, y, all[row][v]);                                                                          \
                }                                                                                                                           \
            }                                                                                                                               \
        }                                                                                                                                   \
        UNROLL for (int v = 0; v < COUNT; v++) UNROLL for (int row = 0; row < ROWS; row++) PRIVATE_FLOATS(sums + row * PANEL + v * LANES) = all[row][v]; \
    }

/* One row: all of a panel, so that its lines are read as they stand. */
#define FEW_COUNT VECTORS
#define MANY_COUNT 2
#define EACH_ROWS(BITS)                              \
    WALK_FUNCTION(walk_1_##BITS, 1, FEW_COUNT, BITS) \
    WALK_FUNCTION(walk_2_##BITS, 2, MANY_COUNT, BITS) \
    WALK_FUNCTION(walk_4_##BITS, 4, MANY_COUNT, BITS)
EACH_ROWS(8)
EACH_ROWS(6)
EACH_ROWS(4)
EACH_ROWS(3)
EACH_ROWS(2)

#define WALK_CASE(ROWS) \
    switch (walk->p->code_bits) { \
    case 8: walk_##ROWS##_8(walk, sums); break; \
    case 6: walk_##ROWS##_6(walk, sums); break; \
    case 4: walk_##ROWS##_4(walk, sums); break; \
    case 3: walk_##ROWS##_3(walk, sums); break; \
    default: walk_##ROWS##_2(walk, sums); break; \
    }

/* `rows` rows by a panel. */
static void walk_rows(group_walk *walk, int rows, float *sums)
{
    for (int i = 0, count; i < rows; i += count, sums += count * PANEL) {
        count = rows - i >= 4 ? 4 : rows - i >= 2 ? 2 : 1;
        if (count == 1) WALK_CASE(1)
        for (int v = 0; count > 1 && v < VECTORS; v += MANY_COUNT) {
            if (count == 2) WALK_CASE(2) else WALK_CASE(4)
            sums += MANY_COUNT * LANES, walk->words += MANY_COUNT * LANES, walk->place += MANY_COUNT * LANES;
        }
        if (count > 1) sums -= PANEL, walk->words -= PANEL, walk->place -= PANEL;
        walk->a += count * walk->a_stride, walk->zeros += count, walk->sums += count * walk->groups;
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void gemm_weights_bytes(__global const uchar *a, __global const uchar *b, __global const uchar *tables,
                                                                                __global const uchar *residual, __global uchar *c,
                                                                                __global const uchar *row_terms, OP_COUNT, const mixed_params p)
{
    OP_BEGUN();
    const uint outer = get_group_id(2) / max(p.inner_batches, 1), inner = get_group_id(2) % max(p.inner_batches, 1);
    const int first_panel = (int)get_group_id(0) * p.run, end_panel = min((p.n + PANEL - 1) / PANEL, first_panel + p.run);
    if (p.m == 0 || first_panel >= end_panel) return;
    const int row = (int)get_group_id(1) * p.block_rows, rows = min(p.block_rows, p.m - row);
    __local float results[PANEL] __attribute__((aligned(64)));
    float sums[MOST_ROWS * PANEL] __attribute__((aligned(64)));
    __global const uchar *packed = b + p.head.offset[1], *terms = row_terms + p.head.offset[5];
    const ulong line = get_group_id(2) * p.m + row, lines = get_num_groups(2) * p.m, row_words = (ulong)p.code_bits * PANEL;   /* of 32 packed rows */
    const int groups = (p.packed_rows + p.group_rows - 1) / p.group_rows, chunk = max(1, CHUNK / p.group_rows), a_size = GROUP_A_IS_WIDE(p.code_bits) ? 2 : 1;
    const group_target to = {(__global const float *)(tables + p.head.offset[2]), residual + p.head.offset[3], row_terms, c + p.head.offset[4],
                             outer * p.residual_batch[0] + inner * p.residual_batch[1], outer * p.c_batch[0] + inner * p.c_batch[1], get_group_id(2) * p.m};
    for (int panel = first_panel; panel < end_panel; panel++) {
        for (int i = 0; i < rows * PANEL; i++) sums[i] = 0.0f;
        for (int group = 0; group < groups; group += chunk) {
            const int first = group * p.group_rows;
            group_walk walk = {.p = &p, .packed = packed, .words = group_words(&p, packed, panel) + first * row_words / 32,
                               .a = a + p.head.offset[0] + (line * p.packed_rows + first) * a_size, .a_stride = (ulong)p.packed_rows * a_size,
                               .zeros = GROUP_ZEROS(terms, lines) + line, .sums = GROUP_SUMS(terms, lines) + line * groups + group,
                               .place = group_place(&p, panel, group), .groups = groups, .first_row = first,
                               .last_row = (int)min((long)p.packed_rows, ((long)group + chunk) * p.group_rows)};
            walk_rows(&walk, rows, sums);
        }
        for (int i = 0; i < 2 * rows; i++) {
            const int column = panel * PANEL + i % 2 * 16;
            if (column >= p.n) continue;
            *(__local float16 *)(results + i % 2 * 16) = *(const float16 *)(sums + i * 16);
            store_lanes(&p, &to, results + i % 2 * 16, row + i / 2, column);
        }
    }
}
#undef CHUNK
#undef MOST_ROWS
