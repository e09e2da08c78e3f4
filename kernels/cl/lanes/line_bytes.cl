/* SPDX-License-Identifier: Apache-2.0 */
/* What a contiguous line of bytes holds, LANES at a time; bytes are unsigned after ^ flip. */
#define LINE_SHORT 256          /* so many bytes add up within 16 bits */

static inline uint NAMED(sum_pairs)(const NAMED(lane_pairs) *pairs)
{
    const NAMED(half_ints) both = __builtin_convertvector(pairs->even, NAMED(half_ints)) + __builtin_convertvector(pairs->odd, NAMED(half_ints));
    uint sum = 0;
    for (int i = 0; i < LANES / 2; i++) sum += (uint)both[i];
    return sum;
}

static inline uint NAMED(sum_of_line)(__global const uchar *line, uint count, uchar flip)
{
    uint sum = 0, i = 0;
    while (i + LANES <= count) {
        NAMED(lane_pairs) partial = {0, 0};
        for (int n = 0; n < LINE_SHORT && i + LANES <= count; n++, i += LANES) NAMED(add_bytes)(&partial, NAMED(load_bytes)(line + i) ^ (NAMED(lane_bytes))flip);
        sum += NAMED(sum_pairs)(&partial);
    }
    for (; i < count; i++) sum += (uchar)(line[i] ^ flip);
    return sum;
}

/* The largest of line[i] ^ flip. With the smallest in mind: flip ^ 255, and 255 minus the result. */
static inline uchar NAMED(largest_of_line)(__global const uchar *line, uint count, uchar flip)
{
    uchar largest = 0;
    uint i = 0;
    if (count >= LANES) {
        NAMED(lane_bytes) lanes = NAMED(load_bytes)(line) ^ (NAMED(lane_bytes))flip;
        for (i = LANES; i + LANES <= count; i += LANES) lanes = NAMED(larger_bytes)(lanes, NAMED(load_bytes)(line + i) ^ (NAMED(lane_bytes))flip);
        lanes = NAMED(larger_bytes)(lanes, NAMED(load_bytes)(line + count - LANES) ^ (NAMED(lane_bytes))flip);
        for (int lane = 0; lane < LANES; lane++) largest = max(largest, lanes[lane]);
        return largest;
    }
    for (; i < count; i++) largest = max(largest, (uchar)(line[i] ^ flip));
    return largest;
}
#undef LINE_SHORT
