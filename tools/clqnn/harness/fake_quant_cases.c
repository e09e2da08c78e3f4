/* SPDX-License-Identifier: Apache-2.0 */
/* Random problems of clqnn/fake_quant.h: forward, measurements, backward. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clqnn/reference_fake_quant.h"
#include "fake_case_values.h"
#include "shape_case.h"

static bool has_scales(clqnn_fake_quant_scheme scheme)
{
    return scheme != CLQNN_BNN && scheme != CLQNN_DOREFA_ACTIVATIONS && scheme != CLQNN_WRPN_WEIGHTS && scheme != CLQNN_WRPN_ACTIVATIONS;
}

static bool has_mask(clqnn_fake_quant_scheme scheme)
{
    return scheme == CLQNN_AFFINE || scheme == CLQNN_LSQ || scheme == CLQNN_PACT || !has_scales(scheme);
}

/* Adds the scheme's inputs after those that are there. */
static void add_inputs(const clq_fake_choice *choice, int64_t slots, clq_shape_case *test)
{
    const clqnn_fake_quant_scheme scheme = choice->scheme;
    if (has_scales(scheme)) test->inputs[test->input_count++].tensor = clq_fake_words(CLQNN_F32, scheme == CLQNN_TTQ ? 2 * slots : slots);
    if (scheme == CLQNN_AFFINE) test->inputs[test->input_count++].tensor = clq_fake_words(CLQNN_S32, slots);
    if (scheme == CLQNN_TWN || scheme == CLQNN_TTQ) test->inputs[test->input_count++].tensor = clq_fake_words(CLQNN_F32, slots);
    if (scheme == CLQNN_DOREFA_GRADIENTS) test->inputs[test->input_count++].tensor = clq_fake_words(CLQNN_S32, 1);
}

/* Fills them, the first being number `first`; elements are about 1. */
static void fill_inputs(clq_random *random, clqnn_fake_quant_scheme scheme, int32_t qmin, int32_t qmax, uint32_t first, clq_shape_case *test)
{
    static const int32_t far_out[] = {-1000, 1000};
    const bool is_odd = clq_random_range(random, 0, 4) == 0;
    const float scale = scheme == CLQNN_AFFINE || scheme == CLQNN_LSQ ? 2.0f / (float)(qmax - qmin) : 1.0f;
    if (has_scales(scheme)) clq_fake_fill_scales(random, &test->inputs[first++], scale, is_odd);
    if (scheme == CLQNN_AFFINE) {
        int32_t *const zeros = clq_op_image_data(&test->inputs[first]);
        for (int64_t i = 0; i < test->inputs[first].tensor.shape[0]; i++) {
            zeros[i] = is_odd && clq_random_range(random, 0, 9) == 0 ? far_out[clq_random_range(random, 0, 1)] : (int32_t)clq_random_range(random, qmin, qmax);
        }
    }
    if (scheme == CLQNN_TWN || scheme == CLQNN_TTQ) clq_fake_fill_scales(random, &test->inputs[first], 0.5f, is_odd);
}

static const void *input_data(const clq_shape_case *test, uint32_t index)
{
    return index < test->input_count ? clq_op_image_data(&test->inputs[index]) : NULL;
}

/* In place the output's buffer is a copy of the input's, whose bytes are new. */
static void refresh_output(clq_shape_case *test)
{
    if (test->in_place) memcpy(test->expected[0].bytes, test->inputs[0].bytes, test->inputs[0].size);
}

/* ---- Forward ---- */

