/* SPDX-License-Identifier: Apache-2.0 */
/* What importers and the quantizer refuse: each by its own status and by a message that has the field and the value. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "import_fixture.h"

#define HALF_NAN 0x7e00
#define HALF_INFINITY 0xfc00

/* A valid weight of each format, small, whose arrays a test may change. */
typedef struct valid_inputs {
    uint8_t b[2][2][8], packed_zeros[2];
    float scales[2][2], float_zeros[2][2], weights[64];
    int32_t g_idx[32];
    uint32_t qweight[4][8], qzeros[4][1], awq_weight[8][1];
    uint16_t half_scales[4][8];
    uint8_t q4_0[2][2][18], q4_k[144], q6_k[210];
    clqnn_matmul_nbits_desc nbits;
    clqnn_gptq_desc gptq;
    clqnn_awq_desc awq;
    clqnn_gguf_desc gguf;
    clqnn_quantize_groups_desc quantize;
} valid_inputs;

static valid_inputs in;

static int reset(void **state)
{
    (void)state;
    memset(&in, 0, sizeof in);
    for (int i = 0; i < 32; i++) in.g_idx[i] = i / 16;
    for (int i = 0; i < 4; i++) in.scales[i / 2][i % 2] = 0.5f;
    for (int i = 0; i < 64; i++) in.weights[i] = (float)i;
    in.nbits = (clqnn_matmul_nbits_desc){.struct_size = sizeof in.nbits, .n = 2, .k = 32, .block_size = 16, .bits = 4, .b = BYTES(in.b),
                                         .scales = BYTES(in.scales), .zero_points = BYTES(in.packed_zeros), .g_idx = BYTES(in.g_idx)};
    in.gptq = (clqnn_gptq_desc){.struct_size = sizeof in.gptq, .n = 8, .k = 32, .group_size = 8, .bits = 4, .qweight = BYTES(in.qweight),
                                .qzeros = BYTES(in.qzeros), .scales = BYTES(in.half_scales)};
    in.awq = (clqnn_awq_desc){.struct_size = sizeof in.awq, .n = 8, .k = 8, .group_size = 2, .qweight = BYTES(in.awq_weight), .qzeros = BYTES(in.qzeros),
                              .scales = BYTES(in.half_scales)};
    in.gguf = (clqnn_gguf_desc){.struct_size = sizeof in.gguf, .type = CLQNN_GGUF_Q4_0, .n = 2, .k = 64, .blocks = BYTES(in.q4_0)};
    in.quantize = (clqnn_quantize_groups_desc){.struct_size = sizeof in.quantize, .n = 2, .k = 32, .weights = in.weights, .group_size = 8, .bits = 4};
    return 0;
}

/* Calls the importer, expects the refusal, and starts from valid inputs again. */
#define REFUSED(function, desc, expected, text) \
    do { \
        clqnn_imported *imported_ = (clqnn_imported *)&in; \
        const clqnn_status status_ = function(&(desc), &imported_); \
        expect_refusal(status_, imported_, expected, text); \
        (void)reset(NULL); \
    } while (0)
#define NBITS(expected, text) REFUSED(clqnn_import_matmul_nbits, in.nbits, expected, text)
#define GPTQ(expected, text) REFUSED(clqnn_import_gptq, in.gptq, expected, text)
#define AWQ(expected, text) REFUSED(clqnn_import_awq, in.awq, expected, text)
#define GGUF(expected, text) REFUSED(clqnn_import_gguf, in.gguf, expected, text)
#define QUANTIZE(expected, text) REFUSED(clqnn_quantize_groups, in.quantize, expected, text)

static void valid_inputs_are_taken(void **state)
{
    (void)state;
    clqnn_imported *imported = NULL;
    assert_int_equal(clqnn_import_matmul_nbits(&in.nbits, &imported), CLQNN_OK);
    clqnn_imported_destroy(imported);
    assert_int_equal(clqnn_import_gptq(&in.gptq, &imported), CLQNN_OK);
    clqnn_imported_destroy(imported);
    assert_int_equal(clqnn_import_awq(&in.awq, &imported), CLQNN_OK);
    clqnn_imported_destroy(imported);
    assert_int_equal(clqnn_import_gguf(&in.gguf, &imported), CLQNN_OK);
    clqnn_imported_destroy(imported);
    assert_int_equal(clqnn_quantize_groups(&in.quantize, &imported), CLQNN_OK);
    clqnn_imported_destroy(imported);
    clqnn_imported_destroy(NULL);
}

