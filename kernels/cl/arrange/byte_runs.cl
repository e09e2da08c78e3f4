/* SPDX-License-Identifier: Apache-2.0 */
/* Runs of bytes, after the parts of 64 and of 16 lanes: copied, looked up or filled. */
static inline void copy_run(__global const uchar *from, __global uchar *to, ulong bytes)
{
    if (bytes >= 64) {
        for (ulong i = 0; i + 64 <= bytes; i += 64) store_bytes_64(to + i, load_bytes_64(from + i));
        store_bytes_64(to + bytes - 64, load_bytes_64(from + bytes - 64));
    } else if (bytes >= 16) {
        for (ulong i = 0; i + 16 <= bytes; i += 16) store_bytes_16(to + i, load_bytes_16(from + i));
        store_bytes_16(to + bytes - 16, load_bytes_16(from + bytes - 16));
    } else {
        for (ulong i = 0; i < bytes; i++) to[i] = from[i];
    }
}

static inline void map_run(__global const uchar *map, __global const uchar *from, __global uchar *to, ulong bytes)
{
    ulong i = 0;
    for (; i + 8 <= bytes; i += 8) { /* eight in a word: as a vector they would be put together byte by byte */
        const ulong q = as_ulong(vload8(0, from + i));
        ulong mapped = 0;
        #pragma unroll
        for (int k = 0; k < 64; k += 8) mapped |= (ulong)map[q >> k & 255] << k;
        vstore8(as_uchar8(mapped), 0, to + i);
    }
    for (; i < bytes; i++) to[i] = map[from[i]];
}

static inline void fill_run(uchar value, __global uchar *to, ulong bytes)
{
    if (bytes >= 16) {
        const lane_bytes_16 values = (lane_bytes_16)value;
        for (ulong i = 0; i + 16 <= bytes; i += 16) store_bytes_16(to + i, values);
        store_bytes_16(to + bytes - 16, values);
    } else {
        for (ulong i = 0; i < bytes; i++) to[i] = value;
    }
}
