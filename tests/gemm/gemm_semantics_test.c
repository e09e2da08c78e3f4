/* SPDX-License-Identifier: Apache-2.0 */
/* What a right call means: empty shapes, k of 0, weights shared by plans of different m, broadcast batches, sub-buffers, out-of-order
 * queues, wait lists and events, workspaces, prewarming. Numbers against the reference are the harness's; here results are worked out by
 * hand or compared between calls. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference.h"
#include "gemm_fixture.h"

enum { CANARY = 0x5a, MOST_VARIANTS = 64 };

static clqnn_gemm *create(const clqnn_gemm_desc *desc)
{
    clqnn_gemm *gemm = NULL;
    if (clqnn_gemm_create(fixture_context(), desc, &gemm) != CLQNN_OK) fail_msg("clqnn_gemm_create: %s", clqnn_last_error());
    return gemm;
}

static cl_command_queue default_queue(void)
{
    cl_command_queue queue = NULL;
    assert_int_equal(clqnn_default_queue(fixture_context(), &queue), CLQNN_OK);
    return queue;
}

static cl_mem workspace_of(const clqnn_gemm *gemm)
{
    cl_mem memory = NULL;
    const uint64_t bytes = clqnn_gemm_workspace_size(gemm);
    if (bytes) assert_int_equal(clqnn_buffer_create(fixture_context(), bytes, &memory), CLQNN_OK);
    return memory;
}

/* m or n of 0: a success that touches nothing, with or without buffers; the event is a real one. */
static void test_empty_outputs(void **state)
{
    (void)state;
    const int64_t shapes[][3] = {{0, FIXTURE_N, FIXTURE_K}, {FIXTURE_M, 0, FIXTURE_K}, {0, 0, 0}, {0, FIXTURE_N, 0}, {FIXTURE_M, 0, 0}};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        for (int run_time = 0; run_time < 2; run_time++) {
            clqnn_gemm_desc desc = fixture_desc();
            const clqnn_gemm_args nothing = {.a = {NULL, 0}};
            cl_event event = NULL;
            desc.m = shapes[i][0];
            desc.n = shapes[i][1];
            desc.k = shapes[i][2];
            desc.batch[1] = 3;
            desc.b.batch_stride[1] = CLQNN_BROADCAST;
            if (run_time) desc.b_data = NULL;
            clqnn_gemm *gemm = create(&desc);
            assert_int_equal(clqnn_gemm_workspace_size(gemm), 0);
            assert_int_equal(clqnn_gemm_enqueue(gemm, default_queue(), &nothing, 0, NULL, NULL), CLQNN_OK);
            assert_int_equal(clqnn_gemm_enqueue(gemm, default_queue(), &nothing, 0, NULL, &event), CLQNN_OK);
            assert_non_null(event);
            assert_int_equal(clWaitForEvents(1, &event), CL_SUCCESS);
            clReleaseEvent(event);
            clqnn_gemm_destroy(gemm);
        }
    }
}

/* k of 0: c is the bias, requantized; a and b are not needed. On every variant that takes it. */
static void test_k_of_zero_gives_the_bias(void **state)
{
    (void)state;
    static const int32_t bias[FIXTURE_N] = {0, 1, -1, INT32_MAX, INT32_MIN + 1};
    static clqnn_gemm_variant_info variants[MOST_VARIANTS];
    size_t count = 0, ran = 0;
    assert_int_equal(clqnn_gemm_variants(variants, MOST_VARIANTS, &count), CLQNN_OK);
    for (size_t v = 0; v < count; v++) {
        for (int run_time = 0; run_time < 2; run_time++) {
            clqnn_gemm_desc desc = fixture_desc();
            clqnn_gemm *gemm = NULL;
            int32_t c[FIXTURE_M * FIXTURE_N];
            desc.k = 0;
            desc.bias = bias;
            desc.bias_type = CLQNN_S32;
            desc.variant = variants[v].name;
            if (run_time) desc.b_data = NULL;
            const clqnn_status status = clqnn_gemm_create(fixture_context(), &desc, &gemm);
            if (status == CLQNN_UNSUPPORTED) continue;
            assert_int_equal(status, CLQNN_OK);
            memset(c, CANARY, sizeof c);
            cl_mem output = fixture_buffer(c, sizeof c), workspace = workspace_of(gemm);
            const clqnn_gemm_args args = {.c = {output, 0}, .workspace = {workspace, 0}};
            assert_int_equal(clqnn_gemm_enqueue(gemm, default_queue(), &args, 0, NULL, NULL), CLQNN_OK);
            assert_int_equal(clqnn_download(fixture_context(), output, 0, c, sizeof c), CLQNN_OK);
            for (int i = 0; i < FIXTURE_M * FIXTURE_N; i++) assert_int_equal(c[i], bias[i % FIXTURE_N]);
            clqnn_buffer_release(output);
            clqnn_buffer_release(workspace);
            clqnn_gemm_destroy(gemm);
            ran++;
        }
    }
    assert_true(ran > 0);
}

