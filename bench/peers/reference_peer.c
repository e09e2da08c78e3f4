/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "builtin_peers.h"
#include "clqnn/reference.h"
#include "clqnn/reference_float.h"
#include "clqnn/version.h"

typedef struct reference_state {
    const clq_bench_problem *problem;
    void *c;                    /* of a product of floats clqnn_reference_bounded numbers */
    size_t c_count;
} reference_state;

static bool open_reference(int threads, char *message, size_t size)
{
    (void)threads;
    (void)message;
    (void)size;
    return true;
}

static void close_reference(void) {}
static const char *version(void) { return clqnn_version(); }
static const char *kernels(void) { return "scalar C, one thread"; }
static const char *warning(void) { return NULL; }

static void *create(const clq_bench_problem *problem, char *message, size_t size)
{
    reference_state *const state = calloc(1, sizeof *state);
    const size_t element = problem->floats ? clqnn_type_size(problem->types.c) : 1, c_count = problem->c_bytes / element;
    if (state != NULL) state->c = malloc(c_count * (problem->floats ? sizeof(clqnn_reference_bounded) : 1) + 1);
    if (state == NULL || state->c == NULL) {
        snprintf(message, size, "not enough host memory");
        free(state);
        return NULL;
    }
    state->problem = problem;
    state->c_count = c_count;
    return state;
}

static void destroy(void *opaque)
{
    reference_state *const state = opaque;
    free(state->c);
    free(state);
}

static clqnn_status call(const clq_bench_problem *problem, void *c)
{
    const bool conv = problem->op == CLQ_BENCH_CONV;
    if (problem->floats && conv) return clqnn_reference_conv_float(&problem->conv_desc, problem->a, NULL, c);
    if (problem->floats) return clqnn_reference_gemm_float(&problem->desc, problem->a, NULL, NULL, c);
    return conv ? clqnn_reference_conv(&problem->conv_desc, problem->a, NULL, c, NULL) : clqnn_reference_gemm(&problem->desc, problem->a, NULL, c, NULL);
}

static bool run(void *opaque, size_t calls)
{
    const reference_state *const state = opaque;
    for (size_t i = 0; i < calls; i++) {
        if (call(state->problem, state->c) != CLQNN_OK) return false;
    }
    return true;
}

/* A row of calls would only repeat the same scalar loop: single calls say all. */
static bool measure(void *opaque, double seconds, clq_samples *samples)
{
    const uint64_t begin = clq_now_ns();
    do {
        const uint64_t start = clq_now_ns();
        if (!run(opaque, 1) || !clq_samples_add(samples, (double)(clq_now_ns() - start))) return false;
    } while ((double)(clq_now_ns() - begin) < seconds * 1e9);
    samples->ns_pipelined = clq_samples_min(samples);
    return true;
}

static bool result(void *opaque, void *c)
{
    const reference_state *const state = opaque;
    if (!state->problem->floats) {
        memcpy(c, state->c, state->c_count);
        return true;
    }
    for (size_t i = 0; i < state->c_count; i++) ((float *)c)[i] = (float)((const clqnn_reference_bounded *)state->c)[i].value;
    return true;
}

const clq_peer clq_reference_peer = { .name = "reference", .open = open_reference, .close = close_reference, .version = version, .kernels = kernels,
                                      .warning = warning, .create = create, .destroy = destroy, .run = run, .measure = measure, .result = result,
                                      .slowest_gops = 0.5, .takes_bits = true };
