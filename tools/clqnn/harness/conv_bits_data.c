/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bits_values.h"
#include "clqnn/reference_bits.h"
#include "conv_bits_case.h"
#include "row_compare.h"

enum { TRAILING_CANARY = 64 }; /* bytes behind y */

/* The first byte of a pixel behind the offset; pixel counts all images. */
static size_t pixel_start(clqnn_type type, const clq_image_strides *at, int64_t pixel)
{
    return clq_row_bytes(type, pixel / at->pixels * at->batch + pixel % at->pixels * at->pixel_step);
}

static bool make_image(clq_conv_bits_problem *problem, clq_random *random, const clq_image_strides *at, int32_t offset, clqnn_type type, clq_bits_data data,
                       clq_host_bytes *bytes)
{
    bytes->offset = clq_row_bytes(type, offset * (clq_is_planes(type) ? 32 : 1));
    bytes->size = bytes->offset + clq_row_bytes(type, at->extent);
    bytes->data = clq_own(&problem->owned, bytes->size);
    if (!bytes->data) return false;
    clq_random_fill(random, bytes->data, bytes->size);
    for (int64_t pixel = 0; pixel < at->images * at->pixels; pixel++) clq_bits_fill_row(random, type, data, bytes->data + bytes->offset + pixel_start(type, at, pixel), at->channels);
    return true;
}

static bool make_weights(clq_conv_bits_problem *problem, clq_random *random)
{
    const clq_conv_shape *const shape = &problem->spec.shape;
    const clqnn_type type = problem->spec.numerics.b_type;
    const int64_t inputs = shape->in_channels / shape->groups, rows = shape->out_channels * clq_conv_shape_pixels(shape, shape->kernel);
    const size_t row = clq_row_bytes(type, clq_row_values(type, inputs));
    problem->weight_bytes = (size_t)rows * row;
    problem->weights = clq_own(&problem->owned, problem->weight_bytes);
    if (!problem->weights) return false;
    for (int64_t i = 0; i < rows; i++) clq_fill_planes(random, type, problem->spec.numerics.b_data, problem->weights + (size_t)i * row, inputs);
    problem->desc.weight_type = type;
    problem->desc.weight_data = problem->weights;
    return true;
}

static bool make_output(clq_conv_bits_problem *problem)
{
    const clq_image_strides *const at = &problem->y_strides;
    const clqnn_type type = problem->spec.numerics.c_type;
    problem->y.offset = clq_row_bytes(type, problem->spec.y.offset * (clq_is_planes(type) ? 32 : 1));
    problem->y.size = problem->y.offset + clq_row_bytes(type, at->extent) + TRAILING_CANARY;
    problem->y.data = clq_own(&problem->owned, problem->y.size);
    problem->written = clq_own(&problem->owned, problem->y.size);
    problem->accumulators = clq_own(&problem->owned, (size_t)(at->images * at->pixels * at->channels) * sizeof *problem->accumulators);
    if (!problem->y.data || !problem->written || !problem->accumulators) return false;
    for (int64_t pixel = 0; pixel < at->images * at->pixels; pixel++) {
        memset(problem->written + problem->y.offset + pixel_start(type, at, pixel), 1, clq_row_bytes(type, clq_row_values(type, at->channels)));
    }
    return true;
}

static bool make_residual(clq_conv_bits_problem *problem, clq_random *random)
{
    const clq_conv_bits_case *const spec = &problem->spec;
    clqnn_conv_tensor *const tensor = &problem->desc.residual;
    if (spec->numerics.residual_type == CLQNN_TYPE_NONE) return true;
    tensor->type = spec->numerics.residual_type;
    const clq_image_strides at = clq_image_place_resolve(&spec->residual_place, spec->shape.batch, problem->y_strides.pixels, spec->shape.out_channels, tensor);
    if (!make_image(problem, random, &at, spec->residual_place.offset, tensor->type, CLQ_BITS_RANDOM, &problem->residual)) return false;
    if (!spec->residual_in_y) return true;
    unsigned char *const whole = clq_own(&problem->owned, problem->y.size); /* y's buffer is longer */
    if (!whole) return false;
    memcpy(whole, problem->residual.data, problem->residual.size);
    problem->residual = (clq_host_bytes){whole, problem->y.size, problem->y.offset};
    return true;
}

static bool make_row_scales(clq_conv_bits_problem *problem, clq_random *random)
{
    const int64_t count = problem->y_strides.images * problem->y_strides.pixels;
    if (!problem->spec.numerics.row_scales) return true;
    problem->row_scales = (clq_host_bytes){clq_own(&problem->owned, (size_t)count * sizeof(float)), (size_t)count * sizeof(float), 0};
    if (problem->row_scales.data) clq_bits_fill_row(random, CLQNN_F32, CLQ_BITS_RANDOM, problem->row_scales.data, count);
    return problem->row_scales.data != NULL;
}

/* The numbers of a convolution are a product's of out_channels columns and k = taps x channels of a group. */
static clqnn_gemm_desc product_of(const clq_conv_bits_problem *problem)
{
    const clq_conv_shape *const shape = &problem->spec.shape;
    return (clqnn_gemm_desc){.struct_size = sizeof(clqnn_gemm_desc), .n = shape->out_channels,
                             .k = clq_conv_shape_pixels(shape, shape->kernel) * (shape->in_channels / shape->groups)};
}

