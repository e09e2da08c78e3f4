/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of a network as the library's descriptors: one text for device and reference. Pointers lead into the graph. */
#ifndef BINARY_CALLS_H
#define BINARY_CALLS_H

#include "binary_graph.h"

clqnn_conv_desc binary_conv_call(const binary_graph *graph, const binary_step *step);
clqnn_pool_desc binary_pool_call(const binary_graph *graph, const binary_step *step);
clqnn_convert_desc binary_convert_call(const binary_graph *graph, const binary_step *step);
clqnn_pack_bits_desc binary_sign_call(const binary_graph *graph, const binary_step *step);
clqnn_window_mean_desc binary_mean_call(const binary_graph *graph, const binary_step *step);

/* The tensors that a step reads, in the order of its call's inputs. */
int binary_inputs(const binary_step *step, int inputs[BINARY_MAX_INPUTS]);

#endif
