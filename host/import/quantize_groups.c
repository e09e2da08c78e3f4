/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn_quantize_groups: a group of 16 columns at a time, gathered from either layout of the weights. */
#include <math.h>
#include <stdlib.h>

#include "core/descriptor.h"
#include "core/message.h"
#include "import/group_rounding.h"
#include "import/import_check.h"
#include "import/imported.h"
#include "import/packed_codes.h"
#include "core/float_storage.h"

#define LANES CLQ_GROUP_LANES

/* Weights and codes of one group of LANES columns, and one column of each. */
typedef struct group_buffers {
    float *x, *column;
    uint8_t *codes, *column_codes;
} group_buffers;

/* Which group of which columns. */
typedef struct group_place {
    int64_t group, first_row, rows, first_column, columns;
} group_place;

static clqnn_status check(const clqnn_quantize_groups_desc *desc)
{
    CLQ_FORWARD(clq_check_import_extent("n", desc->n));
    CLQ_FORWARD(clq_check_import_extent("k", desc->k));
    if (!desc->weights) return clq_fail(CLQNN_INVALID_ARGUMENT, "weights is NULL");
    CLQ_FORWARD(clq_check_float_type("weight_type", desc->weight_type));
    CLQ_FORWARD(clq_check_float_type("scale_type", desc->scale_type));
    if (desc->bits != 2 && desc->bits != 3 && desc->bits != 4 && desc->bits != 8) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "bits is %d, must be 2, 3, 4 or 8", (int)desc->bits);
    }
    if (desc->transposed != 0 && desc->transposed != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "transposed is %d, must be 0 or 1", (int)desc->transposed);
    if (desc->asymmetric != 0 && desc->asymmetric != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "asymmetric is %d, must be 0 or 1", (int)desc->asymmetric);
    if ((unsigned)desc->scale > CLQNN_GROUP_LEAST_ERROR) return clq_fail(CLQNN_INVALID_ARGUMENT, "scale is %d, not a clqnn_group_scale", (int)desc->scale);
    return clq_check_group_size("group_size", desc->group_size, desc->k);
}

static clqnn_status check_weights(const group_buffers *buffers, const group_place *place)
{
    const int64_t at = clq_stored_find_nonfinite(buffers->x, CLQNN_F32, place->rows * LANES);
    if (at < 0) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_QUANTIZATION, "weights of row %lld, column %lld is %g, must be finite", (long long)(place->first_row + at / LANES),
                    (long long)(place->first_column + at % LANES), (double)buffers->x[at]);
}

/* x[rows][LANES]; lanes without a column are 0. */
static clqnn_status load_weights(const clqnn_quantize_groups_desc *desc, const group_place *place, group_buffers *buffers)
{
    float *x = buffers->x;
    for (int64_t i = 0; place->columns < LANES && i < place->rows * LANES; i++) x[i] = 0.0f;
    if (!desc->transposed) {
        for (int64_t row = 0; row < place->rows; row++) {
            clq_stored_load_many(desc->weights, desc->weight_type, (place->first_row + row) * desc->n + place->first_column, place->columns, x + row * LANES);
        }
        return check_weights(buffers, place);
    }
    for (int64_t lane = 0; lane < place->columns; lane++) {
        clq_stored_load_many(desc->weights, desc->weight_type, (place->first_column + lane) * desc->k + place->first_row, place->rows, buffers->column);
        for (int64_t row = 0; row < place->rows; row++) x[row * LANES + lane] = buffers->column[row];
    }
    return check_weights(buffers, place);
}

static void store_codes(const group_place *place, group_buffers *buffers, clqnn_imported *made)
{
    if (!made->transposed) {
        for (int64_t row = 0; row < place->rows; row++) {
            const uint64_t at = (uint64_t)(place->first_row + row) * (uint64_t)made->n + (uint64_t)place->first_column;
            clq_codes_put(made->codes, made->width, at, buffers->codes + row * LANES, place->columns);
        }
        return;
    }
    for (int64_t lane = 0; lane < place->columns; lane++) {
        const uint64_t at = (uint64_t)(place->first_column + lane) * (uint64_t)made->k + (uint64_t)place->first_row;
        for (int64_t row = 0; row < place->rows; row++) buffers->column_codes[row] = buffers->codes[row * LANES + lane];
        clq_codes_put(made->codes, made->width, at, buffers->column_codes, place->rows);
    }
}