/* A type that holds the scheme's codes, or a float. */
static clqnn_type choose_result(clq_random *random, const clq_fake_choice *choice)
{
    static const clqnn_type types[] = {CLQNN_S8, CLQNN_U8, CLQNN_S4, CLQNN_U4};
    static const int32_t lows[] = {-128, 0, -8, 0}, highs[] = {127, 255, 7, 15};
    const int32_t n = (1 << choice->bits) - 1, half = (1 << (choice->bits - 1 > 0 ? choice->bits - 1 : 0)) - 1;
    int32_t low = -1, high = 1;
    switch (choice->scheme) {
    case CLQNN_DOREFA_GRADIENTS: return clq_fake_float_type(random);
    case CLQNN_AFFINE:
    case CLQNN_LSQ: low = choice->qmin, high = choice->qmax; break;
    case CLQNN_DOREFA_WEIGHTS: low = -n, high = n; break;
    case CLQNN_WRPN_WEIGHTS: low = -half, high = half; break;
    case CLQNN_PACT:
    case CLQNN_DOREFA_ACTIVATIONS:
    case CLQNN_WRPN_ACTIVATIONS: low = 0, high = n; break;
    default: break;
    }
    const int64_t which = clq_random_range(random, 0, 7);
    return which < 4 && lows[which] <= low && high <= highs[which] ? types[which] : clq_fake_float_type(random);
}

static void fill_forward(clq_random *random, clq_shape_case *test)
{
    const clqnn_fake_quant_desc *desc = &test->desc.fake_quant;
    clq_fake_fill(random, &test->inputs[0], 1.0f, clq_random_range(random, 0, 1) != 0);
    fill_inputs(random, desc->scheme, desc->qmin, desc->qmax, 1, test);
    refresh_output(test);
}

static void make_forward(clq_random *random, const char *variant, clq_shape_case *test)
{
    const clq_fake_choice choice = clq_fake_choose(random, (clqnn_fake_quant_scheme)clq_random_range(random, 0, CLQ_FAKE_SCHEMES - 1));
    clqnn_tensor *x = &test->inputs[0].tensor, *y = &test->expected[0].tensor;
    x->type = clq_fake_float_type(random);
    const int64_t slots = clq_fake_shape(random, choice.granularity, false, x);
    *y = *x;
    y->type = choose_result(random, &choice);
    clq_shape_strides(random, x);
    const bool saves_mask = has_mask(choice.scheme) && clq_random_range(random, 0, 2) == 0;
    test->in_place = !saves_mask && clqnn_type_bits(x->type) == clqnn_type_bits(y->type) && clq_random_range(random, 0, 2) == 0;
    if (test->in_place) memcpy(y->strides, x->strides, sizeof y->strides);
    else clq_shape_strides(random, y);
    add_inputs(&choice, slots, test);
    test->fill = fill_forward;
    if (saves_mask) {
        test->output_count = 2;
        test->expected[1].tensor = *x;
        test->expected[1].tensor.type = CLQNN_U8;
        memset(test->expected[1].tensor.strides, 0, sizeof x->strides);
    }
    test->desc.fake_quant = (clqnn_fake_quant_desc){.struct_size = sizeof test->desc.fake_quant, .scheme = choice.scheme, .x = *x, .y = *y, .granularity = choice.granularity,
                                                    .bits = choice.bits, .qmin = choice.qmin, .qmax = choice.qmax, .saves_mask = saves_mask, .variant = variant};
    test->desc.fake_quant.seed = clq_random_bits(random);
    (void)snprintf(test->text, sizeof test->text, "scheme %d bits %d levels %d..%d granularity %d axis %d of %d block %lld, %s to %s, mask %d in place %d", (int)choice.scheme,
                   (int)choice.bits, (int)choice.qmin, (int)choice.qmax, (int)choice.granularity, (int)x->axis, (int)x->rank, (long long)x->block, clqnn_type_name(x->type),
                   clqnn_type_name(y->type), (int)saves_mask, (int)test->in_place);
}

static clqnn_status create_forward(clqnn_context *context, const clq_shape_case *test, clqnn_op **op)
{
    return clqnn_fake_quant_create(context, &test->desc.fake_quant, op);
}

static clqnn_status reference_forward(const clq_shape_case *test)
{
    const clqnn_fake_quant_desc *desc = &test->desc.fake_quant;
    return clqnn_reference_fake_quant(desc, input_data(test, 0), input_data(test, 1), input_data(test, 2), clq_op_image_data(&test->expected[0]),
                                      desc->saves_mask ? clq_op_image_data(&test->expected[1]) : NULL);
}

