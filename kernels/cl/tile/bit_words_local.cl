/* SPDX-License-Identifier: Apache-2.0 */
/* 64 x 64 sums of products of bits by a work-group of 256 with local memory: tiles [word][row] of both sides, words that do not exist being 0; an item counts
 * for 4 x 4 of them in registers: rows i / 16 * 4 + j, columns i % 16 + 16 j. */
#if LANES != 1
#error "LANES must be 1"
#endif
#define ITEMS 256
#define TILE 64
#define STRIDE (TILE + 1)   /* so that items that write along k meet different banks */
#define DEPTH 16            /* words of a row in a tile */
#define PER_ITEM 4

/* How two sides are counted: bits/bits_params.cl. */
typedef struct word_form {
    int mode, a_planes, b_planes;
    const int *a_weights, *b_weights;
} word_form;

static inline void load_words(const __local uint *from, uint step, uint *words)
{
    #pragma unroll
    for (int i = 0; i < PER_ITEM; i++) words[i] = from[i * step];
}

#define FOR_SUMS                                  \
    _Pragma("unroll")                             \
    for (int i = 0; i < PER_ITEM; i++)            \
        _Pragma("unroll")                         \
        for (int j = 0; j < PER_ITEM; j++)

/* `groups` groups of the tiles; a and b: where this item's rows and columns begin. */
static inline void multiply_signs(const word_form *p, const __local uint *a, const __local uint *b, int groups, uint sums[PER_ITEM][PER_ITEM])
{
    uint x[PER_ITEM], x_nonzero[PER_ITEM], y[PER_ITEM], y_nonzero[PER_ITEM];
    for (int g = 0; g < groups; g++) {
        load_words(a + (g * p->a_planes + p->a_planes - 1) * STRIDE, 1, x);
        load_words(b + (g * p->b_planes + p->b_planes - 1) * STRIDE, 16, y);
        if (p->mode == BITS_XOR) {
            FOR_SUMS sums[i][j] += popcount(x[i] ^ y[j]);
        } else if (p->mode == BITS_B1T2) {
            load_words(b + g * p->b_planes * STRIDE, 16, y_nonzero);
            FOR_SUMS sums[i][j] += popcount((x[i] ^ y[j]) & y_nonzero[j]);
        } else {
            load_words(a + g * p->a_planes * STRIDE, 1, x_nonzero);
            if (p->mode == BITS_T2B1) {
                FOR_SUMS sums[i][j] += popcount((x[i] ^ y[j]) & x_nonzero[i]);
            } else {
                load_words(b + g * p->b_planes * STRIDE, 16, y_nonzero);
                FOR_SUMS sums[i][j] += popcount(x_nonzero[i] & y_nonzero[j]) - 2u * popcount((x[i] ^ y[j]) & x_nonzero[i] & y_nonzero[j]);
            }
        }
    }
}

static inline void multiply_planes(const word_form *p, const __local uint *a, const __local uint *b, int groups, uint sums[PER_ITEM][PER_ITEM])
{
    uint x[PER_ITEM], y[PER_ITEM];
    for (int i_plane = 0; i_plane < p->a_planes; i_plane++) {
        for (int j_plane = 0; j_plane < p->b_planes; j_plane++) {
            uint counts[PER_ITEM][PER_ITEM];
            FOR_SUMS counts[i][j] = 0;
            for (int g = 0; g < groups; g++) {
                load_words(a + (g * p->a_planes + i_plane) * STRIDE, 1, x);
                load_words(b + (g * p->b_planes + j_plane) * STRIDE, 16, y);
                FOR_SUMS counts[i][j] += popcount(x[i] & y[j]);
            }
            const uint weight = (uint)(p->a_weights[i_plane] * p->b_weights[j_plane]);
            FOR_SUMS sums[i][j] += weight * counts[i][j];
        }
    }
}

/* What is counted of one row or column alone. */
static inline uint weigh(const __local uint *from, int words, int planes, const int *weights)
{
    uint sum = 0;
    for (int word = 0; word < words; word++) sum += (uint)weights[word % planes] * popcount(from[word * STRIDE]);
    return sum;
}
