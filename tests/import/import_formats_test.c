/* SPDX-License-Identifier: Apache-2.0 */
/* Each format by a weight small enough to be worked out by hand: where a code stands, which scale it gets, what its zero point is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "import_fixture.h"

#define HALF_ONE 0x3c00
#define HALF_TWO 0x4000
#define HALF_MINUS_HALF 0xb800

/* Two columns of 20 rows, blocks of 16: the second block has 4 codes and 12 that do not count. Codes of column 0: 0 1 2 .. 15 0 1 2 3; of column 1 all 15. */
static void matmul_nbits_of_four_bits(void **state)
{
    (void)state;
    const uint8_t b[2][2][8] = {{{0x10, 0x32, 0x54, 0x76, 0x98, 0xba, 0xdc, 0xfe}, {0x10, 0x32, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}},
                                {{255, 255, 255, 255, 255, 255, 255, 255}, {255, 255, 0, 0, 0, 0, 0, 0}}};
    const float scales[2][2] = {{1.0f, 10.0f}, {0.5f, -2.0f}};
    const uint8_t zero_points[2] = {0x38, 0xf0}; /* 8 and 3; 0 and 15 */
    clqnn_matmul_nbits_desc desc = {.struct_size = sizeof desc, .n = 2, .k = 20, .block_size = 16, .bits = 4, .b = BYTES(b), .scales = BYTES(scales),
                                    .zero_points = BYTES(zero_points)};
    clqnn_imported *imported = NULL;
    clqnn_imported_info info;
    int codes[40];
    float weights[40];
    for (int i = 0; i < 20; i++) {
        codes[i] = i % 16, codes[20 + i] = 15;
        weights[2 * i] = i < 16 ? (float)(i - 8) : 10.0f * (float)(i - 16 - 3);
        weights[2 * i + 1] = i < 16 ? 7.5f : 0.0f;
    }
    assert_int_equal(clqnn_import_matmul_nbits(&desc, &imported), CLQNN_OK);
    expect_codes(imported, CLQNN_U4, codes, 40);
    expect_weights(imported, weights, 40);
    assert_int_equal(clqnn_imported_describe(imported, &info), CLQNN_OK);
    assert_true(info.transposed == 1 && info.n == 2 && info.k == 20 && info.group_count == 2 && info.groups.size == 16);
    assert_int_equal(((const uint8_t *)info.groups.zero_points)[1], 3);
    clqnn_imported_destroy(imported);

    /* Without zero points: 8, which is none of signed codes; rows end within a byte where k is odd. */
    desc.zero_points = (clqnn_bytes){.data = NULL};
    desc.k = 19;
    int odd[38];
    for (int i = 0; i < 19; i++) odd[i] = i % 16 - 8, odd[19 + i] = 7;
    assert_int_equal(clqnn_import_matmul_nbits(&desc, &imported), CLQNN_OK);
    expect_codes(imported, CLQNN_S4, odd, 38);
    assert_int_equal(clqnn_imported_describe(imported, &info), CLQNN_OK);
    assert_null(info.groups.zero_points);
    clqnn_imported_destroy(imported);

    /* An odd number of codes in all: the upper half of the last byte stays 0. */
    desc.n = 1;
    desc.b.size /= 2;
    desc.scales.size /= 2;
    assert_int_equal(clqnn_import_matmul_nbits(&desc, &imported), CLQNN_OK);
    expect_codes(imported, CLQNN_S4, odd, 19);
    clqnn_imported_destroy(imported);
}

/* A block of 128 is longer than k: one group of k rows. Float zero points stay what they are. g_idx for the padded rows too. */
static void matmul_nbits_with_a_block_beyond_k(void **state)
{
    (void)state;
    uint8_t b[32] = {0xe4, 0x1b}; /* 2 bits: 0 1 2 3, 3 2 1 0 */
    const float scales[1] = {2.0f}, zero_points[1] = {0.5f};
    const int32_t g_idx[128] = {0};
    const clqnn_matmul_nbits_desc desc = {.struct_size = sizeof desc, .n = 1, .k = 5, .block_size = 128, .bits = 2, .b = BYTES(b), .scales = BYTES(scales),
                                          .zero_points = BYTES(zero_points), .zero_point_type = CLQNN_F32, .g_idx = BYTES(g_idx)};
    clqnn_imported *imported = NULL;
    clqnn_imported_info info;
    assert_int_equal(clqnn_import_matmul_nbits(&desc, &imported), CLQNN_OK);
    expect_codes(imported, CLQNN_U2, (const int[]){0, 1, 2, 3, 3}, 5);
    expect_weights(imported, (const float[]){-1.0f, 1.0f, 3.0f, 5.0f, 5.0f}, 5);
    assert_int_equal(clqnn_imported_describe(imported, &info), CLQNN_OK);
    assert_true(info.groups.size == 5 && info.groups.zero_point_type == CLQNN_F32 && info.groups.index == NULL);
    clqnn_imported_destroy(imported);
}

