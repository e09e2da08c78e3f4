/* SPDX-License-Identifier: Apache-2.0 */
#include "network_export.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The parts of the file, in the order of their data. */
enum { MAX_PARTS = NETWORK_MAX_TENSORS + 3 * NETWORK_MAX_LAYERS + 4, HEADER_BYTES = 160 * (MAX_PARTS + NETWORK_MAX_LAYERS) };

typedef struct export_part {
    const void *data;
    uint64_t bytes;
} export_part;

typedef struct export_file {
    char header[HEADER_BYTES];
    size_t length;
    export_part parts[MAX_PARTS];
    int part_count;
    uint64_t data_bytes;
    float scales[NETWORK_MAX_TENSORS], own_scales[NETWORK_MAX_LAYERS];
    int32_t zero_points[NETWORK_MAX_TENSORS], own_zero_points[NETWORK_MAX_LAYERS];
} export_file;

static void append(export_file *file, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(file->header + file->length, sizeof file->header - file->length, format, arguments);
    va_end(arguments);
    assert(length >= 0 && file->length + (size_t)length < sizeof file->header); /* HEADER_BYTES has room for the longest of every line */
    file->length += (size_t)length;
}

/* `shape` as JSON's text, without the brackets. */
static void add_part(export_file *file, const char *name, int index, const char *dtype, const char *shape, export_part part)
{
    char number[16] = "";
    if (index >= 0) (void)snprintf(number, sizeof number, ".%d", index);
    append(file, ",\"%s%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%llu,%llu]}", name, number, dtype, shape, (unsigned long long)file->data_bytes,
           (unsigned long long)(file->data_bytes + part.bytes));
    file->parts[file->part_count++] = part;
    file->data_bytes += part.bytes;
}

static void add_activations(export_file *file, const network *net, const network_activations *values)
{
    for (int t = 0; t < net->tensor_count; t++) {
        const network_tensor *tensor = &net->tensors[t];
        char shape[96];
        (void)snprintf(shape, sizeof shape, "%lld,%lld,%lld,%lld", (long long)values->batch, (long long)tensor->height, (long long)tensor->width,
                       (long long)tensor->channels);
        add_part(file, "activation", t, "U8", shape, (export_part){values->tensors[t], (uint64_t)(values->batch * network_elements(net, t))});
    }
}

static void add_weights(export_file *file, const network *net, int index)
{
    const network_layer *layer = &net->layers[index];
    if (!network_layer_has_weights(layer)) return;
    const int64_t channels = net->tensors[layer->output].channels, group_in = net->tensors[layer->input].channels / layer->groups;
    char shape[96], channel_shape[32];
    (void)snprintf(shape, sizeof shape, "%lld,%lld,%lld,%lld", (long long)channels, (long long)layer->kernel, (long long)layer->kernel, (long long)group_in);
    (void)snprintf(channel_shape, sizeof channel_shape, "%lld", (long long)channels);
    add_part(file, "weights", index, "I8", shape, (export_part){layer->weights, (uint64_t)network_layer_weights(net, index)});
    add_part(file, "weight_scales", index, "F32", channel_shape, (export_part){layer->weight_scales, (uint64_t)channels * sizeof(float)});
    add_part(file, "bias", index, "I32", channel_shape, (export_part){layer->bias, (uint64_t)channels * sizeof(int32_t)});
}

static void add_quantization(export_file *file, const network *net)
{
    for (int t = 0; t < net->tensor_count; t++) {
        file->scales[t] = net->tensors[t].scale;
        file->zero_points[t] = net->tensors[t].zero_point;
    }
    for (int i = 0; i < net->layer_count; i++) {
        file->own_scales[i] = net->layers[i].own_scale;
        file->own_zero_points[i] = net->layers[i].own_zero_point;
    }
    char tensors[16], layers[16];
    (void)snprintf(tensors, sizeof tensors, "%d", net->tensor_count);
    (void)snprintf(layers, sizeof layers, "%d", net->layer_count);
    const uint64_t tensor_bytes = (uint64_t)net->tensor_count * 4, layer_bytes = (uint64_t)net->layer_count * 4;
    add_part(file, "scales", -1, "F32", tensors, (export_part){file->scales, tensor_bytes});
    add_part(file, "zero_points", -1, "I32", tensors, (export_part){file->zero_points, tensor_bytes});
    add_part(file, "own_scales", -1, "F32", layers, (export_part){file->own_scales, layer_bytes});
    add_part(file, "own_zero_points", -1, "I32", layers, (export_part){file->own_zero_points, layer_bytes});
}

static void describe(export_file *file, const char *name, const network *net, const network_activations *values)
{
    static const char *const kinds[] = {"conv", "max_pool", "global_average", "fully_connected"};
    append(file, "{\"__metadata__\":{\"network\":\"%s\"", name);
    for (int i = 0; i < net->layer_count; i++) {
        const network_layer *l = &net->layers[i];
        append(file, ",\"layer.%d\":\"%s %s %d %d %d %lld %lld %lld\"", i, l->name, kinds[l->kind], l->input, l->output, l->residual, (long long)l->kernel,
               (long long)l->stride, (long long)l->groups);
    }
    append(file, "}");
    add_quantization(file, net); /* four bytes an element, so first */
    for (int i = 0; i < net->layer_count; i++) add_weights(file, net, i);
    add_activations(file, net, values);
    append(file, "}");
    while (file->length % 8 != 0) append(file, " ");
}

static bool write_parts(FILE *stream, const export_file *file)
{
    uint8_t length[8];
    for (int i = 0; i < 8; i++) length[i] = (uint8_t)(file->length >> (8 * i));
    bool written = fwrite(length, sizeof length, 1, stream) == 1 && fwrite(file->header, file->length, 1, stream) == 1;
    for (int i = 0; i < file->part_count && written; i++) written = fwrite(file->parts[i].data, file->parts[i].bytes, 1, stream) == 1;
    return written;
}

bool network_export(const char *path, const char *name, const network *net, const network_activations *values, char *error, size_t error_size)
{
    export_file *file = calloc(1, sizeof *file);
    if (!file) {
        (void)snprintf(error, error_size, "no memory");
        return false;
    }
    describe(file, name, net, values);
    FILE *stream = fopen(path, "wb");
    const bool written = stream && write_parts(stream, file);
    const bool closed = stream && fclose(stream) == 0;
    free(file);
    if (written && closed) return true;
    (void)snprintf(error, error_size, "%s: %s", path, strerror(errno));
    return false;
}
