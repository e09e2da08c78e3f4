/* SPDX-License-Identifier: Apache-2.0 */
/* A tile of TILE_M rows x 64 columns by a work-group of 256, through local memory: raw sums of a'b' over k_begin <= k < k_end.
 * Work-item (quad, line) = (id % 16, id / 16) makes columns 4 quad .. 4 quad + 3 of rows line, line + 16, ...; a' and b' are signed.
 * b: [panel][k group][64 columns][4 k]. Two buffers: while one is multiplied, the next tile is on its way from global memory in registers.
 * Needs dot/row_words. */
#ifndef TILE_M
#error "TILE_M must be 32, 64 or 128"
#endif
#if TILE_M != 32 && TILE_M != 64 && TILE_M != 128
#error "TILE_M must be 32, 64 or 128"
#endif

#define TILE_ITEMS 256
#define TILE_N 64
#define TILE_WORDS 8                                  /* words of 4 k a step */
#define TILE_ROWS (TILE_M / 16)                       /* rows of an item */
#define TILE_A_LOADS (TILE_M * TILE_WORDS / TILE_ITEMS) /* words of a that an item loads a step */
#define TILE_BUFFER ((TILE_M + TILE_N) * TILE_WORDS)  /* words: a[row][word], then b[word][column] */
#define TILE_MEMORY (2 * TILE_BUFFER / 4)             /* uint4 of local memory that the kernel declares */

typedef struct tile_sums {
    int4 acc[TILE_ROWS];
    int row_sum[TILE_ROWS];
} tile_sums;

/* One step's operands on their way from global to local memory. Item i loads words i, i + 256, .. of a[row][word] and words 2i, 2i + 1 of b. */
typedef struct tile_flight {
    uint a[TILE_A_LOADS];
    uint2 b;
} tile_flight;

static inline void tile_load(__global const uchar *const *a_rows, int k, int k_end, uint flip, __global const uint2 *b_words, int groups, uint item,
                      tile_flight *flight)
{
    #pragma unroll
    for (int i = 0; i < TILE_A_LOADS; i++) flight->a[i] = row_word(a_rows[i], k + 4 * (int)(item % TILE_WORDS), k_end, flip);
    const int group = k / 4 + (int)(item / (TILE_N / 2));
    flight->b = group < groups ? b_words[(ulong)group * (TILE_N / 2) + item % (TILE_N / 2)] : (uint2)(0, 0);
}

static inline void tile_put(const tile_flight *flight, __local uint *buffer, uint item)
{
    #pragma unroll
    for (int i = 0; i < TILE_A_LOADS; i++) buffer[item + i * TILE_ITEMS] = flight->a[i];
    vstore2(flight->b, item, buffer + TILE_M * TILE_WORDS);
}

static inline void tile_multiply(__local const uint *buffer, uint quad, uint line, tile_sums *sums)
{
    __local const uint4 *a = (__local const uint4 *)buffer + line * (TILE_WORDS / 4);
    __local const uint4 *b = (__local const uint4 *)(buffer + TILE_M * TILE_WORDS) + quad;
    #pragma unroll
    for (int half_step = 0; half_step < TILE_WORDS / 4; half_step++) {
        uint4 weights[4];
        #pragma unroll
        for (int word = 0; word < 4; word++) weights[word] = b[(half_step * 4 + word) * (TILE_N / 4)];
        #pragma unroll
        for (int i = 0; i < TILE_ROWS; i++) {
            const uint4 values = a[i * 16 * (TILE_WORDS / 4) + half_step];
            sums->acc[i] = dot4_columns(values.x, weights[0], sums->acc[i]);
            sums->acc[i] = dot4_columns(values.y, weights[1], sums->acc[i]);
            sums->acc[i] = dot4_columns(values.z, weights[2], sums->acc[i]);
            sums->acc[i] = dot4_columns(values.w, weights[3], sums->acc[i]);
        }
    }
}

/* `partial` holds what this item summed of the words that it loaded; gathered through local memory as [row][word]. */
static inline void tile_gather_row_sums(const int *partial, __local int *memory, uint item, uint line, tile_sums *sums)
{
    barrier(CLK_LOCAL_MEM_FENCE); /* the last buffer has been read */
    #pragma unroll
    for (int i = 0; i < TILE_A_LOADS; i++) memory[item + i * TILE_ITEMS] = partial[i];
    barrier(CLK_LOCAL_MEM_FENCE); /* all partial sums are there */
    #pragma unroll
    for (int i = 0; i < TILE_ROWS; i++) {
        __local const int4 *row = (__local const int4 *)memory + (line + 16 * i) * (TILE_WORDS / 4);
        const int4 pair = row[0] + row[1];
        sums->row_sum[i] = pair.x + pair.y + pair.z + pair.w;
    }
}

/* Row i of an item's sums, by selection: a loop over rows that is not unrolled keeps an epilogue in the program once, and the sums in registers. */
static inline int4 tile_row(const tile_sums *sums, int i, int *row_sum)
{
    int4 acc = sums->acc[0];
    *row_sum = sums->row_sum[0];
    #pragma unroll
    for (int row = 1; row < TILE_ROWS; row++) {
        acc = row == i ? sums->acc[row] : acc;
        *row_sum = row == i ? sums->row_sum[row] : *row_sum;
    }
    return acc;
}

/* a: row 0 of the batch; b_panel: the panel's first group. Rows from p->m on read the last row: their sums have no meaning. */
static inline __attribute__((always_inline)) void tile_product(const gemm_params *p, __global const uchar *a, __global const char *b_panel, int first_row, int k_begin, int k_end,
                         __local uint *memory, tile_sums *sums)
{
    const uint item = get_local_id(0), quad = item % 16, line = item / 16;
    const int groups = (p->k + 3) / 4;
    const uint flip = (uint)p->a_flip;
    __global const uchar *a_rows[TILE_A_LOADS];
    int partial[TILE_A_LOADS];
    #pragma unroll
    for (int i = 0; i < TILE_A_LOADS; i++) {
        const int row = min(first_row + (int)((item + i * TILE_ITEMS) / TILE_WORDS), p->m - 1);
        a_rows[i] = a + (ulong)row * p->a_row_stride;
        partial[i] = 0;
    }
    #pragma unroll
    for (int i = 0; i < TILE_ROWS; i++) {
        sums->acc[i] = (int4)0;
        sums->row_sum[i] = 0;
    }
    __global const uint2 *b_words = (__global const uint2 *)b_panel;
    tile_flight flight;
    tile_load(a_rows, k_begin, k_end, flip, b_words, groups, item, &flight);
    int buffer = 0;
    for (int k = k_begin; k < k_end; k += 4 * TILE_WORDS) {
        if (p->flags & GEMM_USE_ROW_SUMS) {
            #pragma unroll
            for (int i = 0; i < TILE_A_LOADS; i++) partial[i] = add_bytes(flight.a[i], partial[i]);
        }
        tile_put(&flight, memory + buffer, item);
        /* This buffer is full; nobody reads the other one any more after the next barrier, so one barrier a step is enough. */
        barrier(CLK_LOCAL_MEM_FENCE);
        if (k + 4 * TILE_WORDS < k_end) tile_load(a_rows, k + 4 * TILE_WORDS, k_end, flip, b_words, groups, item, &flight);
        tile_multiply(memory + buffer, quad, line, sums);
        buffer = TILE_BUFFER - buffer;
    }
    if (p->flags & GEMM_USE_ROW_SUMS) tile_gather_row_sums(partial, (__local int *)memory, item, line, sums);
}
