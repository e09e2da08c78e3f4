/* SPDX-License-Identifier: Apache-2.0 */
/* The order of a ranking, and every reason for a refusal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/status.h"
#include "gemm/gemm_select.h"
#include "invented_devices.h"

enum { MOST = 128 };

static void test_order(void **state)
{
    (void)state;
    clq_candidate list[] = {
        {.index = 0, .admitted = false, .seconds = 1e-9}, {.index = 1, .admitted = true, .seconds = 3.0}, {.index = 2, .admitted = true, .seconds = 1.0},
        {.index = 3, .admitted = false, .seconds = 0.0},  {.index = 4, .admitted = true, .seconds = 1.0}, {.index = 5, .admitted = true, .seconds = 0.5},
    };
    static const size_t expected[] = {5, 2, 4, 1, 0, 3}; /* by time; equals in list order; the refused last, in list order */
    clq_candidates_rank(list, 6);
    for (size_t i = 0; i < 6; i++) assert_int_equal(list[i].index, expected[i]);
}

static const clq_candidate *find(const clq_candidate *list, const char *name)
{
    for (size_t i = 0; i < clq_gemm_variant_count; i++) {
        if (strcmp(clq_gemm_variants[list[i].index]->name, name) == 0) return &list[i];
    }
    fail_msg("no candidate %s", name);
    return list;
}

static void expect_reason(const char *device, const clq_gemm_problem *problem, const char *variant, const char *reason)
{
    clq_candidate list[MOST];
    clq_gemm_rank(problem, invented_device_find(device), NULL, NULL, list);
    const clq_candidate *found = find(list, variant);
    if (found->admitted || !strstr(found->reason, reason)) fail_msg("%s on %s: '%s', expected '%s'", variant, device, found->reason, reason);
}

static void test_reasons(void **state)
{
    (void)state;
    const clq_gemm_problem square = plain_problem(512, 512, 512), short_k = plain_problem(64, 64, 127), large = plain_problem(4096, 4096, 4096);
    expect_reason("plain_gpu", &square, "gemm_i8_local_dp4a", "the device lacks dot_dp4a");
    expect_reason("amd_sdot4", &square, "gemm_i8_rows_khr", "the device lacks dot_khr");
    expect_reason("nvidia_sm_90", &square, "gemm_i8_local_arm", "the device lacks dot_arm");
    expect_reason("mali_arm", &square, "gemm_i8_split_k_sdot4", "the device lacks dot_sdot4");
    expect_reason("avx2_8", &square, "gemm_i8_vnni", "the device lacks x86_avx512");
    expect_reason("foreign_cpu", &square, "gemm_i8_avx2", "the device lacks host_cpu");
    expect_reason("plain_gpu", &square, "gemm_i8_vec16", "CPUs only");
    expect_reason("nvidia_sm_61", &square, "gemm_i8_nv_mma", "the device lacks nv_mma_s8");
    expect_reason("small_groups_gpu", &square, "gemm_i8_local_khr", "work-groups are too small");
    expect_reason("nothing", &square, "gemm_i8_local", "too small");
    expect_reason("nvidia_sm_61", &short_k, "gemm_i8_split_k_dp4a", "less than 128");
    expect_reason("nvidia_sm_61", &large, "gemm_i8_split_k_dp4a", "1 MiB");
}

static void test_too_little_local_memory(void **state)
{
    (void)state;
    clq_candidate list[MOST];
    clq_capabilities device = *invented_device_find("nvidia_sm_61");
    const clq_gemm_problem square = plain_problem(512, 512, 512);
    device.local_bytes = 8192;
    clq_gemm_rank(&square, &device, NULL, NULL, list);
    assert_non_null(strstr(find(list, "gemm_i8_local_dp4a")->reason, "local memory"));
}

/* A wanted variant, and weights that are packed already, leave one family each. */
static void test_wishes(void **state)
{
    (void)state;
    clq_candidate list[MOST];
    const clq_gemm_problem square = plain_problem(512, 512, 512);
    const clq_capabilities *device = invented_device_find("nvidia_sm_61");
    clq_gemm_rank(&square, device, NULL, "gemm_i8_portable", list);
    assert_string_equal(clq_gemm_variants[list[0].index]->name, "gemm_i8_portable");
    for (size_t i = 1; i < clq_gemm_variant_count; i++) {
        assert_false(list[i].admitted);
        assert_non_null(strstr(list[i].reason, "another variant"));
    }
    clq_gemm_rank(&square, device, &clq_layout_i8_n4k4, NULL, list);
    for (size_t i = 0; i < clq_gemm_variant_count; i++) {
        const clq_gemm_variant *variant = clq_gemm_variants[list[i].index];
        if (list[i].admitted) assert_ptr_equal(variant->b_layout, &clq_layout_i8_n4k4);
    }
    assert_true(list[0].admitted);
    assert_non_null(strstr(find(list, "gemm_i8_local_dp4a")->reason, "packed as i8_n4k4"));
    assert_non_null(strstr(find(list, "gemm_i8_local_dp4a")->reason, "reads i8_n64k4"));
}

static void expect_choice(const char *device, const char *wanted, clqnn_status status, const char *text)
{
    clq_gemm_spec spec = {.problem = plain_problem(512, 512, 512), .desc = {.variant = wanted}};
    const clq_gemm_variant *variant = NULL;
    double seconds = -1.0;
    assert_int_equal(clq_gemm_choose(&spec, NULL, invented_device_find(device), &variant, &seconds), status);
    if (status == CLQNN_OK) {
        assert_string_equal(variant->name, text);
        assert_true(seconds > 0.0);
    } else {
        assert_null(variant);
        if (!strstr(clqnn_last_error(), text)) fail_msg("'%s' does not hold '%s'", clqnn_last_error(), text);
    }
}

static void test_choices(void **state)
{
    (void)state;
    expect_choice("nvidia_sm_61", "gemm_i8_rows_dp4a", CLQNN_OK, "gemm_i8_rows_dp4a");
    expect_choice("nvidia_sm_61", "gemm_i8_rows_sdot4", CLQNN_UNSUPPORTED, "variant gemm_i8_rows_sdot4: the device lacks dot_sdot4");
    expect_choice("nvidia_sm_61", "gemm_i8_unheard_of", CLQNN_UNSUPPORTED, "gemm_i8_unheard_of");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_too_little_local_memory),
        cmocka_unit_test(test_wishes),
        cmocka_unit_test(test_choices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