/* Column j of row i holds (i + j) % 16 at 4 bits. */
static void gptq_of_four_bits(void **state)
{
    (void)state;
    uint32_t qweight[2][8], qzeros[2][1] = {{0x77777777}, {0x0f234567}};
    uint16_t scales[2][8];
    int codes[128];
    float weights[128];
    const int zeros[2][8] = {{8, 8, 8, 8, 8, 8, 8, 8}, {8, 7, 6, 5, 4, 3, 0, 1}}; /* less one each; 15 is 0 less one */
    for (int i = 0; i < 16; i++) {
        for (int j = 0; j < 8; j++) {
            if (i % 8 == 0) qweight[i / 8][j] = 0, scales[i / 8][j] = i ? HALF_MINUS_HALF : HALF_TWO;
            qweight[i / 8][j] |= (uint32_t)((i + j) % 16) << 4 * (i % 8);
            codes[8 * i + j] = (i + j) % 16;
            weights[8 * i + j] = (i < 8 ? 2.0f : -0.5f) * (float)((i + j) % 16 - zeros[i / 8][j]);
        }
    }
    clqnn_gptq_desc desc = {.struct_size = sizeof desc, .n = 8, .k = 16, .group_size = 8, .bits = 4, .qweight = BYTES(qweight), .qzeros = BYTES(qzeros),
                            .scales = BYTES(scales)};
    clqnn_imported *imported = NULL;
    clqnn_imported_info info;
    assert_int_equal(clqnn_import_gptq(&desc, &imported), CLQNN_OK);
    expect_codes(imported, CLQNN_U4, codes, 128);
    expect_weights(imported, weights, 128);
    assert_int_equal(clqnn_imported_describe(imported, &info), CLQNN_OK);
    assert_true(info.transposed == 0 && info.groups.scale_type == CLQNN_F16 && info.groups.zero_point_type == CLQNN_U8);
    clqnn_imported_destroy(imported);

    /* Version 2 stores the zero points themselves; all 8: signed codes. */
    desc.zeros = CLQNN_GPTQ_ZEROS;
    qzeros[0][0] = qzeros[1][0] = 0x88888888;
    for (int i = 0; i < 128; i++) codes[i] -= 8;
    assert_int_equal(clqnn_import_gptq(&desc, &imported), CLQNN_OK);
    expect_codes(imported, CLQNN_S4, codes, 128);
    clqnn_imported_destroy(imported);
}

/* Rows in turns: the even ones belong to group 1, the odd ones to group 0. */
static void gptq_with_act_order(void **state)
{
    (void)state;
    const uint32_t qweight[1][8] = {{0x99999999, 0x99999999, 0x99999999, 0x99999999, 0x99999999, 0x99999999, 0x99999999, 0x99999999}};
    const uint32_t qzeros[2][1] = {{0x88888888}, {0x77777777}};
    const uint16_t scales[2][8] = {{HALF_ONE, HALF_ONE, HALF_ONE, HALF_ONE, HALF_ONE, HALF_ONE, HALF_ONE, HALF_ONE},
                                   {HALF_TWO, HALF_TWO, HALF_TWO, HALF_TWO, HALF_TWO, HALF_TWO, HALF_TWO, HALF_TWO}};
    const int32_t g_idx[8] = {1, 0, 1, 0, 1, 0, 1, 0}, in_order[8] = {0, 0, 0, 0, 1, 1, 1, 1};
    clqnn_gptq_desc desc = {.struct_size = sizeof desc, .n = 8, .k = 8, .group_size = 4, .bits = 4, .zeros = CLQNN_GPTQ_ZEROS, .qweight = BYTES(qweight),
                            .qzeros = BYTES(qzeros), .scales = BYTES(scales), .g_idx = BYTES(g_idx)};
    clqnn_imported *imported = NULL;
    clqnn_imported_info info;
    float weights[64];
    for (int i = 0; i < 64; i++) weights[i] = i / 8 % 2 ? 1.0f * (9 - 8) : 2.0f * (9 - 7);
    assert_int_equal(clqnn_import_gptq(&desc, &imported), CLQNN_OK);
    expect_weights(imported, weights, 64);
    assert_int_equal(clqnn_imported_describe(imported, &info), CLQNN_OK);
    assert_memory_equal(info.groups.index, g_idx, sizeof g_idx);
    clqnn_imported_destroy(imported);

    desc.g_idx = (clqnn_bytes)BYTES(in_order);
    assert_int_equal(clqnn_import_gptq(&desc, &imported), CLQNN_OK);
    assert_int_equal(clqnn_imported_describe(imported, &info), CLQNN_OK);
    assert_null(info.groups.index);
    clqnn_imported_destroy(imported);
}

