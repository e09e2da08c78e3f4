/* SPDX-License-Identifier: Apache-2.0 */
/* Questions about products of floats: clqnn_gemm_query answers as clqnn_gemm_create does, on many descriptors, good ones and broken ones; candidates are
 * whole and in order. Extents of 0, and products inside sequences. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mixed_fixture.h"
#include "mixed_problem_data.h"
#include "seeded_random.h"

enum { CANDIDATES = 32, DESCRIPTORS = 400 };

static void test_candidates(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = mixed_fixture_desc();
    clqnn_gemm_candidate list[CANDIDATES];
    clqnn_gemm_info info;
    size_t count = 0, counted = 0;
    assert_int_equal(clqnn_gemm_candidates(fixture_context(), &desc, list, CANDIDATES, &count), CLQNN_OK);
    assert_in_range(count, 1, CANDIDATES);
    assert_int_equal(clqnn_gemm_candidates(fixture_context(), &desc, NULL, 0, &counted), CLQNN_OK);
    assert_int_equal(counted, count);
    for (size_t i = 0; i < count; i++) {
        assert_true(list[i].variant[0] != '\0');
        assert_true(list[i].admitted ? list[i].estimated_seconds > 0 && list[i].reason[0] == '\0' : list[i].reason[0] != '\0');
        if (i > 0 && list[i].admitted) assert_true(list[i - 1].admitted && list[i - 1].estimated_seconds <= list[i].estimated_seconds);
        for (size_t other = 0; other < i; other++) assert_string_not_equal(list[i].variant, list[other].variant);
    }
    assert_int_equal(clqnn_gemm_query(fixture_context(), &desc, &info), CLQNN_OK);
    assert_string_equal(info.variant, list[0].variant);
    assert_int_equal(info.accumulator_bound, 0);
    desc.variant = "gemm_mixed_portable";
    assert_int_equal(clqnn_gemm_query(fixture_context(), &desc, &info), CLQNN_OK);
    assert_string_equal(info.variant, "gemm_mixed_portable");
    assert_string_equal(info.layout, "float_rows");
    assert_int_equal(info.packed_bytes, FIXTURE_K * FIXTURE_N * 2);
    desc.b_data = NULL;
    assert_int_equal(clqnn_gemm_query(fixture_context(), &desc, &info), CLQNN_OK);
    assert_string_equal(info.layout, "none");
    assert_int_equal(info.packed_bytes, 0);
}

/* Breaks one field, sometimes; the library says whether it matters. Host arrays stay long enough. */
static void disturb(clq_random *random, clqnn_gemm_desc *desc)
{
    static const int64_t numbers[] = {-1, 0, 1, 5, 200, 70000, INT32_MAX, INT64_MAX};
    const int64_t number = numbers[clq_random_range(random, 0, 7)];
    switch (clq_random_range(random, 0, 19)) {
    case 0: desc->m = number; break;
    case 1: desc->a.leading_dimension = number; break;
    case 2: desc->c.leading_dimension = number; break;
    case 3: desc->c.batch_stride[1] = number; break;
    case 4: desc->a.batch_stride[0] = number; break;
    case 5: desc->residual.leading_dimension = number; break;
    case 6: desc->a.type = (clqnn_type)clq_random_range(random, 0, 18); break;
    case 7: desc->c.type = (clqnn_type)clq_random_range(random, 0, 18); break;
    case 8: desc->residual.type = (clqnn_type)clq_random_range(random, 0, 18); break;
    case 9: desc->has_clamp = (int32_t)clq_random_range(random, 0, 2); break;
    case 10: desc->activation = (clqnn_function)clq_random_range(random, 0, 14); break;
    case 11: desc->bias = NULL; break;
    case 13: desc->accumulation = (clqnn_accumulation)clq_random_range(random, 0, 2); break;
    case 12: desc->rounding = (clqnn_rounding)clq_random_range(random, 0, 3); break;
    default: break;
    }
}

