/* SPDX-License-Identifier: Apache-2.0 */
#include "float_product.h"

#include <string.h>

#define TILE_M 4
#define TILE_N 8
#define TILE_DEPTH 256 /* one panel of b fits the first-level cache */

/* c tile += a panel' * b panel. Sums stay in registers; the loops over i and j have constant bounds and are unrolled. */
static void add_tile(const float *restrict a, int a_stride, const float *restrict panel, int depth, float *restrict c, int c_stride)
{
    float sums[TILE_M][TILE_N] = {{0}};
    for (int p = 0; p < depth; p++) {
        const float *left = a + (long)p * a_stride;
        const float *right = panel + p * TILE_N;
        for (int i = 0; i < TILE_M; i++) {
            for (int j = 0; j < TILE_N; j++) sums[i][j] += left[i] * right[j];
        }
    }
    for (int i = 0; i < TILE_M; i++) {
        for (int j = 0; j < TILE_N; j++) c[(long)i * c_stride + j] += sums[i][j];
    }
}

/* The same for a tile at the edge. */
static void add_edge(const float *restrict a, int a_stride, const float *restrict panel, int depth, float *restrict c, int c_stride, int rows, int columns)
{
    for (int p = 0; p < depth; p++) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) c[(long)i * c_stride + j] += a[(long)p * a_stride + i] * panel[p * TILE_N + j];
        }
    }
}

/* All rows of c, the columns of one panel of b. */
static void add_panel(const float_product *product, int p0, int j0)
{
    float panel[TILE_DEPTH * TILE_N];
    const int depth = product->depth - p0 < TILE_DEPTH ? product->depth - p0 : TILE_DEPTH;
    const int columns = product->n - j0 < TILE_N ? product->n - j0 : TILE_N;
    for (int p = 0; p < depth; p++) memcpy(panel + p * TILE_N, product->b + (long)(p0 + p) * product->b_stride + j0, (size_t)columns * sizeof *panel);
    for (int i = 0; i < product->m; i += TILE_M) {
        const float *a = product->a + (long)p0 * product->a_stride + i;
        float *c = product->c + (long)i * product->c_stride + j0;
        const int rows = product->m - i < TILE_M ? product->m - i : TILE_M;
        if (rows == TILE_M && columns == TILE_N) {
            add_tile(a, product->a_stride, panel, depth, c, product->c_stride);
        } else {
            add_edge(a, product->a_stride, panel, depth, c, product->c_stride, rows, columns);
        }
    }
}

void float_product_add(const float_product *product)
{
    for (int p0 = 0; p0 < product->depth; p0 += TILE_DEPTH) {
        for (int j0 = 0; j0 < product->n; j0 += TILE_N) add_panel(product, p0, j0);
    }
}
