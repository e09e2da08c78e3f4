/* SPDX-License-Identifier: Apache-2.0 */
#include "kernel_case.h"

#include <stdlib.h>
#include <string.h>

#include "clqnn/reference.h"

#define CANARY_BYTES 64
#define C_PADDING 5          /* elements between rows of c that no kernel may touch */

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Mostly anything, often an extreme. */
static uint8_t random_byte(uint32_t *state)
{
    static const uint8_t extremes[] = {0x80, 0x7f, 0xff, 0x00};
    const uint32_t r = next_random(state);
    return r % 4 == 0 ? extremes[(r >> 4) % 4] : (uint8_t)(r >> 4);
}

static int random_between(uint32_t *state, int low, int high)
{
    return low + (int)(next_random(state) % (uint32_t)(high - low + 1));
}

static size_t round_up(size_t value, size_t to)
{
    return (value + to - 1) / to * to;
}

static size_t element_size(int out)
{
    return out == GEMM_OUT_S32 || out == GEMM_OUT_F32 ? 4 : out == GEMM_OUT_F16 ? 2 : 1;
}

static size_t b_index(const kernel_shape *shape, int n, int k)
{
    const size_t panel = (size_t)shape->panel_n, group = (size_t)shape->group_k, groups = round_up((size_t)shape->k, group) / group;
    return (((size_t)n / panel * groups + (size_t)k / group) * panel + (size_t)n % panel) * group + (size_t)k % group;
}

static void set_sizes(kernel_case *made)
{
    const kernel_shape *shape = &made->shape;
    gemm_params *p = &made->params;
    const size_t padded_n = round_up((size_t)shape->n, (size_t)shape->panel_n), padded_k = round_up((size_t)shape->k, (size_t)shape->group_k);
    /* An alignment of 4 is 4 and not 16, of 1 is odd. */
    const size_t skew = shape->a_alignment == 16 ? 0 : shape->a_alignment;
    const size_t batches = (size_t)shape->batches, m = (size_t)shape->m;
    p->m = shape->m, p->n = shape->n, p->k = p->k_part = shape->k;
    p->inner_batches = 1;
    p->flags = shape->flags, p->out = shape->out, p->rule = shape->rule;
    p->a_flip = shape->a_is_u8 == shape->kernel_reads_u8 ? 0 : (clq_int)0x80808080;
    p->a_row_stride = round_up((size_t)shape->k, 16) + skew;
    p->a_offset = 16 + skew;
    p->a_batch_stride[0] = p->a_row_stride * m;
    p->b_offset = 1024;
    p->b_batch_stride[0] = padded_n * padded_k;
    p->c_row_stride = (clq_ulong)shape->n + C_PADDING;
    p->c_offset = CANARY_BYTES / element_size(shape->out);
    p->c_batch_stride[0] = p->c_row_stride * m;
    p->columns_plane = padded_n;
    p->columns_batch_stride[0] = COLUMN_TABLES * padded_n;
    p->column_sums_offset = 3;
    p->column_sums_batch_stride[0] = padded_n;
    p->rows_offset = 1;
    p->rows_row_step = 1;
    p->rows_batch_step = m;
    /* Ends with the last byte of the last row: an over-read leaves the buffer. */
    made->a_bytes = p->a_offset + p->a_batch_stride[0] * (batches - 1) + p->a_row_stride * (m - 1) + (size_t)shape->k;
    made->b_bytes = p->b_offset + p->b_batch_stride[0] * batches;
    made->columns_bytes = 4 * p->columns_batch_stride[0] * batches;
    made->column_sums_bytes = 4 * (p->column_sums_offset + padded_n * batches);
    made->rows_bytes = 8 * (p->rows_offset + m * batches);
    made->c_bytes = element_size(shape->out) * p->c_batch_stride[0] * batches + 2 * CANARY_BYTES;
}

