/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conv_mixed_case.h"
#include "mixed_values.h"
#include "plane_rows.h"

enum { TRAILING_CANARY = 64 }; /* elements behind y */

static void *own(clq_conv_mixed_problem *problem, size_t bytes)
{
    void *const memory = problem->owned_count < sizeof problem->owned / sizeof *problem->owned ? calloc(bytes + 1, 1) : NULL;
    if (memory) problem->owned[problem->owned_count++] = memory;
    return memory;
}

/* NaN wherever there is no element, which any use of it would show. */
static bool make_image(clq_conv_mixed_problem *problem, clq_random *random, const clq_image_strides *at, int32_t offset, clqnn_type type, clq_floats data,
                       clq_host_bytes *bytes)
{
    const size_t size = clqnn_type_size(type);
    bytes->offset = (size_t)offset * size;
    bytes->size = bytes->offset + (size_t)at->extent * size;
    bytes->data = own(problem, bytes->size);
    if (!bytes->data) return false;
    for (int64_t i = 0; i < offset + at->extent; i++) clq_mixed_store(bytes->data, i, type, NAN);
    for (int64_t i = 0; i < at->images * at->pixels * at->channels; i++) {
        const int64_t n = i / (at->pixels * at->channels), pixel = i / at->channels % at->pixels, channel = i % at->channels;
        const float value = clq_mixed_value(random, type, data, n, at->pixels * at->channels / 3 + 3);
        clq_mixed_store(bytes->data + bytes->offset, n * at->batch + pixel * at->pixel_step + channel * at->channel_step, type, value);
    }
    return true;
}

static bool make_weights(clq_conv_mixed_problem *problem, clq_random *random)
{
    const clq_conv_mixed_case *const spec = &problem->spec;
    const clq_conv_shape *const shape = &spec->shape;
    const int64_t rows = shape->out_channels * clq_conv_shape_pixels(shape, shape->kernel), columns = shape->in_channels / shape->groups, count = rows * columns;
    const bool planes = clq_is_planes(spec->w_type);
    problem->weight_bytes = planes ? (size_t)rows * clq_plane_rows_bytes(spec->w_type, columns) : (size_t)count * clqnn_type_size(spec->w_type);
    problem->weights = own(problem, problem->weight_bytes);
    if (!problem->weights) return false;
    if (planes) clq_plane_rows_fill_dense(random, spec->w_type, rows, columns, CLQ_DATA_RANDOM, problem->weights);
    for (int64_t i = 0; i < count && !planes; i++) {
        const float value = clq_mixed_value(random, spec->w_type, spec->w_data, i * shape->out_channels / count, count / 3 + 3);
        clq_mixed_store(problem->weights, i, spec->w_type, value);
    }
    problem->desc.weight_type = spec->w_type;
    problem->desc.weight_layout = spec->w_layout;
    problem->desc.weight_data = problem->weights;
    return true;
}

static bool make_output(clq_conv_mixed_problem *problem)
{
    const clq_image_strides *const at = &problem->y_strides;
    const size_t size = clqnn_type_size(problem->spec.y_type);
    problem->y.offset = (size_t)problem->spec.y.offset * size;
    problem->y.size = problem->y.offset + (size_t)(at->extent + TRAILING_CANARY) * size;
    problem->written = own(problem, problem->y.size);
    problem->sums = own(problem, (size_t)(at->images * at->pixels * at->channels) * sizeof *problem->sums);
    if (!problem->written || !problem->sums) return false;
    for (int64_t i = 0; i < at->images * at->pixels * at->channels; i++) {
        const int64_t n = i / (at->pixels * at->channels), pixel = i / at->channels % at->pixels, channel = i % at->channels;
        const int64_t element = n * at->batch + pixel * at->pixel_step + channel * at->channel_step;
        memset(problem->written + problem->y.offset + (size_t)element * size, 1, size);
    }
    return true;
}

