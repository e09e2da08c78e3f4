/* SPDX-License-Identifier: Apache-2.0 */
/* mixed/local_sums_f16 for devices without arithmetic of halves: tiles and partial sums are floats that halves can hold, rounded by a store and a load after
 * each product and each sum. Same places in the tiles, so that these are tested; one rounding more than the fma. */
#define ITEMS 256
#define TILE_K 16
#define TILE_M (16 * ITEM_ROWS)
#define TILE_N (16 * ITEM_COLUMNS)
#define TILE_PAD 2
#define TILE_ROW(y, i) ((y) * ITEM_ROWS + (i))
#define TILE_COLUMN(x, j) (2 * ((x) + 16 * ((j) / 2)) + (j) % 2)

typedef float tile_value;

static inline float as_half_number(float x)
{
    ushort bits;
    vstore_half_rte(x, 0, (half *)&bits);
    return vload_half(0, (const half *)&bits);
}

static inline void multiply_tiles(__local const tile_value *a_tile, __local const tile_value *b_tile, int x, int y, float sums[ITEM_ROWS][ITEM_COLUMNS])
{
    for (int i = 0; i < ITEM_ROWS; i++) {
        for (int j = 0; j < ITEM_COLUMNS; j++) {
            float part = 0.0f;
            for (int step = 0; step < TILE_K; step++) {
                const float value = as_half_number(a_tile[step * (TILE_M + TILE_PAD) + TILE_ROW(y, i)]);
                const float weight = as_half_number(b_tile[step * (TILE_N + TILE_PAD) + TILE_COLUMN(x, j)]);
                part = as_half_number(part + as_half_number(value * weight));
            }
            sums[i][j] += part;
        }
    }
}
