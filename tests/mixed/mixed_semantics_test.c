/* SPDX-License-Identifier: Apache-2.0 */
/* Products of floats through clqnn/gemm.h. The data are small integers, exact in every float type, so that results can be worked out in integers and
 * compared bit for bit. */
#include <stdlib.h>
#include <string.h>

#include "gemm_fixture.h"

enum { M = 5, N = 19, K = 7, BATCHES = 2, MOST_BYTES = 4 * M * N * BATCHES };

static int32_t a_value(int64_t batch, int64_t i, int64_t k)
{
    return (int32_t)((batch * 5 + i * 3 + k * 7) % 9) - 4;
}

static int32_t b_value(int64_t batch, int64_t k, int64_t j)
{
    return (int32_t)((batch * 11 + k * 5 + j * 13) % 7) - 3;
}

static int32_t bias_value(int64_t j)
{
    return (int32_t)(j % 5) - 2;
}

/* A small integer as an element of any float type. */
static void store(unsigned char *to, clqnn_type type, int32_t value)
{
    const float x = (float)value;
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    const uint16_t bf16 = (uint16_t)(bits >> 16);
    const uint32_t exponent = bits >> 23 & 0xff;
    const uint16_t f16 = value == 0 ? 0 : (uint16_t)((bits >> 31) << 15 | (exponent - 112) << 10 | (bits >> 13 & 0x3ff));
    if (type == CLQNN_F32) memcpy(to, &x, 4);
    else memcpy(to, type == CLQNN_BF16 ? &bf16 : &f16, 2);
}

static const clqnn_type floats[] = {CLQNN_F32, CLQNN_F16, CLQNN_BF16};

static int64_t expected(int64_t batch, int64_t i, int64_t j)
{
    int64_t sum = bias_value(j);
    for (int64_t k = 0; k < K; k++) sum += a_value(batch, i, k) * b_value(batch, k, j);
    return sum;
}

/* One call of every mix of types; `constant`: b is packed, else it comes with the call. */
static void check_mix(clqnn_type a_type, clqnn_type b_type, clqnn_type c_type, bool constant)
{
    const size_t a_size = clqnn_type_size(a_type), b_size = clqnn_type_size(b_type), c_size = clqnn_type_size(c_type);
    unsigned char a[BATCHES * M * K * 4], b[BATCHES * K * N * 4], c[MOST_BYTES], wanted[MOST_BYTES];
    float bias[N];
    for (int64_t j = 0; j < N; j++) bias[j] = (float)bias_value(j);
    for (int64_t batch = 0; batch < BATCHES; batch++) {
        for (int64_t i = 0; i < M * K; i++) store(a + (size_t)(batch * M * K + i) * a_size, a_type, a_value(batch, i / K, i % K));
        for (int64_t i = 0; i < K * N; i++) store(b + (size_t)(batch * K * N + i) * b_size, b_type, b_value(batch, i / N, i % N));
        for (int64_t i = 0; i < M * N; i++) store(wanted + (size_t)(batch * M * N + i) * c_size, c_type, (int32_t)expected(batch, i / N, i % N));
    }
    memset(c, 0x5a, sizeof c);
    cl_mem a_memory = fixture_buffer(a, BATCHES * M * K * a_size), b_memory = fixture_buffer(b, BATCHES * K * N * b_size), c_memory = fixture_buffer(c, sizeof c);
    const clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = M, .n = N, .k = K, .batch = {1, BATCHES}, .a = {.type = a_type}, .b = {.type = b_type},
                                  .c = {.type = c_type}, .b_data = constant ? b : NULL, .bias = bias, .bias_type = CLQNN_F32};
    clqnn_gemm *gemm = NULL;
    cl_command_queue queue = NULL;
    assert_int_equal(clqnn_default_queue(fixture_context(), &queue), CLQNN_OK);
    if (clqnn_gemm_create(fixture_context(), &desc, &gemm) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    const clqnn_gemm_args args = {.a = {a_memory, 0}, .b = {b_memory, 0}, .c = {c_memory, 0}};
    if (clqnn_gemm_enqueue(gemm, queue, &args, 0, NULL, NULL) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    assert_int_equal(clqnn_download(fixture_context(), c_memory, 0, c, sizeof c), CLQNN_OK);
    assert_memory_equal(c, wanted, BATCHES * M * N * c_size);
    for (size_t i = BATCHES * M * N * c_size; i < sizeof c; i++) assert_int_equal(c[i], 0x5a);
    clqnn_gemm_destroy(gemm);
    clqnn_buffer_release(a_memory);
    clqnn_buffer_release(b_memory);
    clqnn_buffer_release(c_memory);
}

static void test_every_mix_of_types(void **state)
{
    (void)state;
    for (int mix = 0; mix < 54; mix++) check_mix(floats[mix % 3], floats[mix / 3 % 3], floats[mix / 9 % 3], mix / 27);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_mix_of_types)};
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failed;
}
