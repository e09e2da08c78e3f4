/* SPDX-License-Identifier: Apache-2.0 */
#include "operator_call.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference.h"
#include "seeded_random.h"

enum { SEED = 21 };
static const double largest_call = 4e9, largest_check = 4194304.0;
static const float real_range = 2.5f; /* values lie in -real_range .. real_range */
static const float loss_scale = 1024.0f;

double clq_tensor_elements(const clqnn_tensor *tensor)
{
    double count = 1.0;
    for (int32_t i = 0; i < tensor->rank; i++) count *= (double)tensor->shape[i];
    return count;
}

static bool is_float(clqnn_type type)
{
    return type == CLQNN_F32 || type == CLQNN_F16 || type == CLQNN_BF16 || type == CLQNN_F8E4M3 || type == CLQNN_F8E5M2;
}

static bool is_planes(clqnn_type type) { return type >= CLQNN_B1; }

static size_t bytes_of(const clqnn_tensor *tensor)
{
    const size_t last = tensor->rank ? (size_t)tensor->shape[tensor->rank - 1] : 1, count = (size_t)clq_tensor_elements(tensor);
    return ((is_planes(tensor->type) ? count / last * ((last + 31) / 32 * 32) : count) * clqnn_type_bits(tensor->type) + 7) / 8;
}

/* A scale for values up to `range`, and a zero point near the middle of the type; index: of scales, different ones for different tensors. */
static void quantize(clq_operator_call *call, clqnn_tensor *tensor, size_t index, float range)
{
    const int bits = (int)clqnn_type_bits(tensor->type);
    const bool is_unsigned = tensor->type == CLQNN_U8 || tensor->type == CLQNN_U4;
    if (is_float(tensor->type)) return;
    call->scales[index] = ldexpf(2.0f * range * (1.0f + 0.03f * (float)index), -bits);
    call->zero_points[index] = (is_unsigned ? 1 << (bits - 1) : 0) - 1 - (int32_t)(index % 3);
    tensor->quantization = (clqnn_quantization){ .scales = &call->scales[index], .scale_count = 1, .zero_points = &call->zero_points[index],
                                                 .zero_point_count = tensor->type == CLQNN_S32 || is_planes(tensor->type) ? 0 : 1 };
}

static float output_range(const clq_operator_call *call)
{
    const double reduced = clq_tensor_elements(&call->inputs[0]) / clq_tensor_elements(&call->y);
    switch (call->op) {
    case CLQ_BENCH_ADD: case CLQ_BENCH_SUB: return 2.0f * real_range;
    case CLQ_BENCH_MUL: return real_range * real_range;
    case CLQ_BENCH_SOFTMAX: return call->shape.parts[CLQ_PART_LOG] >= 0 ? 16.0f : 0.5f;
    case CLQ_BENCH_LAYER_NORM: return 4.0f;
    case CLQ_BENCH_REDUCE: return call->shape.parts[CLQ_PART_SUM] >= 0 ? real_range * sqrtf((float)reduced) : real_range;
    default: return real_range;
    }
}

/* Whether y has the quantization of the input. */
static bool is_alike(const clq_operator_call *call)
{
    return call->op >= CLQ_BENCH_POOL && call->op <= CLQ_BENCH_RESIZE && call->shape.parts[CLQ_PART_RESCALED] < 0;
}

static bool describe(clq_operator_call *call, const clq_gemm_types *types)
{
    const bool two = call->op >= CLQ_BENCH_ADD && call->op <= CLQ_BENCH_MAX, row = call->shape.parts[CLQ_PART_ROW] >= 0;
    const int64_t count = call->shape.parts[CLQ_PART_COUNT];
    const bool scales = call->op == CLQ_BENCH_SCALE || call->op == CLQ_BENCH_UNSCALE;
    call->has_flag = call->op == CLQ_BENCH_UNSCALE;
    call->input_count = two || scales || (call->op == CLQ_BENCH_CONCAT && count < 0) ? 2 : call->op == CLQ_BENCH_CONCAT ? (uint32_t)count : 1;
    if (call->input_count < 1 || call->input_count > CLQ_CALL_INPUTS) return false;
    for (uint32_t i = 0; i < call->input_count; i++) {
        clqnn_tensor *const x = &call->inputs[i];
        *x = (clqnn_tensor){ .type = types->a, .rank = call->shape.rank };
        memcpy(x->shape, call->shape.extents, sizeof x->shape);
        quantize(call, x, is_alike(call) ? 0 : i, real_range);
    }
    if (two && row) {
        call->inputs[1].rank = 1;
        call->inputs[1].shape[0] = call->shape.extents[call->shape.rank - 1];
    }
    if (scales) call->inputs[1] = (clqnn_tensor){ .type = CLQNN_F32 };
    call->y.type = types->c;
    if (!clq_operator_call_shape_y(call)) return false;
    if (is_alike(call)) call->y.quantization = call->inputs[0].quantization;
    else quantize(call, &call->y, CLQ_CALL_INPUTS, output_range(call));
    return clq_tensor_elements(&call->y) + clq_tensor_elements(&call->inputs[0]) * call->input_count <= largest_call;
}

