/* SPDX-License-Identifier: Apache-2.0 */
#include "timing.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { SMALLEST_ROW = 4, LARGEST_ROW = 2000, WARM_UP_NS = 3000000 };
static const double row_ns = 2e6; /* short enough that many rows fit between two disturbances by other processes */

uint64_t clq_now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

int clq_online_cpus(void)
{
    const long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (int)count : 1;
}

void clq_pause_ms(long milliseconds)
{
    const struct timespec pause = { .tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000L };
    nanosleep(&pause, NULL);
}

bool clq_samples_add(clq_samples *samples, double ns)
{
    if (samples->count == samples->capacity) {
        const size_t capacity = samples->capacity > 0 ? 2 * samples->capacity : 256;
        double *const grown = realloc(samples->ns, capacity * sizeof *grown);
        if (grown == NULL) return false;
        samples->ns = grown;
        samples->capacity = capacity;
    }
    samples->ns[samples->count++] = ns;
    return true;
}

static int ascending(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

double clq_samples_min(const clq_samples *samples)
{
    double least = samples->count > 0 ? samples->ns[0] : 0.0;
    for (size_t i = 1; i < samples->count; i++) least = samples->ns[i] < least ? samples->ns[i] : least;
    return least;
}

double clq_samples_median(clq_samples *samples)
{
    if (samples->count == 0) return 0.0;
    qsort(samples->ns, samples->count, sizeof *samples->ns, ascending);
    return samples->ns[samples->count / 2];
}

void clq_samples_free(clq_samples *samples)
{
    free(samples->ns);
    *samples = (clq_samples){ .ns = NULL };
}

/* Nanoseconds of `calls` calls; a negative value if they failed. */
static double time_calls(clq_run_function run, void *state, size_t calls)
{
    const uint64_t start = clq_now_ns();
    const bool done = run(state, calls);
    const double elapsed = (double)(clq_now_ns() - start);
    return done ? elapsed : -1.0;
}

static bool warm_up(clq_run_function run, void *state)
{
    const uint64_t start = clq_now_ns();
    int calls = 0;
    do {
        if (!run(state, 1)) return false;
    } while (++calls < 2 || (calls < 50 && clq_now_ns() - start < WARM_UP_NS));
    return true;
}

size_t clq_row_calls(double call_ns, size_t fewest, size_t most)
{
    const double wanted = row_ns / (call_ns > 1.0 ? call_ns : 1.0);
    return wanted < (double)fewest ? fewest : wanted > (double)most ? most : (size_t)wanted;
}

bool clq_measure_rows(clq_run_function run, void *state, size_t calls, double seconds, double *least_ns)
{
    bool first = true;
    for (const uint64_t start = clq_now_ns(); first || (double)(clq_now_ns() - start) < seconds * 1e9; first = false) {
        const double ns = time_calls(run, state, calls) / (double)calls;
        if (ns < 0.0) return false;
        if (*least_ns == 0.0 || ns < *least_ns) *least_ns = ns;
    }
    return true;
}

bool clq_measure_block(clq_run_function run, void *state, double seconds, clq_samples *samples)
{
    const double half = seconds * 0.5e9;
    if (!warm_up(run, state)) return false;
    double least = 0.0;
    for (const uint64_t start = clq_now_ns(); least == 0.0 || (double)(clq_now_ns() - start) < half;) {
        const double ns = time_calls(run, state, 1);
        if (ns < 0.0 || !clq_samples_add(samples, ns)) return false;
        if (least == 0.0 || ns < least) least = ns;
    }
    return clq_measure_rows(run, state, clq_row_calls(least, SMALLEST_ROW, LARGEST_ROW), 0.5 * seconds, &samples->ns_pipelined);
}
