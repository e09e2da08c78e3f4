/* SPDX-License-Identifier: Apache-2.0 */
/* Products of bits so large that kernels take them in parts: of k, where counts of 8 and 16 bits have to be widened on the way, and of rows and columns. All
 * values of a row may be the extreme ones, so that every count reaches its bound. */
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference_bits.h"
#include "gemm_fixture.h"

typedef struct shape {
    int64_t m, n, k;
} shape;

static const shape shapes[] = {{1, 33, 4300}, {3, 32, 8500}, {10, 64, 1057}, {11, 31, 4225}, {25, 577, 97}, {23, 40, 2113}};
static const clqnn_type pairs[][2] = {{CLQNN_B1, CLQNN_B1},   {CLQNN_T2, CLQNN_T2},   {CLQNN_B1, CLQNN_T2},   {CLQNN_T2, CLQNN_B1},
                                      {CLQNN_PU2, CLQNN_PU2}, {CLQNN_PU3, CLQNN_T2},  {CLQNN_PS2, CLQNN_PO3}, {CLQNN_B1, CLQNN_PS4}};
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static uint32_t state = 1;

static uint32_t draw(void)
{
    state = state * 1664525u + 1013904223u;
    return state >> 8 ^ state << 13;
}

/* Rows of planes: random ones, and every third of ones alone. */
static uint32_t *make_rows(int64_t rows, int64_t k, clqnn_type type)
{
    const int64_t planes = (int64_t)clqnn_type_bits(type), groups = (k + 31) / 32;
    uint32_t *words = malloc((size_t)(rows * groups * planes) * sizeof *words);
    assert_non_null(words);
    for (int64_t i = 0; i < rows * groups; i++) {
        const int64_t left = k - i % groups * 32;
        uint32_t *at = words + i * planes;
        for (int64_t plane = 0; plane < planes; plane++) {
            at[plane] = (i / groups % 3 == 1 ? UINT32_MAX : draw()) & (left >= 32 ? UINT32_MAX : (1u << left) - 1u);
        }
        if (type == CLQNN_T2) at[1] &= at[0];
    }
    return words;
}

static void run_variant(const clqnn_gemm_desc *desc, const char *variant, const uint32_t *a, const int32_t *wanted)
{
    const size_t planes = clqnn_type_bits(desc->a.type), a_bytes = (size_t)(desc->m * ((desc->k + 31) / 32)) * planes * 4, c_bytes = (size_t)(desc->m * desc->n) * 4;
    clqnn_gemm_desc own = *desc;
    clqnn_gemm *gemm = NULL;
    cl_command_queue queue = NULL;
    int32_t *got = malloc(c_bytes);
    assert_non_null(got);
    memset(got, 0x5a, c_bytes);
    own.variant = variant;
    if (clqnn_gemm_create(fixture_context(), &own, &gemm) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    cl_mem a_buffer = fixture_buffer(a, a_bytes), c_buffer = fixture_buffer(got, c_bytes);
    const clqnn_gemm_args args = {.a = {a_buffer, 0}, .c = {c_buffer, 0}};
    assert_int_equal(clqnn_default_queue(fixture_context(), &queue), CLQNN_OK);
    if (clqnn_gemm_enqueue(gemm, queue, &args, 0, NULL, NULL) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    assert_int_equal(clqnn_download(fixture_context(), c_buffer, 0, got, c_bytes), CLQNN_OK);
    for (int64_t i = 0; i < desc->m * desc->n; i++) {
        if (got[i] == wanted[i]) continue;
        fail_msg("%s: %s x %s, %lldx%lldx%lld: c[%lld][%lld] is %d, not %d", variant, clqnn_type_name(desc->a.type), clqnn_type_name(desc->b.type), (long long)desc->m,
                 (long long)desc->n, (long long)desc->k, (long long)(i / desc->n), (long long)(i % desc->n), got[i], wanted[i]);
    }
    clqnn_gemm_destroy(gemm);
    clqnn_buffer_release(a_buffer);
    clqnn_buffer_release(c_buffer);
    free(got);
}

static void check(const shape *s, const clqnn_type *types)
{
    const int64_t room = (s->k + 31) / 32 * 32;
    uint32_t *a = make_rows(s->m, s->k, types[0]), *b = make_rows(s->n, s->k, types[1]);
    int32_t *wanted = malloc((size_t)(s->m * s->n) * sizeof *wanted);
    assert_non_null(wanted);
    const clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = s->m, .n = s->n, .k = s->k, .a = {.type = types[0], .leading_dimension = room},
                                  .b = {.type = types[1], .leading_dimension = room, .transposed = 1}, .c = {.type = CLQNN_S32}, .b_data = b};
    if (clqnn_reference_gemm_bits(&desc, a, b, NULL, NULL, wanted, NULL) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    clqnn_gemm_candidate list[32];
    size_t count = 0;
    assert_int_equal(clqnn_gemm_candidates(fixture_context(), &desc, list, 32, &count), CLQNN_OK);
    for (size_t i = 0; i < count; i++) {
        if (list[i].admitted && !strstr(list[i].variant, "_local")) run_variant(&desc, list[i].variant, a, wanted); /* those have no parts of this kind */
    }
    free(a);
    free(b);
    free(wanted);
}

static void test_parts(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        for (size_t j = 0; j < COUNT_OF(pairs); j++) check(&shapes[i], pairs[j]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_parts)};
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failed;
}
