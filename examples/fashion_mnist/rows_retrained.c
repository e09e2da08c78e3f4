/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "table_rows.h"

/* Affine quantizers during training: weights by their range in each step, activations by that of calibration. */
static void add_affine(table_rows *rows, int bits, bool per_channel, bool asymmetric)
{
    table_row *row = table_row_add(rows, "retrained");
    row->kind = ROW_RETRAINED;
    row->scheme = (quantization_scheme){.weights = WEIGHTS_AFFINE, .weight_bits = bits, .per_channel = per_channel, .asymmetric = asymmetric,
                                        .activations = ACTIVATIONS_AFFINE, .activation_bits = bits};
    row->method = bits == 8 ? CLQNN_RANGE_MIN_MAX : CLQNN_RANGE_LEAST_SQUARES;
    row->epochs = 1;
    row->rate = bits == 8 ? 0.005f : 0.01f;
    row->is_quick = bits == 4 && per_channel && !asymmetric;
    (void)snprintf(row->name, sizeof row->name, "W%dA%d %s %s, retrained", bits, bits, per_channel ? "per channel" : "per layer",
                   asymmetric ? "asymmetric" : "symmetric");
}

/* LSQ and PACT: learned steps and clips of few bits. */
static void add_learned(table_rows *rows, const char *family, int bits)
{
    table_row *row = table_row_add(rows, family);
    const bool lsq = family[0] == 'L';
    row->kind = ROW_RETRAINED;
    row->scheme = (quantization_scheme){.weights = lsq ? WEIGHTS_LSQ : WEIGHTS_DOREFA, .weight_bits = bits,
                                        .activations = lsq ? ACTIVATIONS_LSQ : ACTIVATIONS_PACT, .activation_bits = bits};
    row->method = CLQNN_RANGE_LEAST_SQUARES;
    row->epochs = 2;
    row->rate = 0.01f;
    row->plain_only = !lsq;
    row->is_quick = bits == 4 && lsq;
    (void)snprintf(row->name, sizeof row->name, "%s W%dA%d", family, bits, bits);
}

void add_rows_retrained(table_rows *rows)
{
    for (int bits = 8; bits >= 4; bits -= 4) {
        for (int choice = 0; choice < 4; choice++) add_affine(rows, bits, choice & 1, choice & 2);
    }
    for (int bits = 4; bits >= 2; bits--) add_learned(rows, "LSQ", bits);
    for (int bits = 4; bits >= 2; bits--) add_learned(rows, "PACT", bits);
}
