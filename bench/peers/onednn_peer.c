/* SPDX-License-Identifier: Apache-2.0 */
/* oneDNN 2's matmul and convolution primitives: u8 or s8 by s8, f32 or bf16, weights reordered beforehand into the layout that the primitive asks for, the same
 * zero points, scales and bias. What differs between the two is in onednn_matmul.c and onednn_conv.c. */
#include <dnnl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "onednn_primitive.h"

/* libgomp's threads spin for a while behind each region (300,000 turns by default, some milliseconds). */
enum { SETTLE_MS = 40 };

typedef struct onednn_state {
    const clq_bench_problem *problem;
    dnnl_primitive_desc_t description;
    dnnl_primitive_t primitive;
    dnnl_memory_desc_t plain_weights; /* as the problem gives them */
    bool of_values;                   /* a and b are the problem's, widened to f32 */
    dnnl_memory_t source, bias, target, *weights; /* weights: one for each copy */
    size_t weight_count, next;
} onednn_state;

static dnnl_engine_t engine;
static dnnl_stream_t stream;

static bool open_onednn(int threads, char *message, size_t size)
{
    char count[16];
    /* before the first parallel region; what the user has set stays. Bound threads are oneDNN's own advice and the counterpart of PoCL's affinity. */
    snprintf(count, sizeof count, "%d", threads);
    setenv("OMP_NUM_THREADS", count, 0);
    setenv("OMP_PROC_BIND", "true", 0);
    if (dnnl_engine_create(&engine, dnnl_cpu, 0) == dnnl_success && dnnl_stream_create(&stream, engine, dnnl_stream_default_flags) == dnnl_success) return true;
    snprintf(message, size, "oneDNN has no engine for this CPU");
    return false;
}

static void close_onednn(void)
{
    dnnl_stream_destroy(stream);
    dnnl_engine_destroy(engine);
}

static const char *version(void)
{
    static char text[32];
    const dnnl_version_t *const v = dnnl_version();
    snprintf(text, sizeof text, "%d.%d.%d", v->major, v->minor, v->patch);
    return text;
}

static const char *kernels(void)
{
    switch (dnnl_get_effective_cpu_isa()) {
    case dnnl_cpu_isa_sse41: return "SSE4.1";
    case dnnl_cpu_isa_avx: return "AVX";
    case dnnl_cpu_isa_avx2: return "AVX2";
    case dnnl_cpu_isa_avx2_vnni: return "AVX2 VNNI";
    case dnnl_cpu_isa_avx512_core: return "AVX-512";
    case dnnl_cpu_isa_avx512_core_vnni: return "AVX-512 VNNI";
    case dnnl_cpu_isa_avx512_core_bf16: return "AVX-512 VNNI BF16";
    case dnnl_cpu_isa_avx512_core_amx: return "AMX";
    default: return "";
    }
}

static const char *warning(void)
{
    static char text[128];
    const char *const isa = getenv("DNNL_MAX_CPU_ISA"), *const policy = getenv("OMP_WAIT_POLICY");
    if (isa != NULL) {
        snprintf(text, sizeof text, "DNNL_MAX_CPU_ISA=%s limits its instructions", isa);
        return text;
    }
    if (policy != NULL && (policy[0] == 'p' || policy[0] == 'P')) return "OMP_WAIT_POLICY=passive makes its threads sleep between calls";
    return NULL;
}

static bool describe(onednn_state *state)
{
    clq_onednn_primitive made = { .description = NULL };
    const bool described = state->problem->op == CLQ_BENCH_CONV ? clq_onednn_conv(state->problem, engine, &made)
                                                                : clq_onednn_matmul(state->problem, engine, &made);
    state->description = made.description;
    state->plain_weights = made.plain_weights;
    state->of_values = made.of_values;
    return described && dnnl_primitive_create(&state->primitive, state->description) == dnnl_success;
}

static bool create_memory(const onednn_state *state, dnnl_query_t what, int index, const void *data, size_t bytes, dnnl_memory_t *memory)
{
    void *handle = NULL;
    const dnnl_memory_desc_t *const desc = dnnl_primitive_desc_query_md(state->description, what, index);
    if (dnnl_memory_create(memory, desc, engine, DNNL_MEMORY_ALLOCATE) != dnnl_success) return false;
    if (dnnl_memory_get_data_handle(*memory, &handle) != dnnl_success) return false;
    if (data != NULL) {
        memcpy(handle, data, bytes);
    } else {
        memset(handle, 0, dnnl_memory_desc_get_size(desc));
    }
    return true;
}

