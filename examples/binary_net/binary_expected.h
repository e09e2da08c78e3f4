/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes that every tensor of a network must have, from libclqnn_reference. */
#ifndef BINARY_EXPECTED_H
#define BINARY_EXPECTED_H

#include "binary_graph.h"

typedef struct binary_expected {
    void *tensors[BINARY_MAX_TENSORS];
} binary_expected;

/* With a random image in tensor 0 and everything behind it computed. CLQNN_OUT_OF_MEMORY, or what the reference says; the caller frees in any case. */
clqnn_status binary_expected_create(const binary_graph *graph, bool computes, binary_expected *expected);
void binary_expected_free(binary_expected *expected);

/* The first byte in which two tensors differ, or their size. */
size_t binary_first_difference(const void *a, const void *b, size_t bytes);

/* How many of 1000 values of a binary tensor are -1. */
int binary_negative_share(const binary_tensor *tensor, const void *bits);

#endif