/* One packed object under plans of different m, outliving its own handle; results equal those of plans with b_data. */
static void test_shared_weights(void **state)
{
    (void)state;
    const int64_t rows[] = {1, 2, 17, 64};
    clqnn_gemm_desc desc = fixture_desc();
    clqnn_gemm_weights *weights = NULL;
    clqnn_gemm *own[4], *shared[4];
    assert_int_equal(clqnn_gemm_pack(fixture_context(), &desc, &weights), CLQNN_OK);
    for (size_t i = 0; i < 4; i++) {
        clqnn_gemm_desc packed = fixture_desc();
        desc.m = packed.m = rows[i];
        packed.b_data = NULL;
        packed.b = (clqnn_gemm_operand){.type = i % 2 ? CLQNN_S8 : CLQNN_TYPE_NONE}; /* may be left out */
        packed.weights = weights;
        own[i] = create(&desc);
        shared[i] = create(&packed);
    }
    clqnn_gemm_weights_release(weights);
    for (size_t i = 0; i < 4; i++) {
        uint8_t a[64 * FIXTURE_K];
        int32_t c[2][64 * FIXTURE_N];
        const size_t bytes = (size_t)rows[i] * FIXTURE_N * sizeof(int32_t);
        for (size_t j = 0; j < sizeof a; j++) a[j] = (uint8_t)(j * 97 + i);
        cl_mem input = fixture_buffer(a, sizeof a), output = fixture_buffer(c, sizeof c);
        for (int side = 0; side < 2; side++) {
            clqnn_gemm *gemm = side ? shared[i] : own[i];
            cl_mem workspace = workspace_of(gemm);
            const clqnn_gemm_args args = {.a = {input, 0}, .c = {output, 0}, .workspace = {workspace, 0}};
            memset(c[side], CANARY, bytes);
            assert_int_equal(clqnn_gemm_enqueue(gemm, default_queue(), &args, 0, NULL, NULL), CLQNN_OK);
            assert_int_equal(clqnn_download(fixture_context(), output, 0, c[side], bytes), CLQNN_OK);
            clqnn_buffer_release(workspace);
            clqnn_gemm_destroy(gemm);
        }
        assert_memory_equal(c[0], c[1], bytes);
        clqnn_buffer_release(input);
        clqnn_buffer_release(output);
    }
}

static void test_weights_of_another_shape(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = fixture_desc();
    clqnn_gemm_weights *weights = NULL;
    assert_int_equal(clqnn_gemm_pack(fixture_context(), &desc, &weights), CLQNN_OK);
    desc.weights = weights;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "b_data", "weights");
    desc.b_data = NULL;
    desc.k = FIXTURE_K + 1;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "weights", "k is 8");
    desc.k = FIXTURE_K;
    desc.n = FIXTURE_N - 1;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "weights", "n is 4");
    desc.n = FIXTURE_N;
    desc.b.type = CLQNN_U8;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "b.type", "s8");
    desc.b.type = CLQNN_S8;
    desc.batch[1] = 4; /* one matrix for all batches */
    expect_accepted(&desc);
    clqnn_gemm_weights_release(weights);
}

/* ---- Out-of-order queues ---- */

/* A chain of launches (ranges, parameters, quantization, packing, product) on an out-of-order queue, many calls at once, each with its
 * own workspace. */
