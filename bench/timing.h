/* SPDX-License-Identifier: Apache-2.0 */
/* Times what can be run: the library, a peer. Nanoseconds of the host's monotonic clock. */
#ifndef CLQ_TIMING_H
#define CLQ_TIMING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct clq_samples {
    double *ns;         /* of single calls, each until finished */
    size_t count, capacity;
    double ns_pipelined; /* the least of: k calls back to back until all are finished, divided by k; 0: none yet */
} clq_samples;

/* Performs `calls` calls and returns when all are finished; false on failure. */
typedef bool (*clq_run_function)(void *state, size_t calls);

uint64_t clq_now_ns(void);

/* Processors that are on line. */
int clq_online_cpus(void);

/* Sleeps. */
void clq_pause_ms(long milliseconds);

/* How many calls of `call_ns` make a row of about 2 ms, between `fewest` and `most`. */
size_t clq_row_calls(double call_ns, size_t fewest, size_t most);

/* Rows of `calls` calls for `seconds`, one at least. *least_ns becomes the least time of a call, if that is less than it was; 0: none yet. False if a
 * run failed. */
bool clq_measure_rows(clq_run_function run, void *state, size_t calls, double seconds, double *least_ns);

/* One block: warms up, then single calls for half of `seconds`, then rows of calls for the other half. False if a run failed. */
bool clq_measure_block(clq_run_function run, void *state, double seconds, clq_samples *samples);

/* False if memory ran out. */
bool clq_samples_add(clq_samples *samples, double ns);
double clq_samples_min(const clq_samples *samples);
double clq_samples_median(clq_samples *samples); /* sorts */
void clq_samples_free(clq_samples *samples);

#endif
