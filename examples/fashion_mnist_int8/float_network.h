/* SPDX-License-Identifier: Apache-2.0 */
/* The network in float:  hidden = relu(pixels / 255 * first + first_bias);  scores = hidden * second + second_bias;  class = argmax(scores). */
#ifndef FLOAT_NETWORK_H
#define FLOAT_NETWORK_H

#include <stdbool.h>
#include <stdint.h>

#include "fashion_data.h"

enum { HIDDEN = 1024 };

typedef struct float_network {
    float first[PIXELS][HIDDEN];
    float first_bias[HIDDEN];
    float second[HIDDEN][CLASSES];
    float second_bias[CLASSES];
} float_network;

/* How many images the functions below take at most; they need FLOAT_BATCH * (PIXELS + HIDDEN_STRIDE) floats of scratch. */
enum { FLOAT_BATCH = 256, HIDDEN_STRIDE = HIDDEN + 16 /* rows a power of two apart would share cache sets */ };

typedef struct float_scratch {
    float pixels[PIXELS][FLOAT_BATCH];         /* transposed */
    float hidden[FLOAT_BATCH][HIDDEN_STRIDE];
} float_scratch;

/* Sets the first layer. Each unit tells two random training images of different classes apart: its weights are their difference, scaled to length 1, and
 * its bias puts 0 half-way between the two. The same seed gives the same layer. */
void float_network_randomize(float_network *network, const labelled_images *images, uint64_t seed);

/* scratch->hidden of `count` <= FLOAT_BATCH images. */
void float_network_hidden(const float_network *network, const uint8_t *pixels, int count, float_scratch *scratch);

/* The index of the greatest score; the first one of equals. */
int greatest_score(const float scores[CLASSES]);

/* The class of each of any number of images. False: no memory. */
bool float_network_classify(const float_network *network, const uint8_t *pixels, int count, uint8_t *classes);

#endif
