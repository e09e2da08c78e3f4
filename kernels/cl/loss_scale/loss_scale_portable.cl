/* SPDX-License-Identifier: Apache-2.0 */
/* Scale and unscale, any device: a work-item makes a chunk of y, element by element. */
__kernel void loss_scale_portable(__global const uchar *x, __global const uchar *s, __global uchar *y, __global uchar *flag, OP_COUNT, const loss_scale_params p)
{
    OP_BEGUN();
    if (p.nest.count == 0) return; /* s may not be there */
    const float scale = *(__global const float *)(s + p.head.offset[1]), factor = p.unscales ? clq_divide(1.0f, scale) : scale;
    const ulong x_step = p.nest.stride[LOSS_SCALE_X][OP_RANK - 1], y_step = p.nest.stride[LOSS_SCALE_Y][OP_RANK - 1];
    __global const uchar *from = x + p.head.offset[0];
    __global uchar *to = y + p.head.offset[2];
    int largest = 0;
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        for (uint i = 0; i < run; i++) {
            const float product = load_float(from, w.at[LOSS_SCALE_X] + i * x_step, p.x_type) * factor;
            store_float(to, w.at[LOSS_SCALE_Y] + i * y_step, p.y_type, product, 0);
            largest = max(largest, as_int(product) & 0x7fffffff); /* as integers NaN is above infinity */
        }
        nest_advance(&p.nest, &w, run);
    }
    if (p.unscales && largest >= p.limit) atomic_or((volatile __global int *)(flag + p.head.offset[3]), 1);
}
