/* SPDX-License-Identifier: Apache-2.0 */
#include "seeded_random.h"

#include <string.h>

clq_random clq_random_seed(uint64_t seed, uint64_t stream)
{
    clq_random random = { .state = seed };
    random.state = clq_random_bits(&random) ^ (stream * UINT64_C(0xd1342543de82ef95));
    return random;
}

uint64_t clq_random_bits(clq_random *random)
{
    random->state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = random->state;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

int64_t clq_random_range(clq_random *random, int64_t low, int64_t high)
{
    const uint64_t width = (uint64_t)high - (uint64_t)low + 1;
    const uint64_t bits = clq_random_bits(random);
    return width == 0 ? (int64_t)bits : (int64_t)((uint64_t)low + bits % width);
}

float clq_random_float(clq_random *random, float low, float high)
{
    const float unit = (float)(clq_random_bits(random) >> 40) * 0x1p-24f;
    return low + unit * (high - low);
}

void clq_random_fill(clq_random *random, void *bytes, size_t count)
{
    unsigned char *target = bytes;
    for (size_t i = 0; i < count; i += 8) {
        const uint64_t bits = clq_random_bits(random);
        memcpy(target + i, &bits, count - i < 8 ? count - i : 8);
    }
}
