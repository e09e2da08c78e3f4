/* SPDX-License-Identifier: Apache-2.0 */
/* Seeded random weights and images; the same numbers on every machine. */
#ifndef NETWORK_RANDOM_H
#define NETWORK_RANDOM_H

#include <stdint.h>

typedef struct network_random {
    uint64_t state;
} network_random;

/* The generator of one stream of one seed. */
network_random network_random_stream(uint64_t seed, uint64_t stream);

/* Uniform in [low, high). */
double network_random_between(network_random *random, double low, double high);

/* About normal, standard deviation 37, in [-127, 127]. */
void network_random_weights(network_random *random, int8_t *weights, int64_t count);

/* Channels last; blobs of some pixels' width, overlaid with noise. */
void network_random_image(network_random *random, int64_t height, int64_t width, int64_t channels, uint8_t *image);

#endif
