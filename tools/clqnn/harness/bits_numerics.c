/* SPDX-License-Identifier: Apache-2.0 */
#include "bits_numerics.h"

#include <inttypes.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const clqnn_type operands[] = {CLQNN_B1,  CLQNN_T2,  CLQNN_PU2, CLQNN_PO2, CLQNN_PS2, CLQNN_PU1, CLQNN_PO1, CLQNN_PS4, CLQNN_PU4,
                                      CLQNN_PO4, CLQNN_PS3, CLQNN_PU3, CLQNN_PO3, CLQNN_PU8, CLQNN_PS8, CLQNN_PO8, CLQNN_PU5, CLQNN_PS6,
                                      CLQNN_PO7, CLQNN_PU6, CLQNN_PS5, CLQNN_PO5, CLQNN_PU7, CLQNN_PS7, CLQNN_PO6};
static const clqnn_type requantized[] = {CLQNN_U8, CLQNN_S8, CLQNN_PU2, CLQNN_PS4, CLQNN_PU1, CLQNN_PS2, CLQNN_PU4, CLQNN_PU8, CLQNN_PS8, CLQNN_PU3, CLQNN_PS5};
static const clqnn_type outputs[] = {CLQNN_S32, CLQNN_B1, CLQNN_F32, CLQNN_F16, CLQNN_U8, CLQNN_S8, CLQNN_B1, CLQNN_F32};

static bool one_in(clq_random *random, int64_t n) { return clq_random_range(random, 1, n) == 1; }

static clqnn_type pick(clq_random *random, const clqnn_type *types, size_t count) { return types[clq_random_range(random, 0, (int64_t)count - 1)]; }

static bool is_float(clqnn_type type) { return type == CLQNN_F32 || type == CLQNN_F16; }

static bool is_requantized(clqnn_type type) { return type != CLQNN_S32 && type != CLQNN_B1 && !is_float(type); }

static bool has_zero(clqnn_type type) { return type >= CLQNN_PU1 && type <= CLQNN_PS8; }

clq_bits_numerics clq_bits_numerics_plain(size_t index)
{
    const size_t turn = index / 3 * 2 + index % 3;
    clq_bits_numerics numerics = {.c_type = CLQNN_S32, .threshold = CLQ_PER_VECTOR};
    numerics.a_type = index % 3 == 0 ? CLQNN_B1 : operands[turn % COUNT(operands)];
    numerics.b_type = index % 3 == 0 ? CLQNN_B1 : operands[(turn / 5 + turn * 3) % (index % 2 ? 4 : COUNT(operands))];
    return numerics;
}

/* ---- Features ---- */

enum { FEATURES = 64 };

size_t clq_bits_numerics_features(void) { return FEATURES; }

static void apply_output(clq_bits_numerics *numerics, size_t feature)
{
    switch (feature) {
    case 0: numerics->c_type = CLQNN_F32; break;
    case 1: numerics->c_type = CLQNN_F16; break;
    case 2: numerics->c_type = CLQNN_F32; numerics->a_scale = true; break;
    case 3: numerics->c_type = CLQNN_F32; numerics->b_scale = CLQ_PER_VECTOR; break;
    case 4: numerics->c_type = CLQNN_F32; numerics->bias_type = CLQNN_F32; break;
    case 5: numerics->c_type = CLQNN_F16; numerics->bias_type = CLQNN_F32; numerics->b_scale = CLQ_PER_VECTOR; break;
    case 6: numerics->c_type = CLQNN_F32; numerics->clamp = true; break;
    case 7: numerics->c_type = CLQNN_F32; numerics->row_scales = true; break;
    case 8: numerics->c_type = CLQNN_F16; numerics->row_scales = true; numerics->b_scale = CLQ_PER_TENSOR; break;
    case 9: numerics->c_type = CLQNN_F32; numerics->residual_type = CLQNN_F32; break;
    case 10: numerics->c_type = CLQNN_F16; numerics->residual_type = CLQNN_F16; break;
    case 11: numerics->c_type = CLQNN_F32; numerics->residual_type = CLQNN_F16; numerics->bias_type = CLQNN_F32; numerics->row_scales = true; break;
    case 12: numerics->c_type = CLQNN_F16; numerics->residual_type = CLQNN_F32; numerics->clamp = true; numerics->a_scale = true; break;
    case 13: numerics->c_type = CLQNN_F32; numerics->bias_type = CLQNN_S32; numerics->b_scale = CLQ_PER_VECTOR; numerics->row_scales = true; break;
    case 14: numerics->c_type = CLQNN_B1; numerics->threshold = CLQ_PER_TENSOR; break;
    case 15: numerics->c_type = CLQNN_B1; break;
    case 16: numerics->c_type = CLQNN_B1; numerics->directions = CLQ_DIRECTIONS_MIXED; break;
    case 17: numerics->c_type = CLQNN_B1; numerics->directions = CLQ_DIRECTIONS_FALLING; numerics->threshold = CLQ_PER_TENSOR; break;
    case 18: numerics->c_type = CLQNN_B1; numerics->directions = CLQ_DIRECTIONS_MIXED; numerics->bias_type = CLQNN_S32; break;
    case 19: numerics->bias_type = CLQNN_S32; break;
    default: break;
    }
}

