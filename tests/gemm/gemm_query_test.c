/* SPDX-License-Identifier: Apache-2.0 */
/* Questions: clqnn_gemm_query answers as clqnn_gemm_create does, on many random descriptors, good ones and broken ones; candidates are
 * whole and in order; variants describe themselves. No question builds, caches or allocates. */
#include <stdlib.h>
#include <string.h>

#include "gemm_fixture.h"
#include "gemm_problem_data.h"
#include "seeded_random.h"

enum { MOST_VARIANTS = 64, DESCRIPTORS = 600 };

/* Breaks one field, sometimes; the library says whether it matters. Host arrays stay long enough. */
static void disturb(clq_random *random, clqnn_gemm_desc *desc)
{
    static const int64_t numbers[] = {-1, 0, 1, 5, 200, 70000, INT32_MAX, INT64_MAX};
    const int64_t number = numbers[clq_random_range(random, 0, 7)];
    switch (clq_random_range(random, 0, 23)) {
    case 0: desc->m = number; break;
    case 1: desc->a.leading_dimension = number; break;
    case 2: desc->c.leading_dimension = number; break;
    case 3: desc->c.batch_stride[1] = number; break;
    case 4: desc->a.batch_stride[0] = number; break;
    case 5: desc->batch[0] = desc->b_data ? desc->batch[0] : number; break;
    case 6: desc->a.type = (clqnn_type)clq_random_range(random, 0, 6); break;
    case 7: desc->c.type = (clqnn_type)clq_random_range(random, 0, 6); break;
    case 8: desc->rounding = (clqnn_rounding)clq_random_range(random, 0, 3); break;
    case 9: desc->has_clamp = (int32_t)clq_random_range(random, 0, 2); break;
    case 10: desc->dynamic = (clqnn_dynamic)clq_random_range(random, 0, 3); break;
    case 11: desc->bias = NULL; break;
    case 12: desc->struct_size = (size_t)clq_random_range(random, 0, (int64_t)sizeof *desc); break;
    default: break;
    }
}

/* The plan says of itself what was said before it existed. */
static void expect_described(const clqnn_gemm *gemm, const clqnn_gemm_info *expected)
{
    clqnn_gemm_info info;
    assert_int_equal(clqnn_gemm_describe(gemm, &info), CLQNN_OK);
    assert_string_equal(info.variant, expected->variant);
    assert_string_equal(info.layout, expected->layout);
    assert_int_equal(info.packed_bytes, expected->packed_bytes);
    assert_int_equal(info.workspace_bytes, expected->workspace_bytes);
    assert_int_equal(info.accumulator_bound, expected->accumulator_bound);
    assert_true(info.estimated_seconds == expected->estimated_seconds);
}

static void compare_answers(const clqnn_gemm_desc *desc, size_t counts[2])
{
    clqnn_gemm_info info;
    clqnn_gemm *gemm = NULL;
    char message[512];
    const clqnn_status query = clqnn_gemm_query(fixture_context(), desc, &info);
    strncpy(message, clqnn_last_error(), sizeof message - 1);
    message[sizeof message - 1] = '\0';
    const clqnn_status status = clqnn_gemm_create(fixture_context(), desc, &gemm);
    if (query != status) fail_msg("query answers %s, creation %s (%s)", clqnn_status_name(query), clqnn_status_name(status), clqnn_last_error());
    counts[status == CLQNN_OK]++;
    if (status == CLQNN_OK) {
        assert_int_equal(info.workspace_bytes, clqnn_gemm_workspace_size(gemm));
        expect_described(gemm, &info);
        assert_true(info.variant[0] && info.layout[0]);
        assert_true(info.estimated_seconds > 0 && info.accumulator_bound >= 0 && info.accumulator_bound <= INT32_MAX);
    } else {
        assert_true(strncmp(message, clqnn_last_error(), sizeof message - 1) == 0);
        assert_null(gemm);
    }
    clqnn_gemm_destroy(gemm);
}

