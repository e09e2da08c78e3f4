/* SPDX-License-Identifier: Apache-2.0 */
#include "float_network.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "float_product.h"

/* SplitMix64: small, well spread, the same everywhere. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* 0 .. bound - 1 */
static int random_below(uint64_t *state, int bound)
{
    return (int)((next_random(state) >> 33) % (uint64_t)bound);
}

/* Writes column `unit`; false if the two images are equal. */
static bool set_unit(float_network *network, int unit, const uint8_t *from, const uint8_t *to)
{
    double squares = 0, middle = 0;
    for (int p = 0; p < PIXELS; p++) {
        const double difference = (to[p] - from[p]) / 255.0;
        squares += difference * difference;
        middle += difference * (to[p] + from[p]) / (2 * 255.0);
    }
    if (squares == 0) return false;
    const double length = sqrt(squares);
    for (int p = 0; p < PIXELS; p++) network->first[p][unit] = (float)((to[p] - from[p]) / 255.0 / length);
    network->first_bias[unit] = (float)(-middle / length);
    return true;
}

void float_network_randomize(float_network *network, const labelled_images *images, uint64_t seed)
{
    uint64_t state = seed;
    for (int unit = 0; unit < HIDDEN;) {
        const int from = random_below(&state, images->count), to = random_below(&state, images->count);
        if (images->labels[from] == images->labels[to]) continue;
        if (set_unit(network, unit, images->pixels + (size_t)from * PIXELS, images->pixels + (size_t)to * PIXELS)) unit++;
    }
}

void float_network_hidden(const float_network *network, const uint8_t *pixels, int count, float_scratch *scratch)
{
    for (int i = 0; i < count; i++) {
        for (int p = 0; p < PIXELS; p++) scratch->pixels[p][i] = (float)pixels[(size_t)i * PIXELS + p] / 255.0f;
        memcpy(scratch->hidden[i], network->first_bias, sizeof network->first_bias);
    }
    float_product_add(&(float_product){
        .m = count, .n = HIDDEN, .depth = PIXELS,
        .a = scratch->pixels[0], .a_stride = FLOAT_BATCH,
        .b = network->first[0], .b_stride = HIDDEN,
        .c = scratch->hidden[0], .c_stride = HIDDEN_STRIDE,
    });
    for (int i = 0; i < count; i++) {
        for (int j = 0; j < HIDDEN; j++) scratch->hidden[i][j] = scratch->hidden[i][j] > 0.0f ? scratch->hidden[i][j] : 0.0f;
    }
}

int greatest_score(const float scores[CLASSES])
{
    int best = 0;
    for (int j = 1; j < CLASSES; j++) {
        if (scores[j] > scores[best]) best = j;
    }
    return best;
}

static int classify_one(const float_network *network, const float hidden[HIDDEN])
{
    float scores[CLASSES];
    memcpy(scores, network->second_bias, sizeof scores);
    for (int i = 0; i < HIDDEN; i++) {
        for (int j = 0; j < CLASSES; j++) scores[j] += hidden[i] * network->second[i][j];
    }
    return greatest_score(scores);
}

bool float_network_classify(const float_network *network, const uint8_t *pixels, int count, uint8_t *classes)
{
    float_scratch *scratch = malloc(sizeof *scratch);
    if (!scratch) return false;
    for (int first = 0; first < count; first += FLOAT_BATCH) {
        const int batch = count - first < FLOAT_BATCH ? count - first : FLOAT_BATCH;
        float_network_hidden(network, pixels + (size_t)first * PIXELS, batch, scratch);
        for (int i = 0; i < batch; i++) classes[first + i] = (uint8_t)classify_one(network, scratch->hidden[i]);
    }
    free(scratch);
    return true;
}
