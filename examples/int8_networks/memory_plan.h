/* SPDX-License-Identifier: Apache-2.0 */
/* Where blocks of known lifetime stand in one buffer: blocks that are never alive at once may share bytes. */
#ifndef MEMORY_PLAN_H
#define MEMORY_PLAN_H

#include <stdint.h>

typedef struct memory_block {
    uint64_t bytes;   /* 0: takes no room */
    int first, last;  /* steps, both included, during which the bytes must stay */
    uint64_t offset;  /* out: a multiple of the alignment */
} memory_block;

enum { MEMORY_PLAN_MAX_BLOCKS = 256 };

/* Greedy: the largest block first, each into the smallest gap between the blocks placed before it that are alive at some same step. Returns the buffer's bytes.
 * `count` is at most MEMORY_PLAN_MAX_BLOCKS, `alignment` a power of two. */
uint64_t memory_plan(memory_block *blocks, int count, uint64_t alignment);

#endif
