/* SPDX-License-Identifier: Apache-2.0 */
/* Kernels of one value a channel, for every device: a work-item makes a channel of a block of parts, or of the whole. */

/* Parts of one level -> those of the next. */
__kernel void batch_norm_merge(__global const uchar *parts, __global uchar *merged, OP_COUNT, const column_params p)
{
    OP_BEGUN();
    const ulong id = get_global_id(0), blocks = (p.rows + ROW_BLOCK - 1) / ROW_BLOCK;
    if (id >= blocks * p.channels) return;
    const ulong block = id / p.channels, c = id - block * p.channels;
    const uint n = (uint)min((ulong)ROW_BLOCK, p.rows - block * ROW_BLOCK);
    const moments m = merge_parts(&p, (__global const float *)(parts + p.head.offset[0]) + c, block * ROW_BLOCK, n);
    __global float *to = (__global float *)(merged + p.head.offset[1]) + block * 2 * p.channels + c;
    to[0] = m.mean;
    to[p.channels] = m.squares;
}

static inline void fill_table(const column_params *p, __global float *table, int plane, ulong c, float value)
{
    for (int copy = 0; copy < p->copies; copy++) table[((ulong)plane * p->copies + copy) * p->channels + c] = value;
}

/* From the last parts, or the running statistics, to the table. */
__kernel void batch_norm_statistics(__global const uchar *parts, __global const uchar *gamma, __global const uchar *beta, __global uchar *mean, __global uchar *inv_std,
                                    __global uchar *running_mean, __global uchar *running_var, __global uchar *table, OP_COUNT, const column_params p)
{
    OP_BEGUN();
    const ulong c = get_global_id(0);
    if (c >= p.channels) return;
    __global float *running_means = (__global float *)(running_mean + p.head.offset[5]), *running_vars = (__global float *)(running_var + p.head.offset[6]);
    __global float *planes = (__global float *)(table + p.head.offset[7]);
    float centre, root;
    if (p.infers) {
        centre = running_means[c];
        root = inverse_root(running_vars[c] + p.epsilon);
    } else {
        const moments m = merge_parts(&p, (__global const float *)(parts + p.head.offset[0]) + c, 0, (uint)p.rows);
        const float variance = m.squares * p.inverse_rows;
        centre = m.mean;
        root = inverse_root(variance + p.epsilon);
        running_means[c] = p.keep * running_means[c] + p.momentum * centre;
        running_vars[c] = p.keep * running_vars[c] + p.momentum * (variance * p.unbias);
        ((__global float *)(mean + p.head.offset[3]))[c] = centre;
        ((__global float *)(inv_std + p.head.offset[4]))[c] = root;
    }
    fill_table(&p, planes, TABLE_MEAN, c, centre);
    fill_table(&p, planes, TABLE_INV_STD, c, root);
    fill_table(&p, planes, TABLE_GAMMA, c, ((__global const float *)(gamma + p.head.offset[1]))[c]);
    fill_table(&p, planes, TABLE_BETA, c, ((__global const float *)(beta + p.head.offset[2]))[c]);
}

/* From the last block sums of g and g * u to dgamma, dbeta and the table. */
__kernel void batch_norm_coefficients(__global const uchar *parts, __global const uchar *gamma, __global const uchar *beta, __global const uchar *mean,
                                      __global const uchar *inv_std, __global uchar *dgamma, __global uchar *dbeta, __global uchar *table, OP_COUNT, const column_params p)
{
    OP_BEGUN();
    const ulong c = get_global_id(0), step = 2 * p.channels;
    if (c >= p.channels) return;
    const uint n = (uint)p.rows;
    __global const float *sums = (__global const float *)(parts + p.head.offset[0]) + c;
    __global float *planes = (__global float *)(table + p.head.offset[7]);
    const float scale = ((__global const float *)(gamma + p.head.offset[1]))[c], root = ((__global const float *)(inv_std + p.head.offset[4]))[c];
    float g, gu;
    SUM_OF_BLOCK(g, n, p.folds, sums[r * step]);
    SUM_OF_BLOCK(gu, n, p.folds, sums[p.channels + r * step]);
    ((__global float *)(dgamma + p.head.offset[5]))[c] = gu;
    ((__global float *)(dbeta + p.head.offset[6]))[c] = g;
    fill_table(&p, planes, TABLE_MEAN, c, ((__global const float *)(mean + p.head.offset[3]))[c]);
    fill_table(&p, planes, TABLE_INV_STD, c, root);
    fill_table(&p, planes, TABLE_GAMMA, c, scale);
    fill_table(&p, planes, TABLE_BETA, c, ((__global const float *)(beta + p.head.offset[2]))[c]);
    fill_table(&p, planes, TABLE_FACTOR, c, scale * root);
    fill_table(&p, planes, TABLE_MEAN_G, c, g * p.inverse_rows);
    fill_table(&p, planes, TABLE_MEAN_GU, c, gu * p.inverse_rows);
}
