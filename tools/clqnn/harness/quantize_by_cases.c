/* SPDX-License-Identifier: Apache-2.0 */
/* Parameters of ranges, and codes by parameters that stand in device memory. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clqnn/reference_quantizer.h"
#include "quantizer_values.h"
#include "shape_case.h"

/* ---- Parameters ---- */

/* Ranges as they come, and those that nobody should make. */
static void fill_ranges(clq_random *random, clq_shape_case *test)
{
    static const float odd[] = {0.0f, -0.0f, 1e-45f, -1e-40f, 0x1p-126f, 0x1p-120f, 3e38f, -3e38f, INFINITY, -INFINITY, NAN, 1.0f, -1.0f};
    float *ranges = clq_op_image_data(&test->inputs[0]);
    for (int64_t i = 0; i < 2 * test->desc.range_parameters.slots; i++) {
        const int64_t kind = clq_random_range(random, 0, 39);
        ranges[i] = kind < 13 ? odd[kind] : ldexpf(clq_random_float(random, -2.0f, 2.0f), (int)clq_random_range(random, -20, 20));
    }
}

static void make_parameters(clq_random *random, const char *variant, clq_shape_case *test)
{
    const int64_t slots = clq_shape_extent(random, 400);
    test->desc.range_parameters = (clqnn_range_parameters_desc){.struct_size = sizeof test->desc.range_parameters, .slots = slots, .variant = variant};
    test->desc.range_parameters.codes = clq_quantizer_codes(random);
    test->desc.range_parameters.is_symmetric = (int32_t)clq_random_range(random, 0, 1);
    test->output_count = 2;
    test->fill = fill_ranges;
    test->inputs[0].tensor = clq_quantizer_words(CLQNN_F32, 2 * slots);
    test->expected[0].tensor = clq_quantizer_words(CLQNN_F32, slots);
    test->expected[1].tensor = clq_quantizer_words(CLQNN_S32, slots);
    (void)snprintf(test->text, sizeof test->text, "%lld ranges to %d bits, signed %d, restricted %d, symmetric %d", (long long)slots,
                   (int)test->desc.range_parameters.codes.bits, (int)test->desc.range_parameters.codes.is_signed, (int)test->desc.range_parameters.codes.is_restricted,
                   (int)test->desc.range_parameters.is_symmetric);
}

static clqnn_status create_parameters(clqnn_context *context, const clq_shape_case *test, clqnn_op **op)
{
    return clqnn_range_parameters_create(context, &test->desc.range_parameters, op);
}

static clqnn_status reference_parameters(const clq_shape_case *test)
{
    return clqnn_reference_range_parameters(&test->desc.range_parameters, clq_op_image_data(&test->inputs[0]), clq_op_image_data(&test->expected[0]),
                                            clq_op_image_data(&test->expected[1]));
}

const clq_shape_family clq_shape_range_parameters = {"range_parameters", make_parameters, create_parameters, reference_parameters};

/* ---- Codes ---- */

/* Parameters as ranges make them, at times ones that are not usable; values around the codes', ties too. */
static void fill_codes(clq_random *random, clq_shape_case *test)
{
    const int64_t slots = test->inputs[1].tensor.shape[0];
    float *scales = clq_op_image_data(&test->inputs[1]);
    int32_t *zeros = clq_op_image_data(&test->inputs[2]);
    const bool is_odd = clq_random_range(random, 0, 9) == 0;
    static const float odd[] = {0.0f, -1.0f, 1e-40f, INFINITY, NAN, 0x1p-126f};
    for (int64_t i = 0; i < slots; i++) {
        scales[i] = clq_random_range(random, 0, 1) ? 0.125f : clq_random_float(random, 0.02f, 0.5f);
        zeros[i] = clq_random_range(random, 0, 1) ? 0 : (int32_t)clq_random_range(random, -10, 10);
        if (is_odd && clq_random_range(random, 0, 2) == 0) scales[i] = odd[clq_random_range(random, 0, 5)];
        if (is_odd && clq_random_range(random, 0, 2) == 0) zeros[i] = (int32_t)clq_random_range(random, INT32_MIN, INT32_MAX);
    }
    if (clqnn_type_bits(test->inputs[0].tensor.type) > 8) clq_quantizer_fill(random, &test->inputs[0], 0.0f, 8.0f, true);
}