static void copy_product(const clqnn_gemm_desc *product, clqnn_conv_desc *desc)
{
    desc->x.quantization = product->a.quantization;
    desc->weight_quantization = product->b.quantization;
    desc->y.quantization = product->c.quantization;
    desc->bias = product->bias;
    desc->bias_type = product->bias_type;
    desc->rounding = product->rounding;
    desc->multipliers = product->multipliers;
    desc->shifts = product->shifts;
    desc->fixed_count = product->fixed_count;
    desc->has_clamp = product->has_clamp;
    desc->clamp_min = product->clamp_min;
    desc->clamp_max = product->clamp_max;
    desc->thresholds = product->thresholds;
    desc->directions = product->directions;
    desc->threshold_count = product->threshold_count;
    desc->has_row_scales = product->has_row_scales;
}

static bool fill_problem(clq_conv_bits_problem *problem, clq_random *random, clqnn_gemm_desc *product)
{
    const clq_conv_bits_case *const spec = &problem->spec;
    const clq_conv_shape *const shape = &spec->shape;
    clqnn_conv_desc *const desc = &problem->desc;
    *desc = (clqnn_conv_desc){.struct_size = sizeof *desc, .x.type = spec->numerics.a_type, .y.type = spec->numerics.c_type, .pad = spec->pad};
    clq_conv_shape_describe(shape, desc);
    const clq_image_strides x = clq_image_place_resolve(&spec->x, shape->batch, clq_conv_shape_pixels(shape, shape->input), shape->in_channels, &desc->x);
    problem->y_strides = clq_image_place_resolve(&spec->y, shape->batch, clq_conv_shape_output_pixels(shape), shape->out_channels, &desc->y);
    *product = product_of(problem);
    if (!make_image(problem, random, &x, spec->x.offset, spec->numerics.a_type, spec->numerics.a_data, &problem->x)) return false;
    if (!make_weights(problem, random) || !make_output(problem)) return false;
    if (!make_residual(problem, random) || !make_row_scales(problem, random)) return false;
    if (!clq_bits_numerics_make(&spec->numerics, random, &problem->owned, product)) return false;
    copy_product(product, desc);
    return true;
}

/* The sums alone, from which the rest of the numbers is made. */
static clqnn_status find_sums(clq_conv_bits_problem *problem)
{
    clqnn_conv_desc sums = problem->desc;
    const clq_image_strides *const at = &problem->y_strides;
    int32_t *const y = malloc((size_t)(at->images * at->pixels * at->channels) * sizeof *y);
    if (!y) return CLQNN_OUT_OF_MEMORY;
    sums.y = (clqnn_conv_tensor){.type = CLQNN_S32};
    sums.residual = (clqnn_conv_tensor){.type = CLQNN_TYPE_NONE};
    const clqnn_status status = clqnn_reference_conv_bits(&sums, problem->x.data + problem->x.offset, NULL, NULL, y, problem->accumulators);
    free(y);
    return status;
}

static clqnn_status run_reference(clq_conv_bits_problem *problem, clq_random *random, clqnn_gemm_desc *product)
{
    const clq_conv_bits_case *const spec = &problem->spec;
    const clq_image_strides *const at = &problem->y_strides;
    clqnn_status status = find_sums(problem);
    if (status != CLQNN_OK) return status;
    if (!clq_bits_numerics_finish(&spec->numerics, random, &problem->owned, problem->accumulators, at->images * at->pixels, product)) return CLQNN_OUT_OF_MEMORY;
    copy_product(product, &problem->desc);
    const void *residual = problem->residual.data ? problem->residual.data + problem->residual.offset : NULL;
    return clqnn_reference_conv_bits(&problem->desc, problem->x.data + problem->x.offset, residual, (const float *)(const void *)problem->row_scales.data,
                                     problem->y.data + problem->y.offset, NULL);
}

clq_conv_bits_problem *clq_conv_bits_problem_create(const clq_conv_bits_case *spec, char *message, size_t message_size)
{
    clq_random random = clq_random_seed(spec->seed, 0);
    clqnn_gemm_desc product;
    clq_conv_bits_problem *const problem = calloc(1, sizeof *problem);
    if (problem) problem->spec = *spec;
    if (!problem || !fill_problem(problem, &random, &product)) {
        snprintf(message, message_size, "not enough host memory for the problem");
        clq_conv_bits_problem_destroy(problem);
        return NULL;
    }
    const clqnn_status status = run_reference(problem, &random, &product);
    if (status == CLQNN_OK) return problem;
    snprintf(message, message_size, "the reference answers %s", clqnn_status_name(status));
    clq_conv_bits_problem_destroy(problem);
    return NULL;
}

void clq_conv_bits_problem_destroy(clq_conv_bits_problem *problem)
{
    if (!problem) return;
    clq_own_release(&problem->owned);
    free(problem);
}

void clq_conv_bits_compare(const clq_conv_bits_problem *problem, const unsigned char *got, unsigned char poison, clq_verify_result *result)
{
    const clq_image_strides *const at = &problem->y_strides;
    const clqnn_type type = problem->spec.numerics.c_type;
    result->differences = 0;
    for (int64_t pixel = 0; pixel < at->images * at->pixels; pixel++) {
        const size_t start = problem->y.offset + pixel_start(type, at, pixel);
        clq_row_difference first;
        const size_t differences = clq_rows_compare(type, problem->y.data + start, got + start, at->channels, &first);
        if (differences > 0 && result->differences == 0) {
            const int64_t channel = first.column < at->channels ? first.column : at->channels - 1;
            snprintf(result->message, sizeof result->message, "y[%lld][%lld][%lld] (image, pixel, channel): accumulator %d, %s", (long long)(pixel / at->pixels),
                     (long long)(pixel % at->pixels), (long long)first.column, problem->accumulators[pixel * at->channels + channel], first.text);
        }
        result->differences += differences;
    }
    clq_canaries_compare("y", &problem->y, problem->written, got, poison, result);
}