static bool reorder_weights(onednn_state *state)
{
    const clq_bench_problem *const problem = state->problem;
    const dnnl_memory_desc_t *const plain = &state->plain_weights;
    dnnl_memory_t given = NULL;
    dnnl_primitive_desc_t description = NULL;
    dnnl_primitive_t reorder = NULL;
    const dnnl_memory_desc_t *const wanted = dnnl_primitive_desc_query_md(state->description, dnnl_query_weights_md, 0);
    const size_t copies = problem->floats ? clq_peer_float_copies(problem) : problem->copies;
    bool done = dnnl_memory_create(&given, plain, engine, state->of_values ? problem->b_values : problem->b) == dnnl_success &&
                dnnl_reorder_primitive_desc_create(&description, plain, engine, wanted, engine, NULL) == dnnl_success &&
                dnnl_primitive_create(&reorder, description) == dnnl_success;
    state->weights = calloc(copies, sizeof *state->weights);
    done = done && state->weights != NULL;
    for (size_t i = 0; done && i < copies; i++) {
        done = dnnl_memory_create(&state->weights[i], wanted, engine, DNNL_MEMORY_ALLOCATE) == dnnl_success;
        if (!done) break;
        state->weight_count++;
        const dnnl_exec_arg_t arguments[] = { { DNNL_ARG_FROM, given }, { DNNL_ARG_TO, state->weights[i] } };
        done = dnnl_primitive_execute(reorder, stream, 2, arguments) == dnnl_success && dnnl_stream_wait(stream) == dnnl_success;
    }
    if (reorder != NULL) dnnl_primitive_destroy(reorder);
    if (description != NULL) dnnl_primitive_desc_destroy(description);
    if (given != NULL) dnnl_memory_destroy(given);
    return done;
}

static void destroy(void *opaque)
{
    onednn_state *const state = opaque;
    for (size_t i = 0; i < state->weight_count; i++) dnnl_memory_destroy(state->weights[i]);
    free(state->weights);
    if (state->source != NULL) dnnl_memory_destroy(state->source);
    if (state->bias != NULL) dnnl_memory_destroy(state->bias);
    if (state->target != NULL) dnnl_memory_destroy(state->target);
    if (state->primitive != NULL) dnnl_primitive_destroy(state->primitive);
    if (state->description != NULL) dnnl_primitive_desc_destroy(state->description);
    free(state);
}

static void *create(const clq_bench_problem *problem, char *message, size_t size)
{
    onednn_state *const state = calloc(1, sizeof *state);
    const bool conv = problem->op == CLQ_BENCH_CONV;
    const bool named = clq_onednn_type(problem->types.a) != dnnl_data_type_undef && clq_onednn_type(problem->types.c) != dnnl_data_type_undef;
    const bool typed = (named || problem->floats) && (conv || problem->desc.dynamic == CLQNN_STATIC);
    if (state == NULL || !typed) {
        snprintf(message, size, "%s", typed ? "not enough host memory" : "no primitive of these types");
        free(state);
        return NULL;
    }
    state->problem = problem;
    bool made = describe(state);
    if (!made) snprintf(message, size, "no primitive of these types or this shape");
    const void *const bias = conv ? problem->conv_desc.bias : problem->desc.bias;
    const size_t bias_bytes = (size_t)(conv ? problem->conv.out_channels : problem->shape.n) * sizeof(int32_t);
    const void *const a = state->of_values ? problem->a_values : problem->a;
    const size_t a_bytes = state->of_values ? problem->a_bytes / clqnn_type_size(problem->types.a) * sizeof(float) : problem->a_bytes;
    made = made && create_memory(state, dnnl_query_src_md, 0, a, a_bytes, &state->source) &&
           (bias == NULL || create_memory(state, dnnl_query_weights_md, 1, bias, bias_bytes, &state->bias)) &&
           create_memory(state, dnnl_query_dst_md, 0, NULL, 0, &state->target) && reorder_weights(state);
    if (made) return state;
    if (state->primitive != NULL) snprintf(message, size, "its buffers could not be made");
    destroy(state);
    return NULL;
}

static bool run(void *opaque, size_t calls)
{
    onednn_state *const state = opaque;
    dnnl_exec_arg_t arguments[] = { { DNNL_ARG_SRC, state->source }, { DNNL_ARG_WEIGHTS, NULL }, { DNNL_ARG_DST, state->target }, { DNNL_ARG_BIAS, state->bias } };
    for (size_t i = 0; i < calls; i++) {
        arguments[1].memory = state->weights[state->next];
        state->next = state->next + 1 < state->weight_count ? state->next + 1 : 0;
        if (dnnl_primitive_execute(state->primitive, stream, state->bias != NULL ? 4 : 3, arguments) != dnnl_success) return false;
    }
    return dnnl_stream_wait(stream) == dnnl_success;
}

static bool result(void *opaque, void *c)
{
    const onednn_state *const state = opaque;
    void *handle = NULL;
    if (dnnl_memory_get_data_handle(state->target, &handle) != dnnl_success) return false;
    const size_t count = state->problem->c_bytes / clqnn_type_size(state->problem->types.c);
    if (state->problem->floats && (state->of_values || state->problem->types.c == CLQNN_F32)) {
        memcpy(c, handle, count * sizeof(float));
    } else if (state->problem->floats) { /* bf16: the upper half of an f32 */
        for (size_t i = 0; i < count; i++) ((uint32_t *)c)[i] = (uint32_t)((const uint16_t *)handle)[i] << 16;
    } else {
        memcpy(c, handle, state->problem->c_bytes);
    }
    return true;
}

static const clq_peer onednn_peer = { .name = "onednn", .open = open_onednn, .close = close_onednn, .version = version, .kernels = kernels, .warning = warning,
                                      .create = create, .destroy = destroy, .run = run, .result = result, .settle_ms = SETTLE_MS,
                                      .may_round_otherwise = true };

__attribute__((visibility("default"))) const clq_peer *clq_peer_entry(void) { return &onednn_peer; }
