/* SPDX-License-Identifier: Apache-2.0 */
#include "conv/conv_bound.h"

#include <stdlib.h>

#include "conv/conv_weights.h"
#include "core/message.h"

clqnn_status clq_conv_bound(const clq_conv_spec *spec, const clq_column_facts *channels, int64_t *bound)
{
    const clqnn_conv_desc *desc = &spec->desc;
    const clq_range x = clq_centred_range(desc->x.type, &desc->x.quantization);
    const int32_t *bias = desc->bias && desc->bias_type == CLQNN_S32 ? desc->bias : NULL;
    int64_t worst = 0;
    *bound = 0;
    for (int64_t o = 0; o < spec->problem.out_channels; o++) {
        const int64_t here = clq_column_bound(x, &channels[o], bias ? bias[o] : 0);
        if (here <= *bound) continue;
        *bound = here;
        worst = o;
    }
    if (*bound <= INT32_MAX) return CLQNN_OK;
    return clq_fail(CLQNN_OVERFLOW, "with these weights |accumulator| of output channel %lld, a sum of %lld products, can reach %lld, beyond 2147483647", (long long)worst,
                    (long long)(clq_conv_taps(&spec->problem.weights) * spec->problem.weights.group_in), (long long)*bound);
}

clqnn_status clq_conv_prove(const clq_conv_spec *spec, int64_t *bound)
{
    if (spec->desc.weights) return clq_conv_bound(spec, spec->desc.weights->channels, bound);
    const clq_conv_source source = clq_conv_source_of(&spec->desc);
    int32_t *zero_points = NULL, *tap_sums = NULL;
    int8_t *dense = NULL;
    clq_column_facts *channels = NULL;
    clqnn_status status = clq_conv_zero_points(spec, &zero_points);
    if (status == CLQNN_OK) status = clq_conv_dense_weights(&spec->problem.weights, &source, spec->desc.weight_data, &dense);
    if (status == CLQNN_OK) status = clq_conv_weight_facts(&spec->problem.weights, &source, dense, zero_points, &channels, &tap_sums);
    if (status == CLQNN_OK) status = clq_conv_bound(spec, channels, bound);
    free(zero_points);
    free(dense);
    free(channels);
    free(tap_sums);
    return status;
}