static void apply_operand(clq_bits_numerics *numerics, size_t feature)
{
    static const clqnn_type shifted[] = {CLQNN_PU2, CLQNN_PS3, CLQNN_PU4, CLQNN_PS2, CLQNN_PU1, CLQNN_PU8};
    const clqnn_type type = shifted[feature % COUNT(shifted)];
    switch (feature) {
    case 0: case 1: case 2: numerics->a_type = type; numerics->a_zero = true; break;
    case 3: case 4: numerics->b_type = type; numerics->b_zero = CLQ_PER_TENSOR; break;
    case 5: case 6: numerics->b_type = type; numerics->b_zero = CLQ_PER_VECTOR; break;
    case 7: case 8: numerics->a_type = numerics->b_type = type; numerics->a_zero = true; numerics->b_zero = CLQ_PER_VECTOR; break;
    case 9: numerics->a_type = CLQNN_T2; numerics->b_type = CLQNN_PU3; numerics->b_zero = CLQ_PER_VECTOR; break;
    case 10: numerics->a_data = CLQ_BITS_LOWEST; break;
    case 11: numerics->a_data = numerics->b_data = CLQ_BITS_LOWEST; break;
    case 12: numerics->a_data = CLQ_BITS_HIGHEST; numerics->b_data = CLQ_BITS_LOWEST; break;
    case 13: numerics->a_data = numerics->b_data = CLQ_BITS_HIGHEST; break;
    case 14: numerics->a_type = numerics->b_type = CLQNN_T2; numerics->a_data = numerics->b_data = CLQ_BITS_SPARSE; break;
    case 15: numerics->a_type = CLQNN_B1; numerics->b_type = CLQNN_T2; break;
    case 16: numerics->a_type = CLQNN_T2; numerics->b_type = CLQNN_B1; break;
    default: numerics->a_type = numerics->b_type = CLQNN_PO1; break; /* the same values as b1, the bits the other way round */
    }
}

clq_bits_numerics clq_bits_numerics_feature(size_t feature, size_t round)
{
    clq_bits_numerics numerics = clq_bits_numerics_plain(feature / 2 + 5 * round);
    if (feature < 20) {
        apply_output(&numerics, feature);
    } else if (feature < 42) {
        const size_t at = feature - 20;
        numerics.c_type = requantized[at / 2];
        numerics.a_scale = at % 3 == 0;
        numerics.b_scale = at % 2 ? CLQ_PER_VECTOR : CLQ_PER_TENSOR;
        numerics.c_zero = at % 4 > 1;
        numerics.clamp = at % 5 == 4;
        numerics.rounding = at % 2 ? (clqnn_rounding)(at / 2 % 3) : CLQNN_FLOAT_EVEN;
        numerics.fixed = at % 4 == 1 ? CLQ_PER_VECTOR : CLQ_PER_TENSOR;
        numerics.bias_type = at % 3 == 2 ? CLQNN_S32 : CLQNN_TYPE_NONE;
    } else if (feature < 60) {
        apply_operand(&numerics, feature - 42);
    } else {
        numerics.c_type = feature % 2 ? CLQNN_S8 : CLQNN_PU3;
        numerics.rounding = feature < 62 ? CLQNN_FIXED_DOUBLE : CLQNN_FIXED_SINGLE;
        numerics.fixed = CLQ_PER_VECTOR;
        numerics.c_zero = true;
    }
    return numerics;
}

/* ---- Random ---- */

clq_bits_numerics clq_bits_numerics_random(clq_random *random)
{
    static const clqnn_type biases[] = {CLQNN_TYPE_NONE, CLQNN_S32, CLQNN_F32};
    static const clqnn_type residuals[] = {CLQNN_TYPE_NONE, CLQNN_TYPE_NONE, CLQNN_F32, CLQNN_F16};
    clq_bits_numerics numerics = {
        .a_type = pick(random, operands, one_in(random, 2) ? 2 : COUNT(operands)),
        .b_type = pick(random, operands, one_in(random, 2) ? 2 : COUNT(operands)),
        .c_type = one_in(random, 3) ? pick(random, requantized, COUNT(requantized)) : pick(random, outputs, COUNT(outputs)),
        .bias_type = pick(random, biases, COUNT(biases)),
        .residual_type = pick(random, residuals, COUNT(residuals)),
    };
    if (one_in(random, 3)) numerics.a_data = (clq_bits_data)clq_random_range(random, CLQ_BITS_RANDOM, CLQ_BITS_SPARSE);
    if (one_in(random, 3)) numerics.b_data = (clq_bits_data)clq_random_range(random, CLQ_BITS_RANDOM, CLQ_BITS_SPARSE);
    numerics.a_zero = one_in(random, 2);
    numerics.b_zero = (clq_per)clq_random_range(random, CLQ_PER_NONE, CLQ_PER_VECTOR);
    numerics.c_zero = one_in(random, 2);
    numerics.a_scale = one_in(random, 2);
    numerics.b_scale = (clq_per)clq_random_range(random, CLQ_PER_NONE, CLQ_PER_VECTOR);
    numerics.rounding = (clqnn_rounding)clq_random_range(random, CLQNN_FLOAT_EVEN, CLQNN_FIXED_SINGLE);
    numerics.fixed = (clq_per)clq_random_range(random, CLQ_PER_TENSOR, CLQ_PER_VECTOR);
    numerics.clamp = one_in(random, 4);
    numerics.threshold = (clq_per)clq_random_range(random, CLQ_PER_TENSOR, CLQ_PER_VECTOR);
    numerics.directions = (clq_directions)clq_random_range(random, CLQ_DIRECTIONS_NONE, CLQ_DIRECTIONS_FALLING);
    numerics.row_scales = one_in(random, 4);
    return numerics;
}

