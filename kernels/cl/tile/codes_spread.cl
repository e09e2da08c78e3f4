/* SPDX-License-Identifier: Apache-2.0 */
/* codes_expand of tile/x86_codes_avx2, for vectors of 16 columns in plain OpenCL C. */
#define CODES_K 256
#define CODES_HALF (CODES_K * 16) /* bytes */

inline void codes_expand(__global const char *words, ulong next, ulong groups, char *codes)
{
    __global const uint *from = (__global const uint *)words;
    uint *to = (uint *)codes;
    for (ulong group = 0; group < groups; group++) {
        __builtin_prefetch((__global const char *)(from + group * 32) + next, 0, 3);
        __builtin_prefetch((__global const char *)(from + group * 32 + 16) + next, 0, 3);
        const uint16 left = vload16(2 * group, from), right = vload16(2 * group + 1, from);
        for (uint field = 0; field < 4; field++) {
            vstore16((left >> (2 * field)) & 0x03030303u, 4 * group + field, to);
            vstore16((right >> (2 * field)) & 0x03030303u, 4 * group + field, to + CODES_HALF / 4);
        }
    }
}