static void fill_columns(kernel_case *made, uint32_t *random)
{
    const gemm_params *p = &made->params;
    const size_t columns = made->columns_bytes / 4 / COLUMN_TABLES;
    for (size_t i = 0; i < columns; i++) {
        int32_t *column = made->columns + i / p->columns_plane * COLUMN_TABLES * p->columns_plane + i % p->columns_plane;
        const float multiplier = (float)random_between(random, 1, 4000) / 16384000.0f, bias = (float)random_between(random, -999, 999) / 8.0f;
        column[COLUMN_BASE * p->columns_plane] = random_between(random, -100000, 100000);
        column[COLUMN_ZERO * p->columns_plane] = random_between(random, -128, 127);
        column[COLUMN_SHIFT * p->columns_plane] = random_between(random, -14, -2);
        memcpy(column + COLUMN_FLOAT_BIAS * p->columns_plane, &bias, sizeof bias);
        memcpy(column + COLUMN_MULTIPLIER * p->columns_plane, &multiplier, sizeof multiplier);
        if (p->rule != GEMM_FLOAT_EVEN && p->out <= GEMM_OUT_U8) column[COLUMN_MULTIPLIER * p->columns_plane] = (int32_t)(next_random(random) << 7);
    }
}

static void fill(kernel_case *made)
{
    const kernel_shape *shape = &made->shape;
    gemm_params *p = &made->params;
    uint32_t random = shape->seed;
    for (size_t i = 0; i < made->a_bytes; i++) made->a[i] = random_byte(&random);
    memset(made->b, 0x55, p->b_offset);
    for (int batch = 0; batch < shape->batches; batch++) {
        int8_t *b = made->b + p->b_offset + p->b_batch_stride[0] * (size_t)batch;
        for (int n = 0; n < shape->n; n++) {
            for (int k = 0; k < shape->k; k++) b[b_index(shape, n, k)] = (int8_t)random_byte(&random);
        }
    }
    fill_columns(made, &random);
    for (size_t i = 0; i < made->column_sums_bytes / 4; i++) made->column_sums[i] = random_between(&random, -30000, 30000);
    for (size_t i = 0; i < made->rows_bytes / 8; i++) {
        const float scale = (float)random_between(&random, 1, 4000) / 1000.0f;
        made->rows[2 * i] = random_between(&random, -20, 20);
        memcpy(made->rows + 2 * i + 1, &scale, sizeof scale);
    }
    p->a_zero = random_between(&random, -30, 30);
    p->low = p->out == GEMM_OUT_S8 ? -128 : 0;
    p->high = p->out == GEMM_OUT_S8 ? 127 : 255;
    p->zero_point = p->low + random_between(&random, 60, 190);
    p->c_scale = 0.75f;
    p->clamp_min = -300.0f;
    p->clamp_max = 500.0f;
    memset(made->c_before, 0xC5, made->c_bytes);
    memcpy(made->c_expected, made->c_before, made->c_bytes);
}

static int read_a(const kernel_case *made, size_t index)
{
    const uint8_t byte = (uint8_t)(made->a[index] ^ (uint8_t)made->params.a_flip);
    return made->shape.kernel_reads_u8 ? byte : (int8_t)byte;
}

/* acc as the contract defines it, modulo 2^32. */
static int32_t accumulate(const kernel_case *made, int batch, int row, int n, const int32_t *column)
{
    const gemm_params *p = &made->params;
    const int8_t *b = made->b + p->b_offset + p->b_batch_stride[0] * (size_t)batch;
    const size_t a = p->a_offset + p->a_batch_stride[0] * (size_t)batch + p->a_row_stride * (size_t)row;
    uint32_t acc = (uint32_t)column[COLUMN_BASE * p->columns_plane], row_sum = 0;
    for (int k = 0; k < p->k; k++) {
        const int value = read_a(made, a + (size_t)k);
        acc += (uint32_t)(value * b[b_index(&made->shape, n, k)]);
        row_sum += (uint32_t)value;
    }
    uint32_t a_zero = (uint32_t)p->a_zero;
    if (p->flags & GEMM_ROW_ZERO_POINTS) a_zero += (uint32_t)made->rows[2 * (p->rows_offset + p->rows_batch_step * (size_t)batch + (size_t)row)];
    if (p->flags & GEMM_USE_ROW_SUMS) acc -= (uint32_t)column[COLUMN_ZERO * p->columns_plane] * row_sum;
    if (p->flags & GEMM_USE_COLUMN_SUMS) {
        acc -= a_zero * (uint32_t)made->column_sums[p->column_sums_offset + p->column_sums_batch_stride[0] * (size_t)batch + (size_t)n];
    }
    return (int32_t)acc;
}

