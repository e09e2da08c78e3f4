/* SPDX-License-Identifier: Apache-2.0 */
/* The library's own 8-bit product or convolution of the same shape, s8 by s8 to s32, on the same device: what bits save. */
#include <stdio.h>
#include <stdlib.h>

#include "bench_subject.h"
#include "builtin_peers.h"
#include "clqnn/opencl.h"
#include "clqnn/version.h"

typedef struct int8_state {
    clqnn_context *context;
    clq_bench_problem problem;
    const clq_subject_type *type;
    void *subject;
} int8_state;

static bool open_int8(int threads, char *message, size_t size)
{
    (void)threads;
    (void)message;
    (void)size;
    return true;
}

static void close_int8(void) {}
static const char *version(void) { return clqnn_version(); }
static const char *kernels(void) { return "this library's s8s8s32"; }
static const char *warning(void) { return NULL; }

static void destroy(void *opaque)
{
    int8_state *const state = opaque;
    if (state->subject != NULL) state->type->destroy(state->subject);
    clq_bench_problem_destroy(&state->problem);
    clqnn_context_release(state->context);
    free(state);
}

/* Rotates over as many bytes of weights as the problem itself. */
static size_t copies_for(const clq_bench_problem *problem, const clq_bench_problem *own)
{
    const double copies = (double)problem->copies * (double)problem->b_bytes / ((double)own->b_bytes + 1.0);
    return problem->copies > 1 ? (size_t)copies + 2 : 1;
}

static void *create(const clq_bench_problem *problem, char *message, size_t size)
{
    const clq_bench_shape shape = { .op = problem->op, .gemm = problem->shape, .conv = problem->conv };
    const clq_gemm_types types = { .a = CLQNN_S8, .b = CLQNN_S8, .c = CLQNN_S32 };
    const clqnn_context_desc desc = { .struct_size = sizeof desc };
    clqnn_status status = CLQNN_OK;
    if (!problem->bits || problem->opencl_context == NULL) return snprintf(message, size, "it stands beside bits alone"), NULL;
    int8_state *const state = calloc(1, sizeof *state);
    if (state == NULL) return snprintf(message, size, "not enough host memory"), NULL;
    state->type = clq_subject_of(problem->op);
    bool made = clqnn_context_create_from_opencl(problem->opencl_context, problem->opencl_device, &desc, &state->context) == CLQNN_OK;
    if (!made) snprintf(message, size, "%s", clqnn_last_error());
    made = made && clq_bench_problem_create(&shape, &types, &state->problem, message, size);
    if (made) {
        state->problem.copies = copies_for(problem, &state->problem);
        state->subject = state->type->create(state->context, &state->problem, NULL, &status, message, size);
    }
    if (state->subject != NULL && state->type->verify(state->subject, message, size)) return state;
    destroy(state);
    return NULL;
}

static bool run(void *opaque, size_t calls)
{
    const int8_state *const state = opaque;
    return state->type->run(state->subject, calls);
}

/* It is another product. */
static bool result(void *opaque, void *c)
{
    (void)opaque;
    (void)c;
    return false;
}

const clq_peer clq_int8_peer = { .name = "int8", .open = open_int8, .close = close_int8, .version = version, .kernels = kernels, .warning = warning,
                                 .create = create, .destroy = destroy, .run = run, .result = result, .takes_bits = true };
