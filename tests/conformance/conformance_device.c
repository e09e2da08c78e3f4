/* SPDX-License-Identifier: Apache-2.0 */
/* conformance_device FILE|FOLDER...: case files through the library on the default device, b constant and b given at run time.
 * A dynamic_quantize case runs as a dynamic gemm with the identity, whose result is the dequantized y; other operators as clqnn check runs them. Exit
 * status 77 without a device. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/clqnn.h"
#include "conformance_run.h"
#include "operator.h"

#define GUARD 64      /* bytes on both sides of c that must stay as they were */
#define POISON 0xA5
#define NO_DEVICE_STATUS 77
#define MAX_IDENTITY 512

/* A gemm on host memory: dense operands as the descriptor says. */
typedef struct host_gemm {
    const clqnn_gemm_desc *desc;
    const void *a, *b;      /* b: NULL for the constant weights of desc */
    size_t a_bytes, b_bytes, c_bytes;
    unsigned char *guarded; /* GUARD + c_bytes + GUARD bytes, the result in the middle */
} host_gemm;

static clqnn_status upload_new(clqnn_context *context, const void *data, size_t bytes, clqnn_region *region)
{
    clqnn_status status = clqnn_buffer_create(context, bytes > 0 ? bytes : 1, &region->memory);
    if (status == CLQNN_OK) status = clqnn_upload(context, region->memory, 0, data, bytes);
    return status;
}

static clqnn_status run_plan(clqnn_context *context, const clqnn_gemm *plan, const host_gemm *call)
{
    clqnn_gemm_args args = {.c = {.offset = GUARD}};
    const size_t guarded_bytes = call->c_bytes + 2 * GUARD;
    const uint64_t workspace = clqnn_gemm_workspace_size(plan);
    struct _cl_command_queue *queue = NULL;
    memset(call->guarded, POISON, guarded_bytes);
    clqnn_status status = clqnn_default_queue(context, &queue);
    if (status == CLQNN_OK) status = upload_new(context, call->a, call->a_bytes, &args.a);
    if (status == CLQNN_OK && call->b != NULL) status = upload_new(context, call->b, call->b_bytes, &args.b);
    if (status == CLQNN_OK) status = upload_new(context, call->guarded, guarded_bytes, &args.c);
    if (status == CLQNN_OK && workspace > 0) status = clqnn_buffer_create(context, workspace, &args.workspace.memory);
    if (status == CLQNN_OK) status = clqnn_gemm_enqueue(plan, queue, &args, 0, NULL, NULL);
    if (status == CLQNN_OK) status = clqnn_download(context, args.c.memory, 0, call->guarded, guarded_bytes);
    clqnn_finish(context);
    clqnn_buffer_release(args.a.memory);
    clqnn_buffer_release(args.b.memory);
    clqnn_buffer_release(args.c.memory);
    clqnn_buffer_release(args.workspace.memory);
    return status;
}

static bool is_guard_whole(const host_gemm *call)
{
    for (size_t i = 0; i < GUARD; i++) {
        if (call->guarded[i] != POISON || call->guarded[GUARD + call->c_bytes + i] != POISON) return false;
    }
    return true;
}

/* CLQ_CASE_SAME: it ran and wrote nothing outside c. */
static clq_case_verdict run(clqnn_context *context, const host_gemm *call, char *message, size_t capacity)
{
    clqnn_gemm *plan = NULL;
    clqnn_status status = clqnn_gemm_create(context, call->desc, &plan);
    if (status == CLQNN_OK) status = run_plan(context, plan, call);
    clqnn_gemm_destroy(plan);
    if (status != CLQNN_OK) {
        snprintf(message, capacity, "%s: %s", clqnn_status_name(status), clqnn_last_error());
        return status == CLQNN_UNSUPPORTED ? CLQ_CASE_SKIPPED : CLQ_CASE_BAD;
    }
    if (is_guard_whole(call)) return CLQ_CASE_SAME;
    snprintf(message, capacity, "something was written outside c");
    return CLQ_CASE_BAD;
}

