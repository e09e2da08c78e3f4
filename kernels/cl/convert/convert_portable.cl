/* SPDX-License-Identifier: Apache-2.0 */
/* Quantize, dequantize, requantize, any device: a work-item makes a chunk of y, element by element. */
__kernel void convert_portable(__global const uchar *x, __global const uchar *x_values, __global const uchar *y_values, __global uchar *y, OP_COUNT, const convert_params p)
{
    OP_BEGUN();
    const convert_buffers buffers = CONVERT_BUFFERS(p);
    ulong step[WALK_OPERANDS];
    for (int operand = 0; operand < WALK_OPERANDS; operand++) step[operand] = p.nest.stride[operand][OP_RANK - 1];
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        for (uint done = 0; done < run;) {
            const convert_part part = next_part(&p, &w, step, done, run);
            convert_few(&p, &buffers, &part, step, 0, part.count);
            done += part.count;
        }
        nest_advance(&p.nest, &w, run);
    }
}
