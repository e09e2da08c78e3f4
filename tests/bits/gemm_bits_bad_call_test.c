/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of a good plan of bits with bad arguments: null pointers, buffers that end too early, overlap, belong to another OpenCL context; queues of another
 * context. Each is refused with a status and a message, gives no event and writes nothing. What may be left out or overlap is not refused. */
#include <string.h>

#include "gemm_fixture.h"

enum { M = 3, N = 5, K = 40, A_BYTES = M * 2 * 4, B_BYTES = N * 2 * 4, C_BYTES = M * N * 4, SCALE_BYTES = M * 4, MOST_BYTES = 256, CANARY = 0x5a, REGIONS = 5 };

/* b at run time, a residual of c's type and place, row scales; buffers of exactly the right size. */
typedef struct call_state {
    clqnn_gemm *gemm;
    cl_command_queue queue;
    clqnn_gemm_args args;
} call_state;

static call_state call;
static const char *const names[REGIONS] = {"a", "b", "residual", "row_scales", "c"};
static const size_t sizes[REGIONS] = {A_BYTES, B_BYTES, C_BYTES, SCALE_BYTES, C_BYTES};

static clqnn_gemm_desc describe(void)
{
    return (clqnn_gemm_desc){.struct_size = sizeof(clqnn_gemm_desc), .m = M, .n = N, .k = K, .a.type = CLQNN_B1, .b = {.type = CLQNN_B1, .transposed = 1},
                             .c.type = CLQNN_F32, .residual.type = CLQNN_F32, .has_row_scales = 1, .variant = "gemm_bits_portable"};
}

static int open_call(void **state)
{
    (void)state;
    static const unsigned char zeros[MOST_BYTES];
    unsigned char c[C_BYTES];
    memset(c, CANARY, sizeof c);
    const clqnn_gemm_desc desc = describe();
    assert_int_equal(clqnn_gemm_create(fixture_context(), &desc, &call.gemm), CLQNN_OK);
    assert_int_equal(clqnn_default_queue(fixture_context(), &call.queue), CLQNN_OK);
    assert_int_equal(clqnn_gemm_workspace_size(call.gemm), 0);
    call.args = (clqnn_gemm_args){.a = {fixture_buffer(zeros, A_BYTES), 0}, .b = {fixture_buffer(zeros, B_BYTES), 0}, .c = {fixture_buffer(c, sizeof c), 0},
                                  .residual = {fixture_buffer(zeros, C_BYTES), 0}, .row_scales = {fixture_buffer(zeros, SCALE_BYTES), 0}};
    return 0;
}

static clqnn_region *region_of(clqnn_gemm_args *args, size_t index)
{
    clqnn_region *const regions[REGIONS] = {&args->a, &args->b, &args->residual, &args->row_scales, &args->c};
    return regions[index];
}

static int close_call(void **state)
{
    (void)state;
    for (size_t i = 0; i < REGIONS; i++) clqnn_buffer_release(region_of(&call.args, i)->memory);
    clqnn_gemm_destroy(call.gemm);
    return 0;
}

static void expect_call_refused(cl_command_queue queue, const clqnn_gemm_args *args, clqnn_status status, const char *field, const char *value)
{
    cl_event event = (cl_event)(uintptr_t)64;
    unsigned char c[C_BYTES];
    const clqnn_status got = clqnn_gemm_enqueue(call.gemm, queue, args, 0, NULL, &event);
    if (got != status) fail_msg("enqueue answers %s (%s) instead of %s about %s", clqnn_status_name(got), clqnn_last_error(), clqnn_status_name(status), field);
    assert_null(event);
    expect_message(field, value);
    assert_int_equal(clqnn_finish(fixture_context()), CLQNN_OK);
    assert_int_equal(clqnn_download(fixture_context(), call.args.c.memory, 0, c, sizeof c), CLQNN_OK);
    for (size_t i = 0; i < sizeof c; i++) assert_int_equal(c[i], CANARY);
}

static void test_null_pointers(void **state)
{
    (void)state;
    expect_call_refused(NULL, &call.args, CLQNN_INVALID_ARGUMENT, "queue", "NULL");
    expect_call_refused(call.queue, NULL, CLQNN_INVALID_ARGUMENT, "args", "NULL");
    for (size_t i = 0; i < REGIONS; i++) {
        clqnn_gemm_args args = call.args;
        region_of(&args, i)->memory = NULL;
        expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, names[i], "NULL");
    }
}

/* One byte less than needed; a start that leaves too little; a start within a word; an offset beyond everything. */
static void test_regions(void **state)
{
    (void)state;
    static const unsigned char zeros[MOST_BYTES];
    for (size_t i = 0; i < REGIONS; i++) {
        clqnn_gemm_args args = call.args;
        clqnn_region *const region = region_of(&args, i);
        cl_mem shorter = fixture_buffer(zeros, sizes[i] - 1);
        region->memory = shorter;
        expect_call_refused(call.queue, &args, CLQNN_BUFFER_TOO_SMALL, names[i], "offset 0");
        clqnn_buffer_release(shorter);
        region->memory = region_of(&call.args, i)->memory;
        region->offset = 4;
        expect_call_refused(call.queue, &args, CLQNN_BUFFER_TOO_SMALL, names[i], "offset 4");
        region->offset = 1;
        expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, names[i], "1");
        region->offset = 2;
        expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, names[i], "2");
        region->offset = UINT64_MAX - 3;
        expect_call_refused(call.queue, &args, CLQNN_BUFFER_TOO_SMALL, names[i], NULL);
    }
}

