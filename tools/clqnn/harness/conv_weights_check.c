/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conv_run.h"

static bool check_layout(const char *packed, const char *read, clq_verify_result *result)
{
    if (packed != NULL && read != NULL && strcmp(packed, read) == 0) return true;
    result->outcome = CLQ_FAILED;
    snprintf(result->message, sizeof result->message, "layout %s became %s through the blob", packed ? packed : "(null)", read ? read : "(null)");
    return false;
}

static bool check_unpacked(const clqnn_conv_weights *weights, const unsigned char *wanted, size_t size, clq_verify_result *result)
{
    unsigned char *const unpacked = malloc(size);
    if (unpacked == NULL) return clq_verify_hold(CLQNN_OUT_OF_MEMORY, "malloc", result);
    memset(unpacked, 0xa5, size);
    bool equal = clq_verify_hold(clqnn_conv_weights_unpack(weights, unpacked, size), "clqnn_conv_weights_unpack", result);
    for (size_t i = 0; equal && i < size; i++) {
        if (unpacked[i] == wanted[i]) continue;
        equal = false;
        result->outcome = CLQ_FAILED;
        snprintf(result->message, sizeof result->message, "unpacked weight %zu of %zu: expected byte %d, got %d", i, size, wanted[i],
                 unpacked[i]);
    }
    free(unpacked);
    return equal;
}

static bool through_blob(clqnn_context *context, const clqnn_conv_weights *packed, clqnn_conv_weights **read, clq_verify_result *result)
{
    size_t size = 0;
    if (!clq_verify_hold(clqnn_conv_weights_serialize(packed, NULL, 0, &size), "clqnn_conv_weights_serialize (size)", result)) return false;
    void *const blob = malloc(size > 0 ? size : 1);
    const bool held = clq_verify_hold(blob != NULL ? CLQNN_OK : CLQNN_OUT_OF_MEMORY, "malloc", result) &&
                      clq_verify_hold(clqnn_conv_weights_serialize(packed, blob, size, &size), "clqnn_conv_weights_serialize", result) &&
                      clq_verify_hold(clqnn_conv_weights_deserialize(context, blob, size, read), "clqnn_conv_weights_deserialize", result);
    free(blob);
    return held;
}

bool clq_conv_weights_round_trip(clqnn_context *context, const clqnn_conv_desc *desc, size_t weight_bytes, clqnn_conv_weights **weights, clq_verify_result *result)
{
    clqnn_conv_weights *packed = NULL, *read = NULL;
    if (!clq_verify_hold(clqnn_conv_pack(context, desc, &packed), "clqnn_conv_pack", result)) return false;
    const bool held = through_blob(context, packed, &read, result) &&
                      check_layout(clqnn_conv_weights_layout(packed), clqnn_conv_weights_layout(read), result) &&
                      check_unpacked(read, desc->weight_data, weight_bytes, result);
    clqnn_conv_weights_release(packed);
    if (!held) {
        clqnn_conv_weights_release(read);
        read = NULL;
    }
    *weights = read;
    return held;
}
