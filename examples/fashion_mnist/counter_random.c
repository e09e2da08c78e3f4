/* SPDX-License-Identifier: Apache-2.0 */
#include "counter_random.h"

#include <math.h>

static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

uint64_t counter_random(uint64_t seed, uint64_t stream, uint64_t index)
{
    return mix(mix(mix(seed + 0x9e3779b97f4a7c15u) + stream * 0xd1342543de82ef95u) + index * 0x9e3779b97f4a7c15u);
}

static double uniform(uint64_t bits)
{
    return ((double)(bits >> 11) + 0.5) * 0x1p-53; /* never 0 */
}

double counter_normal(uint64_t seed, uint64_t stream, uint64_t index)
{
    const double angle = 6.283185307179586 * uniform(counter_random(seed, stream, 2 * index + 1));
    return sqrt(-2.0 * log(uniform(counter_random(seed, stream, 2 * index)))) * cos(angle);
}

void counter_shuffle(uint64_t seed, uint64_t stream, uint32_t *order, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) order[i] = i;
    for (uint32_t i = count; i > 1; i--) {
        const uint32_t other = (uint32_t)(counter_random(seed, stream, i) % i), held = order[i - 1];
        order[i - 1] = order[other];
        order[other] = held;
    }
}
