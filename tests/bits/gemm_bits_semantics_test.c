/* SPDX-License-Identifier: Apache-2.0 */
/* Products of bits worked out by hand, on every variant that this device has, b constant and of each call. Two columns, one or two rows, few values of k;
 * words are written as the bits of clqnn/bits.h, value i in bit i. */
#include <stdlib.h>
#include <string.h>

#include "gemm_fixture.h"

enum { POISON = 0x5a5a5a5a, MOST_WORDS = 64 };

/* A call's memory, as words. */
typedef struct call {
    clqnn_gemm_desc desc;
    uint32_t a[MOST_WORDS], b[MOST_WORDS], residual[MOST_WORDS], row_scales[MOST_WORDS];
    bool residual_is_c;
} call;

static uint32_t bits_of(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static call call_of(clqnn_type a, clqnn_type b, clqnn_type c, int64_t k)
{
    return (call){.desc = {.struct_size = sizeof(clqnn_gemm_desc), .m = 1, .n = 2, .k = k, .a = {.type = a}, .b = {.type = b, .transposed = 1}, .c = {.type = c}}};
}

static void run(const call *given, const char *variant, bool constant, uint32_t *got)
{
    clqnn_gemm_desc desc = given->desc;
    clqnn_gemm *gemm = NULL;
    cl_command_queue queue = NULL;
    desc.variant = variant;
    desc.b_data = constant ? given->b : NULL;
    if (clqnn_gemm_create(fixture_context(), &desc, &gemm) != CLQNN_OK) fail_msg("%s: %s", variant, clqnn_last_error());
    for (int i = 0; i < MOST_WORDS; i++) got[i] = given->residual_is_c && given->residual[i] ? given->residual[i] : POISON;
    cl_mem a = fixture_buffer(given->a, sizeof given->a), b = fixture_buffer(given->b, sizeof given->b), c = fixture_buffer(got, MOST_WORDS * sizeof *got);
    cl_mem residual = fixture_buffer(given->residual, sizeof given->residual), row_scales = fixture_buffer(given->row_scales, sizeof given->row_scales), workspace = NULL;
    if (clqnn_gemm_workspace_size(gemm)) assert_int_equal(clqnn_buffer_create(fixture_context(), clqnn_gemm_workspace_size(gemm), &workspace), CLQNN_OK);
    const clqnn_gemm_args args = {.a = {a, 0}, .b = {b, 0}, .c = {c, 0}, .residual = {given->residual_is_c ? c : residual, 0}, .row_scales = {row_scales, 0},
                                  .workspace = {workspace, 0}};
    assert_int_equal(clqnn_default_queue(fixture_context(), &queue), CLQNN_OK);
    if (clqnn_gemm_enqueue(gemm, queue, &args, 0, NULL, NULL) != CLQNN_OK) fail_msg("%s: %s", variant, clqnn_last_error());
    assert_int_equal(clqnn_download(fixture_context(), c, 0, got, MOST_WORDS * sizeof *got), CLQNN_OK);
    clqnn_gemm_destroy(gemm);
    const cl_mem memories[] = {a, b, c, residual, row_scales, workspace};
    for (size_t i = 0; i < sizeof memories / sizeof *memories; i++) {
        if (memories[i]) clqnn_buffer_release(memories[i]);
    }
}

/* The first `count` words of c are these on every variant, and no other is written. */
static void expect_words(const call *given, const uint32_t *wanted, int count)
{
    clqnn_gemm_candidate list[32];
    size_t total = 0, ran = 0;
    for (int constant = 0; constant < 2; constant++) {
        clqnn_gemm_desc desc = given->desc;
        desc.b_data = constant ? given->b : NULL;
        if (clqnn_gemm_candidates(fixture_context(), &desc, list, 32, &total) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
        for (size_t i = 0; i < total; i++) {
            uint32_t got[MOST_WORDS];
            if (!list[i].admitted) continue;
            run(given, list[i].variant, constant, got);
            for (int word = 0; word < MOST_WORDS; word++) {
                const uint32_t expected = word < count ? wanted[word] : POISON;
                if (got[word] != expected) fail_msg("%s, b %s: word %d is 0x%08x, not 0x%08x", list[i].variant, constant ? "constant" : "of the call", word, got[word], expected);
            }
            ran++;
        }
    }
    assert_true(ran >= 4);
}

static void expect_sums(const call *given, int32_t first, int32_t second)
{
    const uint32_t wanted[] = {(uint32_t)first, (uint32_t)second};
    expect_words(given, wanted, 2);
}

/* a = (+1, -1, +1); b = (+1, +1, -1) and (+1, -1, +1). */
static call signs(clqnn_type c)
{
    call given = call_of(CLQNN_B1, CLQNN_B1, c, 3);
    given.a[0] = 2;
    given.b[0] = 4;
    given.b[1] = 2;
    return given;
}

static void test_signs(void **state)
{
    (void)state;
    static const int32_t bias[] = {10, 20};
    call given = signs(CLQNN_S32);
    expect_sums(&given, 1 - 1 - 1, 3);
    given.desc.bias = bias;
    given.desc.bias_type = CLQNN_S32;
    expect_sums(&given, 9, 23);
}

/* a = (1, 0, -1, 1); b = (-1, 1, -1, 0) and (1, 1, 1, 1). */
static void test_ternary(void **state)
{
    (void)state;
    call given = call_of(CLQNN_T2, CLQNN_T2, CLQNN_S32, 4);
    given.a[0] = 13;
    given.a[1] = 4;
    given.b[0] = 7;
    given.b[1] = 5;
    given.b[2] = 15;
    expect_sums(&given, -1 + 0 + 1 + 0, 1 + 0 - 1 + 1);
}

/* Signs with a = (+1, -1, -1) by t2 with b = (0, -1, 1) and (1, -1, -1), and the other way round. po1's bit 1 is +1. */
static void test_signs_by_ternary(void **state)
{
    (void)state;
    call given = call_of(CLQNN_B1, CLQNN_T2, CLQNN_S32, 3);
    const uint32_t b[] = {6, 2, 7, 6};
    given.a[0] = 6;
    memcpy(given.b, b, sizeof b);
    expect_sums(&given, 0 + 1 - 1, 1 + 1 + 1);
    given.desc.a.type = CLQNN_PO1;
    given.a[0] = 1;
    expect_sums(&given, 0, 3);
    /* a = (0, -1, 1); b = (+1, -1, -1) and (-1, -1, +1) */
    call turned = call_of(CLQNN_T2, CLQNN_B1, CLQNN_S32, 3);
    turned.a[0] = 6;
    turned.a[1] = 2;
    turned.b[0] = 6;
    turned.b[1] = 3;
    expect_sums(&turned, 0 + 1 - 1, 0 + 1 + 1);
    turned.desc.b.type = CLQNN_PO1;
    expect_sums(&turned, 0, -2);
}

/* pu3 with zero point 2: (5, 0) is (3, -2); ps4 with zero points -1 and 0: (-8, 7) is (-7, 8), (1, -2) is itself. */
static void test_levels_with_zero_points(void **state)
{
    (void)state;
    static const int32_t a_zero[] = {2}, b_zeros[] = {-1, 0};
    const uint32_t a[] = {1, 0, 1}, b[] = {2, 2, 2, 1, 1, 2, 2, 2};
    call given = call_of(CLQNN_PU3, CLQNN_PS4, CLQNN_S32, 2);
    memcpy(given.a, a, sizeof a);
    memcpy(given.b, b, sizeof b);
    given.desc.a.quantization = (clqnn_quantization){.zero_points = a_zero, .zero_point_count = 1};
    given.desc.b.quantization = (clqnn_quantization){.zero_points = b_zeros, .zero_point_count = 2};
    expect_sums(&given, 3 * -7 + -2 * 8, 3 * 1 + -2 * -2);
}

/* po2: q = (3, 1, 2) is (3, -1, 1); b1 = (-1, +1, -1) and (+1, +1, +1). By po2 = (-3, 1, 3), (3, 3, 3). */
static void test_odd_levels(void **state)
{
    (void)state;
    call given = call_of(CLQNN_PO2, CLQNN_B1, CLQNN_S32, 3);
    given.a[0] = 3;
    given.a[1] = 5;
    given.b[0] = 5;
    expect_sums(&given, -3 - 1 - 1, 3 - 1 + 1);
    const uint32_t b[] = {4, 6, 7, 7};
    given.desc.b.type = CLQNN_PO2;
    memcpy(given.b, b, sizeof b);
    expect_sums(&given, -9 - 1 + 3, 9 - 3 + 3);
}

/* acc is -1 and 3: ((t * (sa * sb)) * row_scale + bias) + residual, clamped. */
static void test_floats(void **state)
{
    (void)state;
    static const float a_scale[] = {0.5f}, b_scales[] = {2.0f, 0.25f}, bias[] = {1.0f, -1.0f};
    call given = signs(CLQNN_F32);
    given.desc.a.quantization = (clqnn_quantization){.scales = a_scale, .scale_count = 1};
    given.desc.b.quantization = (clqnn_quantization){.scales = b_scales, .scale_count = 2};
    const uint32_t scaled[] = {bits_of(-1.0f), bits_of(0.375f)};
    expect_words(&given, scaled, 2);
    given.desc.bias = bias;
    given.desc.bias_type = CLQNN_F32;
    given.desc.has_row_scales = 1;
    given.row_scales[0] = bits_of(4.0f);
    given.desc.residual.type = CLQNN_F32;
    given.residual[0] = bits_of(0.5f);
    given.residual[1] = bits_of(8.0f);
    const uint32_t finished[] = {bits_of(-2.5f), bits_of(8.5f)};
    expect_words(&given, finished, 2);
    given.residual_is_c = true;
    expect_words(&given, finished, 2);
    given.desc.has_clamp = 1;
    given.desc.clamp_min = -2.0f;
    given.desc.clamp_max = 8.0f;
    const uint32_t clamped[] = {bits_of(-2.0f), bits_of(8.0f)};
    expect_words(&given, clamped, 2);
    given.residual_is_c = false;
    given.desc.c.type = CLQNN_F16;
    const uint32_t halves[] = {0x4800c000}; /* -2 and 8 */
    call narrow = given;
    uint32_t got[MOST_WORDS];
    run(&narrow, NULL, true, got);
    assert_int_equal(got[0], halves[0]);
    assert_int_equal(got[1], POISON);
}

/* acc is -1 and 3. Bit 1 is -1; what is beyond n is 0. */
static void test_thresholds(void **state)
{
    (void)state;
    static const int32_t met[] = {-1, 3}, missed[] = {0, 2}, directions[] = {1, -1}, one[] = {0}, down[] = {-1};
    call given = signs(CLQNN_B1);
    given.desc.thresholds = met;
    given.desc.threshold_count = 2;
    given.desc.directions = directions;
    expect_words(&given, (const uint32_t[]){0}, 1);
    given.desc.thresholds = missed;
    expect_words(&given, (const uint32_t[]){3}, 1);
    given.desc.directions = NULL;
    expect_words(&given, (const uint32_t[]){1}, 1);
    given.desc.thresholds = one;
    given.desc.threshold_count = 1;
    expect_words(&given, (const uint32_t[]){1}, 1);
    given.desc.directions = down;
    expect_words(&given, (const uint32_t[]){2}, 1);
}

/* acc is -1 and 3, times 0.5: rne(-0.5) = 0, rne(1.5) = 2; the fixed-point rules' ties go up. */
static void test_planes_and_bytes(void **state)
{
    (void)state;
    static const float c_scale[] = {2.0f};
    static const int32_t c_zero[] = {1}, below[] = {-1}, half[] = {1 << 30}, none[] = {0};
    call given = signs(CLQNN_PU2);
    given.desc.c.quantization = (clqnn_quantization){.scales = c_scale, .scale_count = 1, .zero_points = c_zero, .zero_point_count = 1};
    expect_words(&given, (const uint32_t[]){3, 2}, 2); /* 1 and 3 */
    given.desc.has_clamp = 1;
    given.desc.clamp_max = 2.0f;
    expect_words(&given, (const uint32_t[]){1, 2}, 2); /* 1 and 2 */
    given.desc.has_clamp = 0;
    given.desc.c.type = CLQNN_PS3;
    given.desc.c.quantization.zero_points = below;
    expect_words(&given, (const uint32_t[]){3, 1, 1}, 3); /* -1 and 1 */
    for (int rule = CLQNN_FIXED_DOUBLE; rule <= CLQNN_FIXED_SINGLE; rule++) {
        given.desc.rounding = (clqnn_rounding)rule;
        given.desc.multipliers = half;
        given.desc.shifts = none;
        given.desc.fixed_count = 1;
        expect_words(&given, (const uint32_t[]){3, 1, 1}, 3);
    }
    uint32_t got[MOST_WORDS];
    given.desc.c.type = CLQNN_S8;
    run(&given, NULL, false, got);
    assert_int_equal(got[0], 0x5a5a01ff); /* two bytes: -1 and 1 */
}

/* k of 0: the bias alone. m of 0: nothing. */
static void test_empty(void **state)
{
    (void)state;
    static const int32_t bias[] = {-7, 8};
    call given = signs(CLQNN_S32);
    given.desc.k = 0;
    given.desc.bias = bias;
    given.desc.bias_type = CLQNN_S32;
    expect_sums(&given, -7, 8);
    given.desc.m = 0;
    clqnn_gemm *gemm = NULL;
    cl_command_queue queue = NULL;
    const clqnn_gemm_args nothing = {.a = {NULL, 0}};
    assert_int_equal(clqnn_default_queue(fixture_context(), &queue), CLQNN_OK);
    assert_int_equal(clqnn_gemm_create(fixture_context(), &given.desc, &gemm), CLQNN_OK);
    assert_int_equal(clqnn_gemm_enqueue(gemm, queue, &nothing, 0, NULL, NULL), CLQNN_OK);
    clqnn_gemm_destroy(gemm);
}

/* Two rows at 64 values from one to the next, two batches that share b; c with gaps. */
static void test_strides_and_batches(void **state)
{
    (void)state;
    call given = signs(CLQNN_S32);
    given.desc.m = 2;
    given.desc.batch[1] = 2;
    given.desc.a.leading_dimension = 64;
    given.desc.b.leading_dimension = 32;
    given.desc.b.batch_stride[1] = CLQNN_BROADCAST;
    given.desc.c.leading_dimension = 3;
    given.a[2] = 4; /* (+1, +1, -1) */
    given.a[4] = 7; /* (-1, -1, -1) */
    given.a[6] = 0;
    const uint32_t wanted[] = {(uint32_t)-1, 3, POISON, 3, (uint32_t)-1, POISON, (uint32_t)-1, (uint32_t)-1, POISON, 1, 1};
    expect_words(&given, wanted, 11);
}

/* Weights: the layout's name and size, the same words back with neutral bits 0, products of any m. */
static void test_weights(void **state)
{
    (void)state;
    call given = call_of(CLQNN_T2, CLQNN_T2, CLQNN_S32, 4);
    clqnn_gemm_weights *weights = NULL;
    given.a[0] = 13;
    given.a[1] = 4;
    const uint32_t dirty[] = {0xf0000007, 0xff0000fd, 0xffffffff, 0}, clean[] = {7, 5, 15, 0};
    memcpy(given.b, dirty, sizeof dirty);
    given.desc.b_data = given.b;
    given.desc.variant = "gemm_bits_portable";
    assert_int_equal(clqnn_gemm_pack(fixture_context(), &given.desc, &weights), CLQNN_OK);
    assert_string_equal(clqnn_gemm_weights_layout(weights), "bits_n32");
    assert_int_equal(clqnn_gemm_weights_size(weights), 2 * 32 * 4);
    uint32_t back[4];
    assert_int_equal(clqnn_gemm_weights_unpack(weights, back, sizeof back - 1), CLQNN_BUFFER_TOO_SMALL);
    assert_int_equal(clqnn_gemm_weights_unpack(weights, back, sizeof back), CLQNN_OK);
    assert_memory_equal(back, clean, sizeof clean);
    given.desc.b_data = NULL;
    given.desc.weights = weights;
    given.desc.b = (clqnn_gemm_operand){.type = CLQNN_TYPE_NONE};
    uint32_t got[MOST_WORDS];
    run(&given, NULL, false, got);
    assert_int_equal(got[0], 0);
    assert_int_equal(got[1], 1);
    float widened[8];
    assert_int_equal(clqnn_gemm_weights_dequantize(weights, widened, sizeof widened), CLQNN_UNSUPPORTED);
    clqnn_gemm_weights_release(weights);
}

/* The largest k of pu8 by pu8 whose sums surely fit 32 bits is 33025. Weights of zeros push no sum. */
static void test_bound(void **state)
{
    (void)state;
    call given = call_of(CLQNN_PU8, CLQNN_PU8, CLQNN_S32, 33025);
    clqnn_gemm_info info;
    assert_int_equal(clqnn_gemm_query(fixture_context(), &given.desc, &info), CLQNN_OK);
    assert_int_equal(info.accumulator_bound, INT64_C(33025) * 255 * 255);
    given.desc.k = 33026;
    expect_refused(&given.desc, CLQNN_OVERFLOW, "k is 33026", "2147515650");
    uint32_t *zeros = calloc(2 * 1033 * 8, sizeof *zeros);
    assert_non_null(zeros);
    given.desc.b_data = zeros;
    assert_int_equal(clqnn_gemm_query(fixture_context(), &given.desc, &info), CLQNN_OK);
    assert_int_equal(info.accumulator_bound, 0);
    zeros[3] = 5; /* two values of 8 */
    assert_int_equal(clqnn_gemm_query(fixture_context(), &given.desc, &info), CLQNN_OK);
    assert_int_equal(info.accumulator_bound, 2 * 8 * 255);
    free(zeros);
    given = call_of(CLQNN_B1, CLQNN_B1, CLQNN_S32, 100);
    assert_int_equal(clqnn_gemm_query(fixture_context(), &given.desc, &info), CLQNN_OK);
    assert_int_equal(info.accumulator_bound, 100);
    static const int32_t two[] = {2};
    given = call_of(CLQNN_PU2, CLQNN_B1, CLQNN_S32, 10); /* -2 .. 1 by -1 or 1 */
    given.desc.a.quantization = (clqnn_quantization){.zero_points = two, .zero_point_count = 1};
    assert_int_equal(clqnn_gemm_query(fixture_context(), &given.desc, &info), CLQNN_OK);
    assert_int_equal(info.accumulator_bound, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_signs),
        cmocka_unit_test(test_ternary),
        cmocka_unit_test(test_signs_by_ternary),
        cmocka_unit_test(test_levels_with_zero_points),
        cmocka_unit_test(test_odd_levels),
        cmocka_unit_test(test_floats),
        cmocka_unit_test(test_thresholds),
        cmocka_unit_test(test_planes_and_bytes),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_strides_and_batches),
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_bound),
    };
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failed;
}
