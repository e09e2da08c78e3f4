/* SPDX-License-Identifier: Apache-2.0 */
/* What CPU variants share in their costs and cuts. Work is counted in cycles of one thread. docs/performance.md has the measurements. */
#ifndef CLQ_CPU_COST_H
#define CLQ_CPU_COST_H

#include <stdbool.h>
#include <stdint.h>

#include "device/capabilities.h"

static inline int64_t clq_at_least(int64_t value, int64_t low)
{
    return value > low ? value : low;
}

static inline int64_t clq_ceil_div(int64_t count, int64_t block)
{
    return (count + block - 1) / block;
}

static inline int64_t clq_thread_count(const clq_capabilities *capabilities)
{
    return clq_at_least(capabilities->compute_units, 1);
}

/* Work that one thread does faster than several: waking another one takes 60,000 cycles, and two that are awake gain nothing below 10,000. */
static inline bool clq_is_small_work(double cycles, bool awake)
{
    return cycles < (awake ? 10000.0 : 60000.0);
}

/* Of one call on an idle device whose threads sleep. */
static inline double clq_cpu_seconds(double cycles, const clq_capabilities *capabilities)
{
    const double threads = clq_is_small_work(cycles, false) ? 1.0 : (double)clq_thread_count(capabilities);
    return 3e-6 + (threads > 1.0 ? 10e-6 : 0.0) + cycles / (threads * 1.0e6 * (double)clq_at_least(capabilities->clock_mhz, 1));
}

/* Cycles of one piece of the work: `pieces` of them for each thread, but each of `least` to `most` cycles. */
static inline double clq_piece_cycles(double cycles, const clq_capabilities *capabilities, double pieces, double least, double most)
{
    const double share = cycles / (double)clq_thread_count(capabilities) / pieces;
    return share < least ? least : share > most ? most : share;
}

/* A work-group's: 8,000 to 40,000 cycles. A group costs about 100 to start, and a thread that wakes late should still find its share of the work. */
static inline double clq_group_cycles(double cycles, const clq_capabilities *capabilities)
{
    return clq_piece_cycles(cycles, capabilities, 32.0, 8000.0, 40000.0);
}

#endif
