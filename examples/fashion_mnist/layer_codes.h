/* SPDX-License-Identifier: Apache-2.0 */
/* A trained network as inference takes it, on the host: of each layer the codes of its weights, their scales, and the line that stands behind the product
 * (batch norm, bias):
 *
 *     y[o] = slope[o] * sum x * scale[o] * (code - zero_point[o]) + offset[o]
 *
 * with slope[o] not negative: where gamma is, the codes are turned over. Read from a graph whose quantizers have made the codes on the device. */
#ifndef LAYER_CODES_H
#define LAYER_CODES_H

#include "train_graph.h"

typedef struct layer_codes {
    clqnn_type type;                /* f32: floats; s8: codes; b1, t2, po_k: codes are the values, of t2 there may be second_codes */
    int64_t outputs, inner;
    float *floats;                  /* outputs x inner: what the training multiplied with, slope not yet applied; not turned over */
    int16_t *codes;                 /* outputs x inner, or NULL */
    int16_t *second_codes;          /* TTQ: w = scale * code + second_scale * second_code */
    float *scales, *second_scales;  /* outputs, positive */
    int32_t *zero_points;           /* outputs */
    bool has_zero_points;           /* one is not 0 */
    float *slopes, *offsets;        /* outputs; slopes carry gamma's sign for `floats`, none for codes */
} layer_codes;

/* What a layer reads. Zero points are 0. */
typedef struct activation_codes {
    clqnn_type type;                /* f32, u8, b1 */
    int bits;                       /* of u8 */
    float scale;                    /* of u8 */
} activation_codes;

typedef struct network_codes {
    const net_description *net;
    layer_codes layers[NET_MAX_BLOCKS + 1];
    activation_codes activations[NET_MAX_BLOCKS];   /* behind block i */
    uint64_t bytes;                                 /* of weights in their bits, scales, zero points, offsets */
} network_codes;

/* From the graph as it is uploaded; `parameters` and `state` are the host's copies. Runs the weights' quantizers once more, to codes. */
bool network_codes_read(train_graph *graph, const float *parameters, const float *state, network_codes *network);
void network_codes_free(network_codes *network);

#endif
