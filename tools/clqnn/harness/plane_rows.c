/* SPDX-License-Identifier: Apache-2.0 */
#include "plane_rows.h"

#include <string.h>

enum { GROUP = 32 };

static int64_t planes_of(clqnn_type type) { return type == CLQNN_T2 ? 2 : 1; }

size_t clq_plane_rows_bytes(clqnn_type type, int64_t values) { return (size_t)((values + GROUP - 1) / GROUP * planes_of(type) * 4); }

size_t clq_plane_rows_place(const clq_plane_rows *rows, const clq_host_bytes *bytes, int64_t batch, int64_t row)
{
    const int64_t first = batch / rows->counts[1] * rows->stride[0] + batch % rows->counts[1] * rows->stride[1] + row * rows->leading;
    return bytes->offset + clq_plane_rows_bytes(rows->type, first);
}

static int32_t make_value(clq_random *random, clqnn_type type, clq_data data)
{
    if (data == CLQ_DATA_LOWEST) return -1;
    if (data == CLQ_DATA_HIGHEST) return 1;
    const int32_t value = (int32_t)clq_random_range(random, -1, 1);
    return type == CLQNN_B1 ? (value ? value : (int32_t)(2 * clq_random_range(random, 0, 1) - 1)) : value;
}

static void set_bit(unsigned char *word, int64_t bit) { word[bit / 8] = (unsigned char)(word[bit / 8] | 1 << bit % 8); }

static void store(unsigned char *row, clqnn_type type, int64_t i, int32_t value)
{
    unsigned char *const words = row + i / GROUP * planes_of(type) * 4;
    if (type == CLQNN_T2 && value != 0) set_bit(words, i % GROUP);
    if (value < 0) set_bit(type == CLQNN_T2 ? words + 4 : words, i % GROUP);
}

void clq_plane_rows_fill(clq_random *random, const clq_plane_rows *rows, clq_data data, const clq_host_bytes *bytes)
{
    clq_random_fill(random, bytes->data, bytes->size);
    if (rows->columns == 0) return;
    for (int64_t batch = 0; batch < rows->counts[0] * rows->counts[1]; batch++) {
        for (int64_t row = 0; row < rows->rows; row++) {
            unsigned char *const words = bytes->data + clq_plane_rows_place(rows, bytes, batch, row);
            memset(words, 0, clq_plane_rows_bytes(rows->type, rows->columns));
            for (int64_t i = 0; i < rows->columns; i++) store(words, rows->type, i, make_value(random, rows->type, data));
        }
    }
}

void clq_plane_rows_fill_dense(clq_random *random, clqnn_type type, int64_t rows, int64_t columns, clq_data data, unsigned char *target)
{
    const int64_t leading = (columns + GROUP - 1) / GROUP * GROUP;
    const clq_plane_rows all = { .type = type, .rows = rows, .columns = columns, .leading = leading, .counts = { 1, 1 } };
    const clq_host_bytes bytes = { .data = target, .size = clq_plane_rows_bytes(type, rows * leading) };
    clq_plane_rows_fill(random, &all, data, &bytes);
}
