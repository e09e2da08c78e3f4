/* SPDX-License-Identifier: Apache-2.0 */
/* Products of bits beside the reference: every pair of kinds of types, every type of c, b constant and of each call, on every variant that this device has. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference_bits.h"
#include "gemm_fixture.h"

enum { M = 3, N = 37, MOST_K = 70, MOST_ROWS = 2 * 2 * 40, MOST_BYTES = 1 << 16 };

static const clqnn_type factors[] = {CLQNN_B1, CLQNN_T2, CLQNN_PU1, CLQNN_PU3, CLQNN_PU8, CLQNN_PS2, CLQNN_PS5, CLQNN_PO1, CLQNN_PO4};
static const clqnn_type results[] = {CLQNN_S32, CLQNN_F32, CLQNN_F16, CLQNN_S8, CLQNN_U8, CLQNN_B1, CLQNN_PU2, CLQNN_PS6};
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static uint32_t state = 1;

static uint32_t draw(void)
{
    state = state * 1664525u + 1013904223u;
    return state >> 8 ^ state << 13;
}

static bool has_zero_point(clqnn_type type)
{
    const char kind = clqnn_type_name(type)[1];
    return clqnn_type_name(type)[0] == 'p' && (kind == 'u' || kind == 's');
}

/* Rows of planes; neutral bits are 0, and t2 has signs only where it is not 0. */
static void fill_rows(uint32_t *words, int64_t rows, int64_t row_words, int64_t k, clqnn_type type)
{
    const int64_t planes = (int64_t)clqnn_type_bits(type);
    for (int64_t i = 0; i < rows * row_words; i++) words[i] = draw();
    for (int64_t row = 0; row < rows; row++) {
        for (int64_t group = 0; group < (k + 31) / 32; group++) {
            uint32_t *at = words + row * row_words + group * planes;
            const int64_t left = k - group * 32;
            for (int64_t plane = 0; plane < planes; plane++) at[plane] &= left >= 32 ? UINT32_MAX : (1u << left) - 1u;
            if (type == CLQNN_T2) at[1] &= at[0];
        }
    }
}

typedef struct example {
    clqnn_gemm_desc desc;
    uint32_t a[MOST_ROWS * 3 * 8], b[MOST_ROWS * 3 * 8];
    float residual[MOST_ROWS * N], row_scales[MOST_ROWS];
    unsigned char wanted[MOST_BYTES], got[MOST_BYTES];
} example;

