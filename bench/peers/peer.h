/* SPDX-License-Identifier: Apache-2.0 */
/* Another library that does the same product. Each is a module of its own, loaded when asked for, so that the command runs without any of them. */
#ifndef CLQ_PEER_H
#define CLQ_PEER_H

#include "bench_problem.h"
#include "timing.h"

typedef struct clq_peer {
    const char *name;

    /* Called once before anything else. False with the reason where the peer cannot work here. */
    bool (*open)(int threads, char *message, size_t size);
    void (*close)(void);

    /* Version and kernel set, e.g. "2.6.3", "AVX512_CORE_VNNI". Static or until close; "" where unknown. */
    const char *(*version)(void);
    const char *(*kernels)(void);

    /* A warning about this process's settings that make the peer slower than it could be; NULL: none. */
    const char *(*warning)(void);

    /* Takes the problem's data, prepacks what it can, problem->copies times over. NULL with the reason where it has no such product. The problem outlives the state. */
    void *(*create)(const clq_bench_problem *problem, char *message, size_t size);
    void (*destroy)(void *state);

    /* clq_run_function: `calls` calls back to back, each with the next copy of the weights; returns when all are finished. NULL: see measure. */
    clq_run_function run;

    /* Instead of clq_measure_block over run, for a peer in another process. */
    bool (*measure)(void *state, double seconds, clq_samples *samples);

    /* c of the last run, in the problem's own type and layout; of a product of floats always as f32. False where the peer has no such form. */
    bool (*result)(void *state, void *c);

    long settle_ms;      /* its threads may keep spinning for this long after a call: a pause before anything else is timed */
    bool takes_bits;     /* has something to put beside products of bits, or of weights of b1 and t2 */
    bool may_round_otherwise; /* its 8-bit outputs may differ by one: another rounding rule */
    double slowest_gops; /* a problem that would take it longer than about ten seconds a call is left out; 0: none is */
} clq_peer;

/* How many copies of b as f32 a peer rotates over: they cover as much memory as the library's, 512 MiB at least. */
static inline size_t clq_peer_float_copies(const clq_bench_problem *problem)
{
    const double bytes = (double)(problem->shape.batch[0] * problem->shape.batch[1] * problem->shape.k * problem->shape.n) * 4.0;
    const double copies = (double)problem->copies * (double)problem->b_bytes / (bytes + 1.0);
    return problem->copies > 1 && bytes < 536870912.0 ? (size_t)copies + 2 : 1;
}

/* The one symbol of a module clqnn_peer_NAME.so. */
#define CLQ_PEER_ENTRY "clq_peer_entry"
typedef const clq_peer *(*clq_peer_entry_function)(void);
const clq_peer *clq_peer_entry(void);

#endif
