/* SPDX-License-Identifier: Apache-2.0 */
/* Products with integers in groups through clqnn/gemm.h: every variant that the device admits beside sums in binary64 of the weights that clqnn/groups.h
 * defines, over types, group sizes, zero points, orders and shapes. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gemm_fixture.h"

enum { MOST_VARIANTS = 24 };

typedef struct trial {
    clqnn_type b, scale, zero, a, c;    /* zero none: no zero points */
    int64_t m, n, k, group;
    bool has_offsets, has_index, transposed, a_transposed;
    clqnn_dynamic dynamic;
    clqnn_type dynamic_type;
} trial;

typedef struct trial_data {
    int32_t *codes, *index;     /* codes: [k][n] integers */
    float *a, *scales, *zeros, *offsets, *bias;
    unsigned char *a_bytes, *b_bytes, *scale_bytes, *zero_bytes, *offset_bytes;
} trial_data;

static uint32_t random_state = 12345;

static uint32_t random_bits(void)
{
    random_state = random_state * 1664525u + 1013904223u;
    return random_state >> 8;
}

/* A float that f16 and bf16 hold exactly, about -4 .. 4. */
static float random_float(void)
{
    return (float)((int32_t)(random_bits() % 255) - 127) / 32.0f;
}

static void store_float(unsigned char *to, clqnn_type type, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    const uint16_t bf16 = (uint16_t)(bits >> 16);
    const uint32_t exponent = bits >> 23 & 0xff;
    const uint16_t f16 = value == 0.0f ? 0 : (uint16_t)((bits >> 31) << 15 | (exponent - 112) << 10 | (bits >> 13 & 0x3ff));
    if (type == CLQNN_F32) memcpy(to, &value, 4);
    else if (type == CLQNN_F8E4M3) *to = (unsigned char)((bits >> 31) << 7 | (exponent - 120) << 3 | (bits >> 20 & 7));
    else if (type == CLQNN_F8E5M2) *to = (unsigned char)(f16 >> 8);
    else memcpy(to, type == CLQNN_BF16 ? &bf16 : &f16, 2);
}

/* One that an 8-bit float holds too: +-1, 1.25, 1.5 or 1.75 by a power of two. */
static float random_small_float(void)
{
    const uint32_t bits = random_bits();
    return (bits & 1 ? -0.125f : 0.125f) * (float)((4 + (bits >> 1 & 3)) << (bits >> 3 & 3)) / 4.0f;
}

static void store_integer(unsigned char *to, clqnn_type type, int64_t index, int32_t value)
{
    const uint64_t bits = clqnn_type_bits(type);
    for (uint64_t bit = 0; bit < bits; bit++) {
        const uint64_t place = (uint64_t)index * bits + bit;
        to[place / 8] = (unsigned char)(to[place / 8] | (((uint32_t)value >> bit & 1) << place % 8));
    }
}

static bool is_signed(clqnn_type type)
{
    return type == CLQNN_S8 || type == CLQNN_S6 || type == CLQNN_S4 || type == CLQNN_S3 || type == CLQNN_S2;
}

static int32_t random_code(clqnn_type type)
{
    const int32_t range = 1 << clqnn_type_bits(type);
    return (int32_t)(random_bits() % (uint32_t)range) - (is_signed(type) ? range / 2 : 0);
}

static void *must(size_t bytes)
{
    void *memory = calloc(bytes + 8, 1);
    assert_non_null(memory);
    return memory;
}

static int64_t groups_of(const trial *t)
{
    return (t->k + t->group - 1) / t->group;
}

static void make_index(const trial *t, int32_t *index)
{
    for (int64_t k = 0; k < t->k; k++) index[k] = (int32_t)(k / t->group);
    for (int64_t k = t->k - 1; k > 0; k--) {
        const int64_t other = random_bits() % (uint64_t)(k + 1);
        const int32_t kept = index[k];
        index[k] = index[other];
        index[other] = kept;
    }
}

