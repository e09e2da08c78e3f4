/* SPDX-License-Identifier: Apache-2.0 */
/* A product of bits in eight threads: one shared plan, and plans of their own. */
#include "gemm_concurrency.h"

enum { M = 19, N = 75, K = 170, GROUPS = 6, C_WORDS = 3 };

static struct { uint32_t a[CONCURRENCY_THREADS][M * GROUPS], b[N * GROUPS * 2]; } data;

/* b1 x t2 -> b1; bits beyond k are 0. */
static void test_threads(void **state)
{
    (void)state;
    static const int32_t threshold = 1;
    const clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = M, .n = N, .k = K, .a.type = CLQNN_B1, .b = {.type = CLQNN_T2, .transposed = 1},
                                  .c.type = CLQNN_B1, .b_data = data.b, .thresholds = &threshold, .threshold_count = 1};
    const uint32_t tail = (1u << K % 32) - 1;
    for (int i = 0; i < CONCURRENCY_THREADS * M * GROUPS; i++) {
        data.a[i / (M * GROUPS)][i % (M * GROUPS)] = (uint32_t)(i + 1) * 0x9e3779b9u & (i % GROUPS == GROUPS - 1 ? tail : UINT32_MAX);
    }
    for (int i = 0; i < N * GROUPS; i++) {
        data.b[2 * i] = (uint32_t)(i + 7) * 0x85ebca6bu & (i % GROUPS == GROUPS - 1 ? tail : UINT32_MAX);
        data.b[2 * i + 1] = (uint32_t)(i + 3) * 0xc2b2ae35u & data.b[2 * i];
    }
    check_concurrency(&desc, data.a, sizeof data.a[0], M * C_WORDS * sizeof(uint32_t));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_threads)};
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failures;
}
