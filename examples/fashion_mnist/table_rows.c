/* SPDX-License-Identifier: Apache-2.0 */
#include "table_rows.h"

#include <stdio.h>

table_row *table_row_add(table_rows *rows, const char *family)
{
    if (rows->count < TABLE_MAX_ROWS) rows->count++;
    table_row *row = &rows->rows[rows->count - 1];
    *row = (table_row){.storage = CLQNN_F32, .method = CLQNN_RANGE_MIN_MAX, .widening = 1};
    (void)snprintf(row->family, sizeof row->family, "%s", family);
    return row;
}

int row_weight_bits(const table_row *row)
{
    switch (row->scheme.weights) {
    case WEIGHTS_FLOAT: return row->storage == CLQNN_F32 ? 32 : 16;
    case WEIGHTS_SIGN: case WEIGHTS_XNOR: return 1;
    case WEIGHTS_TWN: case WEIGHTS_TTQ: return 2;
    default: return row->scheme.weight_bits;
    }
}

int row_activation_bits(const table_row *row)
{
    switch (row->scheme.activations) {
    case ACTIVATIONS_FLOAT: return row->storage == CLQNN_F32 ? 32 : 16;
    case ACTIVATIONS_SIGN: return 1;
    default: return row->scheme.activation_bits;
    }
}
