/* SPDX-License-Identifier: Apache-2.0 */
/* The input position that a tap of an output position reads, in one dimension; -1: none. */
static inline int tap_position(const conv_mixed_params *p, int d, int at, int tap)
{
    if (!p->transposed) {
        const int position = at * p->stride[d] - p->pad[d] + tap * p->dilation[d];
        return position < p->input[d] ? max(position, -1) : -1;
    }
    const int reached = at + p->pad[d] - tap * p->dilation[d];
    return reached >= 0 && reached % p->stride[d] == 0 && reached / p->stride[d] < p->input[d] ? reached / p->stride[d] : -1;
}