static void choose_codes(clq_random *random, clqnn_quantize_by_desc *desc, clqnn_type type)
{
    if (clq_random_range(random, 0, 1)) return;
    const int32_t most = (int32_t)clqnn_type_bits(type), is_signed = type == CLQNN_S8 || type == CLQNN_S4;
    desc->codes = (clqnn_codes){.bits = (int32_t)clq_random_range(random, 1, most), .is_signed = is_signed};
    if (desc->codes.bits > 1) desc->codes.is_restricted = (int32_t)clq_random_range(random, 0, 1);
    if (!is_signed || desc->codes.bits == most) return;
    if (clq_random_range(random, 0, 3) == 0) desc->codes.is_signed = 0; /* unsigned codes in a signed type */
}

static void make_codes(clq_random *random, const char *variant, clq_shape_case *test)
{
    static const clqnn_type floats[] = {CLQNN_F32, CLQNN_F16, CLQNN_BF16}, integers[] = {CLQNN_S8, CLQNN_U8, CLQNN_S4, CLQNN_U4};
    clqnn_quantize_by_desc *desc = &test->desc.quantize_by;
    clqnn_tensor *x = &test->inputs[0].tensor, *y = &test->expected[0].tensor;
    const bool quantizes = clq_random_range(random, 0, 2) > 0;
    clqnn_tensor *codes = quantizes ? y : x;
    int64_t slots = 1;
    *desc = (clqnn_quantize_by_desc){.struct_size = sizeof *desc, .variant = variant};
    clq_shape_random(random, (int32_t)clq_random_range(random, 1, 4), 9000, x);
    *y = *x;
    (quantizes ? x : y)->type = floats[clq_random_range(random, 0, 2)];
    codes->type = integers[clq_random_range(random, 0, 3)];
    desc->granularity = clq_quantizer_slots(random, codes);
    if (clqnn_type_bits(x->type) >= 8) clq_shape_strides(random, x);
    if (clqnn_type_bits(y->type) >= 8) clq_shape_strides(random, y);
    choose_codes(random, desc, codes->type);
    (void)clqnn_slot_count(codes, desc->granularity, &slots);
    desc->x = *x;
    desc->y = *y;
    test->input_count = 3;
    test->fill = fill_codes;
    test->inputs[1].tensor = clq_quantizer_words(CLQNN_F32, slots);
    test->inputs[2].tensor = clq_quantizer_words(CLQNN_S32, slots);
    (void)snprintf(test->text, sizeof test->text, "%s to %s, rank %d, granularity %d axis %d block %lld, %d bits restricted %d, %lld slots", clqnn_type_name(x->type),
                   clqnn_type_name(y->type), (int)x->rank, (int)desc->granularity, (int)codes->axis, (long long)codes->block, (int)desc->codes.bits,
                   (int)desc->codes.is_restricted, (long long)slots);
}

static clqnn_status create_codes(clqnn_context *context, const clq_shape_case *test, clqnn_op **op)
{
    return clqnn_quantize_by_create(context, &test->desc.quantize_by, op);
}

static clqnn_status reference_codes(const clq_shape_case *test)
{
    return clqnn_reference_quantize_by(&test->desc.quantize_by, clq_op_image_data(&test->inputs[0]), clq_op_image_data(&test->inputs[1]),
                                       clq_op_image_data(&test->inputs[2]), clq_op_image_data(&test->expected[0]));
}

const clq_shape_family clq_shape_quantize_by = {"quantize_by", make_codes, create_codes, reference_codes};