/* 32 codes of 3 bits in three words; those of rows 10 and 21 lie across two of them. */
static void gptq_of_three_bits(void **state)
{
    (void)state;
    uint32_t qweight[3][32] = {{0}}, qzeros[1][3] = {{0}};
    uint16_t scales[1][32];
    int codes[32 * 32];
    for (int j = 0; j < 32; j++) {
        scales[0][j] = HALF_ONE;
        for (int i = 0; i < 32; i++) {
            const uint32_t code = (uint32_t)(i * 5 + j) % 8;
            codes[32 * i + j] = (int)code;
            for (int bit = 0; bit < 3; bit++) qweight[(3 * i + bit) / 32][j] |= (code >> bit & 1) << (3 * i + bit) % 32;
        }
    }
    /* Zero points less one: 7, 0, 1, 2, ..: of columns 0 .. 31 modulo 8 they are 0, 1, 2, .. */
    for (int j = 0; j < 32; j++) {
        for (int bit = 0; bit < 3; bit++) qzeros[0][(3 * j + bit) / 32] |= ((uint32_t)(j + 7) % 8 >> bit & 1) << (3 * j + bit) % 32;
    }
    const clqnn_gptq_desc desc = {.struct_size = sizeof desc, .n = 32, .k = 32, .group_size = -1, .bits = 3, .qweight = BYTES(qweight), .qzeros = BYTES(qzeros),
                                  .scales = BYTES(scales)};
    clqnn_imported *imported = NULL;
    clqnn_imported_info info;
    assert_int_equal(clqnn_import_gptq(&desc, &imported), CLQNN_OK);
    expect_codes(imported, CLQNN_U3, codes, 32 * 32);
    assert_int_equal(clqnn_imported_describe(imported, &info), CLQNN_OK);
    assert_int_equal(info.groups.size, 32);
    for (int j = 0; j < 32; j++) assert_int_equal(((const uint8_t *)info.groups.zero_points)[j], j % 8);
    clqnn_imported_destroy(imported);
}

/* From the low bits up a word holds columns 0 2 4 6 1 3 5 7. */
static void awq_order(void **state)
{
    (void)state;
    const uint32_t qweight[3][1] = {{0x75316420}, {0xfdb9eca8}, {0x11111111}}, qzeros[2][1] = {{0x75316420}, {0x00000001}};
    const uint16_t scales[2][8] = {{HALF_ONE, HALF_ONE, HALF_ONE, HALF_ONE, HALF_ONE, HALF_ONE, HALF_ONE, HALF_TWO},
                                   {HALF_ONE, HALF_ONE, HALF_ONE, HALF_ONE, HALF_ONE, HALF_ONE, HALF_ONE, HALF_MINUS_HALF}};
    const clqnn_awq_desc desc = {.struct_size = sizeof desc, .n = 8, .k = 3, .group_size = 2, .qweight = BYTES(qweight), .qzeros = BYTES(qzeros),
                                  .scales = BYTES(scales)};
    clqnn_imported *imported = NULL;
    assert_int_equal(clqnn_import_awq(&desc, &imported), CLQNN_OK);
    expect_codes(imported, CLQNN_U4, (const int[]){0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 1, 1, 1, 1, 1, 1, 1, 1}, 24);
    expect_weights(imported, (const float[]){0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 8, 8, 8, 8, 8, 16, 0, 1, 1, 1, 1, 1, 1, -0.5f}, 24);
    clqnn_imported_destroy(imported);
}