static void expect_out_of_order_result(const clqnn_gemm_desc *desc, const void *a, size_t a_bytes, const void *b, size_t b_bytes, size_t c_bytes)
{
    enum { CALLS = 8 };
    cl_int code = CL_SUCCESS;
    cl_command_queue queue = clCreateCommandQueue(clqnn_context_opencl_context(fixture_context()), clqnn_context_opencl_device(fixture_context()),
                                                  CL_QUEUE_OUT_OF_ORDER_EXEC_MODE_ENABLE, &code);
    if (code != CL_SUCCESS) skip(); /* this device has none */
    unsigned char *expected = malloc(c_bytes), *got = malloc(c_bytes);
    assert_true(expected && got);
    assert_int_equal(clqnn_reference_gemm(desc, a, b, expected, NULL), CLQNN_OK);
    clqnn_gemm *gemm = create(desc);
    cl_mem input = fixture_buffer(a, a_bytes), second = fixture_buffer(b, b_bytes), outputs[CALLS], workspaces[CALLS];
    cl_event gate = clCreateUserEvent(clqnn_context_opencl_context(fixture_context()), &code), events[CALLS];
    memset(got, CANARY, c_bytes);
    for (int i = 0; i < CALLS; i++) {
        outputs[i] = fixture_buffer(got, c_bytes);
        workspaces[i] = workspace_of(gemm);
        const clqnn_gemm_args args = {.a = {input, 0}, .b = {second, 0}, .c = {outputs[i], 0}, .workspace = {workspaces[i], 0}};
        assert_int_equal(clqnn_gemm_enqueue(gemm, queue, &args, 1, &gate, &events[i]), CLQNN_OK);
    }
    clqnn_gemm_destroy(gemm); /* OpenCL keeps what the calls use */
    assert_int_equal(clSetUserEventStatus(gate, CL_COMPLETE), CL_SUCCESS);
    assert_int_equal(clWaitForEvents(CALLS, events), CL_SUCCESS);
    for (int i = 0; i < CALLS; i++) {
        assert_int_equal(clqnn_download(fixture_context(), outputs[i], 0, got, c_bytes), CLQNN_OK);
        assert_memory_equal(got, expected, c_bytes);
        clqnn_buffer_release(outputs[i]);
        clqnn_buffer_release(workspaces[i]);
        clReleaseEvent(events[i]);
    }
    clReleaseEvent(gate);
    clqnn_buffer_release(input);
    clqnn_buffer_release(second);
    clReleaseCommandQueue(queue);
    free(expected);
    free(got);
}

static void test_out_of_order_queues(void **state)
{
    (void)state;
    enum { M = 37, N = 29, K = 75 };
    static float a[M * K];
    static int8_t b[K * N];
    static uint8_t bytes[M * K];
    for (int i = 0; i < M * K; i++) a[i] = (float)((i * 7919) % 1001 - 400) / 64.0f;
    for (int i = 0; i < M * K; i++) bytes[i] = (uint8_t)(i * 89);
    for (int i = 0; i < K * N; i++) b[i] = (int8_t)(i * 57);
    clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = M, .n = N, .k = K, .a = {.type = CLQNN_F32}, .b = {.type = CLQNN_S8}, .c = {.type = CLQNN_F32}};
    desc.dynamic = CLQNN_DYNAMIC_PER_TENSOR;
    expect_out_of_order_result(&desc, a, sizeof a, b, sizeof b, (size_t)M * N * sizeof(float));
    desc.dynamic = CLQNN_DYNAMIC_PER_ROW;
    expect_out_of_order_result(&desc, a, sizeof a, b, sizeof b, (size_t)M * N * sizeof(float));
    desc.dynamic = CLQNN_STATIC;
    desc.a = (clqnn_gemm_operand){.type = CLQNN_U8, .transposed = 1};
    desc.c.type = CLQNN_S32;
    expect_out_of_order_result(&desc, bytes, sizeof bytes, b, sizeof b, (size_t)M * N * sizeof(int32_t));
}

/* A long product of slabs on an out-of-order queue: the workspace's slab is used again and again within one call. */
static void test_out_of_order_slabs(void **state)
{
    (void)state;
    enum { M = 300, N = 8, K = 8192 };
    float *a = malloc((size_t)M * K * sizeof *a);
    int8_t *b = malloc((size_t)K * N);
    assert_true(a && b);
    for (int i = 0; i < M * K; i++) a[i] = (float)(((int64_t)i * 7919) % 1001 - 400) / 64.0f;
    for (int i = 0; i < K * N; i++) b[i] = (int8_t)(i * 57);
    clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = M, .n = N, .k = K, .a = {.type = CLQNN_F32}, .b = {.type = CLQNN_S8}, .c = {.type = CLQNN_F32}};
    desc.dynamic = CLQNN_DYNAMIC_PER_ROW;
    desc.b_data = b;
    clqnn_gemm_info info;
    assert_int_equal(clqnn_gemm_query(fixture_context(), &desc, &info), CLQNN_OK);
    assert_true(info.workspace_bytes < (uint64_t)M * K); /* several slabs, or this proves nothing */
    expect_out_of_order_result(&desc, a, (size_t)M * K * sizeof *a, b, (size_t)K * N, (size_t)M * N * sizeof(float));
    free(a);
    free(b);
}

/* a transposed with a scale and a zero point for each row, more of it than a slab holds: each slab takes its own rows of the tables and
 * of c. */