static void test_query_agrees_with_creation(void **state)
{
    (void)state;
    const clq_gemm_sweep sweep = {.level = CLQ_LEVEL_FULL, .seed = 20, .max_macs = 1 << 16};
    const size_t all = clq_gemm_case_count(&sweep);
    clq_random random = clq_random_seed(20, 5);
    size_t counts[2] = {0, 0};
    for (size_t i = 0; i < DESCRIPTORS; i++) {
        char message[256];
        const clq_gemm_case spec = clq_gemm_case_make(&sweep, i * all / DESCRIPTORS);
        clq_gemm_problem *problem = clq_gemm_problem_create(&spec, message, sizeof message);
        if (!problem) fail_msg("%s", message);
        clqnn_gemm_desc desc = problem->desc;
        desc.b_data = spec.b_source == CLQ_B_RUNTIME ? NULL : desc.b_data;
        disturb(&random, &desc);
        compare_answers(&desc, counts);
        clq_gemm_problem_destroy(problem);
    }
    assert_true(counts[0] > DESCRIPTORS / 20 && counts[1] > DESCRIPTORS / 3); /* both kinds were seen */
}

/* The packed bytes that a query announces are those of the weights. */
static void test_packed_bytes(void **state)
{
    (void)state;
    static clqnn_gemm_variant_info variants[MOST_VARIANTS];
    size_t count = 0, compared = 0;
    assert_int_equal(clqnn_gemm_variants(variants, MOST_VARIANTS, &count), CLQNN_OK);
    for (size_t i = 0; i < count; i++) {
        clqnn_gemm_desc desc = fixture_desc();
        clqnn_gemm_info info;
        clqnn_gemm_weights *weights = NULL;
        desc.variant = variants[i].name;
        if (clqnn_gemm_query(fixture_context(), &desc, &info) != CLQNN_OK) continue;
        assert_string_equal(info.variant, variants[i].name);
        assert_string_equal(info.layout, variants[i].layout);
        assert_int_equal(clqnn_gemm_pack(fixture_context(), &desc, &weights), CLQNN_OK);
        assert_int_equal(info.packed_bytes, clqnn_gemm_weights_size(weights));
        assert_string_equal(info.layout, clqnn_gemm_weights_layout(weights));
        clqnn_gemm_weights_release(weights);
        compared++;
    }
    assert_true(compared > 0);
}

/* Admitted before refused, by time; each variant once; a reason exactly where refused; the first is what a query names. */
static void test_candidates(void **state)
{
    (void)state;
    static clqnn_gemm_candidate list[MOST_VARIANTS], part[2];
    const int64_t shapes[][3] = {{1, 4096, 4096}, {512, 512, 512}, {3, 5, 7}, {0, 1, 1}, {100, 100, 0}};
    for (size_t shape = 0; shape < sizeof shapes / sizeof *shapes; shape++) {
        clqnn_gemm_desc desc = fixture_desc();
        clqnn_gemm_info info;
        size_t count = 0, again = 0, variants = 0;
        desc.b_data = NULL;
        desc.m = shapes[shape][0];
        desc.n = shapes[shape][1];
        desc.k = shapes[shape][2];
        assert_int_equal(clqnn_gemm_candidates(fixture_context(), &desc, list, MOST_VARIANTS, &count), CLQNN_OK);
        assert_int_equal(clqnn_gemm_variants(NULL, 0, &variants), CLQNN_OK);
        assert_int_equal(count, variants);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(list[i].admitted ? 1 : 0, list[i].reason[0] == '\0');
            if (i > 0 && list[i].admitted) assert_true(list[i - 1].admitted && list[i - 1].estimated_seconds <= list[i].estimated_seconds);
            for (size_t j = 0; j < i; j++) assert_string_not_equal(list[i].variant, list[j].variant);
        }
        assert_int_equal(clqnn_gemm_query(fixture_context(), &desc, &info), CLQNN_OK);
        assert_string_equal(info.variant, list[0].variant);
        assert_true(info.estimated_seconds == list[0].estimated_seconds);
        memset(part, 0xa5, sizeof part);
        assert_int_equal(clqnn_gemm_candidates(fixture_context(), &desc, part, 1, &again), CLQNN_OK); /* a short list */
        assert_int_equal(again, count);
        assert_string_equal(part[0].variant, list[0].variant);
        assert_int_equal(((unsigned char *)&part[1])[0], 0xa5);
    }
}

