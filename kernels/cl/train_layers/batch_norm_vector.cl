/* SPDX-License-Identifier: Apache-2.0 */
/* Batch normalization on a CPU (after train_layers/column_sums_vector): what reads or writes whole tensors. */

/* Sums of squared distances from `mean`. */
INLINED float16 square_rows(__global const float *x, ulong step, uint n, float16 mean)
{
    float16 sum = 0.0f;
    for (uint r = 0; r < n; r++, x += step) {
        const float16 d = LOAD16(float, x) - mean;
        sum += d * d;
    }
    return sum;
}

/* A block of few channels. */
static void folded_moments(__global const float *x, uint channels, uint n, __global float *to)
{
    const uint whole = n / ROW_FOLDS, width = ROW_FOLDS * channels;
    const float inverse = clq_divide(1.0f, (float)n);
    float s[MOST_FOLDED], means[MOST_FOLDED];
    sum_folded(x, channels, n, s);
    for (uint c = 0; c < channels; c++) {
        const float mean = s[c] * inverse;
        to[c] = mean;
        for (uint fold = 0; fold < ROW_FOLDS; fold++) means[fold * channels + c] = mean;
    }
    for (uint column = 0; column < width; column += 16) {
        const float16 sum = square_rows(x + column, width, whole, *(const float16_anywhere *)(means + column));
        for (int lane = 0; lane < 16; lane++) s[column + lane] = ((const float *)&sum)[lane];
    }
    for (uint i = 0; i < (n - whole * ROW_FOLDS) * channels; i++) {
        const float d = x[whole * width + i] - means[i];
        s[i] += d * d;
    }
    add_folds(s, channels);
    for (uint c = 0; c < channels; c++) to[channels + c] = s[c];
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void batch_norm_moments_vector(__global const uchar *x, __global uchar *parts, OP_COUNT, const column_params p)
{
    OP_BEGUN();
    if (p.rows == 0) return;
    const column_share share = share_of(&p);
    __global const float *from = (__global const float *)(x + p.head.offset[0]);
    for (ulong block = share.block; block < share.blocks; block++) {
        const uint n = rows_of(&p, block);
        const float inverse = clq_divide(1.0f, (float)n);
        __global const float *rows = from + block * ROW_BLOCK * p.channels;
        __global float *to = (__global float *)(parts + p.head.offset[1]) + block * 2 * p.channels;
        if (p.folds > 1) {
            folded_moments(rows, (uint)p.channels, n, to);
            continue;
        }
        for (ulong column = share.column; column < share.columns;) {
            const int tiles = column + 16 * TILES <= share.columns ? TILES : 1;
            const ulong at = tiles == TILES ? column : tile_at(column, share.columns);
            float16 acc[TILES];
            if (tiles == TILES) sum_rows(rows + at, p.channels, n, acc, TILES);
            else sum_rows(rows + at, p.channels, n, acc, 1);
            for (int t = 0; t < tiles; t++) {
                const float16 mean = acc[t] * inverse;
                STORE16(float, to + at + 16 * t, mean);
                STORE16(float, to + p.channels + at + 16 * t, square_rows(rows + at + 16 * t, p.channels, n, mean));
            }
            column += 16 * tiles;
        }
    }
}

/* What 16 columns are combined with. */
typedef struct column_terms {
    float16 centre, root, scale, shift;
    float least, most;
} column_terms;

INLINED float16 passed_lanes(float16 dy, float16 v, float least, float most)
{
    return v <= least || v >= most ? (float16)0.0f : dy;
}

INLINED void gradient_rows(__global const float *dy, __global const float *x, ulong step, uint n, const column_terms *t, float16 *sum_g, float16 *sum_gu)
{
    const column_terms k = *t;
    float16 g_total = 0.0f, gu_total = 0.0f;
    for (uint r = 0; r < n; r++, x += step, dy += step) {
        const float16 u = (LOAD16(float, x) - k.centre) * k.root, g = passed_lanes(LOAD16(float, dy), u * k.scale + k.shift, k.least, k.most);
        g_total += g;
        gu_total += g * u;
    }
    *sum_g = g_total;
    *sum_gu = gu_total;
}

/* Of few channels: the terms of ROW_FOLDS rows side by side. */
typedef struct folded_terms {
    float centre[MOST_FOLDED], root[MOST_FOLDED], scale[MOST_FOLDED], shift[MOST_FOLDED];
} folded_terms;

static void folded_gradients(const column_params *p, __global const float *dy, __global const float *x, uint n, const folded_terms *f, __global float *to)
{
    const uint channels = (uint)p->channels, whole = n / ROW_FOLDS, width = ROW_FOLDS * channels;
    float s_g[MOST_FOLDED], s_gu[MOST_FOLDED];
    for (uint column = 0; column < width; column += 16) {
        const column_terms t = {*(const float16_anywhere *)(f->centre + column), *(const float16_anywhere *)(f->root + column), *(const float16_anywhere *)(f->scale + column),
                                *(const float16_anywhere *)(f->shift + column), p->clamp_min, p->clamp_max};
        float16 g, gu;
        gradient_rows(dy + column, x + column, width, whole, &t, &g, &gu);
        for (int lane = 0; lane < 16; lane++) {
            s_g[column + lane] = ((const float *)&g)[lane];
            s_gu[column + lane] = ((const float *)&gu)[lane];
        }
    }
    for (uint i = 0; i < (n - whole * ROW_FOLDS) * channels; i++) {
        const float u = (x[whole * width + i] - f->centre[i]) * f->root[i], v = u * f->scale[i] + f->shift[i];
        const float g = v <= p->clamp_min || v >= p->clamp_max ? 0.0f : dy[whole * width + i];
        s_g[i] += g;
        s_gu[i] += g * u;
    }
    add_folds(s_g, channels);
    add_folds(s_gu, channels);
    for (uint c = 0; c < channels; c++) to[c] = s_g[c], to[channels + c] = s_gu[c];
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void batch_norm_gradient_sums_vector(__global const uchar *dy, __global const uchar *x, __global const uchar *gamma,
    __global const uchar *beta, __global const uchar *mean, __global const uchar *inv_std, __global uchar *parts, OP_COUNT, const column_params p)
{
    OP_BEGUN();
    if (p.rows == 0) return;
    const column_share share = share_of(&p);
    __global const float *scale = (__global const float *)(gamma + p.head.offset[2]), *shift = (__global const float *)(beta + p.head.offset[3]);
    __global const float *centre = (__global const float *)(mean + p.head.offset[4]), *root = (__global const float *)(inv_std + p.head.offset[5]);
    folded_terms f;
    for (uint i = 0; p.folds > 1 && i < ROW_FOLDS * p.channels; i++) {
        const uint c = i % (uint)p.channels;
        f.centre[i] = centre[c], f.root[i] = root[c], f.scale[i] = scale[c], f.shift[i] = shift[c];
    }
    for (ulong block = share.block; block < share.blocks; block++) {
        const uint n = rows_of(&p, block);
        __global const float *gradients = (__global const float *)(dy + p.head.offset[0]) + block * ROW_BLOCK * p.channels;
        __global const float *rows = (__global const float *)(x + p.head.offset[1]) + block * ROW_BLOCK * p.channels;
        __global float *to = (__global float *)(parts + p.head.offset[6]) + block * 2 * p.channels;
        if (p.folds > 1) {
            folded_gradients(&p, gradients, rows, n, &f, to);
            continue;
        }
        for (ulong column = share.column; column < share.columns; column += 16) {
            const ulong at = tile_at(column, share.columns);
            const column_terms t = {LOAD16(float, centre + at), LOAD16(float, root + at), LOAD16(float, scale + at), LOAD16(float, shift + at), p.clamp_min, p.clamp_max};
            float16 g, gu;
            gradient_rows(gradients + at, rows + at, p.channels, n, &t, &g, &gu);
            STORE16(float, to + at, g);
            STORE16(float, to + p.channels + at, gu);
        }
    }
}

/* A work-item's elements: `chunk` rows of the table's length. */
typedef struct apply_share {
    ulong begin, end;
    uint length;
} apply_share;

INLINED apply_share apply_share_of(const column_params *p)
{
    apply_share s;
    s.length = (uint)(p->copies * p->channels);
    s.begin = get_group_id(0) * p->chunk * s.length;
    s.end = min(p->rows * p->channels, s.begin + p->chunk * s.length);
    return s;
}

INLINED void apply_row(__global const float *x, __global const float *planes, __global float *y, ulong plane, uint n, float least, float most, bool streams)
{
    __global const float *roots = planes + TABLE_INV_STD * plane, *scales = planes + TABLE_GAMMA * plane, *shifts = planes + TABLE_BETA * plane;
    uint i = 0;
    for (; i + 16 <= n; i += 16) {
        const float16 u = (LOAD16(float, x + i) - LOAD16(float, planes + i)) * LOAD16(float, roots + i);
        float16 v = u * LOAD16(float, scales + i) + LOAD16(float, shifts + i);
        v = v < least ? (float16)least : v;
        v = v > most ? (float16)most : v;
        if (streams) STREAM16(float, y + i, v);
        else STORE16(float, y + i, v);
    }
    for (; i < n; i++) y[i] = clamped((x[i] - planes[i]) * roots[i] * scales[i] + shifts[i], least, most);
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void batch_norm_apply_vector(__global const uchar *x, __global const uchar *table, __global uchar *y, OP_COUNT,
                                                                                    const column_params p)
{
    OP_BEGUN();
    if (p.rows == 0) return;
    const apply_share s = apply_share_of(&p);
    __global const float *from = (__global const float *)(x + p.head.offset[0]), *planes = (__global const float *)(table + p.head.offset[1]);
    __global float *to = (__global float *)(y + p.head.offset[2]);
    const bool streams = p.streams && ((ulong)to & 63) == 0;
    for (ulong at = s.begin; at < s.end; at += s.length) {
        const uint n = (uint)min((ulong)s.length, s.end - at);
        if (streams) apply_row(from + at, planes, to + at, s.length, n, p.clamp_min, p.clamp_max, true);
        else apply_row(from + at, planes, to + at, s.length, n, p.clamp_min, p.clamp_max, false);
    }
}

INLINED void gradient_row(__global const float *dy, __global const float *x, __global const float *planes, __global float *dx, ulong plane, uint n, float least, float most,
                          bool streams)
{
    __global const float *roots = planes + TABLE_INV_STD * plane, *scales = planes + TABLE_GAMMA * plane, *shifts = planes + TABLE_BETA * plane;
    __global const float *factors = planes + TABLE_FACTOR * plane, *g_means = planes + TABLE_MEAN_G * plane, *gu_means = planes + TABLE_MEAN_GU * plane;
    uint i = 0;
    for (; i + 16 <= n; i += 16) {
        const float16 u = (LOAD16(float, x + i) - LOAD16(float, planes + i)) * LOAD16(float, roots + i);
        const float16 g = passed_lanes(LOAD16(float, dy + i), u * LOAD16(float, scales + i) + LOAD16(float, shifts + i), least, most);
        const float16 value = LOAD16(float, factors + i) * (g - LOAD16(float, g_means + i) - u * LOAD16(float, gu_means + i));
        if (streams) STREAM16(float, dx + i, value);
        else STORE16(float, dx + i, value);
    }
    for (; i < n; i++) {
        const float u = (x[i] - planes[i]) * roots[i], v = u * scales[i] + shifts[i];
        const float g = v <= least || v >= most ? 0.0f : dy[i];
        dx[i] = factors[i] * (g - g_means[i] - u * gu_means[i]);
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void batch_norm_gradient_vector(__global const uchar *dy, __global const uchar *x, __global const uchar *table,
                                                                                       __global uchar *dx, OP_COUNT, const column_params p)
{
    OP_BEGUN();
    if (p.rows == 0) return;
    const apply_share s = apply_share_of(&p);
    __global const float *gradients = (__global const float *)(dy + p.head.offset[0]), *from = (__global const float *)(x + p.head.offset[1]);
    __global const float *planes = (__global const float *)(table + p.head.offset[2]);
    __global float *to = (__global float *)(dx + p.head.offset[3]);
    const bool streams = p.streams && ((ulong)to & 63) == 0 && (ulong)to != (ulong)gradients;
    for (ulong at = s.begin; at < s.end; at += s.length) {
        const uint n = (uint)min((ulong)s.length, s.end - at);
        if (streams) gradient_row(gradients + at, from + at, planes, to + at, s.length, n, p.clamp_min, p.clamp_max, true);
        else gradient_row(gradients + at, from + at, planes, to + at, s.length, n, p.clamp_min, p.clamp_max, false);
    }
}
