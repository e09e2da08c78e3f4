/* SPDX-License-Identifier: Apache-2.0 */
/* The quantized network by libclqnn_reference: what every device must give, bit for bit. */
#ifndef REFERENCE_NETWORK_H
#define REFERENCE_NETWORK_H

#include "quantized_network.h"

/* hidden: count x HIDDEN, scores: count x CLASSES. Works in a few threads. */
clqnn_status reference_network_run(const quantized_network *network, const uint8_t *pixels, int count, uint8_t *hidden, float *scores);

#endif
