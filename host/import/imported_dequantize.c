/* SPDX-License-Identifier: Apache-2.0 */
/* The formula of clqnn/groups.h on the host, in tiles that fit the caches whatever way the codes lie. */
#include "core/message.h"
#include "import/imported.h"
#include "import/packed_codes.h"
#include "core/float_storage.h"

#define TILE_ROWS 16 /* stored rows: of codes [n][k] so many columns of w, a cache line */
#define TILE_CODES 256

/* Scale, zero point and offset of one group of one column. */
typedef struct group_values {
    float scale, zero_point, offset;
} group_values;

static group_values load_group(const clqnn_imported *from, int64_t group, int64_t column)
{
    const int64_t at = from->transposed ? column * from->group_count + group : group * from->n + column;
    group_values values = {.scale = clq_stored_load(from->scales, from->scale_type, at)};
    if (from->offsets) values.offset = clq_stored_load(from->offsets, from->scale_type, at);
    if (from->zero_points) {
        /* A byte is exact in binary32, and so is its difference to a code. */
        const bool is_byte = from->zero_point_type == CLQNN_U8;
        values.zero_point = is_byte ? (float)((const uint8_t *)from->zero_points)[at] : clq_stored_load(from->zero_points, from->zero_point_type, at);
    }
    return values;
}

static float weight_of(const clqnn_imported *from, group_values values, uint8_t code)
{
    const int32_t half = 1 << (from->width - 1);
    const bool is_signed = from->type == clq_signed_codes(from->width);
    const int32_t q = is_signed ? (code ^ half) - half : code;
    if (from->offsets) return values.scale * (float)q - values.offset;
    return values.scale * ((float)q - values.zero_point);
}

static int64_t group_of(const clqnn_imported *from, int64_t row)
{
    return from->index ? from->index[row] : row / from->size;
}

/* `count` codes from `first` on of stored row `row`: along k if transposed, else along n. */
static void dequantize_run(const clqnn_imported *from, int64_t row, int64_t first, int64_t count, float *values)
{
    uint8_t codes[TILE_CODES];
    const int64_t length = from->transposed ? from->k : from->n;
    clq_codes_get(from->codes, from->code_bytes, from->width, (uint64_t)(row * length + first), count, codes);
    if (!from->transposed) {
        const int64_t group = group_of(from, row);
        for (int64_t i = 0; i < count; i++) values[i] = weight_of(from, load_group(from, group, first + i), codes[i]);
        return;
    }
    int64_t present = -1;
    group_values values_of_group = {0};
    for (int64_t i = 0; i < count; i++) {
        const int64_t group = group_of(from, first + i);
        if (group != present) values_of_group = load_group(from, group, row);
        present = group;
        values[i] = weight_of(from, values_of_group, codes[i]);
    }
}

clqnn_status clqnn_imported_dequantize(const clqnn_imported *imported, float *w)
{
    if (!imported) return clq_fail(CLQNN_INVALID_ARGUMENT, "imported is NULL");
    if (!w) return clq_fail(CLQNN_INVALID_ARGUMENT, "w is NULL");
    const int64_t rows = imported->transposed ? imported->n : imported->k, length = imported->transposed ? imported->k : imported->n;
    float tile[TILE_ROWS][TILE_CODES];
    for (int64_t row = 0; row < rows; row += TILE_ROWS) {
        const int64_t tile_rows = rows - row < TILE_ROWS ? rows - row : TILE_ROWS;
        for (int64_t first = 0; first < length; first += TILE_CODES) {
            const int64_t count = length - first < TILE_CODES ? length - first : TILE_CODES;
            for (int64_t i = 0; i < tile_rows; i++) {
                dequantize_run(imported, row + i, first, count, imported->transposed ? tile[i] : w + (row + i) * length + first);
            }
            if (!imported->transposed) continue;
            for (int64_t j = 0; j < count; j++) {
                for (int64_t i = 0; i < tile_rows; i++) w[(first + j) * imported->n + row + i] = tile[i][j];
            }
        }
    }
    return CLQNN_OK;
}
