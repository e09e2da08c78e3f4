/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn_gemm_enqueue with a float a against clqnn_reference_gemm, bit for bit. b is an identity matrix, so that every element of c is one dequantized
 * element of a: scale * (q - zero point) shows a wrong scale, zero point or quantized value of that element alone. */
#include <math.h>
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "clqnn/clqnn.h"
#include "clqnn/reference.h"

enum { PADDING = 3 /* elements between stored rows */, OFFSET = 5 /* elements before a: vector loads are not aligned */ };

typedef enum row_kind { ROW_PLAIN, ROW_ZERO, ROW_POSITIVE, ROW_NEGATIVE, ROW_TIES, ROW_NAN, ROW_INFINITE, ROW_SUBNORMAL, ROW_HUGE, ROW_ALL_NAN, ROW_KINDS } row_kind;

typedef struct dynamic_case {
    int m, k;
    int transposed, half, per_tensor, is_signed, plain_only;
} dynamic_case;

static clqnn_context *context;

static uint32_t next_random(uint32_t *state)
{
    return *state = *state * 1664525u + 1013904223u;
}

static float element(row_kind kind, int k, uint32_t *state)
{
    const float unit = (float)(next_random(state) >> 8) / 16777216.0f, centred = unit * 2.0f - 1.0f;
    switch (kind) {
    case ROW_ZERO: return k % 2 ? -0.0f : 0.0f;
    case ROW_POSITIVE: return 3.0f + unit;
    case ROW_NEGATIVE: return -7.0f * unit - 0.001f;
    case ROW_TIES: return k == 0 ? 127.5f : k == 1 ? -127.5f : (float)((int)(next_random(state) >> 16) % 255 - 127) + 0.5f; /* scale 1 for u8 */
    case ROW_NAN: return k % 5 == 2 ? NAN : centred;
    case ROW_INFINITE: return k % 17 == 11 ? -INFINITY : centred;
    case ROW_SUBNORMAL: return centred * 1e-40f;
    case ROW_HUGE: return centred * 1.6e38f;
    case ROW_ALL_NAN: return NAN;
    default: return centred * 11.0f;
    }
}

static void store(void *a, const dynamic_case *test, int64_t index, float value)
{
    if (test->half) {
        ((uint16_t *)a)[index] = clqnn_reference_f32_to_f16(value);
    } else {
        ((float *)a)[index] = value;
    }
}

static void fill(void *a, const dynamic_case *test, int leading)
{
    uint32_t state = (uint32_t)(test->m * 131 + test->k);
    for (int i = 0; i < test->m; i++) {
        const row_kind kind = test->plain_only ? ROW_PLAIN : (row_kind)(i % ROW_KINDS);
        for (int k = 0; k < test->k; k++) {
            const int64_t index = test->transposed ? (int64_t)k * leading + i : (int64_t)i * leading + k;
            store(a, test, index + OFFSET, element(kind, k, &state));
        }
    }
}

static int same_float(float x, float y)
{
    return (isnan(x) && isnan(y)) || memcmp(&x, &y, sizeof x) == 0;
}

static void run_on_device(const clqnn_gemm_desc *desc, const void *a, size_t a_bytes, size_t offset_bytes, float *c)
{
    struct _cl_mem *device_a = NULL, *device_c = NULL, *workspace = NULL;
    struct _cl_command_queue *queue = NULL;
    clqnn_gemm *gemm = NULL;
    const size_t c_bytes = (size_t)(desc->m * desc->n) * sizeof *c;
    assert_int_equal(clqnn_gemm_create(context, desc, &gemm), CLQNN_OK);
    assert_int_equal(clqnn_default_queue(context, &queue), CLQNN_OK);
    assert_int_equal(clqnn_buffer_create(context, a_bytes, &device_a), CLQNN_OK);
    assert_int_equal(clqnn_buffer_create(context, c_bytes, &device_c), CLQNN_OK);
    assert_int_equal(clqnn_buffer_create(context, clqnn_gemm_workspace_size(gemm), &workspace), CLQNN_OK);
    assert_int_equal(clqnn_upload(context, device_a, 0, a, a_bytes), CLQNN_OK);
    memset(c, 0x5a, c_bytes);
    assert_int_equal(clqnn_upload(context, device_c, 0, c, c_bytes), CLQNN_OK);
    const clqnn_gemm_args args = {.a = {device_a, offset_bytes}, .c = {device_c, 0}, .workspace = {workspace, 0}};
    assert_int_equal(clqnn_gemm_enqueue(gemm, queue, &args, 0, NULL, NULL), CLQNN_OK);
    assert_int_equal(clqnn_download(context, device_c, 0, c, c_bytes), CLQNN_OK);
    clqnn_gemm_destroy(gemm);
    clqnn_buffer_release(device_a);
    clqnn_buffer_release(device_c);
    clqnn_buffer_release(workspace);
}

