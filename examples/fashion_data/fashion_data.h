/* SPDX-License-Identifier: Apache-2.0 */
/* The Fashion-MNIST data set: grey images of 28 x 28 pixels, each of one of ten kinds of clothing; 60,000 to learn from and 10,000 to test with. */
#ifndef FASHION_DATA_H
#define FASHION_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PIXELS = 28 * 28, CLASSES = 10 };

typedef struct labelled_images {
    int count;
    uint8_t *pixels; /* count x PIXELS, 0 is the background */
    uint8_t *labels; /* count, each below CLASSES */
} labelled_images;

typedef struct fashion_data {
    labelled_images training, test;
} fashion_data;

/* Where Debian's package dataset-fashion-mnist puts the files. */
extern const char fashion_default_folder[];

bool fashion_data_present(const char *folder);

/* Reads the first `training_limit` training images (0: all) and all test images. On failure says in `error` what is missing or damaged. */
bool fashion_data_read(const char *folder, uint32_t training_limit, fashion_data *data, char *error, size_t error_size);

void fashion_data_free(fashion_data *data);

#endif
