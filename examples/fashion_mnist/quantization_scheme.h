/* SPDX-License-Identifier: Apache-2.0 */
/* How a network is quantized: one row of the table, as data. */
#ifndef QUANTIZATION_SCHEME_H
#define QUANTIZATION_SCHEME_H

#include <clqnn/quantizer.h>
#include <stdbool.h>

#include "net_description.h"

typedef enum weight_quantizer {
    WEIGHTS_FLOAT = 0,
    WEIGHTS_AFFINE,     /* from the range of the weights, anew in each step */
    WEIGHTS_LSQ,        /* learned step */
    WEIGHTS_SIGN,       /* BNN */
    WEIGHTS_XNOR,       /* sign times the mean magnitude of the filter */
    WEIGHTS_TWN,
    WEIGHTS_TTQ,
    WEIGHTS_DOREFA,
    WEIGHTS_WRPN
} weight_quantizer;

typedef enum activation_quantizer {
    ACTIVATIONS_FLOAT = 0,
    ACTIVATIONS_AFFINE, /* from a range that calibration has measured */
    ACTIVATIONS_LSQ,    /* learned step */
    ACTIVATIONS_PACT,   /* learned clip */
    ACTIVATIONS_UNIT,   /* [0, 1] in 2^bits - 1 steps: DoReFa, WRPN */
    ACTIVATIONS_SIGN    /* BNN, XNOR-Net */
} activation_quantizer;

typedef struct quantization_scheme {
    weight_quantizer weights;
    int weight_bits;
    bool per_channel, asymmetric;      /* of WEIGHTS_AFFINE */
    activation_quantizer activations;
    int activation_bits;
} quantization_scheme;

/* What layer i of `count` gets: in schemes of learned or few levels the first and the last layer, which the papers leave in float, take 8 bits per channel. */
quantization_scheme scheme_of_layer(const quantization_scheme *scheme, int i, int count);

/* The codes of an affine or learned quantizer of weights: signed; symmetric ones restricted. Of activations: 0 .. 2^bits - 1. */
clqnn_codes scheme_weight_codes(const quantization_scheme *scheme);
clqnn_codes scheme_activation_codes(const quantization_scheme *scheme);

/* The clamp behind the batch norm that the quantizer of the activations wants. False: none. */
bool scheme_clamp(const quantization_scheme *scheme, float *low, float *high);

#endif
