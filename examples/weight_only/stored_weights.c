/* SPDX-License-Identifier: Apache-2.0 */
#include "stored_weights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <clqnn/reference.h>

static const char *const words[FORMAT_COUNT] = {"q4_0", "q8_0", "matmul_nbits"};

bool weight_format_parse(const char *word, weight_format *format)
{
    for (int i = 0; i < FORMAT_COUNT; i++) {
        if (strcmp(word, words[i]) != 0) continue;
        *format = (weight_format)i;
        return true;
    }
    return false;
}

/* Scale as f16 at `place`, and its value, which the codes must fit. */
static float store_scale(uint8_t *place, float scale)
{
    const uint16_t half = clqnn_reference_f32_to_f16(scale);
    memcpy(place, &half, sizeof half);
    return clqnn_reference_f16_to_f32(half);
}

static int code_of(float w, float scale, int low, int high)
{
    const float q = scale != 0.0f ? rintf(w / scale) : 0.0f;
    return q < (float)low ? low : q > (float)high ? high : (int)q;
}

/* The element farthest from 0. */
static float extreme_of(const float *w)
{
    float extreme = 0.0f;
    for (int i = 0; i < FORMAT_BLOCK; i++) extreme = fabsf(w[i]) > fabsf(extreme) ? w[i] : extreme;
    return extreme;
}

/* d f16, then 16 bytes: elements 0 .. 15 in the low halves, 16 .. 31 in the high ones. */
static void make_q4_0(const float *w, uint8_t *block)
{
    const float scale = store_scale(block, extreme_of(w) / -8.0f);
    for (int i = 0; i < 16; i++) block[2 + i] = (uint8_t)((code_of(w[i], scale, -8, 7) + 8) | (code_of(w[16 + i], scale, -8, 7) + 8) << 4);
}

/* d f16, then 32 signed bytes. */
static void make_q8_0(const float *w, uint8_t *block)
{
    const float scale = store_scale(block, fabsf(extreme_of(w)) / 127.0f);
    for (int i = 0; i < FORMAT_BLOCK; i++) block[2 + i] = (uint8_t)code_of(w[i], scale, -127, 127);
}

/* 16 bytes of codes, two a byte, the first in the low half; the zero point is returned. */
static uint8_t make_nbits(const float *w, uint8_t *block, uint8_t *scale_place)
{
    float low = 0.0f, high = 0.0f;
    for (int i = 0; i < FORMAT_BLOCK; i++) {
        low = fminf(low, w[i]);
        high = fmaxf(high, w[i]);
    }
    const float scale = store_scale(scale_place, (high - low) / 15.0f);
    const int zero = code_of(-low, scale, 0, 15);
    for (int i = 0; i < FORMAT_BLOCK; i += 2) {
        block[i / 2] = (uint8_t)((code_of(w[i], scale, -zero, 15 - zero) + zero) | (code_of(w[i + 1], scale, -zero, 15 - zero) + zero) << 4);
    }
    return (uint8_t)zero;
}

bool stored_weights_make(weight_format format, int64_t n, int64_t k, const float *w, stored_weights *stored)
{
    const int64_t blocks = k / FORMAT_BLOCK, size = format == FORMAT_Q4_0 ? 18 : format == FORMAT_Q8_0 ? 34 : 16, zero_row = (blocks + 1) / 2;
    const bool apart = format == FORMAT_MATMUL_NBITS;
    *stored = (stored_weights){.format = format, .n = n, .k = k, .block_bytes = (uint64_t)(n * blocks * size), .scale_bytes = apart ? (uint64_t)(n * blocks * 2) : 0,
                               .zero_bytes = apart ? (uint64_t)(n * zero_row) : 0};
    stored->blocks = calloc(1, stored->block_bytes);
    stored->scales = calloc(1, stored->scale_bytes + 1);
    stored->zero_points = calloc(1, stored->zero_bytes + 1);
    if (!stored->blocks || !stored->scales || !stored->zero_points) return false;
    for (int64_t i = 0; i < n * blocks; i++) {
        uint8_t *const block = stored->blocks + i * size;
        const float *const from = w + i * FORMAT_BLOCK;
        if (format == FORMAT_Q4_0) make_q4_0(from, block);
        else if (format == FORMAT_Q8_0) make_q8_0(from, block);
        else stored->zero_points[i / blocks * zero_row + i % blocks / 2] |= (uint8_t)(make_nbits(from, block, stored->scales + 2 * i) << i % blocks % 2 * 4);
    }
    return true;
}

void stored_weights_free(stored_weights *stored)
{
    free(stored->blocks);
    free(stored->scales);
    free(stored->zero_points);
    *stored = (stored_weights){.blocks = NULL};
}

uint64_t stored_weights_bytes(const stored_weights *stored)
{
    return stored->block_bytes + stored->scale_bytes + stored->zero_bytes;
}

clqnn_status stored_weights_import(const stored_weights *stored, clqnn_imported **imported)
{
    const clqnn_bytes blocks = {stored->blocks, stored->block_bytes}, scales = {stored->scales, stored->scale_bytes}, zeros = {stored->zero_points, stored->zero_bytes};
    if (stored->format == FORMAT_MATMUL_NBITS) {
        const clqnn_matmul_nbits_desc desc = {.struct_size = sizeof desc, .n = stored->n, .k = stored->k, .block_size = FORMAT_BLOCK, .bits = 4,
                                              .scale_type = CLQNN_F16, .b = blocks, .scales = scales, .zero_points = zeros};
        return clqnn_import_matmul_nbits(&desc, imported);
    }
    const clqnn_gguf_desc desc = {.struct_size = sizeof desc, .type = stored->format == FORMAT_Q4_0 ? CLQNN_GGUF_Q4_0 : CLQNN_GGUF_Q8_0, .n = stored->n,
                                  .k = stored->k, .blocks = blocks};
    return clqnn_import_gguf(&desc, imported);
}