static void make_tables(const trial *t, trial_data *d)
{
    const int64_t groups = groups_of(t);
    for (int64_t i = 0; i < groups * t->n; i++) {
        const int64_t given = t->transposed ? i % t->n * groups + i / t->n : i;
        d->scales[i] = random_float() / 4.0f;
        store_float(d->scale_bytes + (size_t)given * clqnn_type_size(t->scale), t->scale, d->scales[i]);
        if (t->has_offsets) {
            d->offsets[i] = random_float();
            store_float(d->offset_bytes + (size_t)given * clqnn_type_size(t->scale), t->scale, d->offsets[i]);
        }
        if (t->zero == CLQNN_U8 || t->zero == CLQNN_S8) {
            const int32_t zero = random_code(t->b) & (t->zero == CLQNN_S8 && !is_signed(t->b) ? 127 : -1);
            d->zeros[i] = (float)zero;
            d->zero_bytes[given] = (unsigned char)zero;
        } else if (t->zero != CLQNN_TYPE_NONE) {
            d->zeros[i] = random_float();
            store_float(d->zero_bytes + (size_t)given * clqnn_type_size(t->zero), t->zero, d->zeros[i]);
        }
    }
}

static trial_data make_data(const trial *t)
{
    const size_t mk = (size_t)(t->m * t->k), kn = (size_t)(t->k * t->n), tables = (size_t)(groups_of(t) * t->n);
    trial_data d = {must(kn * 4), must((size_t)t->k * 4), must(mk * 4), must(tables * 4), must(tables * 4), must(tables * 4), must((size_t)t->n * 4),
                    must(mk * 4), must(kn), must(tables * 4), must(tables * 4), must(tables * 4)};
    for (size_t i = 0; i < mk; i++) {
        d.a[i] = clqnn_type_size(t->a) == 1 ? random_small_float() : random_float();
        const size_t given = t->a_transposed ? i % (size_t)t->k * (size_t)t->m + i / (size_t)t->k : i;
        store_float(d.a_bytes + given * clqnn_type_size(t->a), t->a, d.a[i]);
    }
    for (int64_t i = 0; i < t->k * t->n; i++) {
        d.codes[i] = random_code(t->b);
        store_integer(d.b_bytes, t->b, t->transposed ? i % t->n * t->k + i / t->n : i, d.codes[i]);
    }
    for (int64_t j = 0; j < t->n; j++) d.bias[j] = random_float();
    make_tables(t, &d);
    make_index(t, d.index);
    return d;
}

static void free_data(trial_data *d)
{
    void *all[] = {d->codes, d->index, d->a, d->scales, d->zeros, d->offsets, d->bias, d->a_bytes, d->b_bytes, d->scale_bytes, d->zero_bytes, d->offset_bytes};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);
}

/* a as the call sees it: quantized and back where it is dynamic. */
static void quantize_row(const trial *t, const float *row, double *values)
{
    float low = 0.0f, high = 0.0f;
    for (int64_t k = 0; k < t->k; k++) {
        low = fminf(low, row[k]);
        high = fmaxf(high, row[k]);
    }
    const bool symmetric = t->dynamic_type == CLQNN_S8;
    float scale = symmetric ? fmaxf(-low, high) / 127.0f : (high - low) / 255.0f;
    const bool tiny = !(scale >= FLT_MIN);
    if (tiny) scale = 1.0f;
    const float zero = symmetric || tiny ? 0.0f : fminf(fmaxf(rintf(-low / scale), 0.0f), 255.0f);
    for (int64_t k = 0; k < t->k; k++) {
        const float q = fminf(fmaxf(rintf(row[k] / scale) + zero, symmetric ? -127.0f : 0.0f), symmetric ? 127.0f : 255.0f);
        values[k] = (double)(q - zero) * (double)scale;
    }
}

/* The sum and its allowance for one element. */
static void expect_element(const trial *t, const trial_data *d, const double *a, int64_t j, double *sum, double *bound)
{
    double exact = d->bias[j], size = fabs((double)d->bias[j]);
    for (int64_t k = 0; k < t->k; k++) {
        const int64_t at = (t->has_index ? d->index[k] : k / t->group) * t->n + j;
        const float q = (float)d->codes[k * t->n + j];
        const float product = t->has_offsets ? d->scales[at] * q : d->scales[at] * (q - d->zeros[at]);
        const float w = t->has_offsets ? product - d->offsets[at] : product;
        exact += a[k] * (double)w;
        size += fabs(a[k]) * (fabs((double)product) + fabs((double)d->offsets[at]) + fabs((double)d->scales[at] * d->zeros[at]));
    }
    *sum = exact;
    *bound = ((double)t->k + 6.0) * 0x1p-24 * size + (t->c == CLQNN_F32 ? 0.0 : t->c == CLQNN_F16 ? 0x1p-11 : 0x1p-8) * fabs(exact) + 1e-30;
}