static void compare_answers(const clqnn_gemm_desc *desc, size_t counts[2])
{
    clqnn_gemm_info info, described;
    clqnn_gemm *gemm = NULL;
    char message[512];
    const clqnn_status query = clqnn_gemm_query(fixture_context(), desc, &info);
    (void)snprintf(message, sizeof message, "%s", clqnn_last_error());
    const clqnn_status status = clqnn_gemm_create(fixture_context(), desc, &gemm);
    if (query != status) fail_msg("query answers %s (%s), creation %s (%s)", clqnn_status_name(query), message, clqnn_status_name(status), clqnn_last_error());
    counts[status == CLQNN_OK]++;
    if (status != CLQNN_OK) {
        assert_string_equal(message, clqnn_last_error());
        assert_null(gemm);
        return;
    }
    assert_int_equal(clqnn_gemm_describe(gemm, &described), CLQNN_OK);
    assert_int_equal(info.workspace_bytes, clqnn_gemm_workspace_size(gemm));
    if (desc->m > 0 && desc->n > 0) {
        assert_string_equal(info.variant, described.variant);
        assert_string_equal(info.layout, described.layout);
        assert_int_equal(info.packed_bytes, described.packed_bytes);
        assert_true(info.estimated_seconds == described.estimated_seconds && info.estimated_seconds > 0);
    }
    clqnn_gemm_destroy(gemm);
}

static void test_query_agrees_with_creation(void **state)
{
    (void)state;
    const clq_sweep sweep = {.level = CLQ_LEVEL_QUICK, .seed = 20};
    clq_random random = clq_random_seed(20, 5);
    size_t counts[2] = {0, 0};
    for (size_t i = 0; i < DESCRIPTORS; i++) {
        char message[256];
        const clq_mixed_case spec = clq_mixed_case_make(&sweep, i % clq_mixed_case_count(&sweep));
        clq_mixed_problem *problem = clq_mixed_problem_create(&spec, message, sizeof message);
        assert_non_null(problem);
        disturb(&random, &problem->desc);
        compare_answers(&problem->desc, counts);
        clq_mixed_problem_destroy(problem);
    }
    assert_true(counts[0] >= 40 && counts[1] >= 150);
}

/* ---- Extents of 0 ---- */