static void test_overlaps(void **state)
{
    (void)state;
    unsigned char bytes[MOST_BYTES] = {0};
    cl_mem both = fixture_buffer(bytes, sizeof bytes);
    for (size_t i = 0; i < 4; i++) {
        clqnn_gemm_args args = call.args;
        args.c = (clqnn_region){both, 8};
        *region_of(&args, i) = (clqnn_region){both, 0};
        expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, "c overlaps", names[i]);
    }
    clqnn_gemm_args args = call.args;
    args.c = args.residual = (clqnn_region){both, 8}; /* the very same place: allowed */
    if (clqnn_gemm_enqueue(call.gemm, call.queue, &args, 0, NULL, NULL) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    args.a = args.b; /* inputs may be one another */
    if (clqnn_gemm_enqueue(call.gemm, call.queue, &args, 0, NULL, NULL) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    assert_int_equal(clqnn_finish(fixture_context()), CLQNN_OK);
    clqnn_buffer_release(both);
}

/* A residual of another type or with other strides than c's cannot be c. */
static void test_residual_that_is_not_like_c(void **state)
{
    (void)state;
    static const unsigned char zeros[MOST_BYTES];
    for (int wider = 0; wider < 2; wider++) {
        clqnn_gemm_desc desc = describe();
        clqnn_gemm *gemm = NULL;
        desc.residual.type = wider ? CLQNN_F32 : CLQNN_F16;
        desc.residual.leading_dimension = wider ? N + 1 : 0;
        assert_int_equal(clqnn_gemm_create(fixture_context(), &desc, &gemm), CLQNN_OK);
        cl_mem both = fixture_buffer(zeros, sizeof zeros);
        clqnn_gemm_args args = call.args;
        args.c = args.residual = (clqnn_region){both, 0};
        assert_int_equal(clqnn_gemm_enqueue(gemm, call.queue, &args, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
        expect_message("c overlaps residual", NULL);
        clqnn_buffer_release(both);
        clqnn_gemm_destroy(gemm);
    }
}

/* c of planes: its bytes are whole words of rows. */
static void test_planes_of_c(void **state)
{
    (void)state;
    static const unsigned char zeros[MOST_BYTES];
    static const int32_t threshold;
    clqnn_gemm_desc desc = describe();
    clqnn_gemm *gemm = NULL;
    desc.residual.type = CLQNN_TYPE_NONE;
    desc.has_row_scales = 0;
    desc.c = (clqnn_gemm_operand){.type = CLQNN_B1, .leading_dimension = 64};
    desc.thresholds = &threshold;
    desc.threshold_count = 1;
    if (clqnn_gemm_create(fixture_context(), &desc, &gemm) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    for (size_t missing = 0; missing < 2; missing++) {
        cl_mem c = fixture_buffer(zeros, (2 * 2 + 1) * 4 - missing); /* two rows of two words, then one word */
        clqnn_gemm_args args = call.args;
        args.c = (clqnn_region){c, 0};
        assert_int_equal(clqnn_gemm_enqueue(gemm, call.queue, &args, 0, NULL, NULL), missing ? CLQNN_BUFFER_TOO_SMALL : CLQNN_OK);
        assert_int_equal(clqnn_finish(fixture_context()), CLQNN_OK);
        clqnn_buffer_release(c);
    }
    clqnn_gemm_destroy(gemm);
}

static void test_another_context(void **state)
{
    (void)state;
    clqnn_context *other = NULL;
    cl_command_queue queue = NULL;
    assert_int_equal(clqnn_context_create(NULL, &other), CLQNN_OK);
    assert_int_equal(clqnn_default_queue(other, &queue), CLQNN_OK);
    expect_call_refused(queue, &call.args, CLQNN_INVALID_ARGUMENT, "queue", "context");
    for (size_t i = 0; i < REGIONS; i++) {
        clqnn_gemm_args args = call.args;
        cl_mem memory = NULL;
        assert_int_equal(clqnn_buffer_create(other, MOST_BYTES, &memory), CLQNN_OK);
        region_of(&args, i)->memory = memory;
        expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, names[i], "context");
        clqnn_buffer_release(memory);
    }
    clqnn_context_release(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_null_pointers, open_call, close_call), cmocka_unit_test_setup_teardown(test_regions, open_call, close_call),
        cmocka_unit_test_setup_teardown(test_overlaps, open_call, close_call),      cmocka_unit_test_setup_teardown(test_residual_that_is_not_like_c, open_call, close_call),
        cmocka_unit_test_setup_teardown(test_planes_of_c, open_call, close_call),   cmocka_unit_test_setup_teardown(test_another_context, open_call, close_call),
    };
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failures;
}
