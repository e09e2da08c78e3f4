/* SPDX-License-Identifier: Apache-2.0 */
/* ONNX Runtime in a Python process of its own (onnxruntime_peer.py). CLQNN_PYTHON names the interpreter; default python3. */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "builtin_peers.h"
#include "install_folder.h"
#include "line_process.h"
#include "mixed_values.h"

enum { SETTLE_MS = 60 }; /* its threads spin for some milliseconds behind each call */

static clq_line_process process;
static char version_text[32], kernels_text[32];

typedef struct onnxruntime_state {
    const clq_bench_problem *problem;
    char folder[64];
} onnxruntime_state;

/* Takes `request`. NULL with the reason where it failed; the caller deletes the answer. */
static cJSON *ask(cJSON *request, char *message, size_t size)
{
    char *const line = cJSON_PrintUnformatted(request);
    char *const reply = line != NULL ? clq_line_process_ask(&process, line) : NULL;
    cJSON *answer = reply != NULL ? cJSON_Parse(reply) : NULL;
    const cJSON *const error = cJSON_GetObjectItem(answer, "error");
    if (answer == NULL) {
        snprintf(message, size, "its Python process gives no answer");
    } else if (error != NULL) {
        snprintf(message, size, "%s", cJSON_IsString(error) ? error->valuestring : "unknown error");
        cJSON_Delete(answer);
        answer = NULL;
    }
    cJSON_Delete(request);
    cJSON_free(line);
    free(reply);
    return answer;
}

static cJSON *command(const char *name)
{
    cJSON *const request = cJSON_CreateObject();
    cJSON_AddStringToObject(request, "command", name);
    return request;
}

static void copy_text(const cJSON *object, const char *name, char *text, size_t size)
{
    const cJSON *const item = cJSON_GetObjectItem(object, name);
    snprintf(text, size, "%s", cJSON_IsString(item) ? item->valuestring : "");
}

static void close_onnxruntime(void) { clq_line_process_stop(&process); }

static bool open_onnxruntime(int threads, char *message, size_t size)
{
    char script[4096], python[1024];
    const char *const wanted = getenv("CLQNN_PYTHON");
    snprintf(python, sizeof python, "%s", wanted != NULL && wanted[0] ? wanted : "python3");
    if (!clq_install_file("share", "onnxruntime_peer.py", script, sizeof script)) {
        snprintf(message, size, "its helper onnxruntime_peer.py is not installed");
        return false;
    }
    char *const argv[] = { python, script, NULL };
    cJSON *answer = NULL;
    if (!clq_line_process_start(&process, argv)) {
        snprintf(message, size, "%s cannot be started", python);
    } else {
        cJSON *const hello = command("hello");
        cJSON_AddNumberToObject(hello, "threads", threads);
        answer = ask(hello, message, size);
    }
    if (answer == NULL) {
        clq_line_process_stop(&process);
        return false;
    }
    copy_text(answer, "version", version_text, sizeof version_text);
    copy_text(answer, "kernels", kernels_text, sizeof kernels_text);
    cJSON_Delete(answer);
    return true;
}

static const char *version(void) { return version_text; }
static const char *kernels(void) { return kernels_text; }
static const char *warning(void) { return NULL; }

static bool write_data(const onnxruntime_state *state, cJSON *request, const char *name, const void *data, size_t bytes)
{
    char path[96];
    snprintf(path, sizeof path, "%s/%s", state->folder, name);
    FILE *const file = fopen(path, "wb");
    if (file == NULL) return false;
    const bool written = fwrite(data, 1, bytes, file) == bytes;
    cJSON_AddStringToObject(request, name, path);
    return fclose(file) == 0 && written;
}

static void remove_data(const onnxruntime_state *state)
{
    static const char *const names[] = { "a", "b", "b_scales", "bias", "zeros", "c" };
    char path[96];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", state->folder, names[i]);
        unlink(path);
    }
    rmdir(state->folder);
}

