/* SPDX-License-Identifier: Apache-2.0 */
/* The convolutions of a network in another type, through the same library: what a binary network is measured against. */
#ifndef BINARY_PEERS_H
#define BINARY_PEERS_H

#include "binary_graph.h"

typedef enum binary_form {
    BINARY_AS_IT_IS,   /* the convolutions of the network */
    BINARY_IN_S8,      /* all of them s8, with s8 weights, results and residuals */
    BINARY_IN_F32      /* all of them f32 */
} binary_form;

/* Plans all convolutions, runs them one after the other, `runs` times after one that is not counted, each time with one finish, and gives the shortest and the
 * median time in seconds. Values and weights are arbitrary; those that the form cannot say (a K map but in the network's own) are left out. */
clqnn_status binary_peer_time(clqnn_context *context, const binary_graph *graph, binary_form form, int64_t runs, double *shortest, double *median);

#endif
