/* SPDX-License-Identifier: Apache-2.0 */
/* Where a row of windows lies. */
typedef struct pool_bits_row {
    ulong x, y;                 /* words from the tensors' first, without the innermost axis */
    int taps[2];                /* on the outer axes */
} pool_bits_row;

static inline pool_bits_row pool_bits_row_at(const pool_bits_params *p, __global const int *tables, ulong number)
{
    const uint rest = (uint)number, height = (uint)p->output[1], depth = (uint)p->output[0], above = rest / height;
    const uint at[2] = {above % depth, rest % height}, image = above / depth;
    pool_bits_row row = {image * p->x_stride[0], image * p->y_stride[0], {0, 0}};
    for (int i = 0; i < 2; i++) {
        __global const int *window = tables + p->windows[i] + at[i] * 2;
        row.x += (ulong)window[0] * p->x_stride[1 + i];
        row.y += at[i] * p->y_stride[1 + i];
        row.taps[i] = window[1];
    }
    return row;
}

/* pool_bits_NAME(...): the words of type TYPE of one window, whose first tap lies at `x`. Every window has a tap. */
#define POOL_BITS_WINDOW(name, type, load)                                                                                            \
    static inline type name(const pool_bits_params *p, __global const uint *x, const int *outer_taps, int taps)                      \
    {                                                                                                                                 \
        const type flip = (type)(p->is_and ? 0xffffffffu : 0u); /* an AND is an OR of what is inverted */                             \
        type any = (type)0;                                                                                                           \
        for (int d = 0; d < outer_taps[0]; d++) {                                                                                     \
            for (int h = 0; h < outer_taps[1]; h++) {                                                                                 \
                __global const uint *tap = x + (ulong)d * p->tap_step[0] + (ulong)h * p->tap_step[1];                                 \
                for (int w = 0; w < taps; w++, tap += p->tap_step[2]) any |= load(tap) ^ flip;                                        \
            }                                                                                                                         \
        }                                                                                                                             \
        return any ^ flip;                                                                                                            \
    }
