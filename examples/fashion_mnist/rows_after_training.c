/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "calibration.h"
#include "table_rows.h"

static void add_stored(table_rows *rows, clqnn_type storage)
{
    table_row *row = table_row_add(rows, "float");
    row->storage = storage;
    row->is_quick = true;
    (void)snprintf(row->name, sizeof row->name, "%s", clqnn_type_name(storage));
}

static table_row *add_affine(table_rows *rows, const char *family, int bits, int granularity, int asymmetric)
{
    table_row *row = table_row_add(rows, family);
    row->kind = ROW_AFTER_TRAINING;
    row->scheme = (quantization_scheme){.weights = WEIGHTS_AFFINE, .weight_bits = bits, .per_channel = granularity != 0, .asymmetric = asymmetric != 0};
    return row;
}

static const char *granularity_name(const table_row *row)
{
    return row->scheme.per_channel ? "per channel" : "per layer";
}

static const char *symmetry_name(const table_row *row)
{
    return row->scheme.asymmetric ? "asymmetric" : "symmetric";
}

static void add_weights_only(table_rows *rows)
{
    static const int bits[] = {8, 6, 4, 3, 2};
    for (size_t b = 0; b < sizeof bits / sizeof *bits; b++) {
        for (int choice = 0; choice < 4; choice++) {
            table_row *row = add_affine(rows, "weights only", bits[b], choice & 1, choice & 2);
            row->is_quick = bits[b] != 6 && bits[b] != 3 && !row->scheme.asymmetric;
            (void)snprintf(row->name, sizeof row->name, "W%d %s %s", bits[b], granularity_name(row), symmetry_name(row));
        }
    }
}

static void add_weights_and_activations(table_rows *rows)
{
    for (int bits = 8; bits >= 4; bits -= 4) {
        for (int choice = 0; choice < 4; choice++) {
            for (int method = 0; method < CALIBRATION_METHODS; method++) {
                table_row *row = add_affine(rows, "after training", bits, choice & 1, choice & 2);
                row->scheme.activations = ACTIVATIONS_AFFINE;
                row->scheme.activation_bits = bits;
                row->method = (clqnn_range_method)method;
                row->is_quick = !row->scheme.asymmetric && (method == CLQNN_RANGE_MIN_MAX || (method == CLQNN_RANGE_LEAST_SQUARES && row->scheme.per_channel));
                (void)snprintf(row->name, sizeof row->name, "W%dA%d %s %s, %s", bits, bits, granularity_name(row), symmetry_name(row),
                               calibration_method_name(row->method));
            }
        }
    }
}

void add_rows_after_training(table_rows *rows)
{
    add_stored(rows, CLQNN_F32);
    add_stored(rows, CLQNN_F16);
    add_stored(rows, CLQNN_BF16);
    add_weights_only(rows);
    add_weights_and_activations(rows);
}
