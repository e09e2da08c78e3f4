/* SPDX-License-Identifier: Apache-2.0 */
/* Tiles in local memory and their product, in binary32: a work-group of 16 x 16 multiplies TILE_K rows of TILE_M by TILE_N, ITEM_ROWS x ITEM_COLUMNS a work-item.
 * mixed/local_sums_f16 is the same of halves. Tiles are [TILE_K][TILE_M + TILE_PAD] and [TILE_K][TILE_N + TILE_PAD]. */
#if !defined(ITEM_ROWS) || !defined(ITEM_COLUMNS)
#error "ITEM_ROWS and ITEM_COLUMNS must be defined"
#endif
#define ITEMS 256
#define TILE_K 16
#define TILE_M (16 * ITEM_ROWS)
#define TILE_N (16 * ITEM_COLUMNS)
#define TILE_PAD 1   /* so that writing along k meets each bank */
#define TILE_ROW(y, i) ((y) * ITEM_ROWS + (i))
#define TILE_COLUMN(x, j) ((x) + 16 * (j))

typedef float tile_value;

/* sums += product of the tiles, of work-item (x, y). */
static inline void multiply_tiles(__local const tile_value *a_tile, __local const tile_value *b_tile, int x, int y, float sums[ITEM_ROWS][ITEM_COLUMNS])
{
    for (int step = 0; step < TILE_K; step++) {
        float weight[ITEM_COLUMNS];
        #pragma unroll
        for (int j = 0; j < ITEM_COLUMNS; j++) weight[j] = b_tile[step * (TILE_N + TILE_PAD) + TILE_COLUMN(x, j)];
        #pragma unroll
        for (int i = 0; i < ITEM_ROWS; i++) {
            const float value = a_tile[step * (TILE_M + TILE_PAD) + TILE_ROW(y, i)];
            #pragma unroll
            for (int j = 0; j < ITEM_COLUMNS; j++) sums[i][j] = fma(value, weight[j], sums[i][j]);
        }
    }
}