static void gguf_blocks_of_32(void **state)
{
    (void)state;
    uint8_t q4_0[18] = {0x00, 0x40}, q4_1[20] = {0x00, 0x40, 0x00, 0xb8}, q8_0[34] = {0x00, 0xb8}; /* scales 2, 2 and -1/2; of q4_1 m -1/2 */
    float of_q4_0[32], of_q4_1[32], of_q8_0[32];
    int codes[32];
    clqnn_imported *imported = NULL;
    clqnn_imported_info info;
    for (int i = 0; i < 32; i++) {
        const uint8_t nibble = (uint8_t)(i < 16 ? i : 31 - i);
        q4_0[2 + i % 16] |= (uint8_t)(i < 16 ? nibble : nibble << 4);
        q4_1[4 + i % 16] = q4_0[2 + i % 16];
        q8_0[2 + i] = (uint8_t)(i * 8 - 128);
        codes[i] = nibble - 8;
        of_q4_0[i] = 2.0f * (float)(nibble - 8);
        of_q4_1[i] = 2.0f * (float)nibble - 0.5f;
        of_q8_0[i] = -0.5f * (float)(i * 8 - 128);
    }
    clqnn_gguf_desc desc = {.struct_size = sizeof desc, .type = CLQNN_GGUF_Q4_0, .n = 1, .k = 32, .blocks = BYTES(q4_0)};
    assert_int_equal(clqnn_import_gguf(&desc, &imported), CLQNN_OK);
    expect_codes(imported, CLQNN_S4, codes, 32);
    expect_weights(imported, of_q4_0, 32);
    clqnn_imported_destroy(imported);
    desc.type = CLQNN_GGUF_Q4_1, desc.blocks = (clqnn_bytes)BYTES(q4_1);
    assert_int_equal(clqnn_import_gguf(&desc, &imported), CLQNN_OK);
    expect_weights(imported, of_q4_1, 32);
    assert_int_equal(clqnn_imported_describe(imported, &info), CLQNN_OK);
    assert_true(info.type == CLQNN_U4 && info.groups.offsets != NULL && info.groups.scale_type == CLQNN_F16);
    clqnn_imported_destroy(imported);
    desc.type = CLQNN_GGUF_Q8_0, desc.blocks = (clqnn_bytes)BYTES(q8_0);
    assert_int_equal(clqnn_import_gguf(&desc, &imported), CLQNN_OK);
    expect_weights(imported, of_q8_0, 32);
    clqnn_imported_destroy(imported);
}

/* Scales of a Q4_K: 1 2 3 4 17 34 51 63, minima: 63 32 0 5 16 33 0 62. */
static void gguf_q4_k(void **state)
{
    (void)state;
    const uint8_t packed[12] = {1 | 1 << 6, 2 | 2 << 6, 3 | 3 << 6, 4 | 3 << 6, 63 | 1 << 6, 32 | 2 << 6, 0, 5 | 3 << 6,
                                (17 & 15) | (16 & 15) << 4, (34 & 15) | (33 & 15) << 4, (51 & 15) | 0 << 4, (63 & 15) | (62 & 15) << 4};
    const int scales[8] = {1, 2, 3, 4, 17, 34, 51, 63}, minima[8] = {63, 32, 0, 5, 16, 33, 0, 62};
    uint8_t block[144] = {0x00, 0x40, 0x00, 0xb8}; /* d 2, dmin -1/2 */
    float weights[256];
    memcpy(block + 4, packed, sizeof packed);
    for (int i = 0; i < 256; i++) {
        const int q = (i * 7 + i / 32) % 16;
        block[16 + i / 64 * 32 + i % 32] |= (uint8_t)(q << (i / 32 % 2 ? 4 : 0));
        weights[i] = 2.0f * (float)scales[i / 32] * (float)q + 0.5f * (float)minima[i / 32];
    }
    const clqnn_gguf_desc desc = {.struct_size = sizeof desc, .type = CLQNN_GGUF_Q4_K, .n = 1, .k = 256, .blocks = BYTES(block)};
    clqnn_imported *imported = NULL;
    assert_int_equal(clqnn_import_gguf(&desc, &imported), CLQNN_OK);
    expect_weights(imported, weights, 256);
    clqnn_imported_destroy(imported);
}

static void gguf_q6_k(void **state)
{
    (void)state;
    uint8_t block[210] = {0};
    int codes[256];
    float weights[256];
    for (int i = 0; i < 256; i++) {
        const int q = (i * 11 + i / 64) % 64, half = i / 128, within = i % 128;
        block[half * 64 + within % 64] |= (uint8_t)((q & 15) << (within < 64 ? 0 : 4));
        block[128 + half * 32 + within % 32] |= (uint8_t)(q >> 4 << within / 32 * 2);
        block[192 + i / 16] = (uint8_t)(i / 16 * 16 - 128);
        codes[i] = q - 32;
        weights[i] = -0.5f * (float)(i / 16 * 16 - 128) * (float)(q - 32);
    }
    block[209] = 0xb8;
    const clqnn_gguf_desc desc = {.struct_size = sizeof desc, .type = CLQNN_GGUF_Q6_K, .n = 1, .k = 256, .blocks = BYTES(block)};
    clqnn_imported *imported = NULL;
    assert_int_equal(clqnn_import_gguf(&desc, &imported), CLQNN_OK);
    expect_codes(imported, CLQNN_S6, codes, 256);
    expect_weights(imported, weights, 256);
    clqnn_imported_destroy(imported);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matmul_nbits_of_four_bits),
        cmocka_unit_test(matmul_nbits_with_a_block_beyond_k),
        cmocka_unit_test(gptq_of_four_bits),
        cmocka_unit_test(gptq_with_act_order),
        cmocka_unit_test(gptq_of_three_bits),
        cmocka_unit_test(awq_order),
        cmocka_unit_test(gguf_blocks_of_32),
        cmocka_unit_test(gguf_q4_k),
        cmocka_unit_test(gguf_q6_k),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
