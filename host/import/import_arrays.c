/* SPDX-License-Identifier: Apache-2.0 */
#include "import/import_arrays.h"

#include <stdlib.h>
#include <string.h>

#include "core/message.h"
#include "import/import_check.h"

static clqnn_status check_floats(const clqnn_imported *imported, const char *name, const void *data, clqnn_type type)
{
    clq_named_array array = {.name = name, .data = data, .type = type, .row_name = "group", .rows = imported->group_count,
                             .column_name = "column", .columns = imported->n};
    if (imported->transposed) {
        array.row_name = "column", array.rows = imported->n;
        array.column_name = "group", array.columns = imported->group_count;
    }
    return clq_check_finite(&array);
}

clqnn_status clq_imported_check_floats(const clqnn_imported *imported)
{
    CLQ_FORWARD(check_floats(imported, "the scale", imported->scales, imported->scale_type));
    if (imported->offsets) CLQ_FORWARD(check_floats(imported, "the offset", imported->offsets, imported->scale_type));
    if (imported->zero_points && imported->zero_point_type != CLQNN_U8) {
        CLQ_FORWARD(check_floats(imported, "the zero point", imported->zero_points, imported->zero_point_type));
    }
    return CLQNN_OK;
}

clqnn_status clq_imported_take_scales(clqnn_imported *imported, const void *scales)
{
    memcpy(imported->scales, scales, (size_t)(imported->group_count * imported->n) * clqnn_type_size(imported->scale_type));
    return clq_imported_check_floats(imported);
}

static bool is_in_order(const clqnn_imported *imported)
{
    for (int64_t row = 0; row < imported->k; row++) {
        if (imported->index[row] != row / imported->size) return false;
    }
    return true;
}

clqnn_status clq_imported_take_index(clqnn_imported *imported, const void *index)
{
    memcpy(imported->index, index, (size_t)imported->k * sizeof *imported->index);
    CLQ_FORWARD(clq_check_index("g_idx", imported->index, imported->k, imported->size));
    if (is_in_order(imported)) {
        free(imported->index);
        imported->index = NULL;
    }
    return CLQNN_OK;
}
