/* SPDX-License-Identifier: Apache-2.0 */
/* OpenBLAS sgemm on float data of the same shape: what a float network pays. Of integers not the same product: no zero points, no requantization, four times
 * the bytes. Of floats the same one, of a and b widened to f32, which the kernel reads: no conversion is timed. */
#include <cblas.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "peer.h"

/* Its threads yield for up to 2^26 cycles behind each call. */
enum { SETTLE_MS = 60 };

typedef struct openblas_state {
    const clq_bench_problem *problem;
    float *a, *c, **weights;
    size_t weight_count, next;
} openblas_state;

static bool open_openblas(int threads, char *message, size_t size)
{
    (void)message;
    (void)size;
    openblas_set_num_threads(threads);
    return true;
}

static void close_openblas(void) {}

static const char *version(void)
{
    static char text[32];
    const char *const config = openblas_get_config(), *const space = strchr(config, ' ');
    const char *const number = space != NULL ? space + 1 : config;
    snprintf(text, sizeof text, "%.*s", (int)strcspn(number, " "), number);
    return text;
}

static const char *kernels(void) { return openblas_get_corename(); }

static bool is_slow_core(const char *core)
{
#if defined(__x86_64__) || defined(__i386__)
    static const char *const fast[] = { "SkylakeX", "Cooperlake", "Sapphirerapids" };
    if (!__builtin_cpu_supports("avx512f")) return false;
    for (size_t i = 0; i < sizeof fast / sizeof *fast; i++) {
        if (strcasecmp(core, fast[i]) == 0) return false;
    }
    return true;
#else
    (void)core;
    return false;
#endif
}

static const char *warning(void)
{
    static char text[192];
    const char *const preset = getenv("OPENBLAS_CORETYPE");
    if (!is_slow_core(openblas_get_corename())) return NULL;
    snprintf(text, sizeof text, "it uses its %s kernels on a machine with AVX-512%s%s: unset OPENBLAS_CORETYPE or name SkylakeX", openblas_get_corename(),
             preset != NULL ? ", as OPENBLAS_CORETYPE presets " : "", preset != NULL ? preset : "");
    return text;
}

static void destroy(void *opaque)
{
    openblas_state *const state = opaque;
    for (size_t i = 0; i < state->weight_count; i++) free(state->weights[i]);
    free(state->weights);
    free(state->a);
    free(state->c);
    free(state);
}

static void convert(float *target, const void *source, size_t count, clqnn_type type)
{
    for (size_t i = 0; i < count; i++) {
        switch (type) {
        case CLQNN_S8: target[i] = (float)((const signed char *)source)[i]; break;
        case CLQNN_U8: target[i] = (float)((const unsigned char *)source)[i]; break;
        case CLQNN_F32: target[i] = ((const float *)source)[i]; break;
        default: target[i] = (float)(i % 7) - 3.0f; break; /* f16, bits: any ordinary values */
        }
    }
}

static bool fill(openblas_state *state)
{
    const clq_bench_problem *const problem = state->problem;
    const clq_gemm_shape *const shape = &problem->shape;
    const size_t batches = (size_t)(shape->batch[0] * shape->batch[1]);
    const size_t a_count = batches * (size_t)(shape->m * shape->k), c_count = batches * (size_t)(shape->m * shape->n);
    const size_t b_count = (size_t)(shape->batch[0] * shape->batch[1] * shape->k * shape->n), b_bytes = b_count * sizeof **state->weights;
    const size_t copies = clq_peer_float_copies(problem);
    state->a = malloc(a_count * sizeof *state->a + 1);
    state->c = calloc(c_count + 1, sizeof *state->c);
    state->weights = calloc(copies, sizeof *state->weights);
    if (state->a == NULL || state->c == NULL || state->weights == NULL) return false;
    if (problem->floats) {
        memcpy(state->a, problem->a_values, a_count * sizeof *state->a);
    } else {
        convert(state->a, problem->a, a_count, problem->types.a);
    }
    for (size_t i = 0; i < copies; i++) {
        state->weights[i] = malloc(b_bytes + 1);
        if (state->weights[i] == NULL) return false;
        state->weight_count++;
        if (problem->floats) {
            memcpy(state->weights[i], problem->b_values, b_bytes);
        } else {
            convert(state->weights[i], problem->b, b_count, problem->types.b);
        }
    }
    return true;
}

static void *create(const clq_bench_problem *problem, char *message, size_t size)
{
    if (problem->op != CLQ_BENCH_GEMM) {
        snprintf(message, size, "it has products alone");
        return NULL;
    }
    openblas_state *const state = calloc(1, sizeof *state);
    if (state != NULL) {
        state->problem = problem;
        if (fill(state)) return state;
        destroy(state);
    }
    snprintf(message, size, "not enough host memory");
    return NULL;
}

static bool run(void *opaque, size_t calls)
{
    openblas_state *const state = opaque;
    const clq_gemm_shape *const shape = &state->problem->shape;
    const int64_t batches = shape->batch[0] * shape->batch[1];
    const blasint m = (blasint)shape->m, n = (blasint)shape->n, k = (blasint)shape->k;
    for (size_t i = 0; i < calls; i++) {
        const float *const b = state->weights[state->next];
        state->next = state->next + 1 < state->weight_count ? state->next + 1 : 0;
        for (int64_t batch = 0; batch < batches; batch++) {
            cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1.0f, state->a + batch * shape->m * shape->k, k,
                        b + batch * shape->k * shape->n, n, 0.0f, state->c + batch * shape->m * shape->n, n);
        }
    }
    return true;
}

/* Of integers it is another product. */
static bool result(void *opaque, void *c)
{
    const openblas_state *const state = opaque;
    if (!state->problem->floats || state->problem->desc.dynamic != CLQNN_STATIC) return false;
    memcpy(c, state->c, state->problem->c_bytes / clqnn_type_size(state->problem->types.c) * sizeof *state->c);
    return true;
}

static const clq_peer openblas_peer = { .name = "openblas", .open = open_openblas, .close = close_openblas, .version = version, .kernels = kernels,
                                        .warning = warning, .create = create, .destroy = destroy, .run = run, .result = result,
                                        .settle_ms = SETTLE_MS, .takes_bits = true };

__attribute__((visibility("default"))) const clq_peer *clq_peer_entry(void) { return &openblas_peer; }
