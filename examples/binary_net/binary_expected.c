/* SPDX-License-Identifier: Apache-2.0 */
#include "binary_expected.h"

#include <stdlib.h>

#include "binary_calls.h"
#include "clqnn/reference.h"
#include "clqnn/reference_bits.h"
#include "clqnn/reference_convert.h"
#include "clqnn/reference_pack.h"
#include "clqnn/reference_shape.h"

static const void *tensor_of(const binary_expected *expected, int tensor)
{
    return tensor == BINARY_NONE ? NULL : expected->tensors[tensor];
}

static clqnn_status compute(const binary_graph *graph, const binary_step *step, binary_expected *expected)
{
    const void *x = expected->tensors[step->x], *residual = tensor_of(expected, step->residual);
    void *y = expected->tensors[step->y];
    const clqnn_conv_desc conv = binary_conv_call(graph, step);
    const clqnn_pool_desc pool = binary_pool_call(graph, step);
    const clqnn_convert_desc convert = binary_convert_call(graph, step);
    const clqnn_pack_bits_desc sign = binary_sign_call(graph, step);
    const clqnn_window_mean_desc mean = binary_mean_call(graph, step);
    switch (step->kind) {
    case BINARY_CONV:
        if (graph->tensors[step->x].type == CLQNN_B1) return clqnn_reference_conv_bits(&conv, x, residual, tensor_of(expected, step->row_scales), y, NULL);
        return clqnn_reference_conv(&conv, x, residual, y, NULL);
    case BINARY_POOL: return clqnn_reference_pool(&pool, x, y);
    case BINARY_CONVERT: return clqnn_reference_convert(&convert, x, y);
    case BINARY_SIGN: return clqnn_reference_pack_bits(&sign, x, y);
    default: return clqnn_reference_window_mean(&mean, x, y);
    }
}

clqnn_status binary_expected_create(const binary_graph *graph, bool computes, binary_expected *expected)
{
    const binary_tensor *image = &graph->tensors[0];
    network_random random = network_random_stream(graph->seed, BINARY_MAX_STEPS);
    clqnn_status status = CLQNN_OK;
    *expected = (binary_expected){{NULL}};
    for (int t = 0; t < graph->tensor_count; t++) {
        expected->tensors[t] = calloc(binary_bytes(&graph->tensors[t]), 1);
        if (!expected->tensors[t]) return CLQNN_OUT_OF_MEMORY;
    }
    network_random_image(&random, image->height, image->width, image->channels, expected->tensors[0]);
    for (int i = 0; computes && i < graph->step_count && status == CLQNN_OK; i++) status = compute(graph, &graph->steps[i], expected);
    return status;
}

void binary_expected_free(binary_expected *expected)
{
    for (int t = 0; t < BINARY_MAX_TENSORS; t++) free(expected->tensors[t]);
    *expected = (binary_expected){{NULL}};
}

size_t binary_first_difference(const void *a, const void *b, size_t bytes)
{
    const unsigned char *left = a, *right = b;
    size_t at = 0;
    while (at < bytes && left[at] == right[at]) at++;
    return at;
}

int binary_negative_share(const binary_tensor *tensor, const void *bits)
{
    const unsigned char *bytes = bits;
    int64_t negative = 0;
    for (size_t i = 0; i < binary_bytes(tensor); i++) {
        for (int bit = 0; bit < 8; bit++) negative += bytes[i] >> bit & 1;
    }
    return (int)(negative * 1000 / (tensor->height * tensor->width * tensor->channels));
}
