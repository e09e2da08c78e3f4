/* SPDX-License-Identifier: Apache-2.0 */
#include "memory_plan.h"

#include <assert.h>
#include <stdbool.h>

static bool alive_together(const memory_block *a, const memory_block *b)
{
    return a->first <= b->last && b->first <= a->last;
}

/* Blocks in the order in which they are placed: by size, and in the given order where sizes are equal. */
static void order_by_size(const memory_block *blocks, int count, int *order)
{
    for (int i = 0; i < count; i++) {
        int at = i;
        for (; at > 0 && blocks[order[at - 1]].bytes < blocks[i].bytes; at--) order[at] = order[at - 1];
        order[at] = i;
    }
}

/* The placed blocks that are alive with `block`, by offset; their number. */
static int neighbours_of(const memory_block *blocks, const int *placed, int placed_count, const memory_block *block, const memory_block **neighbours)
{
    int count = 0;
    for (int i = 0; i < placed_count; i++) {
        const memory_block *other = &blocks[placed[i]];
        if (!alive_together(block, other)) continue;
        int at = count++;
        for (; at > 0 && neighbours[at - 1]->offset > other->offset; at--) neighbours[at] = neighbours[at - 1];
        neighbours[at] = other;
    }
    return count;
}

static uint64_t best_offset(const memory_block *block, const memory_block *const *neighbours, int count, uint64_t alignment)
{
    uint64_t free_from = 0, best = 0, best_gap = UINT64_MAX;
    for (int i = 0; i < count; i++) {
        if (neighbours[i]->offset >= free_from + block->bytes && neighbours[i]->offset - free_from < best_gap) {
            best = free_from;
            best_gap = neighbours[i]->offset - free_from;
        }
        const uint64_t end = (neighbours[i]->offset + neighbours[i]->bytes + alignment - 1) & ~(alignment - 1);
        if (end > free_from) free_from = end;
    }
    return best_gap == UINT64_MAX ? free_from : best;
}

uint64_t memory_plan(memory_block *blocks, int count, uint64_t alignment)
{
    assert(count <= MEMORY_PLAN_MAX_BLOCKS);
    int order[MEMORY_PLAN_MAX_BLOCKS];
    const memory_block *neighbours[MEMORY_PLAN_MAX_BLOCKS];
    order_by_size(blocks, count, order);
    uint64_t total = 0;
    for (int i = 0; i < count; i++) {
        memory_block *block = &blocks[order[i]];
        block->offset = 0;
        if (block->bytes == 0) continue; /* and those after it, which are no larger */
        const int around = neighbours_of(blocks, order, i, block, neighbours);
        block->offset = best_offset(block, neighbours, around, alignment);
        if (block->offset + block->bytes > total) total = block->offset + block->bytes;
    }
    return total;
}