static void enqueue(example *e, const char *variant, bool constant, size_t c_bytes)
{
    clqnn_gemm_desc desc = e->desc;
    clqnn_gemm *gemm = NULL;
    cl_command_queue queue = NULL;
    desc.variant = variant;
    desc.b_data = constant ? e->b : NULL;
    if (clqnn_gemm_create(fixture_context(), &desc, &gemm) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    memset(e->got, 0x5a, sizeof e->got);
    cl_mem a = fixture_buffer(e->a, sizeof e->a), b = fixture_buffer(e->b, sizeof e->b), c = fixture_buffer(e->got, sizeof e->got);
    cl_mem residual = fixture_buffer(e->residual, sizeof e->residual), row_scales = fixture_buffer(e->row_scales, sizeof e->row_scales), workspace = NULL;
    if (clqnn_gemm_workspace_size(gemm)) assert_int_equal(clqnn_buffer_create(fixture_context(), clqnn_gemm_workspace_size(gemm), &workspace), CLQNN_OK);
    const clqnn_gemm_args args = {.a = {a, 0}, .b = {b, 0}, .c = {c, 0}, .residual = {residual, 0}, .row_scales = {row_scales, 0}, .workspace = {workspace, 0}};
    assert_int_equal(clqnn_default_queue(fixture_context(), &queue), CLQNN_OK);
    if (clqnn_gemm_enqueue(gemm, queue, &args, 0, NULL, NULL) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    assert_int_equal(clqnn_download(fixture_context(), c, 0, e->got, sizeof e->got), CLQNN_OK);
    clqnn_gemm_info info;
    assert_int_equal(clqnn_gemm_describe(gemm, &info), CLQNN_OK);
    for (size_t i = 0; i < sizeof e->got; i++) {
        const unsigned char wanted = i < c_bytes ? e->wanted[i] : 0x5a;
        if (e->got[i] == wanted) continue;
        fail_msg("%s: a %s b %s (%s) c %s k %lld rounding %d: byte %zu is %d, not %d", info.variant, clqnn_type_name(desc.a.type), clqnn_type_name(desc.b.type),
                 constant ? "constant" : "of the call", clqnn_type_name(desc.c.type), (long long)desc.k, (int)desc.rounding, i, e->got[i], wanted);
    }
    clqnn_gemm_destroy(gemm);
    clqnn_buffer_release(a);
    clqnn_buffer_release(b);
    clqnn_buffer_release(c);
    clqnn_buffer_release(residual);
    clqnn_buffer_release(row_scales);
    if (workspace) clqnn_buffer_release(workspace);
}

/* On every variant, b constant and not; `kind` picks types, `turn` what else there is to vary. */
static void check_mix(example *e, clqnn_type a, clqnn_type b, clqnn_type c, int turn)
{
    static const float a_scale[] = {0.5f}, c_scale[] = {8.0f};
    static float b_scales[N], float_bias[N];
    static int32_t b_zeros[N], bias[N], multipliers[N], shifts[N], thresholds[N], directions[N];
    const int64_t k = (const int64_t[]){70, 1, 32, 33}[turn % 4], room = (k + 31) / 32 * 32;
    static int32_t a_zero[1], c_zero[1];
    for (int i = 0; i < N; i++) {
        b_scales[i] = 0.25f + (float)(i % 5) * 0.125f;
        float_bias[i] = (float)i - 20.5f;
        bias[i] = i * 7 - 100;
        b_zeros[i] = has_zero_point(b) ? i % 3 - (clqnn_type_name(b)[1] == 's' ? 1 : 0) : 0;
        if (b == CLQNN_PU1) b_zeros[i] = i % 2;
        multipliers[i] = (1 << 30) + i * 12345;
        shifts[i] = -(i % 6);
        thresholds[i] = i * 3 - 50;
        directions[i] = i % 3 ? 1 : -1;
    }
    a_zero[0] = 1;
    c_zero[0] = 1;
    const bool is_float = c == CLQNN_F32 || c == CLQNN_F16, is_quantized = c == CLQNN_S8 || c == CLQNN_U8 || has_zero_point(c), fused = is_float && turn % 2;
    e->desc = (clqnn_gemm_desc){
        .struct_size = sizeof(clqnn_gemm_desc), .m = M, .n = N, .k = k, .batch = {2, 2},
        .a = {.type = a, .leading_dimension = room, .quantization = {a_scale, 1, has_zero_point(a) ? a_zero : NULL, has_zero_point(a)}},
        .b = {.type = b, .transposed = 1, .quantization = {b_scales, N, has_zero_point(b) ? b_zeros : NULL, has_zero_point(b) ? N : 0}},
        .c = {.type = c}, .rounding = is_quantized ? (clqnn_rounding)(turn % 3) : CLQNN_FLOAT_EVEN};
    clqnn_gemm_desc *desc = &e->desc;
    if (turn % 5 == 1) desc->b.batch_stride[1] = CLQNN_BROADCAST;
    if (turn % 5 == 2) desc->a.batch_stride[0] = CLQNN_BROADCAST;
    if (is_quantized) desc->c.quantization = (clqnn_quantization){c_scale, 1, c_zero, 1};
    if (desc->rounding != CLQNN_FLOAT_EVEN) {
        desc->multipliers = multipliers;
        desc->shifts = shifts;
        desc->fixed_count = N;
    }
    if (turn % 3) {
        desc->bias = fused ? (const void *)float_bias : bias;
        desc->bias_type = fused ? CLQNN_F32 : CLQNN_S32;
    }
    if (fused) {
        desc->residual.type = CLQNN_F32;
        desc->has_row_scales = 1;
        desc->has_clamp = 1;
        desc->clamp_min = -30.0f;
        desc->clamp_max = 55.0f;
    }
    if (c == CLQNN_B1) {
        desc->thresholds = thresholds;
        desc->threshold_count = N;
        desc->directions = turn % 2 ? directions : NULL;
    }
    fill_rows(e->a, MOST_ROWS, room / 32 * (int64_t)clqnn_type_bits(a), k, a);
    fill_rows(e->b, MOST_ROWS, room / 32 * (int64_t)clqnn_type_bits(b), k, b);
    for (int i = 0; i < MOST_ROWS * N; i++) e->residual[i] = (float)(draw() % 200) * 0.25f - 20.0f;
    for (int i = 0; i < MOST_ROWS; i++) e->row_scales[i] = (float)(draw() % 100 + 1) * 0.0625f;
    memset(e->wanted, 0x5a, sizeof e->wanted);
    if (clqnn_reference_gemm_bits(desc, e->a, e->b, fused ? e->residual : NULL, fused ? e->row_scales : NULL, e->wanted, NULL) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    const size_t c_bits = clqnn_type_bits(c), c_bytes = c_bits >= 8 && !has_zero_point(c) ? c_bits / 8 * 4 * M * N : c_bits * 4 * M * ((N + 31) / 32 * 32) / 8;
    clqnn_gemm_candidate list[32];
    size_t count = 0;
    desc->b_data = e->b;
    assert_int_equal(clqnn_gemm_candidates(fixture_context(), desc, list, 32, &count), CLQNN_OK);
    for (size_t i = 0; i < count; i++) {
        if (list[i].admitted) enqueue(e, list[i].variant, true, c_bytes);
    }
    desc->b_data = NULL;
    assert_int_equal(clqnn_gemm_candidates(fixture_context(), desc, list, 32, &count), CLQNN_OK);
    for (size_t i = 0; i < count; i++) {
        if (list[i].admitted) enqueue(e, list[i].variant, false, c_bytes);
    }
}

static void test_every_mix(void **unused)
{
    (void)unused;
    example *e = malloc(sizeof *e);
    assert_non_null(e);
    int turn = 0;
    for (size_t a = 0; a < COUNT_OF(factors); a++) {
        for (size_t b = 0; b < COUNT_OF(factors); b++) {
            for (size_t c = 0; c < 3; c++, turn++) check_mix(e, factors[a], factors[b], results[((size_t)turn * 5 + a) % COUNT_OF(results)], turn);
        }
    }
    free(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_mix)};
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failed;
}
