/* SPDX-License-Identifier: Apache-2.0 */
/* Few rows: a work-group of 256 makes ROWS (8) rows x 32 columns and splits k among its items, so that the weights, which bound the time, are read
 * once, in lines of 128 bytes, by as many items as there are. b: [panel][k group][64 columns][4 k]; a' is signed.
 * Group (x, y, z): columns 32x .., rows 8y .., batch z. Item (quad, slice) = (id % 8, id / 8) sums columns 4 quad .. over the k groups slice,
 * slice + 32, ...; it also sums row `quad` of a' over them. Needs dot/row_words. */
#if LANES != 2
#error "LANES must be 2: the columns that an item stores"
#endif

#define ROWS 8
#define PANEL 64
#define COLUMNS 32
#define QUADS (COLUMNS / 4)
#define PAIRS (COLUMNS / LANES)
#define SLICES 32
#define HALF_SLICES (SLICES / 2)
#define ITEMS (QUADS * SLICES)
#if ROWS != QUADS
#error "an item sums the row of its quad's number, so there must be as many"
#endif

typedef struct slice_sums {
    int4 acc[ROWS];
    int row_sum;      /* of row `quad` */
} slice_sums;

static inline void sum_slice(const gemm_params *p, __global const uchar *a, __global const uint4 *weights, int row_count, uint quad, uint slice, slice_sums *sums)
{
    const int groups = (p->k + 3) / 4;
    const uint flip = (uint)p->a_flip;
    const bool sums_row = (p->flags & GEMM_USE_ROW_SUMS) && (int)quad < row_count;
    #pragma unroll
    for (int row = 0; row < ROWS; row++) sums->acc[row] = (int4)0;
    sums->row_sum = 0;
    for (int group = (int)slice; group < groups; group += SLICES) {
        const uint4 w = weights[(ulong)group * (PANEL / 4)];
        #pragma unroll
        for (int row = 0; row < ROWS; row++) {
            if (row < row_count) sums->acc[row] = dot4_columns(row_word(a + (ulong)row * p->a_row_stride, 4 * group, p->k, flip), w, sums->acc[row]);
        }
        if (sums_row) sums->row_sum = add_bytes(row_word(a + (ulong)quad * p->a_row_stride, 4 * group, p->k, flip), sums->row_sum);
    }
}

/* Folds the upper half of the slices into the lower one, in local memory: acc[slice][row][quad], row_sums[slice][row]. */
static inline void fold_slices(const slice_sums *sums, __local int4 *acc, __local int *row_sums, uint quad, uint slice)
{
    const uint place = slice % HALF_SLICES * (ROWS * QUADS) + quad;
    if (slice >= HALF_SLICES) {
        #pragma unroll
        for (int row = 0; row < ROWS; row++) acc[place + row * QUADS] = sums->acc[row];
    }
    row_sums[slice * ROWS + quad] = sums->row_sum;
    barrier(CLK_LOCAL_MEM_FENCE); /* the upper half is there */
    if (slice < HALF_SLICES) {
        #pragma unroll
        for (int row = 0; row < ROWS; row++) acc[place + row * QUADS] += sums->acc[row];
    }
    barrier(CLK_LOCAL_MEM_FENCE); /* all sums are there */
}

__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1)))
void gemm_i8_rows(GEMM_BUFFERS, const gemm_params p)
{
    __local int4 acc[HALF_SLICES * ROWS * QUADS];
    __local int row_sums[SLICES * ROWS];
    const uint item = get_local_id(0), quad = item % QUADS, slice = item / QUADS;
    const int first_column = (int)get_group_id(0) * COLUMNS, first_row = (int)get_group_id(1) * ROWS;
    GEMM_ENTER((int)get_group_id(2));
    __global const char *panel = b + (ulong)(first_column / PANEL) * (ulong)((p.k + 3) / 4) * (PANEL * 4);
    __global const uint4 *weights = (__global const uint4 *)panel + first_column % PANEL / 4 + quad;
    slice_sums sums;
    sum_slice(&p, a + (ulong)first_row * p.a_row_stride, weights, min(ROWS, p.m - first_row), quad, slice, &sums);
    fold_slices(&sums, acc, row_sums, quad, slice);

    /* The first ROWS x PAIRS items make two outputs each: item = line * PAIRS + pair. */
    const uint line = item / PAIRS, pair = item % PAIRS;
    const int row = first_row + (int)line, n = first_column + (int)(pair * LANES);
    if (line >= ROWS || row >= p.m || n >= p.n) return;
    __local const int2 *pairs = (__local const int2 *)acc + item;
    int2 total = (int2)0;
    int row_sum = 0;
    #pragma unroll
    for (int i = 0; i < HALF_SLICES; i++) total += pairs[i * (ROWS * PAIRS)];
    for (int i = 0; i < SLICES; i++) row_sum += row_sums[i * ROWS + line];
    const column_terms t = load_columns(&p, columns, column_sums, n);
    const row_terms r = load_row(&p, rows, row);
    store_lanes(&p, &t, &r, total, row_sum, c_buffer, c_start + (ulong)row * p.c_row_stride + n, p.n - n);
}
