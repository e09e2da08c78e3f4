/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/plane_values.h"

#include <string.h>

int32_t clq_plane_count(clqnn_type type)
{
    return type == CLQNN_B1 ? 1 : type == CLQNN_T2 ? 2 : 0;
}

uint64_t clq_plane_row_bytes(clqnn_type type, int64_t count)
{
    return (uint64_t)((count + CLQ_PLANE_GROUP - 1) / CLQ_PLANE_GROUP) * (uint64_t)clq_plane_count(type) * sizeof(uint32_t);
}

/* The two words of a group; of b1 every value is there, and the one plane is its sign. */
static void read_group(clqnn_type type, const unsigned char *row, int64_t group, uint32_t *present, uint32_t *sign)
{
    uint32_t words[2] = {0};
    const size_t bytes = (size_t)clq_plane_count(type) * sizeof *words;
    memcpy(words, row + (size_t)group * bytes, bytes);
    *present = type == CLQNN_B1 ? UINT32_MAX : words[0];
    *sign = type == CLQNN_B1 ? words[0] : words[1];
}

void clq_planes_expand(clqnn_type type, const void *data, int64_t rows, int64_t count, int64_t leading, int8_t *values)
{
    for (int64_t i = 0; i < rows; i++) {
        const unsigned char *row = (const unsigned char *)data + (uint64_t)i * clq_plane_row_bytes(type, leading);
        uint32_t present = 0, sign = 0;
        for (int64_t k = 0; k < count; k++) {
            const int bit = (int)(k % CLQ_PLANE_GROUP);
            if (bit == 0) read_group(type, row, k / CLQ_PLANE_GROUP, &present, &sign);
            *values++ = (int8_t)((int)(present >> bit & 1) * (1 - 2 * (int)(sign >> bit & 1)));
        }
    }
}

void clq_planes_collect(clqnn_type type, const int8_t *values, int64_t step, int64_t count, void *row)
{
    const int64_t planes = clq_plane_count(type);
    memset(row, 0, (size_t)clq_plane_row_bytes(type, count));
    for (int64_t first = 0; first < count; first += CLQ_PLANE_GROUP) {
        uint32_t words[2] = {0};
        for (int64_t k = first; k < count && k < first + CLQ_PLANE_GROUP; k++) {
            const int8_t value = values[k * step];
            words[0] |= (uint32_t)(value != 0) << (k - first);
            words[1] |= (uint32_t)(value < 0) << (k - first);
        }
        memcpy((unsigned char *)row + (size_t)(first / CLQ_PLANE_GROUP * planes) * sizeof *words, words + (2 - planes), (size_t)planes * sizeof *words);
    }
}

bool clq_planes_hold(clqnn_type type, int8_t value)
{
    if (type == CLQNN_B1) return value == 1 || value == -1;
    return type != CLQNN_T2 || (value >= -1 && value <= 1);
}
