/* SPDX-License-Identifier: Apache-2.0 */
/* What up to 12 rows of words and a panel of 32 columns count: a lane is a column, and a row's word meets 32 columns at once.
 *
 *   lanes_tile(&product, a, height, b, totals)      totals[row][2 halves], of `height` rows of a
 *
 * Rows behind the last repeat it. LANES_A: the address space of a. */
#if !defined(LANES_A)
#error "LANES_A must be __global or __private"
#endif
#define TILE_ROWS 12

typedef struct lanes_product {
    int mode, groups;             /* of bits_params.cl */
    int a_planes, b_planes;
    ulong a_row, b_group, b_plane;
    const int *a_weights, *b_weights;
} lanes_product;

/* What one word of a row and 16 columns add to s (bits_params.cl): planes 0 and 1 of each, where the mode has two. */
static inline __attribute__((always_inline)) uint16 lanes_add(const int mode, uint16 sum, uint a0, uint a1, uint16 b0, uint16 b1)
{
    if (mode == BITS_XOR) return sum + count_ones(a0 ^ b0);
    if (mode == BITS_B1T2) return sum + count_ones((a0 ^ b1) & b0);
    if (mode == BITS_T2B1) return sum + count_ones((a1 ^ b0) & a0);
    if (mode == BITS_AND) return sum + count_ones(a0 & b0);
    const uint16 both = a0 & b0, negative = (a1 ^ b1) & both;
    return sum + count_ones(both ^ negative) - count_ones(negative);
}

/* Sums of a tile as variables of their own: arrays would not stay in registers. */
#define LANES_EACH_1(X) X(0)
#define LANES_EACH_4(X) X(0) X(1) X(2) X(3)
#define LANES_EACH_12(X) LANES_EACH_4(X) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11)
#define LANES_BEGIN(i) \
    uint16 low##i = 0, high##i = 0; \
    LANES_A const uint *row##i = a + min(i, last_row) * p->a_row;
#define LANES_STEP(i) \
    { \
        const uint a0 = row##i[word], a1 = a_has_two ? row##i[word + 1] : 0; \
        low##i = lanes_add(mode, low##i, a0, a1, b00, b10); \
        high##i = lanes_add(mode, high##i, a0, a1, b01, b11); \
    }
#define LANES_END(i) \
    totals[2 * i] += low##i * weight; \
    totals[2 * i + 1] += high##i * weight;

/* totals[row][2] += weight * what rows of plane a and 32 columns of plane b count over all groups. */
#define LANES_COUNT(name, EACH) \
    static inline __attribute__((always_inline)) void name(const int mode, const lanes_product *p, LANES_A const uint *a, int last_row, \
                                                           __global const uint *b, uint weight, uint16 *totals) \
    { \
        const bool a_has_two = mode == BITS_T2T2 || mode == BITS_T2B1, b_has_two = mode == BITS_T2T2 || mode == BITS_B1T2; \
        EACH(LANES_BEGIN) \
        for (int group = 0, word = 0; group < p->groups; group++, word += p->a_planes, b += p->b_group) { \
            const uint16 b00 = vload16(0, b), b01 = vload16(1, b); \
            const uint16 b10 = b_has_two ? vload16(0, b + p->b_plane) : 0, b11 = b_has_two ? vload16(1, b + p->b_plane) : 0; \
            EACH(LANES_STEP) \
        } \
        EACH(LANES_END) \
    }
LANES_COUNT(lanes_count_1, LANES_EACH_1)
LANES_COUNT(lanes_count_4, LANES_EACH_4)
LANES_COUNT(lanes_count_12, LANES_EACH_12)

#define LANES_CASE(mode, rows) \
    case mode: lanes_count_##rows(mode, p, a, last_row, b, 1, totals); break;
#define LANES_TILE(rows) \
    static void lanes_tile_##rows(const lanes_product *p, LANES_A const uint *a, int last_row, __global const uint *b, uint16 *totals) \
    { \
        switch (p->mode) { \
            LANES_CASE(BITS_XOR, rows) LANES_CASE(BITS_T2T2, rows) LANES_CASE(BITS_B1T2, rows) LANES_CASE(BITS_T2B1, rows) \
            default: \
                for (int i = 0; i < p->a_planes; i++) { \
                    for (int j = 0; j < p->b_planes; j++) { \
                        const uint weight = (uint)(p->a_weights[i] * p->b_weights[j]); \
                        lanes_count_##rows(BITS_AND, p, a + i, last_row, b + j * p->b_plane, weight, totals); \
                    } \
                } \
        } \
    }
LANES_TILE(1)
LANES_TILE(4)
LANES_TILE(12)

static inline void lanes_tile(const lanes_product *p, LANES_A const uint *a, int height, __global const uint *b, uint16 *totals)
{
    for (int i = 0; i < TILE_ROWS * 2; i++) totals[i] = 0;
    if (height == 1) lanes_tile_1(p, a, 0, b, totals);
    else if (height <= 4) lanes_tile_4(p, a, height - 1, b, totals);
    else lanes_tile_12(p, a, height - 1, b, totals);
}
