/* SPDX-License-Identifier: Apache-2.0 */
/* dx of fake quantization on any device: a work-item makes a chunk, element by element. */
__kernel void fake_back_portable(__global const uchar *x, __global const uchar *scales, __global const uchar *others, __global uchar *dx, __global const uchar *dy, OP_COUNT,
                                 const fake_quant_params p)
{
    OP_BEGUN();
    __global const uchar *from = x + p.head.offset[0], *above = dy + p.head.offset[4];
    __global const float *all_scales = (__global const float *)(scales + p.head.offset[1]);
    __global const int *all_others = (__global const int *)(others + p.head.offset[2]);
    const ulong x_step = p.nest.stride[FAKE_X][OP_RANK - 1], dx_step = p.nest.stride[FAKE_Y][OP_RANK - 1], dy_step = p.nest.stride[FAKE_MASK][OP_RANK - 1];
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        for (uint i = 0; i < run; i++) {
            const ulong place = w.at[FAKE_X] + i * x_step;
            float g = 0.0f;
            if (p.gradient == FAKE_MASKED) {
                g = from[place] ? 1.0f : 0.0f;
            } else {
                const fake_values v = fake_values_at(&p.rule, all_scales, all_others, fake_index(&p, &w, i));
                g = fake_gradient(p.gradient, &p.rule, &v, load_float(from, place, p.x_type));
            }
            const float given = load_float(above, w.at[FAKE_MASK] + i * dy_step, p.dy_type);
            store_float(dx + p.head.offset[3], w.at[FAKE_Y] + i * dx_step, p.y_type, fake_pass(given, g), 0);
        }
        nest_advance(&p.nest, &w, run);
    }
}
