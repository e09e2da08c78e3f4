/* SPDX-License-Identifier: Apache-2.0 */
/* Batch normalization, any device: what reads or writes whole tensors. */

/* A work-item makes mean and squared distances of a channel of a block. */
__kernel void batch_norm_moments_portable(__global const uchar *x, __global uchar *parts, OP_COUNT, const column_params p)
{
    OP_BEGUN();
    const ulong id = get_global_id(0), blocks = (p.rows + ROW_BLOCK - 1) / ROW_BLOCK;
    if (id >= blocks * p.channels) return;
    const ulong block = id / p.channels, c = id - block * p.channels;
    const uint n = (uint)min((ulong)ROW_BLOCK, p.rows - block * ROW_BLOCK);
    __global const float *column = (__global const float *)(x + p.head.offset[0]) + block * ROW_BLOCK * p.channels + c;
    __global float *to = (__global float *)(parts + p.head.offset[1]) + block * 2 * p.channels + c;
    float sum;
    SUM_OF_BLOCK(sum, n, p.folds, column[r * p.channels]);
    const float mean = sum * clq_divide(1.0f, (float)n);
    SUM_OF_BLOCK(sum, n, p.folds, (column[r * p.channels] - mean) * (column[r * p.channels] - mean));
    to[0] = mean;
    to[p.channels] = sum;
}

/* As the formulas say; g is 0 where the clamp holds. */
static inline float passed_gradient(const column_params *p, float dy, float u, float gamma, float beta)
{
    const float v = u * gamma + beta;
    return v <= p->clamp_min || v >= p->clamp_max ? 0.0f : dy;
}

/* Sums of g and of g * u of a channel of a block. */
__kernel void batch_norm_gradient_sums_portable(__global const uchar *dy, __global const uchar *x, __global const uchar *gamma, __global const uchar *beta,
                                                __global const uchar *mean, __global const uchar *inv_std, __global uchar *parts, OP_COUNT, const column_params p)
{
    OP_BEGUN();
    const ulong id = get_global_id(0), blocks = (p.rows + ROW_BLOCK - 1) / ROW_BLOCK;
    if (id >= blocks * p.channels) return;
    const ulong block = id / p.channels, c = id - block * p.channels, first = block * ROW_BLOCK * p.channels + c;
    const uint n = (uint)min((ulong)ROW_BLOCK, p.rows - block * ROW_BLOCK);
    __global const float *gradients = (__global const float *)(dy + p.head.offset[0]) + first, *column = (__global const float *)(x + p.head.offset[1]) + first;
    const float scale = ((__global const float *)(gamma + p.head.offset[2]))[c], shift = ((__global const float *)(beta + p.head.offset[3]))[c];
    const float centre = ((__global const float *)(mean + p.head.offset[4]))[c], root = ((__global const float *)(inv_std + p.head.offset[5]))[c];
    __global float *to = (__global float *)(parts + p.head.offset[6]) + block * 2 * p.channels + c;
    float g, gu;
#define U ((column[r * p.channels] - centre) * root)
#define G passed_gradient(&p, gradients[r * p.channels], U, scale, shift)
    SUM_OF_BLOCK(g, n, p.folds, G);
    SUM_OF_BLOCK(gu, n, p.folds, G * U);
#undef G
#undef U
    to[0] = g;
    to[p.channels] = gu;
}

__kernel void batch_norm_apply_portable(__global const uchar *x, __global const uchar *table, __global uchar *y, OP_COUNT, const column_params p)
{
    OP_BEGUN();
    const ulong first = get_group_id(0) * LAYER_GROUP * LAYER_EACH + get_local_id(0), count = p.rows * p.channels, plane = (ulong)p.copies * p.channels;
    __global const float *from = (__global const float *)(x + p.head.offset[0]), *planes = (__global const float *)(table + p.head.offset[1]);
    __global float *to = (__global float *)(y + p.head.offset[2]);
    for (int k = 0; k < LAYER_EACH; k++) {
        const ulong i = first + k * LAYER_GROUP;
        if (i >= count) return;
        const ulong c = i % p.channels;
        const float u = (from[i] - planes[c]) * planes[TABLE_INV_STD * plane + c];
        to[i] = clamped(u * planes[TABLE_GAMMA * plane + c] + planes[TABLE_BETA * plane + c], p.clamp_min, p.clamp_max);
    }
}

__kernel void batch_norm_gradient_portable(__global const uchar *dy, __global const uchar *x, __global const uchar *table, __global uchar *dx, OP_COUNT,
                                           const column_params p)
{
    OP_BEGUN();
    const ulong first = get_group_id(0) * LAYER_GROUP * LAYER_EACH + get_local_id(0), count = p.rows * p.channels, plane = (ulong)p.copies * p.channels;
    __global const float *gradients = (__global const float *)(dy + p.head.offset[0]), *from = (__global const float *)(x + p.head.offset[1]);
    __global const float *planes = (__global const float *)(table + p.head.offset[2]);
    __global float *to = (__global float *)(dx + p.head.offset[3]);
    for (int k = 0; k < LAYER_EACH; k++) {
        const ulong i = first + k * LAYER_GROUP;
        if (i >= count) return;
        const ulong c = i % p.channels;
        const float u = (from[i] - planes[c]) * planes[TABLE_INV_STD * plane + c];
        const float g = passed_gradient(&p, gradients[i], u, planes[TABLE_GAMMA * plane + c], planes[TABLE_BETA * plane + c]);
        to[i] = planes[TABLE_FACTOR * plane + c] * (g - planes[TABLE_MEAN_G * plane + c] - u * planes[TABLE_MEAN_GU * plane + c]);
    }
}
