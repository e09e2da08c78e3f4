/* SPDX-License-Identifier: Apache-2.0 */
/* How long a network takes on the device, as a whole and layer by layer. */
#ifndef NETWORK_TIMING_H
#define NETWORK_TIMING_H

#include "network_device.h"

double network_now_seconds(void);

/* Seconds of runs in a row, each from its first enqueue to its finish. */
typedef struct network_times {
    double shortest, median;
} network_times;

/* `runs` runs after a few that are not counted. With host memory given, a run begins with the upload of `input` and ends with the download of the network's
 * output to `output`; with NULL both stay on the device. */
clqnn_status network_time_runs(const network_device *device, int64_t runs, const uint8_t *input, uint8_t *output, network_times *times);

/* Times each layer alone, many enqueues to one finish, and prints a line for each, with its share of their sum. Overwrites the activations. */
clqnn_status network_print_profile(const network_device *device);

#endif
