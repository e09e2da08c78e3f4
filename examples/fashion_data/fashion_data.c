/* SPDX-License-Identifier: Apache-2.0 */
#include "fashion_data.h"

#include <stdio.h>
#include <stdlib.h>

#include "idx_file.h"

const char fashion_default_folder[] = "/usr/share/datasets/fashion-mnist";

static bool file_exists(const char *folder, const char *name)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file) fclose(file);
    return file != NULL;
}

bool fashion_data_present(const char *folder)
{
    return file_exists(folder, "train-images-idx3-ubyte.gz") && file_exists(folder, "train-labels-idx1-ubyte.gz")
           && file_exists(folder, "t10k-images-idx3-ubyte.gz") && file_exists(folder, "t10k-labels-idx1-ubyte.gz");
}

static bool labels_are_valid(const idx_file *labels)
{
    for (uint32_t i = 0; i < labels->count; i++) {
        if (labels->bytes[i] >= CLASSES) return false;
    }
    return true;
}

static bool read_part(const char *folder, const char *prefix, uint32_t limit, labelled_images *part, char *error, size_t error_size)
{
    char path[1024];
    idx_file images, labels;
    (void)snprintf(path, sizeof path, "%s/%s-images-idx3-ubyte.gz", folder, prefix);
    if (!idx_file_read(path, PIXELS, limit, &images, error, error_size)) return false;
    part->count = (int)images.count;
    part->pixels = images.bytes;
    (void)snprintf(path, sizeof path, "%s/%s-labels-idx1-ubyte.gz", folder, prefix);
    if (!idx_file_read(path, 1, limit, &labels, error, error_size)) return false;
    part->labels = labels.bytes;
    if (labels.count != images.count) {
        (void)snprintf(error, error_size, "%s holds %u labels for %u images", path, labels.count, images.count);
        return false;
    }
    if (!labels_are_valid(&labels)) {
        (void)snprintf(error, error_size, "%s holds a label above %d", path, CLASSES - 1);
        return false;
    }
    return true;
}

bool fashion_data_read(const char *folder, uint32_t training_limit, fashion_data *data, char *error, size_t error_size)
{
    *data = (fashion_data){0};
    if (!fashion_data_present(folder)) {
        (void)snprintf(error, error_size, "no Fashion-MNIST data set in %s; install it: apt-get install dataset-fashion-mnist", folder);
        return false;
    }
    if (read_part(folder, "train", training_limit, &data->training, error, error_size)
        && read_part(folder, "t10k", 0, &data->test, error, error_size)) {
        return true;
    }
    fashion_data_free(data);
    return false;
}

void fashion_data_free(fashion_data *data)
{
    free(data->training.pixels);
    free(data->training.labels);
    free(data->test.pixels);
    free(data->test.labels);
    *data = (fashion_data){0};
}
