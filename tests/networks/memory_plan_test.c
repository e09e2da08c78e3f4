/* SPDX-License-Identifier: Apache-2.0 */
/* memory_plan: blocks that are alive together never share a byte; the buffer is never larger than all blocks and never smaller than what is alive at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "memory_plan.h"
#include "network_random.h"

enum { STEPS = 40, ALIGNMENT = 64 };

static int pick(network_random *random, int low, int high)
{
    return (int)network_random_between(random, low, high + 1);
}

static int overlap(const memory_block *a, const memory_block *b)
{
    const int together = a->first <= b->last && b->first <= a->last;
    return together && a->bytes && b->bytes && a->offset < b->offset + b->bytes && b->offset < a->offset + a->bytes;
}

/* The largest sum of blocks alive at one step, without what alignment costs. */
static uint64_t largest_step(const memory_block *blocks, int count)
{
    uint64_t most = 0;
    for (int step = 0; step < STEPS; step++) {
        uint64_t alive = 0;
        for (int i = 0; i < count; i++) alive += blocks[i].first <= step && step <= blocks[i].last ? blocks[i].bytes : 0;
        if (alive > most) most = alive;
    }
    return most;
}

static void check_plan(memory_block *blocks, int count)
{
    uint64_t all = 0;
    for (int i = 0; i < count; i++) all += (blocks[i].bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    const uint64_t bytes = memory_plan(blocks, count, ALIGNMENT);
    assert_true(bytes >= largest_step(blocks, count));
    assert_true(bytes <= all);
    for (int i = 0; i < count; i++) {
        assert_int_equal(blocks[i].offset % ALIGNMENT, 0);
        assert_true(blocks[i].offset + blocks[i].bytes <= bytes || blocks[i].bytes == 0);
        for (int j = 0; j < i; j++) assert_false(overlap(&blocks[i], &blocks[j]));
    }
}

static void random_blocks_never_overlap(void **state)
{
    (void)state;
    network_random random = network_random_stream(1, 0);
    for (int round = 0; round < 500; round++) {
        memory_block blocks[60];
        const int count = pick(&random, 1, 60);
        for (int i = 0; i < count; i++) {
            const int first = pick(&random, 0, STEPS - 1), last = pick(&random, first, STEPS - 1);
            const int bytes = pick(&random, 0, 3) == 0 ? 0 : pick(&random, 1, 5000);
            blocks[i] = (memory_block){.bytes = (uint64_t)bytes, .first = first, .last = last};
        }
        check_plan(blocks, count);
    }
}

/* A chain, in which each step reads the block before and writes its own, needs the two largest neighbours and no more. */
static void chain_needs_its_largest_pair(void **state)
{
    (void)state;
    memory_block blocks[] = {
        {.bytes = 640, .first = 0, .last = 1}, {.bytes = 6400, .first = 1, .last = 2}, {.bytes = 3200, .first = 2, .last = 3}, {.bytes = 6400, .first = 3, .last = 4},
    };
    assert_int_equal(memory_plan(blocks, 4, ALIGNMENT), 9600);
}

/* Between two placed blocks of which the gap is large enough, and not behind them. */
static void smallest_gap_is_taken(void **state)
{
    (void)state;
    memory_block blocks[] = {
        {.bytes = 4096, .first = 0, .last = 0}, {.bytes = 2048, .first = 0, .last = 3}, {.bytes = 1024, .first = 0, .last = 3}, {.bytes = 512, .first = 2, .last = 2},
    };
    assert_int_equal(memory_plan(blocks, 4, ALIGNMENT), 4096 + 2048 + 1024);
    assert_int_equal(blocks[3].offset, 0); /* where the first block stood */
}

static void nothing_takes_nothing(void **state)
{
    (void)state;
    memory_block block = {.bytes = 0, .first = 0, .last = 5};
    assert_int_equal(memory_plan(&block, 1, ALIGNMENT), 0);
    assert_int_equal(memory_plan(NULL, 0, ALIGNMENT), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_blocks_never_overlap),
        cmocka_unit_test(chain_needs_its_largest_pair),
        cmocka_unit_test(smallest_gap_is_taken),
        cmocka_unit_test(nothing_takes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