static clq_case_verdict check_gemm(clqnn_context *context, clq_case *file, char *message, size_t capacity)
{
    clq_case_gemm gemm;
    const clqnn_status status = clq_case_make_gemm(file, &gemm, message, capacity);
    if (status != CLQNN_OK) return status == CLQNN_UNSUPPORTED ? CLQ_CASE_SKIPPED : CLQ_CASE_BAD;
    host_gemm call = {.desc = &gemm.desc, .a = gemm.a, .a_bytes = gemm.a_bytes, .b_bytes = gemm.b_bytes, .c_bytes = gemm.c_bytes};
    call.guarded = malloc(call.c_bytes + 2 * GUARD);
    if (call.guarded == NULL) return CLQ_CASE_BAD;
    clq_case_verdict verdict = CLQ_CASE_SAME;
    for (int run_time_b = 0; run_time_b < 2 && verdict == CLQ_CASE_SAME; run_time_b++) {
        call.b = run_time_b ? gemm.b : NULL;
        gemm.desc.b_data = run_time_b ? NULL : gemm.b;
        verdict = run(context, &call, message, capacity);
        if (verdict == CLQ_CASE_SAME && clq_case_compare(file, "y", call.guarded + GUARD, message, capacity) != 0) verdict = CLQ_CASE_DIFFERS;
    }
    free(call.guarded);
    return verdict;
}

/* Whether c holds scale * (y - zero_point) for every element. */
static clq_case_verdict compare_dequantized(const clq_case_dynamic *dynamic, const unsigned char *bytes, char *message, size_t capacity)
{
    for (int64_t i = 0; i < dynamic->channels * dynamic->inner; i++) {
        const int64_t channel = i / dynamic->inner;
        const int32_t y = dynamic->y_type == CLQNN_S8 ? ((const int8_t *)dynamic->expected_y)[i] : ((const uint8_t *)dynamic->expected_y)[i];
        const float expected = (float)(y - dynamic->expected_zero_points[channel]) * dynamic->expected_scales[channel];
        float got;
        memcpy(&got, bytes + (size_t)i * sizeof got, sizeof got);
        if (got == expected) continue;
        snprintf(message, capacity, "dequantized element %lld: expected %.9g got %.9g", (long long)i, (double)expected, (double)got);
        return CLQ_CASE_DIFFERS;
    }
    return CLQ_CASE_SAME;
}

static clq_case_verdict check_dynamic(clqnn_context *context, clq_case *file, char *message, size_t capacity)
{
    clq_case_dynamic dynamic;
    const clqnn_status status = clq_case_make_dynamic(file, &dynamic, message, capacity);
    if (status != CLQNN_OK) return status == CLQNN_UNSUPPORTED ? CLQ_CASE_SKIPPED : CLQ_CASE_BAD;
    if (dynamic.outer != 1 || dynamic.inner > MAX_IDENTITY) {
        snprintf(message, capacity, "no dynamic gemm has these ranges");
        return CLQ_CASE_SKIPPED;
    }
    const int64_t size = dynamic.inner, rows = dynamic.channels;
    const clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = rows, .n = size, .k = size, .a.type = dynamic.x_type, .b.type = CLQNN_S8,
                                  .c.type = CLQNN_F32, .dynamic = CLQNN_DYNAMIC_PER_ROW, .dynamic_type = dynamic.y_type};
    host_gemm call = {.desc = &desc, .a = dynamic.x, .b_bytes = (size_t)(size * size), .c_bytes = (size_t)(rows * size) * sizeof(float)};
    call.a_bytes = (size_t)(rows * size) * clqnn_type_size(dynamic.x_type);
    call.guarded = malloc(call.c_bytes + 2 * GUARD);
    int8_t *identity = calloc(1, call.b_bytes + 1);
    clq_case_verdict verdict = CLQ_CASE_BAD;
    if (call.guarded != NULL && identity != NULL) {
        for (int64_t i = 0; i < size; i++) identity[i * size + i] = 1;
        call.b = identity;
        verdict = run(context, &call, message, capacity);
        if (verdict == CLQ_CASE_SAME) verdict = compare_dequantized(&dynamic, call.guarded + GUARD, message, capacity);
    }
    free(identity);
    free(call.guarded);
    return verdict;
}

static clq_case_verdict check(void *user, clq_case *file, char *message, size_t capacity)
{
    const char *name = clq_case_operator_name(file);
    if (strcmp(name, "gemm") == 0) return check_gemm(user, file, message, capacity);
    if (strcmp(name, "dynamic_quantize") == 0) return check_dynamic(user, file, message, capacity);
    return clq_check_read_case(user, file, message, capacity);
}

int main(int argc, char **argv)
{
    clqnn_context *context = NULL;
    const clqnn_status status = clqnn_context_create(NULL, &context);
    if (status != CLQNN_OK) {
        fprintf(stderr, "%s: %s\n", clqnn_status_name(status), clqnn_last_error());
        return status == CLQNN_NO_DEVICE ? NO_DEVICE_STATUS : 1;
    }
    const int result = conformance_run(argc - 1, argv + 1, check, context);
    clqnn_context_release(context);
    return result;
}