static void set_float(clqnn_type type, void *data, size_t index, float value)
{
    switch (type) {
    case CLQNN_F32: ((float *)data)[index] = value; break;
    case CLQNN_F16: ((uint16_t *)data)[index] = clqnn_reference_f32_to_f16(value); break;
    case CLQNN_BF16: ((uint16_t *)data)[index] = clqnn_reference_f32_to_bf16(value); break;
    case CLQNN_F8E4M3: ((uint8_t *)data)[index] = clqnn_reference_f32_to_f8e4m3(value, CLQNN_F8_SATURATES); break;
    default: ((uint8_t *)data)[index] = clqnn_reference_f32_to_f8e5m2(value, CLQNN_F8_SATURATES); break;
    }
}

static bool fill(clq_operator_call *call, clq_random *random, uint32_t index)
{
    const clqnn_type type = call->inputs[index].type;
    const float range = call->op < CLQ_BENCH_SCALE || index == 0 ? real_range : 0.0f;
    call->bytes[index] = bytes_of(&call->inputs[index]);
    call->data[index] = malloc(call->bytes[index]);
    if (call->data[index] == NULL) return false;
    if (!is_float(type)) clq_random_fill(random, call->data[index], call->bytes[index]);
    for (size_t i = 0; type == CLQNN_T2 && i < call->bytes[index]; i++) { /* a sign where there is a value */
        if (i % 8 >= 4) ((unsigned char *)call->data[index])[i] &= ((unsigned char *)call->data[index])[i - 4];
    }
    for (size_t i = 0; is_float(type) && i < call->bytes[index] / clqnn_type_size(type); i++) {
        set_float(type, call->data[index], i, range > 0.0f ? clq_random_float(random, -range, range) : loss_scale);
    }
    return true;
}

clq_operator_call *clq_operator_call_create(const clq_bench_shape *shape, const clq_gemm_types *types, char *message, size_t size)
{
    clq_operator_call *const call = calloc(1, sizeof *call);
    clq_random random = clq_random_seed(SEED, 0);
    bool filled = call != NULL;
    if (filled) {
        call->op = shape->op;
        call->shape = shape->call;
        if (!describe(call, types)) {
            snprintf(message, size, "this shape has no output, or one that is too large");
            free(call);
            return NULL;
        }
        call->y_bytes = bytes_of(&call->y);
    }
    for (uint32_t i = 0; filled && i < call->input_count; i++) filled = fill(call, &random, i);
    if (filled) return call;
    snprintf(message, size, "not enough host memory");
    clq_operator_call_destroy(call);
    return NULL;
}

void clq_operator_call_destroy(clq_operator_call *call)
{
    for (uint32_t i = 0; call != NULL && i < call->input_count; i++) free(call->data[i]);
    free(call);
}

/* ---- Against the reference ---- */

/* Cuts a dense tensor to some of y's rows, unless it has fewer dimensions than y or all rows are wanted. Returns the bytes before them. */
static size_t cut(const clq_operator_call *call, clqnn_tensor *tensor, int64_t first, int64_t count)
{
    if (tensor->rank < call->y.rank || count == call->y.shape[0]) return 0;
    tensor->shape[0] = first;
    const size_t skipped = bytes_of(tensor);
    tensor->shape[0] = count;
    return skipped;
}

/* Rows first .. first + count - 1. */
static bool check_rows(const clq_operator_call *call, int64_t first, int64_t count, const unsigned char *y, char *message, size_t size)
{
    clq_operator_call part = *call;
    const void *inputs[CLQ_CALL_INPUTS];
    for (uint32_t i = 0; i < call->input_count; i++) inputs[i] = (const unsigned char *)call->data[i] + cut(call, &part.inputs[i], first, count);
    const size_t skipped = cut(call, &part.y, first, count), bytes = bytes_of(&part.y);
    unsigned char *const expected = malloc(bytes);
    if (expected != NULL) memset(expected, CLQ_CALL_POISON, bytes);
    if (expected == NULL || clq_operator_call_reference(&part, inputs, expected) != CLQNN_OK) {
        snprintf(message, size, "the reference refuses, or memory is short");
        free(expected);
        return false;
    }
    size_t at = 0;
    while (at < bytes && expected[at] == y[skipped + at]) at++;
    if (at < bytes) snprintf(message, size, "byte %zu of y: expected %d, got %d", skipped + at, expected[at], y[skipped + at]);
    free(expected);
    return at == bytes;
}

bool clq_operator_call_check(const clq_operator_call *call, const void *y, char *message, size_t size)
{
    const int64_t rows = call->y.shape[0];
    const double row = fmax(clq_tensor_elements(&call->y), clq_tensor_elements(&call->inputs[0])) / (double)rows;
    const int64_t sample = 2 * (int64_t)(largest_check / 6.0 / row) + 2, last = (rows - sample) / 2 * 2; /* even: s4 and u4 begin with whole bytes */
    if (!call->is_separable || 3 * sample >= rows) return check_rows(call, 0, rows, y, message, size);
    return check_rows(call, 0, sample, y, message, size) && check_rows(call, rows / 4 * 2, sample, y, message, size) &&
           check_rows(call, last, rows - last, y, message, size);
}
