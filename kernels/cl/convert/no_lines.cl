/* SPDX-License-Identifier: Apache-2.0 */
/* In place of convert/convert_lines where the device has no such instructions. */
typedef struct line_conversion {
    __global const uchar *x;
    __global uchar *y;
    int x_type, y_type;
    float x_scale, y_scale;
    int x_zero, y_zero;
    int y_low, y_high;
    bool streams;
} line_conversion;

static inline uint convert_lines_each(const line_conversion *c, __global const int *y_values, ulong y_plane, uint count)
{
    return 0;
}

static inline uint convert_lines(const line_conversion *c, uint count)
{
    return 0;
}
