/* SPDX-License-Identifier: Apache-2.0 */
/* Where the taps of an output pixel's window stand in x. */

/* The input position that a tap of an output position reads, in one dimension; -1: none. */
static inline int tap_position(const conv_bits_params *p, int d, int at, int tap)
{
    if (!p->transposed) {
        const int position = at * p->stride[d] - p->pad[d] + tap * p->dilation[d];
        return position < p->input[d] ? max(position, -1) : -1;
    }
    const int reached = at + p->pad[d] - tap * p->dilation[d];
    return reached >= 0 && reached % p->stride[d] == 0 && reached / p->stride[d] < p->input[d] ? reached / p->stride[d] : -1;
}

/* Words from an image's first pixel to the one that a tap of an output pixel reads; false: it is outside. */
static inline bool tap_place(const conv_bits_params *p, int pixel, int tap, ulong *place)
{
    const int line = pixel / p->output[2], row_of_taps = tap / p->window[2];
    const int depth = tap_position(p, 0, line / p->output[1], row_of_taps / p->window[1]);
    const int row = tap_position(p, 1, line % p->output[1], row_of_taps % p->window[1]);
    const int column = tap_position(p, 2, pixel % p->output[2], tap % p->window[2]);
    if (depth < 0 || row < 0 || column < 0) return false;
    *place = depth * p->x_step[0] + row * p->x_step[1] + column * p->x_step[2];
    return true;
}
