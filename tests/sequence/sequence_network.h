/* SPDX-License-Identifier: Apache-2.0 */
/* A small network for the tests of sequences: first layer, depthwise, residual sum, pooling, products; each layer with a place of its own in one buffer. One
 * layer writes the network's input anew, so that each run differs from the one before and what a step reads too early shows. */
#ifndef SEQUENCE_NETWORK_H
#define SEQUENCE_NETWORK_H

#include "conv_fixture.h"

enum { NETWORK_STEPS = 8, NETWORK_BYTES = 72 * 1024 };

typedef struct small_network {
    clqnn_conv *conv[NETWORK_STEPS];
    clqnn_gemm *gemm;
    clqnn_op *pool;
    clqnn_region image, pooled;            /* the pool's */
    clqnn_gemm_args gemm_args;
    clqnn_conv_args conv_args[NETWORK_STEPS];
    clqnn_op_args pool_args;
    clqnn_step steps[NETWORK_STEPS];
    cl_mem memory;                          /* NETWORK_BYTES */
} small_network;

/* Plans, and a buffer whose first bytes are the network's input and whose others are `poison`. */
void network_open(clqnn_context *context, unsigned char poison, small_network *net);
void network_close(small_network *net);

/* `runs` times every step by its own call on `queue`, waiting after each; then the buffer's bytes. */
void network_run_steps(const small_network *net, cl_command_queue queue, int runs, unsigned char *bytes);

#endif