/* Each candidate that is admitted can be made; each that is refused is refused with the reason that was listed. */
static void test_candidates_keep_their_word(void **state)
{
    (void)state;
    static clqnn_gemm_candidate list[MOST_VARIANTS];
    clqnn_gemm_desc desc = fixture_desc();
    size_t count = 0;
    assert_int_equal(clqnn_gemm_candidates(fixture_context(), &desc, list, MOST_VARIANTS, &count), CLQNN_OK);
    for (size_t i = 0; i < count; i++) {
        desc.variant = list[i].variant;
        if (list[i].admitted) expect_accepted(&desc);
        else expect_refused(&desc, CLQNN_UNSUPPORTED, list[i].variant, list[i].reason);
    }
}

static void count_build(void *user, clqnn_log_level level, const char *message)
{
    (void)level;
    if (strstr(message, "building")) ++*(int *)user;
}

/* Without a disk cache every program that is made is built, and the log says so. */
static void test_questions_build_nothing(void **state)
{
    (void)state;
    static clqnn_gemm_candidate list[MOST_VARIANTS];
    int builds = 0;
    clqnn_context *context = NULL;
    clqnn_gemm *gemm = NULL;
    clqnn_gemm_info info;
    size_t count = 0;
    const clqnn_context_desc options = {.struct_size = sizeof options, .cache = CLQNN_CACHE_OFF, .log = count_build, .log_user = &builds};
    const clqnn_gemm_desc desc = fixture_desc();
    assert_int_equal(clqnn_context_create(&options, &context), CLQNN_OK);
    assert_string_equal(clqnn_context_cache_folder(context), "");
    builds = 0;
    assert_int_equal(clqnn_gemm_query(context, &desc, &info), CLQNN_OK);
    assert_int_equal(clqnn_gemm_candidates(context, &desc, list, MOST_VARIANTS, &count), CLQNN_OK);
    assert_int_equal(builds, 0);
    assert_int_equal(clqnn_gemm_create(context, &desc, &gemm), CLQNN_OK);
    const int first_builds = builds; /* the variant's program, and on a CPU the one of active waiting */
    assert_in_range(first_builds, 1, 2);
    clqnn_gemm_destroy(gemm);
    assert_int_equal(clqnn_gemm_create(context, &desc, &gemm), CLQNN_OK); /* from the context's own list */
    assert_int_equal(builds, first_builds);
    clqnn_gemm_destroy(gemm);
    clqnn_context_release(context);
}

static void test_variants_describe_themselves(void **state)
{
    (void)state;
    static clqnn_gemm_variant_info list[MOST_VARIANTS];
    size_t count = 0;
    assert_int_equal(clqnn_gemm_variants(list, MOST_VARIANTS, &count), CLQNN_OK);
    assert_true(count > 0 && count <= MOST_VARIANTS);
    for (size_t i = 0; i < count; i++) {
        assert_true(strncmp(list[i].name, "gemm_", 5) == 0);
        assert_true(list[i].summary[0] && list[i].types[0] && list[i].layout[0]);
        assert_true(list[i].tile_m > 0 && list[i].tile_n > 0 && list[i].tile_k > 0);
        for (size_t j = 0; j < i; j++) assert_string_not_equal(list[i].name, list[j].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_query_agrees_with_creation),
        cmocka_unit_test(test_packed_bytes),
        cmocka_unit_test(test_candidates),
        cmocka_unit_test(test_candidates_keep_their_word),
        cmocka_unit_test(test_questions_build_nothing),
        cmocka_unit_test(test_variants_describe_themselves),
    };
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failures;
}
