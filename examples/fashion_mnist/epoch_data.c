/* SPDX-License-Identifier: Apache-2.0 */
#include "epoch_data.h"

#include <stdlib.h>
#include <string.h>

#include "counter_random.h"

enum { STREAM_ORDER = 1000, STREAM_MIRROR = 1000000 }; /* plus the epoch; those below are the weights' */

bool device_images_create(clqnn_context *context, int count, device_images *images)
{
    *images = (device_images){.count = count};
    if (succeeded(clqnn_buffer_create(context, (uint64_t)count * PIXELS, &images->pixels), "images")
        && succeeded(clqnn_buffer_create(context, (uint64_t)count * sizeof(int32_t), &images->labels), "labels")) {
        return true;
    }
    device_images_free(images);
    return false;
}

void device_images_free(device_images *images)
{
    clqnn_buffer_release(images->pixels);
    clqnn_buffer_release(images->labels);
    *images = (device_images){0};
}

static bool upload(clqnn_context *context, const uint8_t *pixels, const int32_t *labels, const device_images *images)
{
    return succeeded(clqnn_upload(context, images->pixels, 0, pixels, (uint64_t)images->count * PIXELS), "images")
           && succeeded(clqnn_upload(context, images->labels, 0, labels, (uint64_t)images->count * sizeof *labels), "labels");
}

bool device_images_upload(clqnn_context *context, const labelled_images *source, device_images *images)
{
    int32_t *labels = malloc((size_t)images->count * sizeof *labels);
    if (!labels) return failed("no memory for %d labels", images->count);
    for (int i = 0; i < images->count; i++) labels[i] = source->labels[i];
    const bool done = upload(context, source->pixels, labels, images);
    free(labels);
    return done;
}

static void copy_image(const uint8_t *source, bool mirrored, uint8_t *target)
{
    if (!mirrored) {
        memcpy(target, source, PIXELS);
        return;
    }
    for (int row = 0; row < NET_IMAGE; row++) {
        for (int column = 0; column < NET_IMAGE; column++) target[row * NET_IMAGE + column] = source[row * NET_IMAGE + NET_IMAGE - 1 - column];
    }
}

bool epoch_data_upload(clqnn_context *context, const labelled_images *source, uint64_t seed, int epoch, bool mirrors, device_images *images)
{
    const size_t count = (size_t)images->count;
    uint8_t *pixels = malloc(count * PIXELS);
    int32_t *labels = malloc(count * sizeof *labels);
    uint32_t *order = malloc(count * sizeof *order);
    bool done = pixels && labels && order;
    if (!done) (void)failed("no memory for %d images", images->count);
    if (done) {
        counter_shuffle(seed, STREAM_ORDER + (uint64_t)epoch, order, (uint32_t)count);
        for (size_t i = 0; i < count; i++) {
            const bool mirrored = mirrors && (counter_random(seed, STREAM_MIRROR + (uint64_t)epoch, i) & 1) != 0;
            copy_image(source->pixels + (size_t)order[i] * PIXELS, mirrored, pixels + i * PIXELS);
            labels[i] = source->labels[order[i]];
        }
        done = upload(context, pixels, labels, images);
    }
    free(pixels);
    free(labels);
    free(order);
    return done;
}
