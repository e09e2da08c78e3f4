/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "table_rows.h"

static table_row *add(table_rows *rows, const char *family, weight_quantizer weights, int weight_bits, activation_quantizer activations, int activation_bits)
{
    table_row *row = table_row_add(rows, family);
    row->kind = ROW_RETRAINED;
    row->scheme = (quantization_scheme){.weights = weights, .weight_bits = weight_bits, .activations = activations, .activation_bits = activation_bits};
    row->method = CLQNN_RANGE_LEAST_SQUARES;
    row->epochs = 2;
    row->rate = 0.02f;
    if (activations == ACTIVATIONS_SIGN) { /* signs of weights turn rarely by steps in proportion to gradients; Adam's have one size */
        row->epochs = 6;
        row->rate = 0.003f;
        row->uses_adam = true;
    }
    row->plain_only = true;
    (void)snprintf(row->name, sizeof row->name, "%s W%dA%d", family, weight_bits, activation_bits);
    return row;
}

void add_rows_low_bits(table_rows *rows)
{
    add(rows, "BNN", WEIGHTS_SIGN, 1, ACTIVATIONS_SIGN, 1)->is_quick = true;
    add(rows, "XNOR-Net", WEIGHTS_XNOR, 1, ACTIVATIONS_SIGN, 1)->is_quick = true;
    add(rows, "TWN", WEIGHTS_TWN, 2, ACTIVATIONS_AFFINE, 8)->is_quick = true;
    add(rows, "TTQ", WEIGHTS_TTQ, 2, ACTIVATIONS_AFFINE, 8)->rate = 0.005f; /* the gradients of its two scales are sums over all weights */
    for (int bits = 1; bits <= 4; bits++) add(rows, "DoReFa", WEIGHTS_DOREFA, 1, ACTIVATIONS_UNIT, bits)->is_quick = bits == 3;
    for (int bits = 2; bits <= 4; bits++) add(rows, "DoReFa", WEIGHTS_DOREFA, bits, ACTIVATIONS_UNIT, bits);
    for (int bits = 4; bits >= 2; bits -= 2) {
        table_row *row = add(rows, "WRPN x2", WEIGHTS_WRPN, bits, ACTIVATIONS_UNIT, bits);
        row->widening = 2;
        row->epochs = 3;
        row->rate = 0.05f;
    }
}