const clq_shape_family clq_shape_fake_quant = {"fake_quant", make_forward, create_forward, reference_forward};

/* ---- Measurements ---- */

static void fill_measured(clq_random *random, clq_shape_case *test)
{
    const int64_t kind = clq_random_range(random, 0, 9);
    clq_fake_fill(random, &test->inputs[0], ldexpf(1.0f, (int)clq_random_range(random, -8, 4)), kind > 3);
    if (kind == 9) memset(test->inputs[0].bytes, 0, test->inputs[0].size);
}

static void make_measured(clq_random *random, const char *variant, clq_shape_case *test)
{
    static const clqnn_fake_quant_scheme schemes[] = {CLQNN_LSQ, CLQNN_DOREFA_WEIGHTS, CLQNN_DOREFA_GRADIENTS, CLQNN_XNOR, CLQNN_TWN, CLQNN_TTQ};
    const clqnn_fake_quant_scheme scheme = schemes[clq_random_range(random, 0, 5)];
    const bool has_threshold = scheme == CLQNN_TWN || scheme == CLQNN_TTQ;
    clqnn_fake_quant_measure_desc *desc = &test->desc.fake_quant_measure;
    clqnn_tensor *x = &test->inputs[0].tensor;
    *desc = (clqnn_fake_quant_measure_desc){.struct_size = sizeof *desc, .scheme = scheme, .granularity = (clqnn_granularity)clq_random_range(random, 0, 2), .variant = variant};
    x->type = clq_fake_float_type(random);
    const int64_t slots = clq_fake_shape(random, desc->granularity, true, x);
    clq_shape_strides(random, x);
    if (scheme == CLQNN_DOREFA_WEIGHTS || scheme == CLQNN_DOREFA_GRADIENTS) desc->bits = (int32_t)clq_random_range(random, 1, 8);
    if (scheme == CLQNN_LSQ) desc->qmax = (int32_t)clq_random_range(random, 1, 255);
    if (has_threshold && clq_random_range(random, 0, 1)) desc->threshold_factor = clq_random_float(random, 0.01f, 1.0f);
    desc->x = *x;
    test->output_count = scheme == CLQNN_TWN ? 2 : 1;
    for (uint32_t i = 0; i < test->output_count; i++) test->expected[i].tensor = clq_fake_words(CLQNN_F32, slots);
    test->fill = fill_measured;
    (void)snprintf(test->text, sizeof test->text, "scheme %d bits %d qmax %d factor %g granularity %d axis %d of %d block %lld, %s", (int)scheme, (int)desc->bits, (int)desc->qmax,
                   (double)desc->threshold_factor, (int)desc->granularity, (int)x->axis, (int)x->rank, (long long)x->block, clqnn_type_name(x->type));
}

static clqnn_status create_measured(clqnn_context *context, const clq_shape_case *test, clqnn_op **op)
{
    return clqnn_fake_quant_measure_create(context, &test->desc.fake_quant_measure, op);
}

static clqnn_status reference_measured(const clq_shape_case *test)
{
    const clqnn_fake_quant_measure_desc *desc = &test->desc.fake_quant_measure;
    float *const first = clq_op_image_data(&test->expected[0]), *const second = desc->scheme == CLQNN_TWN ? clq_op_image_data(&test->expected[1]) : NULL;
    return clqnn_reference_fake_quant_measure(desc, input_data(test, 0), desc->scheme == CLQNN_TTQ ? NULL : first, desc->scheme == CLQNN_TTQ ? first : second);
}

const clq_shape_family clq_shape_fake_quant_measure = {"fake_quant_measure", make_measured, create_measured, reference_measured};

/* ---- Backward ---- */

static void fill_backward(clq_random *random, clq_shape_case *test)
{
    const clqnn_fake_quant_backward_desc *desc = &test->desc.fake_quant_backward;
    const clq_op_image *const x = &test->inputs[1];
    clq_fake_fill(random, &test->inputs[0], 0.25f, clq_random_range(random, 0, 7) != 0);
    if (desc->reads_mask) {
        for (size_t i = x->offset; i < x->size; i++) x->bytes[i] &= (unsigned char)clq_random_range(random, 0, 1);
    } else {
        clq_fake_fill(random, x, 1.0f, clq_random_range(random, 0, 1) != 0);
        fill_inputs(random, desc->scheme, desc->qmin, desc->qmax, 2, test);
    }
    refresh_output(test);
}