static clqnn_status store_parameters(const group_place *place, const clq_group_parameters *parameters, clqnn_imported *made)
{
    for (int64_t lane = 0; lane < place->columns; lane++) {
        const int64_t column = place->first_column + lane;
        const int64_t at = made->transposed ? column * made->group_count + place->group : place->group * made->n + column;
        if (!isfinite(parameters->scales[lane])) {
            return clq_fail(CLQNN_INVALID_QUANTIZATION, "weights of group %lld, column %lld need a scale beyond scale_type, which is %s",
                            (long long)place->group, (long long)column, clqnn_type_name(made->scale_type));
        }
        clq_stored_put(made->scales, made->scale_type, at, parameters->scales[lane]);
        if (made->zero_points) ((uint8_t *)made->zero_points)[at] = (uint8_t)parameters->zero_points[lane];
    }
    return CLQNN_OK;
}

static clqnn_status quantize(const clqnn_quantize_groups_desc *desc, group_buffers *buffers, clqnn_imported *made)
{
    const clq_group_rule rule = {.bits = desc->bits, .asymmetric = desc->asymmetric, .scale_type = desc->scale_type, .scale = desc->scale};
    for (int64_t group = 0; group < made->group_count; group++) {
        const int64_t first_row = group * made->size, rows = made->k - first_row < made->size ? made->k - first_row : made->size;
        for (int64_t first = 0; first < made->n; first += LANES) {
            const group_place place = {.group = group, .first_row = first_row, .rows = rows, .first_column = first,
                                       .columns = made->n - first < LANES ? made->n - first : LANES};
            clq_group_parameters parameters;
            CLQ_FORWARD(load_weights(desc, &place, buffers));
            clq_round_group(&rule, buffers->x, rows, buffers->codes, &parameters);
            CLQ_FORWARD(store_parameters(&place, &parameters, made));
            store_codes(&place, buffers, made);
        }
    }
    return CLQNN_OK;
}

static clqnn_status fill(const clqnn_quantize_groups_desc *desc, clqnn_imported *made)
{
    const size_t size = (size_t)made->size;
    group_buffers buffers = {.x = calloc(size, LANES * sizeof *buffers.x), .column = calloc(size, sizeof *buffers.column), .codes = calloc(size, LANES),
                             .column_codes = calloc(size, 1)};
    clqnn_status status = CLQNN_OK;
    if (buffers.x && buffers.column && buffers.codes && buffers.column_codes) {
        status = quantize(desc, &buffers, made);
    } else {
        status = clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a group of %zu rows", size);
    }
    free(buffers.x);
    free(buffers.column);
    free(buffers.codes);
    free(buffers.column_codes);
    return status;
}

clqnn_status clqnn_quantize_groups(const clqnn_quantize_groups_desc *desc, clqnn_imported **imported)
{
    clqnn_quantize_groups_desc full;
    if (!imported) return clq_fail(CLQNN_INVALID_ARGUMENT, "imported is NULL");
    *imported = NULL;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_quantize_groups_desc", desc, &full, sizeof full, sizeof full));
    if (!full.weight_type) full.weight_type = CLQNN_F32;
    if (!full.scale_type) full.scale_type = CLQNN_F16;
    CLQ_FORWARD(check(&full));
    clqnn_imported *made;
    const clqnn_type codes = full.asymmetric ? clq_unsigned_codes(full.bits) : clq_signed_codes(full.bits);
    CLQ_FORWARD(clq_imported_create(&(clq_imported_shape){.type = codes, .transposed = full.transposed, .n = full.n, .k = full.k, .size = full.group_size,
                                                          .scale_type = full.scale_type,
                                                          .zero_point_type = full.asymmetric ? CLQNN_U8 : CLQNN_TYPE_NONE}, &made));
    return clq_imported_return(fill(&full, made), made, imported);
}
