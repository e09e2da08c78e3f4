/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of a matrix of floats, widened to binary32 in local memory, where CPU kernels read them many times. Nothing but the block's elements is read. */
FLOAT_TYPES(8, _x8)
FLOAT_TYPES(16, _x16)
typedef float8 float8_anywhere __attribute__((aligned(4)));
typedef ushort8 ushort8_anywhere __attribute__((aligned(2)));
typedef uchar8 uchar8_anywhere __attribute__((aligned(1)));

/* Sixteen and eight elements from `place` on, widened. */
#define WIDE_F32(place) LOAD16(float, from + 4 * (place))
#define WIDE_F16(place) load_halves(from, place)
#define WIDE_BF16(place) widen_bf16_x16(as_ushort16(LOAD16(short, from + 2 * (place))))
#define WIDE_F8E4M3(place) widen_f8e4m3_x16(LOAD16(uchar, from + (place)))
#define WIDE_F8E5M2(place) widen_f8e5m2_x16(LOAD16(uchar, from + (place)))
#define EIGHT_F32(place) (*(__global const float8_anywhere *)(from + 4 * (place)))
#define EIGHT_F16(place) vload_half8(0, (__global const half *)(from + 2 * (place)))
#define EIGHT_BF16(place) widen_bf16_x8(*(__global const ushort8_anywhere *)(from + 2 * (place)))
#define EIGHT_F8E4M3(place) widen_f8e4m3_x8(*(__global const uchar8_anywhere *)(from + (place)))
#define EIGHT_F8E5M2(place) widen_f8e5m2_x8(*(__global const uchar8_anywhere *)(from + (place)))

#define BLOCK_EACH_TYPE(COPY, WIDTH)                   \
    switch (type) {                                    \
    case MIXED_F32: COPY(WIDTH##_F32) break;           \
    case MIXED_F16: COPY(WIDTH##_F16) break;           \
    case MIXED_BF16: COPY(WIDTH##_BF16) break;         \
    case MIXED_F8E4M3: COPY(WIDTH##_F8E4M3) break;     \
    default: COPY(WIDTH##_F8E5M2) break;               \
    }

#define APART static __attribute__((noinline))   /* PoCL compiles three copies of a kernel with all that is inlined in it */

/* Where a block goes: element [i][j] to to[i * row + j / 16 * panel + j % 16]. panel 16: plain rows, which may be written anew in part. */
typedef struct block_place {
    __local float *to;
    int row, panel;
} block_place;

#define PLACE(i, j) (place.to + (i) * place.row + (j) / 16 * place.panel + (j) % 16)

/* Single elements, of columns from `first` on. */
APART void block_copy_few(block_place place, __global const uchar *from, int type, ulong row_stride, ulong column_stride, int rows, int first, int columns)
{
    for (int i = 0; i < rows; i++) {
        for (int j = first; j < columns; j++) *PLACE(i, j) = mixed_load(from, i * row_stride + j * column_stride, type);
    }
}

/* From [i][j] where the elements of a row stand side by side. */
APART void block_copy_rows(block_place place, __global const uchar *from, int type, ulong stride, int rows, int columns)
{
    const int whole = columns / 16 * 16;
    const bool overlaps = place.panel == 16 && whole && whole < columns;   /* the last vector of a row, the one before it */
#define COPY_ROWS(LOAD)                                                                                             \
    for (int i = 0; i < rows; i++) {                                                                                \
        __local float *to = place.to + i * place.row;                                                               \
        for (int j = 0; j < whole; j += 16, to += place.panel) *(__local float16_anywhere *)to = LOAD(i * stride + j); \
        if (overlaps) *(__local float16_anywhere *)PLACE(i, columns - 16) = LOAD(i * stride + columns - 16);        \
    }
    BLOCK_EACH_TYPE(COPY_ROWS, WIDE)
#undef COPY_ROWS
    if (whole < columns && !overlaps) block_copy_few(place, from, type, stride, 1, rows, whole, columns);
}

#define TURN2(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)

/* Rows become columns. */
static inline __attribute__((always_inline)) void turn8(float8 *x)
{
    float8 pairs[8], quads[8];
    for (int i = 0; i < 8; i += 2) {
        pairs[i] = TURN2(x[i], x[i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
        pairs[i + 1] = TURN2(x[i], x[i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
    }
    for (int i = 0; i < 8; i += 4) {
        quads[i] = TURN2(pairs[i], pairs[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
        quads[i + 1] = TURN2(pairs[i], pairs[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
        quads[i + 2] = TURN2(pairs[i + 1], pairs[i + 3], 0, 1, 8, 9, 4, 5, 12, 13);
        quads[i + 3] = TURN2(pairs[i + 1], pairs[i + 3], 2, 3, 10, 11, 6, 7, 14, 15);
    }
    for (int i = 0; i < 4; i++) {
        x[i] = TURN2(quads[i], quads[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        x[i + 4] = TURN2(quads[i], quads[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
}

/* From [j][i] where the elements of a column stand side by side: eight by eight, the last of each direction overlapping where it may. */
APART void block_copy_turned(block_place place, __global const uchar *from, int type, ulong stride, int rows, int columns)
{
    const int whole = rows < 8 ? 0 : columns / 8 * 8;
    const bool overlaps = place.panel == 16 && whole && whole < columns;
#define COPY_EIGHTS(LOAD)                                                                                           \
    for (int j = 0; j < (overlaps ? columns : whole); j += 8) {                                                     \
        const int column = min(j, columns - 8);                                                                     \
        for (int i = 0; i < rows; i += 8) {                                                                         \
            const int row = min(i, rows - 8);                                                                       \
            float8 x[8];                                                                                            \
            _Pragma("unroll") for (int v = 0; v < 8; v++) x[v] = LOAD((column + v) * stride + row);                 \
            turn8(x);                                                                                               \
            _Pragma("unroll") for (int v = 0; v < 8; v++) *(__local float8_anywhere *)PLACE(row + v, column) = x[v]; \
        }                                                                                                           \
    }
    BLOCK_EACH_TYPE(COPY_EIGHTS, EIGHT)
#undef COPY_EIGHTS
    if (whole < columns && !overlaps) block_copy_few(place, from, type, 1, stride, rows, whole, columns);
}