static void add_numbers(cJSON *request, const char *name, const int64_t *values, int32_t count)
{
    cJSON *const list = cJSON_AddArrayToObject(request, name);
    for (int32_t i = 0; i < count; i++) cJSON_AddItemToArray(list, cJSON_CreateNumber((double)values[i]));
}

static void describe_conv(cJSON *request, const clq_bench_problem *problem)
{
    const clq_conv_shape *const conv = &problem->conv;
    const int64_t channels[] = { conv->batch, conv->in_channels, conv->out_channels, conv->groups, conv->transposed };
    const int32_t rank = conv->spatial_rank;
    add_numbers(request, "conv", channels, 5);
    add_numbers(request, "input", conv->input, rank);
    add_numbers(request, "output", problem->conv_output, rank);
    add_numbers(request, "kernel", conv->kernel, rank);
    add_numbers(request, "strides", conv->stride, rank);
    add_numbers(request, "dilations", conv->dilation, rank);
    add_numbers(request, "pad_begin", conv->pad_begin, rank);
    add_numbers(request, "pad_end", conv->pad_end, rank);
}

static cJSON *describe(const clq_bench_problem *problem)
{
    cJSON *const request = command("create");
    const clqnn_type types[] = { problem->types.a, problem->types.b, problem->types.c };
    const int64_t sizes[] = { problem->shape.m, problem->shape.n, problem->shape.k };
    cJSON *const type_list = cJSON_AddArrayToObject(request, "types");
    for (int i = 0; i < 3; i++) cJSON_AddItemToArray(type_list, cJSON_CreateString(clqnn_type_name(types[i])));
    if (problem->op == CLQ_BENCH_CONV) {
        describe_conv(request, problem);
    } else {
        add_numbers(request, "batch", problem->shape.batch, 2);
        add_numbers(request, "gemm", sizes, 3);
    }
    cJSON_AddNumberToObject(request, "a_scale", (double)problem->a_scale);
    cJSON_AddNumberToObject(request, "a_zero", problem->a_zero);
    cJSON_AddNumberToObject(request, "c_scale", (double)problem->c_scale);
    cJSON_AddNumberToObject(request, "c_zero", problem->c_zero);
    cJSON_AddNumberToObject(request, "copies", (double)problem->copies);
    if (!problem->floats) return request;
    cJSON_AddNumberToObject(request, "group", (double)problem->types.group);
    cJSON_AddBoolToObject(request, "quantize_a", problem->types.quantize_a);
    if (problem->types.group == 0) cJSON_ReplaceItemInObject(request, "copies", cJSON_CreateNumber((double)clq_peer_float_copies(problem)));
    return request;
}

/* a as f32; b as f32, or its integers with scales as f32 and zero points. */
static bool write_floats(const onnxruntime_state *state, cJSON *request)
{
    const clq_bench_problem *const problem = state->problem;
    const clq_gemm_shape *const shape = &problem->shape;
    const size_t a_count = problem->a_bytes / clqnn_type_size(problem->types.a);
    if (!write_data(state, request, "a", problem->a_values, a_count * sizeof(float))) return false;
    if (problem->types.group == 0) {
        return write_data(state, request, "b", problem->b_values, problem->b_bytes / clqnn_type_size(problem->types.b) * sizeof(float));
    }
    const size_t scales = (size_t)((shape->k + problem->types.group - 1) / problem->types.group * shape->n);
    float *const values = malloc(scales * sizeof *values + 1);
    if (values == NULL) return false;
    for (size_t i = 0; i < scales; i++) values[i] = clq_mixed_load(problem->group_scales, (int64_t)i, problem->desc.groups.scale_type);
    const bool written = write_data(state, request, "b", problem->b, problem->b_bytes) &&
                         write_data(state, request, "b_scales", values, scales * sizeof *values) &&
                         (problem->group_zeros == NULL || write_data(state, request, "zeros", problem->group_zeros, scales));
    free(values);
    return written;
}