static void test_slabs_with_row_tables(void **state)
{
    (void)state;
    enum { M = 300, N = 8, K = 8192 };
    uint8_t *a = malloc((size_t)M * K);
    int8_t *b = malloc((size_t)K * N);
    float scales[M];
    int32_t zeros[M];
    assert_true(a && b);
    for (int i = 0; i < M * K; i++) a[i] = (uint8_t)((int64_t)i * 7919 >> 3);
    for (int i = 0; i < K * N; i++) b[i] = (int8_t)(i * 57);
    for (int i = 0; i < M; i++) {
        scales[i] = 0.001f * (float)(i + 1);
        zeros[i] = i % 256;
    }
    const clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = M, .n = N, .k = K, .b = {.type = CLQNN_S8}, .c = {.type = CLQNN_F32}, .b_data = b,
                                  .a = {.type = CLQNN_U8, .transposed = 1,
                                        .quantization = {.scales = scales, .scale_count = M, .zero_points = zeros, .zero_point_count = M}}};
    clqnn_gemm_info info;
    assert_int_equal(clqnn_gemm_query(fixture_context(), &desc, &info), CLQNN_OK);
    assert_true(info.workspace_bytes < (uint64_t)M * K);
    expect_out_of_order_result(&desc, a, (size_t)M * K, b, (size_t)K * N, (size_t)M * N * sizeof(float));
    free(a);
    free(b);
}

/* ---- Workspaces ---- */

/* At most 1 MiB beyond the packed weights, whatever the shape; b at run time is packed there as well. */
static void test_workspaces_are_small(void **state)
{
    (void)state;
    static clqnn_gemm_candidate candidates[MOST_VARIANTS];
    const int64_t shapes[][3] = {{1, 4096, 4096}, {3136, 64, 576}, {2048, 2048, 2048}, {100000, 512, 512}, {4096, 4096, 16384}, {7, 13, 32000}, {1, 1, 32000}, {8192, 3, 65536}};
    size_t tried = 0;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        for (int kind = 0; kind < 4; kind++) { /* plain, a transposed, dynamic per row, per tensor */
            clqnn_gemm_desc desc = fixture_desc();
            size_t count = 0;
            desc.b_data = NULL;
            desc.m = shapes[i][0];
            desc.n = shapes[i][1];
            desc.k = shapes[i][2] > 32000 ? 32000 : shapes[i][2];
            desc.batch[1] = 2;
            desc.a.transposed = kind == 1;
            if (kind >= 2) {
                desc.dynamic = kind == 2 ? CLQNN_DYNAMIC_PER_ROW : CLQNN_DYNAMIC_PER_TENSOR;
                desc.a.type = CLQNN_F16;
                desc.c.type = CLQNN_F32;
            }
            assert_int_equal(clqnn_gemm_candidates(fixture_context(), &desc, candidates, MOST_VARIANTS, &count), CLQNN_OK);
            for (size_t v = 0; v < count; v++) {
                if (!candidates[v].admitted) continue;
                clqnn_gemm_info info;
                desc.variant = candidates[v].variant;
                assert_int_equal(clqnn_gemm_query(fixture_context(), &desc, &info), CLQNN_OK);
                /* b and its column sums, padded to the layout, twice for two batches */
                const uint64_t packed = 2 * (((uint64_t)desc.n + 127) / 128 * 128) * (((uint64_t)desc.k + 63) / 64 * 64 + 4) * (strncmp(info.layout, "i16", 3) == 0 ? 2 : 1);
                if (info.workspace_bytes > packed + (1u << 20)) {
                    fail_msg("%s takes %llu bytes of workspace for %lld x %lld x %lld (kind %d)", candidates[v].variant, (unsigned long long)info.workspace_bytes,
                             (long long)desc.m, (long long)desc.n, (long long)desc.k, kind);
                }
                tried++;
            }
        }
    }
    assert_true(tried > 0);
}

static void test_prewarm(void **state)
{
    (void)state;
    assert_int_equal(clqnn_gemm_prewarm(fixture_context()), CLQNN_OK);
    assert_int_equal(clqnn_gemm_prewarm(fixture_context()), CLQNN_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty_outputs),
        cmocka_unit_test(test_k_of_zero_gives_the_bias),
        cmocka_unit_test(test_shared_weights),
        cmocka_unit_test(test_weights_of_another_shape),
        cmocka_unit_test(test_out_of_order_queues),
        cmocka_unit_test(test_out_of_order_slabs),
        cmocka_unit_test(test_slabs_with_row_tables),
        cmocka_unit_test(test_workspaces_are_small),
        cmocka_unit_test(test_prewarm),
    };
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failures;
}
