/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of columns on a CPU, and what the other kernels of columns share there. A work-group of one work-item takes, with 16 channels or more, a block of rows and
 * 64 channels (the last one up to 127), 16 at a time; with fewer channels it takes `chunk` blocks, and 16 rows lie side by side as one. */
#define GROUP_COLUMNS 64
#define MOST_FOLDED (ROW_FOLDS * 2 * (ROW_FOLDS - 1))   /* elements of ROW_FOLDS rows of less than ROW_FOLDS channels, or of two sums each */
#define TILES 4

/* What a work-item does of its launch. */
typedef struct column_share {
    ulong block, blocks;      /* the first, and one past the last */
    ulong column, columns;    /* of channels, likewise */
} column_share;

INLINED column_share share_of(const column_params *p)
{
    const ulong all = (p->rows + ROW_BLOCK - 1) / ROW_BLOCK, id = get_group_id(0);
    column_share s;
    if (p->folds > 1) {
        s.block = id * p->chunk;
        s.blocks = min(all, s.block + p->chunk);
        s.column = 0;
        s.columns = p->channels;
        return s;
    }
    const ulong groups = max(p->channels / GROUP_COLUMNS, 1ul), group = id % groups;
    s.block = id / groups;
    s.blocks = min(all, s.block + 1);
    s.column = group * GROUP_COLUMNS;
    s.columns = group + 1 == groups ? p->channels : s.column + GROUP_COLUMNS;
    return s;
}

INLINED uint rows_of(const column_params *p, ulong block)
{
    return (uint)min((ulong)ROW_BLOCK, p->rows - block * ROW_BLOCK);
}

/* The next tile of 16 columns: the last one lies against the end, and makes some columns twice. */
INLINED ulong tile_at(ulong column, ulong columns)
{
    return min(column, columns - 16);
}

/* Adds ROW_FOLDS partial sums of each of `channels` columns; the first `channels` of s are the sums. */
INLINED void add_folds(float *s, uint channels)
{
    for (uint half_count = ROW_FOLDS / 2 * channels; half_count >= channels; half_count /= 2) {
        for (uint i = 0; i < half_count; i++) s[i] += s[i + half_count];
        if (half_count == channels) return;
    }
}

/* acc[tile] = sums of n rows of tiles of 16 columns. */
INLINED void sum_rows(__global const float *x, ulong step, uint n, float16 *acc, int tiles)
{
    float16 sum[TILES];
    for (int t = 0; t < tiles; t++) sum[t] = 0.0f;
    for (uint r = 0; r < n; r++, x += step) {
        for (int t = 0; t < tiles; t++) sum[t] += LOAD16(float, x + 16 * t);
    }
    for (int t = 0; t < tiles; t++) acc[t] = sum[t];
}

/* Block sums of few channels: s[0 .. channels-1]. */
INLINED void sum_folded(__global const float *x, uint channels, uint n, float *s)
{
    const uint whole = n / ROW_FOLDS, width = ROW_FOLDS * channels;
    for (uint column = 0; column < width; column += 16) {
        float16 acc[1];
        sum_rows(x + column, width, whole, acc, 1);
        for (int lane = 0; lane < 16; lane++) s[column + lane] = ((const float *)acc)[lane];
    }
    for (uint i = 0; i < (n - whole * ROW_FOLDS) * channels; i++) s[i] += x[whole * width + i];
    add_folds(s, channels);
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void column_sums_vector(__global const uchar *x, __global uchar *y, OP_COUNT, const column_params p)
{
    OP_BEGUN();
    if (p.rows == 0) return;
    const column_share share = share_of(&p);
    __global const float *from = (__global const float *)(x + p.head.offset[0]);
    __global float *to = (__global float *)(y + p.head.offset[1]);
    for (ulong block = share.block; block < share.blocks; block++) {
        const uint n = rows_of(&p, block);
        __global const float *rows = from + block * ROW_BLOCK * p.channels;
        __global float *sums = to + block * p.channels;
        if (p.folds > 1) {
            float s[MOST_FOLDED];
            sum_folded(rows, (uint)p.channels, n, s);
            for (uint c = 0; c < p.channels; c++) sums[c] = s[c];
            continue;
        }
        ulong column = share.column;
        float16 acc[TILES];
        for (; column + 16 * TILES <= share.columns; column += 16 * TILES) {
            sum_rows(rows + column, p.channels, n, acc, TILES);
            for (int t = 0; t < TILES; t++) STORE16(float, sums + column + 16 * t, acc[t]);
        }
        for (; column < share.columns; column += 16) {
            const ulong at = tile_at(column, share.columns);
            sum_rows(rows + at, p.channels, n, acc, 1);
            STORE16(float, sums + at, acc[0]);
        }
    }
}