static void make_backward(clq_random *random, const char *variant, clq_shape_case *test)
{
    clq_fake_choice choice;
    do choice = clq_fake_choose(random, (clqnn_fake_quant_scheme)clq_random_range(random, 0, CLQ_FAKE_SCHEMES - 1));
    while (choice.scheme == CLQNN_DOREFA_GRADIENTS);
    const bool learns = choice.scheme == CLQNN_LSQ || choice.scheme == CLQNN_PACT || choice.scheme == CLQNN_TTQ;
    const bool reads_mask = has_mask(choice.scheme) && clq_random_range(random, 0, 4) == 0, skips = learns && (reads_mask || clq_random_range(random, 0, 3) == 0);
    clqnn_tensor *dy = &test->inputs[0].tensor, *x = &test->inputs[1].tensor, *dx = &test->expected[0].tensor;
    x->type = reads_mask ? CLQNN_U8 : clq_fake_float_type(random);
    const int64_t slots = clq_fake_shape(random, choice.granularity, true, x);
    *dy = *dx = *x;
    dy->type = clq_fake_float_type(random);
    dx->type = clq_fake_float_type(random);
    clq_shape_strides(random, dy);
    if (!reads_mask) clq_shape_strides(random, x);
    test->in_place = (!learns || skips) && clqnn_type_bits(dy->type) == clqnn_type_bits(dx->type) && clq_random_range(random, 0, 2) == 0;
    if (test->in_place) memcpy(dx->strides, dy->strides, sizeof dx->strides);
    else clq_shape_strides(random, dx);
    test->input_count = 2;
    if (!reads_mask) add_inputs(&choice, slots, test);
    if (learns && !skips) {
        test->output_count = 2;
        test->expected[1].tensor = clq_fake_words(CLQNN_F32, choice.scheme == CLQNN_TTQ ? 2 * slots : slots);
    }
    test->fill = fill_backward;
    test->desc.fake_quant_backward = (clqnn_fake_quant_backward_desc){
        .struct_size = sizeof test->desc.fake_quant_backward, .scheme = choice.scheme, .dy = *dy, .x = *x, .dx = *dx, .granularity = choice.granularity, .bits = choice.bits,
        .qmin = choice.qmin, .qmax = choice.qmax, .reads_mask = reads_mask, .skips_parameters = skips, .variant = variant};
    if (choice.scheme == CLQNN_LSQ && clq_random_range(random, 0, 1)) test->desc.fake_quant_backward.gradient_scale = 1.0f / sqrtf((float)choice.qmax * 100.0f);
    (void)snprintf(test->text, sizeof test->text, "scheme %d bits %d levels %d..%d granularity %d axis %d of %d block %lld, x %s, mask %d in place %d", (int)choice.scheme,
                   (int)choice.bits, (int)choice.qmin, (int)choice.qmax, (int)choice.granularity, (int)x->axis, (int)x->rank, (long long)x->block, clqnn_type_name(x->type),
                   (int)reads_mask, (int)test->in_place);
}

static clqnn_status create_backward(clqnn_context *context, const clq_shape_case *test, clqnn_op **op)
{
    return clqnn_fake_quant_backward_create(context, &test->desc.fake_quant_backward, op);
}

static clqnn_status reference_backward(const clq_shape_case *test)
{
    return clqnn_reference_fake_quant_backward(&test->desc.fake_quant_backward, input_data(test, 0), input_data(test, 1), input_data(test, 2), input_data(test, 3),
                                               clq_op_image_data(&test->expected[0]), test->output_count > 1 ? clq_op_image_data(&test->expected[1]) : NULL);
}

const clq_shape_family clq_shape_fake_quant_backward = {"fake_quant_backward", make_backward, create_backward, reference_backward};