/* Runs a plan on these inputs, NULL for an empty one; c has room for 64 floats. */
static void run(const clqnn_gemm_desc *desc, cl_mem a, cl_mem b, cl_mem c)
{
    clqnn_gemm *gemm = NULL;
    cl_command_queue queue = NULL;
    cl_event event = NULL;
    if (clqnn_gemm_create(fixture_context(), desc, &gemm) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    assert_int_equal(clqnn_default_queue(fixture_context(), &queue), CLQNN_OK);
    const clqnn_gemm_args args = {.a = {a, 0}, .b = {b, 0}, .c = {c, 0}};
    if (clqnn_gemm_enqueue(gemm, queue, &args, 0, NULL, &event) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    assert_non_null(event);
    assert_int_equal(clWaitForEvents(1, &event), CL_SUCCESS);
    clReleaseEvent(event);
    clqnn_gemm_destroy(gemm);
}

static void test_k_of_0_gives_the_bias(void **state)
{
    (void)state;
    static const float bias[FIXTURE_N] = {1.5f, -2, 3, -4, 0};
    for (int constant = 0; constant < 2; constant++) {
        float c[FIXTURE_M * FIXTURE_N + 1];
        memset(c, 0x5a, sizeof c);
        clqnn_gemm_desc desc = mixed_fixture_desc();
        desc.k = 0;
        desc.bias = bias;
        desc.bias_type = CLQNN_F32;
        desc.activation = CLQNN_RELU;
        if (!constant) desc.b_data = NULL;
        cl_mem memory = fixture_buffer(c, sizeof c);
        run(&desc, NULL, NULL, memory);
        assert_int_equal(clqnn_download(fixture_context(), memory, 0, c, sizeof c), CLQNN_OK);
        for (int i = 0; i < FIXTURE_M * FIXTURE_N; i++) assert_true(c[i] == (bias[i % FIXTURE_N] > 0 ? bias[i % FIXTURE_N] : 0));
        assert_memory_equal(&c[FIXTURE_M * FIXTURE_N], "\x5a\x5a\x5a\x5a", 4);
        clqnn_buffer_release(memory);
    }
}

static void test_m_or_n_of_0_writes_nothing(void **state)
{
    (void)state;
    unsigned char c[64];
    memset(c, 0x5a, sizeof c);
    cl_mem a = fixture_buffer(c, sizeof c), memory = fixture_buffer(c, sizeof c);
    for (int which = 0; which < 3; which++) {
        clqnn_gemm_desc desc = mixed_fixture_desc();
        if (which != 1) desc.m = 0;
        if (which != 0) desc.n = 0;
        run(&desc, a, NULL, memory);
        run(&desc, NULL, NULL, NULL);
    }
    assert_int_equal(clqnn_download(fixture_context(), memory, 0, c, sizeof c), CLQNN_OK);
    for (size_t i = 0; i < sizeof c; i++) assert_int_equal(c[i], 0x5a);
    clqnn_buffer_release(memory);
    clqnn_buffer_release(a);
}

/* ---- Sequences ---- */

enum { STEPS = 3 };

/* y = a * b; z = relu(y * b' + y), z in y's place; y * b' again: small integers, so that every result is exact. */
static void test_sequence(void **state)
{
    (void)state;
    enum { M = 4, N = 6 };
    uint16_t a[M * N], b[N * N];
    float y[M * N], z[M * N], w[M * N], got[M * N];
    for (int i = 0; i < M * N; i++) a[i] = mixed_fixture_half(i % 5 - 2);
    for (int i = 0; i < N * N; i++) b[i] = mixed_fixture_half(i % 3 - 1);
    for (int i = 0; i < M * N; i++) {
        y[i] = 0;
        for (int k = 0; k < N; k++) y[i] += (float)((i / N * N + k) % 5 - 2) * (float)((k * N + i % N) % 3 - 1);
    }
    for (int pass = 0; pass < 2; pass++) {
        const float *from = pass ? z : y;
        for (int i = 0; i < M * N; i++) {
            float sum = pass ? 0 : y[i];
            for (int k = 0; k < N; k++) sum += from[i / N * N + k] * (float)((k * N + i % N) % 3 - 1);
            (pass ? w : z)[i] = pass ? sum : sum > 0 ? sum : 0;
        }
    }
    clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = M, .n = N, .k = N, .a = {.type = CLQNN_F16}, .b = {.type = CLQNN_F16}, .c = {.type = CLQNN_F32}, .b_data = b};
    clqnn_gemm *plans[STEPS] = {NULL};
    assert_int_equal(clqnn_gemm_create(fixture_context(), &desc, &plans[0]), CLQNN_OK);
    desc.a.type = CLQNN_F32;
    assert_int_equal(clqnn_gemm_create(fixture_context(), &desc, &plans[2]), CLQNN_OK);
    desc.residual.type = CLQNN_F32;
    desc.activation = CLQNN_RELU;
    assert_int_equal(clqnn_gemm_create(fixture_context(), &desc, &plans[1]), CLQNN_OK);
    cl_mem memory[4] = {fixture_buffer(a, sizeof a), fixture_buffer(y, sizeof y), fixture_buffer(y, sizeof y), fixture_buffer(y, sizeof y)};
    const clqnn_gemm_args args[STEPS] = {{.a = {memory[0], 0}, .c = {memory[1], 0}},
                                         {.a = {memory[1], 0}, .c = {memory[2], 0}, .residual = {memory[1], 0}},
                                         {.a = {memory[2], 0}, .c = {memory[3], 0}}};
    clqnn_step steps[STEPS] = {{0}};
    for (int i = 0; i < STEPS; i++) steps[i] = (clqnn_step){.gemm = plans[i], .gemm_args = &args[i]};
    clqnn_sequence *sequence = NULL;
    cl_command_queue queue = NULL;
    assert_int_equal(clqnn_default_queue(fixture_context(), &queue), CLQNN_OK);
    if (clqnn_sequence_create(fixture_context(), steps, STEPS, &sequence) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    for (int repeat = 0; repeat < 3; repeat++) assert_int_equal(clqnn_sequence_enqueue(sequence, queue, 0, NULL, NULL), CLQNN_OK);
    assert_int_equal(clqnn_download(fixture_context(), memory[3], 0, got, sizeof got), CLQNN_OK);
    assert_memory_equal(got, w, sizeof got);
    clqnn_sequence_destroy(sequence);
    steps[1].gemm_args = &(clqnn_gemm_args){.a = {memory[1], 0}, .c = {memory[1], 0}, .residual = {memory[1], 0}};
    assert_int_equal(clqnn_sequence_create(fixture_context(), steps, STEPS, &sequence), CLQNN_INVALID_ARGUMENT);
    assert_null(sequence);
    expect_message("c overlaps a", NULL);
    for (int i = 0; i < STEPS; i++) clqnn_gemm_destroy(plans[i]);
    for (int i = 0; i < 4; i++) clqnn_buffer_release(memory[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_candidates),
        cmocka_unit_test(test_query_agrees_with_creation),
        cmocka_unit_test(test_k_of_0_gives_the_bias),
        cmocka_unit_test(test_m_or_n_of_0_writes_nothing),
        cmocka_unit_test(test_sequence),
    };
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failures;
}