static void null_pointers(void **state)
{
    (void)state;
    clqnn_imported *imported = NULL;
    clqnn_imported_info info;
    float w[4];
    assert_int_equal(clqnn_import_gguf(&in.gguf, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_import_gptq(&in.gptq, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_import_awq(&in.awq, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_import_matmul_nbits(&in.nbits, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_quantize_groups(&in.quantize, NULL), CLQNN_INVALID_ARGUMENT);
    expect_refusal(clqnn_import_gguf(NULL, &imported), imported, CLQNN_INVALID_ARGUMENT, "clqnn_gguf_desc is NULL");
    expect_refusal(clqnn_quantize_groups(NULL, &imported), imported, CLQNN_INVALID_ARGUMENT, "clqnn_quantize_groups_desc is NULL");
    assert_int_equal(clqnn_imported_describe(NULL, &info), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_imported_dequantize(NULL, w), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_import_gguf(&in.gguf, &imported), CLQNN_OK);
    assert_int_equal(clqnn_imported_describe(imported, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_imported_dequantize(imported, NULL), CLQNN_INVALID_ARGUMENT);
    clqnn_imported_destroy(imported);
    in.gguf.blocks.data = NULL;
    GGUF(CLQNN_INVALID_ARGUMENT, "blocks.data is NULL");
    in.gptq.qzeros.data = NULL;
    GPTQ(CLQNN_INVALID_ARGUMENT, "qzeros.data is NULL");
    in.gptq.g_idx.size = 128;
    GPTQ(CLQNN_INVALID_ARGUMENT, "g_idx.data is NULL");
    in.nbits.zero_points.data = NULL;
    NBITS(CLQNN_INVALID_ARGUMENT, "zero_points.data is NULL");
    in.quantize.weights = NULL;
    QUANTIZE(CLQNN_INVALID_ARGUMENT, "weights is NULL");
    in.awq.struct_size = 8;
    AWQ(CLQNN_INVALID_ARGUMENT, "struct_size of clqnn_awq_desc is 8");
}

static void extents(void **state)
{
    (void)state;
    in.nbits.n = 0;
    NBITS(CLQNN_INVALID_SHAPE, "n is 0");
    in.nbits.k = -1;
    NBITS(CLQNN_INVALID_SHAPE, "k is -1");
    in.gptq.k = (int64_t)1 << 31;
    GPTQ(CLQNN_INVALID_SHAPE, "k is 2147483648");
    in.awq.n = INT64_MAX;
    AWQ(CLQNN_INVALID_SHAPE, "n is 9223372036854775807");
    in.gguf.n = 0;
    GGUF(CLQNN_INVALID_SHAPE, "n is 0");
    in.quantize.k = 0;
    QUANTIZE(CLQNN_INVALID_SHAPE, "k is 0");
    in.quantize.n = in.quantize.k = INT32_MAX;
    in.quantize.bits = 8;
    QUANTIZE(CLQNN_INVALID_SHAPE, "n is 2147483647 and k is 2147483647: 8 bits each are beyond 2^63");
    /* As large as may be: refused for the bytes that are not there, nothing is allocated. */
    in.gptq.n = in.gptq.k = 2147483616;
    GPTQ(CLQNN_CORRUPT_DATA, "qweight.size is 128");
    in.nbits.n = in.nbits.k = INT32_MAX;
    in.nbits.bits = 8;
    NBITS(CLQNN_CORRUPT_DATA, "b.size is 32");
    in.gguf.n = INT32_MAX;
    in.gguf.k = 2147483616;
    GGUF(CLQNN_CORRUPT_DATA, "blocks.size is 72");
}

/* Multiples that the formats demand. */
static void multiples(void **state)
{
    (void)state;
    in.gptq.k = 28;
    GPTQ(CLQNN_INVALID_SHAPE, "k is 28, must be a multiple of 8");
    in.gptq.n = 12;
    GPTQ(CLQNN_INVALID_SHAPE, "n is 12, must be a multiple of 8");
    in.gptq.bits = 3;
    GPTQ(CLQNN_INVALID_SHAPE, "n is 8, must be a multiple of 32");
    in.gptq.bits = 2;
    in.gptq.k = 24;
    GPTQ(CLQNN_INVALID_SHAPE, "k is 24, must be a multiple of 16");
    in.awq.n = 12;
    AWQ(CLQNN_INVALID_SHAPE, "n is 12, must be a multiple of 8");
    in.gguf.k = 48;
    GGUF(CLQNN_INVALID_SHAPE, "k is 48, must be a multiple of 32: blocks of Q4_0");
    in.gguf.type = CLQNN_GGUF_Q6_K;
    in.gguf.k = 128;
    GGUF(CLQNN_INVALID_SHAPE, "k is 128, must be a multiple of 256: blocks of Q6_K");
    in.gguf.type = CLQNN_GGUF_Q4_K;
    GGUF(CLQNN_INVALID_SHAPE, "k is 64, must be a multiple of 256: blocks of Q4_K");
}

static void groups(void **state)
{
    (void)state;
    const int64_t blocks[] = {0, -1, 8, 24, 48, INT64_MIN, (int64_t)1 << 40};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        in.nbits.block_size = blocks[i];
        NBITS(CLQNN_INVALID_SHAPE, "block_size is ");
    }
    in.gptq.group_size = 0;
    GPTQ(CLQNN_INVALID_SHAPE, "group_size is 0, must be in 1..k, and k is 32");
    in.gptq.group_size = 33;
    GPTQ(CLQNN_INVALID_SHAPE, "group_size is 33");
    in.gptq.group_size = -2;
    GPTQ(CLQNN_INVALID_SHAPE, "group_size is -2");
    in.awq.group_size = 9;
    AWQ(CLQNN_INVALID_SHAPE, "group_size is 9");
    in.awq.group_size = 0;
    AWQ(CLQNN_INVALID_SHAPE, "group_size is 0");
    in.quantize.group_size = 0;
    QUANTIZE(CLQNN_INVALID_SHAPE, "group_size is 0");
    in.quantize.group_size = -1;
    QUANTIZE(CLQNN_INVALID_SHAPE, "group_size is -1");
    in.quantize.group_size = 33;
    QUANTIZE(CLQNN_INVALID_SHAPE, "group_size is 33, must be in 1..k, and k is 32");
}

static void bits_and_types(void **state)
{
    (void)state;
    in.nbits.bits = 3;
    NBITS(CLQNN_INVALID_ARGUMENT, "bits is 3, must be 2, 4 or 8");
    in.nbits.bits = 0;
    NBITS(CLQNN_INVALID_ARGUMENT, "bits is 0");
    in.gptq.bits = 5;
    GPTQ(CLQNN_INVALID_ARGUMENT, "bits is 5, must be 2, 3, 4 or 8");
    in.awq.bits = 8;
    AWQ(CLQNN_INVALID_ARGUMENT, "bits is 8, must be 4");
    in.quantize.bits = 6;
    QUANTIZE(CLQNN_INVALID_ARGUMENT, "bits is 6");
    in.gguf.type = (clqnn_gguf_type)10;
    GGUF(CLQNN_INVALID_ARGUMENT, "type is 10");
    in.gptq.zeros = (clqnn_gptq_zeros)2;
    GPTQ(CLQNN_INVALID_ARGUMENT, "zeros is 2");
    in.gptq.scale_type = CLQNN_S8;
    GPTQ(CLQNN_INVALID_ARGUMENT, "scale_type is s8");
    in.nbits.scale_type = (clqnn_type)99;
    NBITS(CLQNN_INVALID_ARGUMENT, "scale_type is 99");
    in.nbits.zero_point_type = CLQNN_S8;
    NBITS(CLQNN_INVALID_ARGUMENT, "zero_point_type is s8");
    in.quantize.weight_type = CLQNN_S8;
    QUANTIZE(CLQNN_INVALID_ARGUMENT, "weight_type is s8");
    in.quantize.scale_type = CLQNN_F8E4M3;
    QUANTIZE(CLQNN_INVALID_ARGUMENT, "scale_type is f8e4m3");
    in.quantize.transposed = 2;
    QUANTIZE(CLQNN_INVALID_ARGUMENT, "transposed is 2");
    in.quantize.asymmetric = -1;
    QUANTIZE(CLQNN_INVALID_ARGUMENT, "asymmetric is -1");
    in.quantize.scale = (clqnn_group_scale)2;
    QUANTIZE(CLQNN_INVALID_ARGUMENT, "scale is 2");
}

static void indices(void **state)
{
    (void)state;
    in.nbits.k = 32;
    in.g_idx[7] = 2;
    NBITS(CLQNN_INVALID_ARGUMENT, "g_idx[7] is 2, must be in 0..1");
    in.g_idx[31] = -1;
    NBITS(CLQNN_INVALID_ARGUMENT, "g_idx[31] is -1");
    in.g_idx[31] = 0;
    NBITS(CLQNN_INVALID_ARGUMENT, "g_idx gives group 0 17 rows, must give it 16");
    for (int i = 0; i < 32; i++) in.g_idx[i] = i % 4;
    in.g_idx[3] = INT32_MIN;
    in.gptq.g_idx = (clqnn_bytes)BYTES(in.g_idx);
    GPTQ(CLQNN_INVALID_ARGUMENT, "g_idx[3] is -2147483648, must be in 0..3");
    for (int i = 0; i < 32; i++) in.g_idx[i] = i % 4;
    in.g_idx[0] = 3;
    in.gptq.g_idx = (clqnn_bytes)BYTES(in.g_idx);
    GPTQ(CLQNN_INVALID_ARGUMENT, "g_idx gives group 0 7 rows, must give it 8");
}

static void scales_that_are_not_finite(void **state)
{
    (void)state;
    in.scales[1][0] = NAN;
    NBITS(CLQNN_INVALID_QUANTIZATION, "the scale of column 1, group 0 is ");
    in.scales[0][1] = -INFINITY;
    NBITS(CLQNN_INVALID_QUANTIZATION, "the scale of column 0, group 1 is -inf");
    in.nbits.zero_point_type = CLQNN_F32;
    in.nbits.zero_points = (clqnn_bytes)BYTES(in.float_zeros);
    in.float_zeros[1][1] = INFINITY;
    NBITS(CLQNN_INVALID_QUANTIZATION, "the zero point of column 1, group 1 is inf");
    in.half_scales[3][7] = HALF_NAN;
    GPTQ(CLQNN_INVALID_QUANTIZATION, "the scale of group 3, column 7 is ");
    in.half_scales[2][0] = HALF_INFINITY;
    AWQ(CLQNN_INVALID_QUANTIZATION, "the scale of group 2, column 0 is -inf");
    in.half_scales[2][0] = 0x7f80; /* bf16 infinity */
    in.awq.scale_type = CLQNN_BF16;
    AWQ(CLQNN_INVALID_QUANTIZATION, "the scale of group 2, column 0 is inf");
    in.q4_0[1][0][1] = 0x7e;
    GGUF(CLQNN_INVALID_QUANTIZATION, "the scale of column 1, group 0 is ");
    in.gguf = (clqnn_gguf_desc){.struct_size = sizeof in.gguf, .type = CLQNN_GGUF_Q4_1, .n = 1, .k = 32, .blocks = {.data = in.q4_k, .size = 20}};
    in.q4_k[3] = 0x7c;
    GGUF(CLQNN_INVALID_QUANTIZATION, "the offset of column 0, group 0 is -inf");
    in.gguf = (clqnn_gguf_desc){.struct_size = sizeof in.gguf, .type = CLQNN_GGUF_Q4_K, .n = 1, .k = 256, .blocks = BYTES(in.q4_k)};
    in.q4_k[1] = 0x7c; /* infinity times scales of 0 */
    GGUF(CLQNN_INVALID_QUANTIZATION, "the scale of column 0, group 0 is ");
    in.gguf = (clqnn_gguf_desc){.struct_size = sizeof in.gguf, .type = CLQNN_GGUF_Q4_K, .n = 1, .k = 256, .blocks = BYTES(in.q4_k)};
    in.q4_k[3] = 0x7e;
    GGUF(CLQNN_INVALID_QUANTIZATION, "the offset of column 0, group 0 is ");
    in.gguf = (clqnn_gguf_desc){.struct_size = sizeof in.gguf, .type = CLQNN_GGUF_Q6_K, .n = 1, .k = 256, .blocks = BYTES(in.q6_k)};
    in.q6_k[209] = 0xfc;
    in.q6_k[192 + 5] = 1;
    GGUF(CLQNN_INVALID_QUANTIZATION, "the scale of column 0, group 0 is ");
}

static void weights_without_a_scale(void **state)
{
    (void)state;
    in.weights[2 * 9 + 1] = NAN;
    QUANTIZE(CLQNN_INVALID_QUANTIZATION, "weights of row 9, column 1 is ");
    in.weights[32 + 9] = INFINITY;
    in.quantize.transposed = 1;
    QUANTIZE(CLQNN_INVALID_QUANTIZATION, "weights of row 9, column 1 is inf");
    in.weights[63] = 1e6f;
    QUANTIZE(CLQNN_INVALID_QUANTIZATION, "weights of group 3, column 1 need a scale beyond scale_type, which is f16");
    in.weights[62] = 3e38f;
    in.weights[60] = -3e38f;
    in.quantize.asymmetric = 1;
    in.quantize.scale_type = CLQNN_F32;
    QUANTIZE(CLQNN_INVALID_QUANTIZATION, "weights of group 3, column 0 need a scale beyond scale_type, which is f32");
}

/* Bytes of every tensor of every format cut at each place, in blocks that end there; and random bytes, which are taken or refused, no matter. */
static void truncated_and_random_bytes(void **state)
{
    (void)state;
    static const struct {
        clqnn_gguf_type type;
        int64_t k;
        uint64_t size;
    } formats[] = {{CLQNN_GGUF_Q4_0, 64, 36}, {CLQNN_GGUF_Q4_1, 64, 40}, {CLQNN_GGUF_Q8_0, 64, 68}, {CLQNN_GGUF_Q4_K, 256, 144}, {CLQNN_GGUF_Q6_K, 256, 210}};
    unsigned seed = 3;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        for (uint64_t size = 0; size <= formats[i].size + 2; size++) {
            uint8_t *bytes = malloc(size ? size : 1);
            assert_non_null(bytes);
            for (uint64_t j = 0; j < size; j++) bytes[j] = (uint8_t)random_next(&seed);
            const clqnn_gguf_desc desc = {.struct_size = sizeof desc, .type = formats[i].type, .n = 1, .k = formats[i].k,
                                          .blocks = {.data = bytes, .size = size}};
            clqnn_imported *imported = NULL;
            const clqnn_status status = clqnn_import_gguf(&desc, &imported);
            if (size != formats[i].size) {
                expect_refusal(status, imported, CLQNN_CORRUPT_DATA, "blocks.size is ");
            } else {
                assert_true(status == CLQNN_OK ? imported != NULL : status == CLQNN_INVALID_QUANTIZATION && imported == NULL);
                clqnn_imported_destroy(imported);
            }
            free(bytes);
        }
    }
}

/* Fields of valid descriptors replaced by odd numbers, thousands of times: a status, no crash, nothing left. */
static void random_fields(void **state)
{
    (void)state;
    static const int64_t odd[] = {0, 1, -1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 32, 33, 64, 256, INT32_MAX, (int64_t)INT32_MAX + 1, INT32_MIN, INT64_MAX, INT64_MIN};
    const int count = (int)(sizeof odd / sizeof odd[0]);
    unsigned seed = 11;
    int taken = 0;
    for (int i = 0; i < 20000; i++) {
        clqnn_imported *imported = NULL;
        (void)reset(NULL);
        for (int change = 0; change < 2; change++) {
            const int64_t value = odd[random_next(&seed) % (unsigned)count];
            int64_t *const fields[] = {&in.nbits.n, &in.nbits.k, &in.nbits.block_size, &in.gptq.n, &in.gptq.k, &in.gptq.group_size, &in.awq.n, &in.awq.k,
                                       &in.awq.group_size, &in.gguf.n, &in.gguf.k};
            int32_t *const small[] = {&in.nbits.bits, &in.gptq.bits, &in.awq.bits, &in.g_idx[random_next(&seed) % 32]};
            *fields[random_next(&seed) % 11] = value;
            *small[random_next(&seed) % 4] = (int32_t)(value % 100);
        }
        taken += clqnn_import_matmul_nbits(&in.nbits, &imported) == CLQNN_OK;
        clqnn_imported_destroy(imported);
        taken += clqnn_import_gptq(&in.gptq, &imported) == CLQNN_OK;
        clqnn_imported_destroy(imported);
        taken += clqnn_import_awq(&in.awq, &imported) == CLQNN_OK;
        clqnn_imported_destroy(imported);
        taken += clqnn_import_gguf(&in.gguf, &imported) == CLQNN_OK;
        clqnn_imported_destroy(imported);
    }
    assert_true(taken > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(valid_inputs_are_taken, reset),
        cmocka_unit_test_setup(null_pointers, reset),
        cmocka_unit_test_setup(extents, reset),
        cmocka_unit_test_setup(multiples, reset),
        cmocka_unit_test_setup(groups, reset),
        cmocka_unit_test_setup(bits_and_types, reset),
        cmocka_unit_test_setup(indices, reset),
        cmocka_unit_test_setup(scales_that_are_not_finite, reset),
        cmocka_unit_test_setup(weights_without_a_scale, reset),
        cmocka_unit_test_setup(truncated_and_random_bytes, reset),
        cmocka_unit_test_setup(random_fields, reset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
