/* SPDX-License-Identifier: Apache-2.0 */
/* The table as files. */
#ifndef TABLE_RESULTS_H
#define TABLE_RESULTS_H

#include <stdio.h>

#include "experiment.h"

typedef struct table_results {
    const table_options *options;
    const table_rows *rows;
    experiment *runs[2];
    int run_count;
    clqnn_device_info device;
    double seconds;             /* of everything */
} table_results;

/* Header and rows of one network as Markdown. */
void write_markdown(FILE *file, const table_results *results);
void write_json(FILE *file, const table_results *results);

/* Accuracy against the bits of the weights, a mark a row. */
void write_svg(FILE *file, const table_results *results);

/* fashion_mnist.md, .json and .svg into the options' folder. */
bool write_results(const table_results *results);

#endif
