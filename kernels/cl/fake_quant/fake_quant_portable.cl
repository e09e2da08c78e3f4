/* SPDX-License-Identifier: Apache-2.0 */
/* Fake quantization on any device: a work-item makes a chunk, element by element. A chunk is an even number of elements, so that each byte of an s4 or u4 y has
 * one writer. */

__kernel void fake_quant_portable(__global const uchar *x, __global const uchar *scales, __global const uchar *others, __global uchar *y, __global uchar *mask, OP_COUNT,
                                  const fake_quant_params p)
{
    OP_BEGUN();
    __global const uchar *from = x + p.head.offset[0];
    __global const float *all_scales = (__global const float *)(scales + p.head.offset[1]);
    __global const int *all_others = (__global const int *)(others + p.head.offset[2]);
    __global uchar *to = y + p.head.offset[3], *flags = mask + p.head.offset[4];
    const ulong x_step = p.nest.stride[FAKE_X][OP_RANK - 1], y_step = p.nest.stride[FAKE_Y][OP_RANK - 1], mask_step = p.nest.stride[FAKE_MASK][OP_RANK - 1];
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        for (uint i = 0; i < run; i++) {
            const fake_values v = fake_values_at(&p.rule, all_scales, all_others, fake_index(&p, &w, i));
            const float real = load_float(from, w.at[FAKE_X] + i * x_step, p.x_type);
            const ulong place = w.at[FAKE_MASK] + i * mask_step; /* row-major: the mask is dense */
            const float noise = p.form == FAKE_NOISY ? fake_noise(place, (uint)all_others[0], (uint2)((uint)p.key[0], (uint)p.key[1]), p.rule.scale) : 0.0f;
            const int code = fake_code(p.form, &p.rule, &v, real, noise);
            if (is_float_type(p.y_type)) store_float(to, w.at[FAKE_Y] + i * y_step, p.y_type, fake_value(p.form, &p.rule, &v, code, real), 0);
            else store_integer(to, w.at[FAKE_Y] + i * y_step, p.y_type, code);
            if (p.saves_mask) flags[place] = fake_gradient(p.gradient, &p.rule, &v, real) != 0.0f;
        }
        nest_advance(&p.nest, &w, run);
    }
}