static void compare(const dynamic_case *test)
{
    const int leading = (test->transposed ? test->m : test->k) + PADDING;
    const size_t size = test->half ? sizeof(uint16_t) : sizeof(float);
    const size_t a_bytes = ((size_t)leading * (size_t)(test->transposed ? test->k : test->m) + OFFSET) * size;
    void *a = calloc(1, a_bytes);
    int8_t *identity = calloc((size_t)test->k * (size_t)test->k, 1);
    float *expected = calloc((size_t)test->m * (size_t)test->k, sizeof *expected), *got = calloc((size_t)test->m * (size_t)test->k, sizeof *got);
    assert_true(a && identity && expected && got);
    fill(a, test, leading);
    for (int k = 0; k < test->k; k++) identity[(size_t)k * (size_t)test->k + (size_t)k] = 1;
    const clqnn_gemm_desc desc = {
        .struct_size = sizeof desc, .m = test->m, .n = test->k, .k = test->k,
        .a = {.type = test->half ? CLQNN_F16 : CLQNN_F32, .transposed = test->transposed, .leading_dimension = leading},
        .b = {.type = CLQNN_S8}, .c = {.type = CLQNN_F32}, .b_data = identity,
        .dynamic = test->per_tensor ? CLQNN_DYNAMIC_PER_TENSOR : CLQNN_DYNAMIC_PER_ROW, .dynamic_type = test->is_signed ? CLQNN_S8 : CLQNN_U8,
    };
    assert_int_equal(clqnn_reference_gemm(&desc, (const char *)a + OFFSET * size, NULL, expected, NULL), CLQNN_OK);
    run_on_device(&desc, a, a_bytes, OFFSET * size, got);
    for (int i = 0; i < test->m * test->k; i++) {
        if (same_float(got[i], expected[i])) continue;
        fail_msg("m %d k %d transposed %d half %d per_tensor %d signed %d: row %d k %d is %a, not %a", test->m, test->k, test->transposed, test->half,
                 test->per_tensor, test->is_signed, i / test->k, i % test->k, (double)got[i], (double)expected[i]);
    }
    free(a);
    free(identity);
    free(expected);
    free(got);
}

/* Every mix of layout, types and range for each shape. */
static void compare_all(int plain_only)
{
    static const int shapes[][2] = {{1, 1}, {1, 15}, {ROW_KINDS, 16}, {ROW_KINDS + 1, 17}, {2 * ROW_KINDS, 33}, {3 * ROW_KINDS, 97}, {ROW_KINDS, 259}};
    for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++) {
        for (int mix = 0; mix < 16; mix++) {
            compare(&(dynamic_case){shapes[s][0], shapes[s][1], mix & 1, mix >> 1 & 1, mix >> 2 & 1, mix >> 3 & 1, plain_only});
        }
    }
}

static void special_rows_match_the_reference(void **state)
{
    (void)state;
    compare_all(0);
}

static void plain_rows_match_the_reference(void **state)
{
    (void)state;
    compare_all(1);
}

/* 2,500 rows of 448 bytes do not fit one slab of the workspace, and per-tensor ranges are found in more rows than sets. */
static void rows_beyond_one_slab_match_the_reference(void **state)
{
    (void)state;
    compare(&(dynamic_case){.m = 2500, .k = 431, .plain_only = 1});
    compare(&(dynamic_case){.m = 2500, .k = 431, .per_tensor = 1, .plain_only = 1});
    compare(&(dynamic_case){.m = 2500, .k = 431, .half = 1, .is_signed = 1});
}

static int open_device(void **state)
{
    (void)state;
    return clqnn_context_create(NULL, &context) == CLQNN_OK ? 0 : -1;
}

static int close_device(void **state)
{
    (void)state;
    clqnn_context_release(context);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(special_rows_match_the_reference),
        cmocka_unit_test(plain_rows_match_the_reference),
        cmocka_unit_test(rows_beyond_one_slab_match_the_reference),
    };
    return cmocka_run_group_tests(tests, open_device, close_device);
}
