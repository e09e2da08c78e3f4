/* SPDX-License-Identifier: Apache-2.0 */
#include "quantization_scheme.h"

#include <math.h>

quantization_scheme scheme_of_layer(const quantization_scheme *scheme, int i, int count)
{
    quantization_scheme layer = *scheme;
    if (scheme->weights > WEIGHTS_AFFINE && (i == 0 || i == count - 1)) {
        layer.weights = WEIGHTS_AFFINE;
        layer.weight_bits = 8;
        layer.per_channel = true;
        layer.asymmetric = false;
    }
    return layer;
}

clqnn_codes scheme_weight_codes(const quantization_scheme *scheme)
{
    return (clqnn_codes){.bits = scheme->weight_bits, .is_signed = 1, .is_restricted = scheme->weights == WEIGHTS_AFFINE && !scheme->asymmetric};
}

clqnn_codes scheme_activation_codes(const quantization_scheme *scheme)
{
    return (clqnn_codes){.bits = scheme->activation_bits};
}

bool scheme_clamp(const quantization_scheme *scheme, float *low, float *high)
{
    *low = 0.0f;
    *high = scheme->activations == ACTIVATIONS_UNIT ? 1.0f : INFINITY;
    return scheme->activations != ACTIVATIONS_SIGN;
}
