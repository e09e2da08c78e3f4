/* SPDX-License-Identifier: Apache-2.0 */
/* A product of floats in eight threads: one shared plan, and plans of their own. */
#include "gemm_concurrency.h"
#include "mixed_fixture.h"

enum { M = 19, N = 23, K = 70 };

static struct { uint16_t a[CONCURRENCY_THREADS][M * K], b[K * N]; } data;

static void test_threads(void **state)
{
    (void)state;
    const clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = M, .n = N, .k = K, .a = {.type = CLQNN_F16}, .b = {.type = CLQNN_F16}, .c = {.type = CLQNN_F32},
                                  .b_data = data.b, .activation = CLQNN_TANH};
    for (int i = 0; i < CONCURRENCY_THREADS * M * K; i++) data.a[i / (M * K)][i % (M * K)] = mixed_fixture_half(i * 7 % 13 - 6);
    for (int i = 0; i < K * N; i++) data.b[i] = (uint16_t)(mixed_fixture_half(i * 5 % 11 - 5) - (i % 11 == 1 ? 0x800 : 0));
    check_concurrency(&desc, data.a, sizeof data.a[0], M * N * sizeof(float));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_threads)};
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failures;
}
