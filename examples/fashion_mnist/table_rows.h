/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of the table: which networks are tried, as data. One file a family makes them: rows_after_training.c, rows_retrained.c, rows_low_bits.c. */
#ifndef TABLE_ROWS_H
#define TABLE_ROWS_H

#include <clqnn/quantizer.h>

#include "quantization_scheme.h"

enum { TABLE_MAX_ROWS = 160, ROW_NAME = 64 };

typedef enum row_kind {
    ROW_STORED = 0,      /* the float network, weights and activations stored in a float type */
    ROW_AFTER_TRAINING,  /* quantized as it is, batch norms folded */
    ROW_RETRAINED        /* trained on with the quantizers in place */
} row_kind;

typedef struct table_row {
    row_kind kind;
    char family[24];            /* "weights only", "BNN", ... */
    char name[ROW_NAME];
    quantization_scheme scheme;
    clqnn_type storage;         /* of floats */
    clqnn_range_method method;  /* of ACTIVATIONS_AFFINE and where learned numbers begin */
    int widening;               /* 0 means 1. A widened network is trained from the start */
    int epochs;
    float rate;                 /* of retraining */
    bool uses_adam;             /* in retraining */
    bool is_quick;              /* part of --quick */
    bool plain_only;            /* needs binary convolutions, which the depthwise network is not tried with */
} table_row;

typedef struct table_rows {
    table_row rows[TABLE_MAX_ROWS];
    int count;
} table_rows;

/* A row that the caller fills in; the last one where the list is full. */
table_row *table_row_add(table_rows *rows, const char *family);

void add_rows_after_training(table_rows *rows);
void add_rows_retrained(table_rows *rows);
void add_rows_low_bits(table_rows *rows);

/* Bits of weights and activations in the inner layers, 32 for floats. */
int row_weight_bits(const table_row *row);
int row_activation_bits(const table_row *row);

#endif
