/* SPDX-License-Identifier: Apache-2.0 */
/* mixed/local_sums_f32 of halves: the products of a tile's TILE_K rows are added up in f16, two columns an instruction, those sums in binary32
 * (docs/numerics.md, "Sums in f16"). */
#if !defined(ITEM_ROWS) || !defined(ITEM_COLUMNS)
#error "ITEM_ROWS and ITEM_COLUMNS must be defined"
#endif
#pragma OPENCL EXTENSION cl_khr_fp16 : enable
#define ITEMS 256
#define TILE_K 16
#define TILE_M (16 * ITEM_ROWS)
#define TILE_N (16 * ITEM_COLUMNS)
#define TILE_PAD 2   /* pairs of halves stay whole */
#define TILE_ROW(y, i) ((y) * ITEM_ROWS + (i))
#define TILE_COLUMN(x, j) (2 * ((x) + 16 * ((j) / 2)) + (j) % 2)
#define PAIRS (ITEM_COLUMNS / 2)

typedef half tile_value;

static inline void multiply_tiles(__local const tile_value *a_tile, __local const tile_value *b_tile, int x, int y, float sums[ITEM_ROWS][ITEM_COLUMNS])
{
    half2 parts[ITEM_ROWS][PAIRS];
    #pragma unroll
    for (int i = 0; i < ITEM_ROWS; i++) {
        #pragma unroll
        for (int j = 0; j < PAIRS; j++) parts[i][j] = (half2)(0.0h);
    }
    for (int step = 0; step < TILE_K; step++) {
        half2 weight[PAIRS];
        #pragma unroll
        for (int j = 0; j < PAIRS; j++) weight[j] = ((__local const half2 *)b_tile)[step * ((TILE_N + TILE_PAD) / 2) + x + 16 * j];
        #pragma unroll
        for (int i = 0; i < ITEM_ROWS; i++) {
            const half2 value = (half2)(a_tile[step * (TILE_M + TILE_PAD) + TILE_ROW(y, i)]);
            #pragma unroll
            for (int j = 0; j < PAIRS; j++) parts[i][j] = fma(value, weight[j], parts[i][j]);
        }
    }
    #pragma unroll
    for (int i = 0; i < ITEM_ROWS; i++) {
        #pragma unroll
        for (int j = 0; j < PAIRS; j++) {
            sums[i][2 * j] += (float)parts[i][j].x;
            sums[i][2 * j + 1] += (float)parts[i][j].y;
        }
    }
}
