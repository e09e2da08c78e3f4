/* SPDX-License-Identifier: Apache-2.0 */
/* Random parameters under which a network's activations use their 8 bits in every layer: a stand-in for training.
 *
 * Layer by layer, on one image: weights are drawn; the mean and deviation of each output channel's accumulator are measured; weight scale and bias are set so
 * that the channel's real values have a drawn mean and deviation, as a folded batch normalisation does; the output's scale and zero point are
 * set from the range that then occurs. */
#ifndef NETWORK_CALIBRATION_H
#define NETWORK_CALIBRATION_H

#include <clqnn/clqnn.h>

#include "network_activations.h"

/* Sets every parameter of an allocated network and leaves the image's activations in `values` (of one image), whose input it draws. */
clqnn_status network_calibrate(network *net, uint64_t seed, network_activations *values);

#endif
