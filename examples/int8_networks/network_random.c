/* SPDX-License-Identifier: Apache-2.0 */
#include "network_random.h"

enum { LATTICE = 64, BLOB = 12 };

/* A counter through a mixing function (the "splitmix64" generator). */
static uint64_t next(network_random *random)
{
    random->state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = random->state;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

network_random network_random_stream(uint64_t seed, uint64_t stream)
{
    network_random random = {.state = seed};
    random.state = next(&random) + stream;
    random.state = next(&random);
    return random;
}

double network_random_between(network_random *random, double low, double high)
{
    return low + (high - low) * ((double)(next(random) >> 11) * 0x1p-53);
}

/* A byte's standard deviation is 74, that of a quarter of a sum of four 74 / 2. */
void network_random_weights(network_random *random, int8_t *weights, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        const uint64_t bits = next(random);
        const int sum = (int)(bits & 255) + (int)(bits >> 8 & 255) + (int)(bits >> 16 & 255) + (int)(bits >> 24 & 255);
        weights[i] = (int8_t)((sum - 510) / 4); /* -127 .. 127 */
    }
}

/* Between the four lattice points around a pixel. */
static double blob_at(double (*lattice)[LATTICE], int64_t row, int64_t column)
{
    const int64_t r = row / BLOB % (LATTICE - 1), c = column / BLOB % (LATTICE - 1);
    const double down = (double)(row % BLOB) / BLOB, right = (double)(column % BLOB) / BLOB;
    const double upper = lattice[r][c] * (1 - right) + lattice[r][c + 1] * right;
    const double lower = lattice[r + 1][c] * (1 - right) + lattice[r + 1][c + 1] * right;
    return upper * (1 - down) + lower * down;
}

void network_random_image(network_random *random, int64_t height, int64_t width, int64_t channels, uint8_t *image)
{
    double lattice[LATTICE][LATTICE];
    for (int64_t channel = 0; channel < channels; channel++) {
        for (int r = 0; r < LATTICE; r++) {
            for (int c = 0; c < LATTICE; c++) lattice[r][c] = network_random_between(random, 0, 224);
        }
        for (int64_t row = 0; row < height; row++) {
            for (int64_t column = 0; column < width; column++) {
                const double value = blob_at(lattice, row, column) + network_random_between(random, 0, 32);
                image[(row * width + column) * channels + channel] = (uint8_t)value;
            }
        }
    }
}
