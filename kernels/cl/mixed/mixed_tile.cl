/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of a few rows by TILE_PANELS panels of 16 columns, in registers over `depth` steps of k.
 *
 *   a        rows of A_STRIDE floats
 *   b        [depth][16], a panel; the next one `next` floats behind
 *   sums     [rows][16] of the first panel, the next one SUMS_PANEL floats behind: read, and written
 *
 * Inlined by force: PoCL 3.1 gives a local array of a kernel to the kernel only; a function that always gets the same one, and was told so by the
 * optimizer, reads another.
 *
 * A product and a sum contract where the device has that in one instruction, and are two roundings elsewhere: both are within the bound. */
#if !defined(TILE_ROWS) || !defined(TILE_PANELS)
#error "TILE_ROWS and TILE_PANELS must be defined"
#endif
#pragma OPENCL FP_CONTRACT ON

#ifndef TILE_STEP   /* a part before this one may define a step of another kind, whose values are more than one k */
typedef float tile_value;
typedef float16_anywhere tile_vector;
#define TILE_STEP(sum, value, weight) ((float16)(value) * (weight) + (sum))
#endif

#define SUM16(place) (*(__local float16_anywhere *)(sums + (place)))

#define TILE_TURN(ROWS, PANELS, SPACE, SUMS, K)                                                                                             \
    {                                                                                                                                       \
        tile_vector weight[PANELS];                                                                                                         \
        _Pragma("unroll") for (int j = 0; j < PANELS; j++) weight[j] = *(SPACE const tile_vector *)(b + j * next + 16 * (K));               \
        _Pragma("unroll") for (int i = 0; i < ROWS; i++) {                                                                                  \
            const tile_value x = a[i * A_STRIDE + (K)];                                                                                     \
            _Pragma("unroll") for (int j = 0; j < PANELS; j++) SUMS[i][j] = TILE_STEP(SUMS[i][j], x, weight[j]);                            \
        }                                                                                                                                   \
    }

/* PHASES: k of a turn, each with sums of its own, so that a tile of few rows does not wait for its own additions. */
#define TILE_FUNCTION(NAME, ROWS, PANELS, PHASES, SPACE)                                                                                    \
    INLINED void NAME(__local const tile_value *a, SPACE const tile_value *b, ulong next, int depth, __local float *sums)                   \
    {                                                                                                                                       \
        float16 s[PHASES][ROWS][PANELS];                                                                                                    \
        _Pragma("unroll") for (int i = 0; i < ROWS; i++)                                                                                    \
            _Pragma("unroll") for (int j = 0; j < PANELS; j++) {                                                                            \
                _Pragma("unroll") for (int phase = 1; phase < PHASES; phase++) s[phase][i][j] = 0.0f;                                       \
                s[0][i][j] = SUM16(16 * i + j * SUMS_PANEL);                                                                                \
            }                                                                                                                               \
        int k = 0;                                                                                                                          \
        _Pragma("unroll 2") for (; k + PHASES <= depth; k += PHASES)                                                                        \
            _Pragma("unroll") for (int phase = 0; phase < PHASES; phase++) TILE_TURN(ROWS, PANELS, SPACE, s[phase], k + phase)              \
        for (; PHASES > 1 && k < depth; k++) TILE_TURN(ROWS, PANELS, SPACE, s[0], k)                                                        \
        _Pragma("unroll") for (int i = 0; i < ROWS; i++)                                                                                    \
            _Pragma("unroll") for (int j = 0; j < PANELS; j++) {                                                                            \
                _Pragma("unroll") for (int phase = 1; phase < PHASES; phase++) s[0][i][j] += s[phase][i][j];                                \
                SUM16(16 * i + j * SUMS_PANEL) = s[0][i][j];                                                                                \
            }                                                                                                                               \
    }

#define TILE_FUNCTIONS(SPACE)                                            \
    TILE_FUNCTION(tile_all##SPACE, TILE_ROWS, TILE_PANELS, 1, SPACE)     \
    TILE_FUNCTION(tile_four##SPACE, 4, TILE_PANELS, 1, SPACE)            \
    TILE_FUNCTION(tile_two##SPACE, 2, TILE_PANELS, 2, SPACE)             \
    TILE_FUNCTION(tile_one##SPACE, 1, TILE_PANELS, 4, SPACE)             \
    INLINED void tiles##SPACE(__local const tile_value *a, SPACE const tile_value *b, ulong next, int depth, int rows, __local float *sums)  \
    {                                                                                                                             \
        int i = 0;                                                                                                                \
        for (; i + TILE_ROWS <= rows; i += TILE_ROWS) tile_all##SPACE(a + i * A_STRIDE, b, next, depth, sums + 16 * i);           \
        for (; i + 4 <= rows; i += 4) tile_four##SPACE(a + i * A_STRIDE, b, next, depth, sums + 16 * i);                          \
        for (; i + 2 <= rows; i += 2) tile_two##SPACE(a + i * A_STRIDE, b, next, depth, sums + 16 * i);                           \
        if (i < rows) tile_one##SPACE(a + i * A_STRIDE, b, next, depth, sums + 16 * i);                                           \
    }
TILE_FUNCTIONS(__global)
TILE_FUNCTIONS(__local)
#pragma OPENCL FP_CONTRACT OFF