static bool write_integers(const onnxruntime_state *state, cJSON *request)
{
    const clq_bench_problem *const problem = state->problem;
    const int64_t columns = problem->op == CLQ_BENCH_CONV ? problem->conv.out_channels : problem->shape.n;
    return write_data(state, request, "a", problem->a, problem->a_bytes) && write_data(state, request, "b", problem->b, problem->b_bytes) &&
           write_data(state, request, "b_scales", problem->b_scales, (size_t)columns * sizeof(float)) &&
           write_data(state, request, "bias", problem->bias, (size_t)columns * sizeof(int32_t));
}

static void *create(const clq_bench_problem *problem, char *message, size_t size)
{
    onnxruntime_state *const state = calloc(1, sizeof *state);
    if (state == NULL) return NULL;
    state->problem = problem;
    snprintf(state->folder, sizeof state->folder, "/tmp/clqnn-peer-XXXXXX");
    if (mkdtemp(state->folder) == NULL) {
        snprintf(message, size, "no folder can be made below /tmp");
        free(state);
        return NULL;
    }
    cJSON *const request = describe(problem);
    cJSON *answer = NULL;
    if (problem->floats ? write_floats(state, request) : write_integers(state, request)) {
        answer = ask(request, message, size);
    } else {
        snprintf(message, size, "its data cannot be written to %s", state->folder);
        cJSON_Delete(request);
    }
    if (answer != NULL) {
        cJSON_Delete(answer);
        return state;
    }
    remove_data(state);
    free(state);
    return NULL;
}

static void destroy(void *opaque)
{
    onnxruntime_state *const state = opaque;
    char message[64];
    cJSON_Delete(ask(command("destroy"), message, sizeof message));
    remove_data(state);
    free(state);
}

static bool measure(void *opaque, double seconds, clq_samples *samples)
{
    (void)opaque;
    char message[256];
    cJSON *const request = command("measure");
    cJSON_AddNumberToObject(request, "seconds", seconds);
    cJSON *const answer = ask(request, message, sizeof message);
    const cJSON *const list = cJSON_GetObjectItem(answer, "ns"), *const pipelined = cJSON_GetObjectItem(answer, "ns_pipelined"), *sample = NULL;
    bool kept = cJSON_IsArray(list) && cJSON_IsNumber(pipelined);
    cJSON_ArrayForEach(sample, list) kept = kept && clq_samples_add(samples, sample->valuedouble);
    if (kept && (samples->ns_pipelined == 0.0 || pipelined->valuedouble < samples->ns_pipelined)) samples->ns_pipelined = pipelined->valuedouble;
    cJSON_Delete(answer);
    return kept;
}

/* QLinearMatMul has no bias: its 8-bit result is another one than the problem's; and MatMulNBits quantizes a in another way. */
static bool result(void *opaque, void *c)
{
    const onnxruntime_state *const state = opaque;
    char path[96], message[256];
    const clq_bench_problem *const problem = state->problem;
    const bool quantizes = problem->types.quantize_a || (problem->types.group != 0 && clqnn_type_bits(problem->types.b) == 8);
    if (problem->op == CLQ_BENCH_GEMM && (problem->desc.bias != NULL || quantizes)) return false;
    const size_t bytes = problem->floats ? problem->c_bytes / clqnn_type_size(problem->types.c) * sizeof(float) : problem->c_bytes;
    snprintf(path, sizeof path, "%s/c", state->folder);
    cJSON *const request = command("result");
    cJSON_AddStringToObject(request, "path", path);
    cJSON *const answer = ask(request, message, sizeof message);
    if (answer == NULL) return false;
    cJSON_Delete(answer);
    FILE *const file = fopen(path, "rb");
    if (file == NULL) return false;
    const bool read = fread(c, 1, bytes, file) == bytes;
    fclose(file);
    return read;
}

const clq_peer clq_onnxruntime_peer = { .name = "onnxruntime", .open = open_onnxruntime, .close = close_onnxruntime, .version = version, .kernels = kernels,
                                        .warning = warning, .create = create, .destroy = destroy, .measure = measure, .result = result,
                                        .settle_ms = SETTLE_MS };