static float multiplier_of(const kernel_case *made, int batch, int row, const int32_t *column)
{
    const gemm_params *p = &made->params;
    float multiplier, scale;
    memcpy(&multiplier, column + COLUMN_MULTIPLIER * p->columns_plane, sizeof multiplier);
    if (!(p->flags & GEMM_ROW_SCALES)) return multiplier;
    memcpy(&scale, made->rows + 2 * (p->rows_offset + p->rows_batch_step * (size_t)batch + (size_t)row) + 1, sizeof scale);
    multiplier *= scale;
    return p->out <= GEMM_OUT_U8 ? multiplier / p->c_scale : multiplier;
}

static void expect_8bit(const kernel_case *made, int32_t acc, float multiplier, const int32_t *column, uint8_t *to)
{
    const gemm_params *p = &made->params;
    const int32_t fixed = column[COLUMN_MULTIPLIER * p->columns_plane], shift = column[COLUMN_SHIFT * p->columns_plane];
    if (p->rule == GEMM_FLOAT_EVEN) *to = (uint8_t)clqnn_reference_requantize_float_even(acc, multiplier, p->zero_point, p->low, p->high);
    else if (p->rule == GEMM_FIXED_DOUBLE) *to = (uint8_t)clqnn_reference_requantize_fixed_double(acc, fixed, shift, p->zero_point, p->low, p->high);
    else *to = (uint8_t)clqnn_reference_requantize_fixed_single(acc, fixed, shift, p->zero_point, p->low, p->high);
}

static void expect_float(const kernel_case *made, int32_t acc, float multiplier, const int32_t *column, uint8_t *to)
{
    const gemm_params *p = &made->params;
    float bias, value = (float)acc * multiplier;
    memcpy(&bias, column + COLUMN_FLOAT_BIAS * p->columns_plane, sizeof bias);
    if (p->flags & GEMM_FLOAT_BIAS) value += bias;
    if (p->flags & GEMM_CLAMP) value = value < p->clamp_min ? p->clamp_min : value > p->clamp_max ? p->clamp_max : value;
    const uint16_t half_bits = clqnn_reference_f32_to_f16(value);
    if (p->out == GEMM_OUT_F32) memcpy(to, &value, sizeof value);
    else memcpy(to, &half_bits, sizeof half_bits);
}

static void expect(kernel_case *made)
{
    const gemm_params *p = &made->params;
    for (int batch = 0; batch < made->shape.batches; batch++) {
        for (int row = 0; row < p->m; row++) {
            for (int n = 0; n < p->n; n++) {
                const int32_t *column = made->columns + p->columns_batch_stride[0] * (size_t)batch + (size_t)n;
                const int32_t acc = accumulate(made, batch, row, n, column);
                const size_t index = p->c_offset + p->c_batch_stride[0] * (size_t)batch + p->c_row_stride * (size_t)row + (size_t)n;
                uint8_t *to = made->c_expected + index * element_size(p->out);
                const float multiplier = multiplier_of(made, batch, row, column);
                if (p->out == GEMM_OUT_S32) memcpy(to, &acc, sizeof acc);
                else if (p->out <= GEMM_OUT_U8) expect_8bit(made, acc, multiplier, column, to);
                else expect_float(made, acc, multiplier, column, to);
            }
        }
    }
}

bool kernel_case_make(const kernel_shape *shape, kernel_case *made)
{
    *made = (kernel_case){.shape = *shape};
    set_sizes(made);
    made->a = malloc(made->a_bytes);
    made->b = calloc(1, made->b_bytes);
    made->columns = calloc(1, made->columns_bytes);
    made->column_sums = calloc(1, made->column_sums_bytes);
    made->rows = calloc(1, made->rows_bytes);
    made->c_before = malloc(made->c_bytes);
    made->c_expected = malloc(made->c_bytes);
    if (!made->a || !made->b || !made->columns || !made->column_sums || !made->rows || !made->c_before || !made->c_expected) {
        kernel_case_free(made);
        return false;
    }
    fill(made);
    expect(made);
    return true;
}

void kernel_case_free(kernel_case *made)
{
    free(made->a);
    free(made->b);
    free(made->columns);
    free(made->column_sums);
    free(made->rows);
    free(made->c_before);
    free(made->c_expected);
    *made = (kernel_case){0};
}
