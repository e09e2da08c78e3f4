/* SPDX-License-Identifier: Apache-2.0 */
/* One network through the whole table: its training in float, calibration, and every row by the kernels of inference. */
#ifndef EXPERIMENT_H
#define EXPERIMENT_H

#include "calibration.h"
#include "code_network.h"
#include "table_options.h"
#include "table_rows.h"
#include "trainer.h"

enum { EXPERIMENT_BATCH = 100, CALIBRATION_IMAGES = 1000, FLOAT_EPOCHS = 8, QUICK_EPOCHS = 3 };

typedef struct row_result {
    bool measured;
    double accuracy;             /* percent of the test images, by the kernels of inference */
    double training_accuracy;    /* by the pass that training sees */
    double agreement;            /* percent of the images to which both give one class */
    double seconds_per_image;    /* from pixels to logits */
    double training_seconds;     /* of retraining */
    uint64_t bytes;
    char kernels[CODE_KERNEL_TEXT];
} row_result;

typedef struct experiment {
    clqnn_context *context;
    const table_options *options;
    const fashion_data *data;
    device_images training, test, calibration_images;
    net_description net;
    train_state trained;         /* the float network */
    train_result training_result;
    calibration calibration;
    row_result results[TABLE_MAX_ROWS];
} experiment;

/* Buffers, the training in float or its checkpoint, calibration. */
bool experiment_start(clqnn_context *context, const table_options *options, const fashion_data *data, const char *network, experiment *run);
void experiment_free(experiment *run);

/* One row into its result. */
bool experiment_row(experiment *run, const table_row *row, row_result *result);

/* Parameters with which a row begins: of the float network, for the row's quantizers. `net` is the row's own, perhaps widened. */
bool row_start(experiment *run, const table_row *row, const net_description *net, train_state *state);

#endif