/* A quantization of y whose range the results spread over, and a clamp that cuts some of them off. */
static bool make_output_numbers(clq_conv_mixed_problem *problem, clq_random *random)
{
    const clq_conv_mixed_case *const spec = &problem->spec;
    const bool to_bytes = spec->y_type == CLQNN_U8 || spec->y_type == CLQNN_S8;
    clqnn_conv_desc *const desc = &problem->desc;
    float *const scale = own(problem, sizeof *scale);
    int32_t *const zero = own(problem, sizeof *zero), low = spec->y_type == CLQNN_U8 ? 0 : -128;
    if (!scale || !zero) return false;
    *scale = clq_random_range(random, 0, 2) ? clq_random_float(random, 0.02f, 0.3f) : 0.25f; /* the latter: ties where sums are exact */
    *zero = spec->y_zero ? low + (int32_t)clq_random_range(random, 0, 255) : 0;
    if (to_bytes) {
        desc->y.quantization = (clqnn_quantization){.scales = scale, .scale_count = 1, .zero_points = zero, .zero_point_count = spec->y_zero};
    }
    desc->has_clamp = spec->clamp;
    if (!spec->clamp) return true;
    desc->clamp_min = to_bytes ? (float)clq_random_range(random, low, 20) : clq_random_float(random, -2.0f, 0.5f);
    desc->clamp_max = to_bytes ? (float)clq_random_range(random, 20, 127) : clq_random_float(random, 0.5f, 3.0f);
    return true;
}

static bool make_channel_numbers(clq_conv_mixed_problem *problem, clq_random *random)
{
    const clq_conv_mixed_case *const spec = &problem->spec;
    const int64_t channels = spec->shape.out_channels;
    const int64_t scale_count = spec->channel_scale == CLQ_PER_NONE ? 0 : spec->channel_scale == CLQ_PER_TENSOR ? 1 : channels;
    float *const scales = own(problem, (size_t)channels * sizeof *scales), *const bias = own(problem, (size_t)channels * sizeof *bias);
    if (!scales || !bias) return false;
    for (int64_t i = 0; i < channels; i++) {
        scales[i] = clq_random_float(random, 0.25f, 3.0f);
        bias[i] = clq_mixed_value(random, CLQNN_F32, CLQ_FLOATS_RANDOM, i, 1);
    }
    problem->desc.weight_quantization = (clqnn_quantization){.scales = scale_count ? scales : NULL, .scale_count = scale_count};
    problem->desc.bias = spec->bias ? bias : NULL;
    problem->desc.bias_type = spec->bias ? CLQNN_F32 : CLQNN_TYPE_NONE;
    problem->desc.activation = spec->activation;
    problem->desc.accumulation = spec->half_sums ? CLQNN_ACCUMULATE_F16 : CLQNN_ACCUMULATE_F32;
    return true;
}

static bool fill_problem(clq_conv_mixed_problem *problem)
{
    const clq_conv_mixed_case *const spec = &problem->spec;
    const clq_conv_shape *const shape = &spec->shape;
    clqnn_conv_desc *const desc = &problem->desc;
    clq_random random = clq_random_seed(spec->seed, 0);
    const int64_t outputs = clq_conv_shape_output_pixels(shape);
    *desc = (clqnn_conv_desc){.struct_size = sizeof *desc, .x = {.type = spec->x_type}, .y = {.type = spec->y_type}};
    clq_conv_shape_describe(shape, desc);
    const clq_image_strides x = clq_image_place_resolve(&spec->x, shape->batch, clq_conv_shape_pixels(shape, shape->input), shape->in_channels, &desc->x);
    problem->y_strides = clq_image_place_resolve(&spec->y, shape->batch, outputs, shape->out_channels, &desc->y);
    if (!make_image(problem, &random, &x, spec->x.offset, spec->x_type, spec->x_data, &problem->x)) return false;
    if (!make_weights(problem, &random) || !make_output(problem)) return false;
    if (!make_channel_numbers(problem, &random) || !make_output_numbers(problem, &random)) return false;
    problem->output = clqnn_reference_conv_output(desc);
    if (spec->residual == CLQ_RESIDUAL_NONE) return true;
    desc->residual.type = spec->residual_type;
    const clq_image_strides residual = clq_image_place_resolve(&spec->residual_place, shape->batch, outputs, shape->out_channels, &desc->residual);
    return make_image(problem, &random, &residual, spec->residual_place.offset, spec->residual_type, CLQ_FLOATS_RANDOM, &problem->residual);
}

