/* SPDX-License-Identifier: Apache-2.0 */
/* The generator behind all random data of tests and benchmarks: splitmix64. Equal seeds give equal sequences on every machine. Not for secrets. */
#ifndef CLQ_SEEDED_RANDOM_H
#define CLQ_SEEDED_RANDOM_H

#include <stddef.h>
#include <stdint.h>

typedef struct clq_random { uint64_t state; } clq_random;

/* Any two different (seed, stream) pairs give unrelated sequences. */
clq_random clq_random_seed(uint64_t seed, uint64_t stream);

/* 64 random bits. */
uint64_t clq_random_bits(clq_random *random);

/* Uniform in [low, high], both ends included; low <= high. */
int64_t clq_random_range(clq_random *random, int64_t low, int64_t high);

/* Uniform in [low, high). */
float clq_random_float(clq_random *random, float low, float high);

/* Fills `count` bytes with random bits. */
void clq_random_fill(clq_random *random, void *bytes, size_t count);

#endif
