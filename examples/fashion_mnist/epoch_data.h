/* SPDX-License-Identifier: Apache-2.0 */
/* The training images of an epoch on the device: in a new order each time, some of them mirrored, all by the seed. */
#ifndef EPOCH_DATA_H
#define EPOCH_DATA_H

#include "fashion_data.h"
#include "train_graph.h"

/* Buffers for the first `count` of the images, without data yet. Labels must be below NET_CLASSES, as fashion_data_read checks. */
bool device_images_create(clqnn_context *context, int count, device_images *images);
void device_images_free(device_images *images);

/* Uploads in the order that they have. Blocks. */
bool device_images_upload(clqnn_context *context, const labelled_images *source, device_images *images);

/* Uploads them shuffled; mirrors: every other image on average from left to right. Both are functions of seed and epoch. Blocks. */
bool epoch_data_upload(clqnn_context *context, const labelled_images *source, uint64_t seed, int epoch, bool mirrors, device_images *images);

#endif