void clq_bits_numerics_settle(clq_bits_numerics *numerics)
{
    const bool to_float = is_float(numerics->c_type), quantized = is_requantized(numerics->c_type);
    if (!has_zero(numerics->a_type)) numerics->a_zero = false;
    if (!has_zero(numerics->b_type)) numerics->b_zero = CLQ_PER_NONE;
    if (!quantized) numerics->c_zero = false, numerics->rounding = CLQNN_FLOAT_EVEN;
    if (numerics->rounding == CLQNN_FLOAT_EVEN) numerics->fixed = CLQ_PER_NONE;
    if (numerics->rounding != CLQNN_FLOAT_EVEN || (!to_float && !quantized)) numerics->a_scale = false, numerics->b_scale = CLQ_PER_NONE;
    if (!to_float) numerics->row_scales = false, numerics->residual_type = CLQNN_TYPE_NONE;
    if (!to_float && numerics->bias_type == CLQNN_F32) numerics->bias_type = CLQNN_S32;
    if (!to_float && !quantized) numerics->clamp = false;
    if (numerics->c_type != CLQNN_B1) numerics->threshold = CLQ_PER_NONE, numerics->directions = CLQ_DIRECTIONS_NONE;
    else if (numerics->threshold == CLQ_PER_NONE) numerics->threshold = CLQ_PER_TENSOR;
}

static int64_t magnitude(clqnn_type type)
{
    int32_t low, high;
    clq_value_range(type, &low, &high);
    return has_zero(type) ? high - low : high > -low ? high : -low; /* with a zero point at the other end */
}

int64_t clq_bits_numerics_most_k(const clq_bits_numerics *numerics)
{
    return INT64_C(2000000000) / (magnitude(numerics->a_type) * magnitude(numerics->b_type));
}

int64_t clq_bits_numerics_planes(const clq_bits_numerics *numerics)
{
    return (int64_t)(clqnn_type_bits(numerics->a_type) * clqnn_type_bits(numerics->b_type));
}

/* ---- Text ---- */

static void append_per(clq_text_writer *writer, const char *name, clq_per per)
{
    if (per != CLQ_PER_NONE) clq_text_append(writer, " %s:%s", name, per == CLQ_PER_TENSOR ? "one" : "each");
}

static void append_flag(clq_text_writer *writer, const char *name, bool flag)
{
    if (flag) clq_text_append(writer, " %s", name);
}

void clq_bits_numerics_append(clq_text_writer *writer, const clq_bits_numerics *numerics)
{
    static const char *const roundings[] = {"", "fixed_double", "fixed_single"}, *const directions[] = {"", "directions:mixed", "directions:falling"};
    clq_text_append(writer, " %s:%s:%s", clqnn_type_name(numerics->a_type), clqnn_type_name(numerics->b_type), clqnn_type_name(numerics->c_type));
    append_flag(writer, "a-zero", numerics->a_zero);
    append_per(writer, "b-zero", numerics->b_zero);
    append_flag(writer, "c-zero", numerics->c_zero);
    append_flag(writer, "a-scale", numerics->a_scale);
    append_per(writer, "b-scale", numerics->b_scale);
    if (numerics->bias_type != CLQNN_TYPE_NONE) clq_text_append(writer, " bias:%s", clqnn_type_name(numerics->bias_type));
    append_flag(writer, roundings[numerics->rounding], numerics->rounding != CLQNN_FLOAT_EVEN);
    append_per(writer, "fixed", numerics->fixed);
    append_flag(writer, "clamp", numerics->clamp);
    append_per(writer, "threshold", numerics->threshold);
    append_flag(writer, directions[numerics->directions], numerics->directions != CLQ_DIRECTIONS_NONE);
    append_flag(writer, "row-scales", numerics->row_scales);
    if (numerics->residual_type != CLQNN_TYPE_NONE) clq_text_append(writer, " residual:%s", clqnn_type_name(numerics->residual_type));
    if (numerics->a_data != CLQ_BITS_RANDOM) clq_text_append(writer, " a-data:%s", clq_bits_data_name(numerics->a_data));
    if (numerics->b_data != CLQ_BITS_RANDOM) clq_text_append(writer, " b-data:%s", clq_bits_data_name(numerics->b_data));
}
