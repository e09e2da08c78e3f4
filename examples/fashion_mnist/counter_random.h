/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers by counter: a function of seed, stream and index, so that any of them can be made again without those before it. */
#ifndef COUNTER_RANDOM_H
#define COUNTER_RANDOM_H

#include <stdint.h>

/* 64 bits: the finaliser of SplitMix64 over the three, each stirred in by an odd multiplier. */
uint64_t counter_random(uint64_t seed, uint64_t stream, uint64_t index);

/* Mean 0, variance 1: Box and Muller on two draws. */
double counter_normal(uint64_t seed, uint64_t stream, uint64_t index);

/* order = a permutation of 0 .. count-1 (Fisher and Yates). */
void counter_shuffle(uint64_t seed, uint64_t stream, uint32_t *order, uint32_t count);

#endif