static double load_float(const unsigned char *from, clqnn_type type)
{
    uint32_t bits = 0;
    uint16_t narrow;
    float value;
    if (type == CLQNN_F16) {
        memcpy(&narrow, from, 2);
        const double magnitude = (narrow & 0x7c00) ? ldexp(1024 + (narrow & 0x3ff), (narrow >> 10 & 31) - 25) : ldexp(narrow & 0x3ff, -24);
        return narrow >> 15 ? -magnitude : magnitude;
    }
    memcpy(type == CLQNN_F32 ? (void *)&bits : (void *)&narrow, from, clqnn_type_size(type));
    if (type == CLQNN_BF16) bits = (uint32_t)narrow << 16;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void check_result(const trial *t, const trial_data *d, const unsigned char *c, const char *variant)
{
    double *a = must((size_t)t->k * sizeof *a);
    for (int64_t i = 0; i < t->m; i++) {
        for (int64_t k = 0; k < t->k; k++) a[k] = d->a[i * t->k + k];
        if (t->dynamic != CLQNN_STATIC) quantize_row(t, d->a + i * t->k, a);
        for (int64_t j = 0; j < t->n; j++) {
            double sum = 0, bound = 0;
            expect_element(t, d, a, j, &sum, &bound);
            const double got = load_float(c + (size_t)(i * t->n + j) * clqnn_type_size(t->c), t->c);
            if (!(fabs(got - sum) <= bound)) {
                fail_msg("%s: b %s scale %s zero %s a %s c %s m %d n %d k %d group %d offsets %d index %d transposed %d,%d dynamic %d: c[%d][%d] is %.9g, expected %.9g within %g",
                         variant, clqnn_type_name(t->b), clqnn_type_name(t->scale), clqnn_type_name(t->zero), clqnn_type_name(t->a), clqnn_type_name(t->c), (int)t->m,
                         (int)t->n, (int)t->k, (int)t->group, t->has_offsets, t->has_index, t->transposed, t->a_transposed, (int)t->dynamic, (int)i, (int)j, got, sum, bound);
            }
        }
    }
    free(a);
}

static clqnn_gemm_desc describe(const trial *t, const trial_data *d)
{
    return (clqnn_gemm_desc){.struct_size = sizeof(clqnn_gemm_desc), .m = t->m, .n = t->n, .k = t->k, .a = {.type = t->a, .transposed = t->a_transposed},
                             .b = {.type = t->b, .transposed = t->transposed}, .c = {.type = t->c}, .b_data = d->b_bytes, .bias = d->bias, .bias_type = CLQNN_F32,
                             .dynamic = t->dynamic, .dynamic_type = t->dynamic_type,
                             .groups = {.size = t->group, .scales = d->scale_bytes, .scale_type = t->scale, .zero_points = t->zero ? d->zero_bytes : NULL,
                                        .zero_point_type = t->zero, .offsets = t->has_offsets ? d->offset_bytes : NULL, .index = t->has_index ? d->index : NULL}};
}

static void run_variant(const trial *t, const trial_data *d, clqnn_gemm_desc *desc, const char *variant)
{
    const size_t bytes = (size_t)(t->m * t->n) * clqnn_type_size(t->c);
    unsigned char *c = must(bytes + 64);
    memset(c, 0x5a, bytes + 64);
    clqnn_gemm *gemm = NULL;
    cl_command_queue queue = NULL;
    desc->variant = variant;
    assert_int_equal(clqnn_default_queue(fixture_context(), &queue), CLQNN_OK);
    if (clqnn_gemm_create(fixture_context(), desc, &gemm) != CLQNN_OK) fail_msg("%s: %s", variant, clqnn_last_error());
    unsigned char *poison = must((size_t)clqnn_gemm_workspace_size(gemm));
    memset(poison, 0xff, (size_t)clqnn_gemm_workspace_size(gemm));
    cl_mem a_memory = fixture_buffer(d->a_bytes, (size_t)(t->m * t->k) * clqnn_type_size(t->a)), c_memory = fixture_buffer(c, bytes + 64);
    cl_mem workspace = fixture_buffer(poison, (size_t)clqnn_gemm_workspace_size(gemm) + 8);
    const clqnn_gemm_args args = {.a = {a_memory, 0}, .c = {c_memory, 0}, .workspace = {workspace, 0}};
    if (clqnn_gemm_enqueue(gemm, queue, &args, 0, NULL, NULL) != CLQNN_OK) fail_msg("%s: %s", variant, clqnn_last_error());
    assert_int_equal(clqnn_download(fixture_context(), c_memory, 0, c, bytes + 64), CLQNN_OK);
    check_result(t, d, c, variant);
    for (size_t i = bytes; i < bytes + 64; i++) assert_int_equal(c[i], 0x5a);
    clqnn_gemm_destroy(gemm);
    clqnn_buffer_release(a_memory);
    clqnn_buffer_release(c_memory);
    clqnn_buffer_release(workspace);
    free(poison);
    free(c);
}

/* Packed and unpacked, b is what it was. */
static void check_unpacked(const trial *t, const trial_data *d, const clqnn_gemm_desc *desc)
{
    const size_t bytes = ((size_t)(t->k * t->n) * clqnn_type_bits(t->b) + 7) / 8;
    unsigned char *dense = must(bytes), *wanted = must(bytes);
    clqnn_gemm_weights *weights = NULL;
    for (int64_t i = 0; i < t->k * t->n; i++) store_integer(wanted, t->b, i, d->codes[i]);
    assert_int_equal(clqnn_gemm_pack(fixture_context(), desc, &weights), CLQNN_OK);
    assert_int_equal(clqnn_gemm_weights_unpack(weights, dense, bytes), CLQNN_OK);
    assert_memory_equal(dense, wanted, bytes);
    clqnn_gemm_weights_release(weights);
    free(dense);
    free(wanted);
}

static int runs;

static void check_trial(const trial *t)
{
    trial_data d = make_data(t);
    clqnn_gemm_desc desc = describe(t, &d);
    clqnn_gemm_candidate candidates[MOST_VARIANTS];
    size_t count = 0;
    if (clqnn_gemm_candidates(fixture_context(), &desc, candidates, MOST_VARIANTS, &count) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    assert_true(count <= MOST_VARIANTS && count > 0 && candidates[0].admitted);
    for (size_t i = 0; i < count; i++) {
        if (!candidates[i].admitted) continue;
        run_variant(t, &d, &desc, candidates[i].variant);
        runs++;
    }
    desc.variant = NULL;
    check_unpacked(t, &d, &desc);
    free_data(&d);
}

static const clqnn_type integers[] = {CLQNN_U4, CLQNN_S4, CLQNN_U8, CLQNN_S8, CLQNN_U2, CLQNN_S2, CLQNN_U3, CLQNN_S3, CLQNN_U6, CLQNN_S6};
static const clqnn_type floats[] = {CLQNN_F32, CLQNN_F16, CLQNN_BF16};

/* Every integer type with every kind of zero. */
static void test_types_and_zeros(void **state)
{
    (void)state;
    for (int i = 0; i < 10 * 5; i++) {
        const clqnn_type b = integers[i % 10], zeros[] = {CLQNN_TYPE_NONE, is_signed(b) ? CLQNN_S8 : CLQNN_U8, CLQNN_F32, CLQNN_F16, CLQNN_TYPE_NONE};
        const trial t = {.b = b, .scale = floats[i % 3], .zero = zeros[i / 10], .a = floats[(i + i / 10) % 3], .c = floats[i / 3 % 3], .m = 1 + i % 7, .n = 45, .k = 96,
                         .group = 32, .has_offsets = i / 10 == 4, .transposed = i % 2 != 0};
        check_trial(&t);
    }
}

static void test_small_floats(void **state)
{
    (void)state;
    for (int i = 0; i < 8; i++) {
        const trial t = {.b = integers[i % 4], .scale = CLQNN_F16, .a = i % 2 ? CLQNN_F8E4M3 : CLQNN_F8E5M2, .c = CLQNN_F32, .m = i < 4 ? 2 : 9, .n = 40, .k = 77, .group = 32,
                         .a_transposed = i % 3 == 1, .dynamic = i % 4 == 3 ? CLQNN_DYNAMIC_PER_ROW : CLQNN_STATIC};
        check_trial(&t);
    }
}

/* Group sizes that are not whole blocks, short last groups, whole k, with and without an order. */
static void test_group_sizes(void **state)
{
    (void)state;
    static const int64_t sizes[] = {1, 7, 16, 32, 64, 128, 200, 333};
    for (int i = 0; i < 8 * 10; i++) {
        const trial t = {.b = integers[i % 10], .scale = floats[i % 3], .zero = is_signed(integers[i % 10]) ? CLQNN_S8 : CLQNN_U8, .a = floats[i / 10 % 3], .c = CLQNN_F32,
                         .m = 1 + i % 5, .n = 33, .k = i % 3 ? 333 : 336, .group = sizes[i / 10], .has_index = i % 4 == 1, .transposed = i % 2 != 0, .a_transposed = i % 5 == 3};
        check_trial(&t);
    }
}

/* More rows than the workspace holds at a time. */
static void test_slabs(void **state)
{
    (void)state;
    const trial t = {.b = CLQNN_U4, .scale = CLQNN_F16, .zero = CLQNN_U8, .a = CLQNN_F16, .c = CLQNN_F32, .m = 70, .n = 3, .k = 16000, .group = 20};
    check_trial(&t);
}

static void test_quantized_rows(void **state)
{
    (void)state;
    for (int i = 0; i < 24; i++) {
        const clqnn_type b = integers[i % 10];
        const trial t = {.b = b, .scale = CLQNN_F16, .zero = i % 3 == 0 ? CLQNN_TYPE_NONE : i % 3 == 1 ? CLQNN_S8 : CLQNN_F32, .a = floats[i % 3], .c = floats[i / 3 % 3],
                         .m = 1 + i * 3, .n = 40, .k = 200, .group = i % 2 ? 64 : 200, .has_index = i % 4 == 2, .dynamic = CLQNN_DYNAMIC_PER_ROW,
                         .dynamic_type = i % 2 ? CLQNN_S8 : CLQNN_U8};
        check_trial(&t);
    }
}

/* Rows and columns around tiles, and long sums. */
static void test_shapes(void **state)
{
    (void)state;
    static const int64_t rows[] = {1, 2, 3, 4, 5, 8, 16, 17, 33, 67, 70, 131}, columns[] = {1, 31, 32, 33, 65, 257};
    for (int i = 0; i < 12 * 6; i++) {
        const trial t = {.b = integers[i % 4], .scale = CLQNN_F16, .zero = is_signed(integers[i % 4]) ? CLQNN_TYPE_NONE : CLQNN_U8, .a = floats[i % 3], .c = floats[i % 2],
                         .m = rows[i % 12], .n = columns[i / 12], .k = i % 7 == 0 ? 2500 : i % 5 ? 130 : 1, .group = i % 5 ? 64 : 1, .transposed = i % 2 == 0};
        check_trial(&t);
    }
}

/* Few and small, for simulated devices: every kernel of every variant. */
static void test_small(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i += i ? 2 : 1) {
        const trial t = {.b = integers[i], .scale = floats[i % 3], .zero = i % 4 == 0 ? CLQNN_TYPE_NONE : is_signed(integers[i]) ? CLQNN_S8 : CLQNN_U8, .a = floats[i / 2 % 3],
                         .c = CLQNN_F32, .m = i == 3 ? 9 : 3, .n = 35, .k = 50, .group = i % 3 ? 32 : 20, .has_index = i == 7, .transposed = i % 2 != 0,
                         .dynamic = i == 5 ? CLQNN_DYNAMIC_PER_ROW : CLQNN_STATIC};
        check_trial(&t);
    }
    assert_true(runs >= 6);
}

static void test_that_something_ran(void **state)
{
    (void)state;
    assert_true(runs > 200);
}

/* `small`: only that. */
int main(int argument_count, char **arguments)
{
    const struct CMUnitTest small[] = {cmocka_unit_test(test_small)};
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_types_and_zeros), cmocka_unit_test(test_small_floats), cmocka_unit_test(test_group_sizes), cmocka_unit_test(test_slabs), cmocka_unit_test(test_quantized_rows),
                                       cmocka_unit_test(test_shapes), cmocka_unit_test(test_that_something_ran)};
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const bool is_small = argument_count > 1 && strcmp(arguments[1], "small") == 0;
    const int failed = is_small ? cmocka_run_group_tests(small, NULL, NULL) : cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failed;
}
