/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of a good plan of bits with bad arguments (gemm_refused_calls.h), and the bytes that a c of planes needs. */
#include "gemm_refused_calls.h"

enum { M = 3, N = 5, K = 40, ROW_BYTES = 2 * 4, C_BYTES = M * N * 4 };

static const refused_calls what = {
    .desc = {.struct_size = sizeof(clqnn_gemm_desc), .m = M, .n = N, .k = K, .a.type = CLQNN_B1, .b = {.type = CLQNN_B1, .transposed = 1},
             .c.type = CLQNN_F32, .residual.type = CLQNN_F32, .has_row_scales = 1, .variant = "gemm_bits_portable"},
    .regions = {[CALL_A] = {M * ROW_BYTES, 4}, [CALL_B] = {N * ROW_BYTES, 4}, [CALL_RESIDUAL] = {C_BYTES, 4}, [CALL_ROW_SCALES] = {M * 4, 4}, [CALL_C] = {C_BYTES, 4}},
};

static int open_bits(void **state)
{
    (void)state;
    open_call(&what);
    return 0;
}

/* c of planes: its bytes are whole words of rows. */
static void test_planes_of_c(void **state)
{
    (void)state;
    static const unsigned char zeros[CALL_MOST_BYTES];
    static const int32_t threshold;
    clqnn_gemm_desc desc = what.desc;
    clqnn_gemm *gemm = NULL;
    desc.residual.type = CLQNN_TYPE_NONE;
    desc.has_row_scales = 0;
    desc.c = (clqnn_gemm_operand){.type = CLQNN_B1, .leading_dimension = 64};
    desc.thresholds = &threshold;
    desc.threshold_count = 1;
    if (clqnn_gemm_create(fixture_context(), &desc, &gemm) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    for (size_t missing = 0; missing < 2; missing++) {
        cl_mem c = fixture_buffer(zeros, (2 * 2 + 1) * 4 - missing); /* two rows of two words, then one word */
        clqnn_gemm_args args = call_args();
        args.c = (clqnn_region){c, 0};
        assert_int_equal(clqnn_gemm_enqueue(gemm, call_queue(), &args, 0, NULL, NULL), missing ? CLQNN_BUFFER_TOO_SMALL : CLQNN_OK);
        assert_int_equal(clqnn_finish(fixture_context()), CLQNN_OK);
        clqnn_buffer_release(c);
    }
    clqnn_gemm_destroy(gemm);
}

int main(void)
{
    const struct CMUnitTest tests[] = {REFUSED_CALL_TESTS(open_bits), cmocka_unit_test_setup_teardown(test_planes_of_c, open_bits, close_call)};
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failures;
}
