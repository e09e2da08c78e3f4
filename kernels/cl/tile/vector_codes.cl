/* SPDX-License-Identifier: Apache-2.0 */
/* codes_row and codes_tile of tile/x86_codes_avx2 in plain OpenCL C, for any CPU: what the parts with instructions of their own are compared with. */
#define CODES_ROWS 4

/* sum + the products of four codes of each column with four bytes of a row. */
static inline int16 codes_dot(int16 sum, uint16 codes, const char *a)
{
    sum += as_int16(codes & 255u) * (int)a[0] + as_int16((codes >> 8) & 255u) * (int)a[1];
    return sum + as_int16((codes >> 16) & 255u) * (int)a[2] + as_int16(codes >> 24) * (int)a[3];
}

inline void codes_row(const char *a, __global const char *words, ulong groups, int *sums)
{
    __global const uint *from = (__global const uint *)words;
    int16 left = vload16(0, sums), right = vload16(1, sums);
    for (ulong i = 0; i < 4 * groups; i++, a += 4) {
        const uint shift = 2 * (uint)(i % 4);
        left = codes_dot(left, (vload16(i / 4 * 2, from) >> shift) & 0x03030303u, a);
        right = codes_dot(right, (vload16(i / 4 * 2 + 1, from) >> shift) & 0x03030303u, a);
    }
    vstore16(left, 0, sums);
    vstore16(right, 1, sums);
}

inline void codes_tile(int height, const char *a, const char *codes, ulong count, int16 *sums)
{
    for (int row = 0; row < height; row++) {
        int16 sum = sums[row];
        for (ulong i = 0; i < count; i++) sum = codes_dot(sum, vload16(i, (const uint *)codes), a + row * CODES_K + 4 * i);
        sums[row] = sum;
    }
}