clq_conv_mixed_problem *clq_conv_mixed_problem_create(const clq_conv_mixed_case *spec, char *message, size_t message_size)
{
    clq_conv_mixed_problem *const problem = calloc(1, sizeof *problem);
    if (problem) problem->spec = *spec;
    if (!problem || !fill_problem(problem)) {
        snprintf(message, message_size, "not enough host memory for the problem");
        clq_conv_mixed_problem_destroy(problem);
        return NULL;
    }
    const unsigned char *residual = problem->residual.data ? problem->residual.data + problem->residual.offset : NULL;
    const clqnn_status status = clqnn_reference_conv_float(&problem->desc, problem->x.data + problem->x.offset, residual, problem->sums);
    if (status == CLQNN_OK) return problem;
    snprintf(message, message_size, "the reference answers %s", clqnn_status_name(status));
    clq_conv_mixed_problem_destroy(problem);
    return NULL;
}

void clq_conv_mixed_problem_destroy(clq_conv_mixed_problem *problem)
{
    if (!problem) return;
    for (size_t i = 0; i < problem->owned_count; i++) free(problem->owned[i]);
    free(problem);
}

/* ---- Comparison ---- */

static double element_value(clqnn_type type, const unsigned char *element)
{
    if (type == CLQNN_U8) return *element;
    if (type == CLQNN_S8) return *(const signed char *)element;
    return (double)clq_mixed_load(element, 0, type);
}

static void describe_difference(const clq_conv_mixed_problem *problem, int64_t index, const clqnn_reference_range *range, const unsigned char *got,
                                clq_verify_result *result)
{
    const clq_image_strides *const at = &problem->y_strides;
    const clqnn_reference_bounded sum = problem->sums[index];
    char wanted[96] = "NaN";
    if (range->is_nan != 2) snprintf(wanted, sizeof wanted, "%.9g..%.9g%s", range->low, range->high, range->is_nan ? " or NaN" : "");
    snprintf(result->message, sizeof result->message,
             "y[%lld][%lld][%lld] (image, pixel, channel): before activation %.9g with an error of at most %.3g, expected %s, got %.9g",
             (long long)(index / (at->pixels * at->channels)), (long long)(index / at->channels % at->pixels), (long long)(index % at->channels), sum.value,
             sum.error, wanted, element_value(problem->spec.y_type, got));
}

void clq_conv_mixed_compare(const clq_conv_mixed_problem *problem, const unsigned char *got, unsigned char poison, clq_verify_result *result)
{
    const clq_image_strides *const at = &problem->y_strides;
    const size_t size = clqnn_type_size(problem->spec.y_type);
    size_t canaries = 0, first = 0;
    result->differences = 0;
    for (int64_t i = 0; i < at->images * at->pixels * at->channels; i++) {
        const int64_t n = i / (at->pixels * at->channels), pixel = i / at->channels % at->pixels, channel = i % at->channels;
        const int64_t element = n * at->batch + pixel * at->pixel_step + channel * at->channel_step;
        const unsigned char *const stored = got + problem->y.offset + (size_t)element * size;
        const clqnn_reference_range range = clqnn_reference_float_range(&problem->output, problem->sums[i]);
        const bool is_right = clqnn_reference_in_range(problem->spec.y_type, stored, &range) != 0;
        if (!is_right && result->differences++ == 0) describe_difference(problem, i, &range, stored, result);
    }
    for (size_t byte = 0; byte < problem->y.size; byte++) {
        if (!problem->written[byte] && got[byte] != poison && canaries++ == 0) first = byte;
    }
    result->outcome = result->differences || canaries ? CLQ_FAILED : CLQ_PASSED;
    if (canaries && result->differences == 0) {
        snprintf(result->message, sizeof result->message, "%zu bytes outside y were overwritten, the first at byte %zu of %zu (y starts at byte %zu)", canaries,
                 first, problem->y.size, problem->y.offset);
    }
}
