/* SPDX-License-Identifier: Apache-2.0 */
#include "conv_problem_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference.h"
#include "plane_rows.h"
#include "plane_words.h"

enum { TRAILING_CANARY = 64 }; /* elements behind y */

void *clq_conv_problem_own(clq_conv_problem *problem, size_t bytes)
{
    void *const memory = problem->owned_count < sizeof problem->owned / sizeof *problem->owned ? malloc(bytes > 0 ? bytes : 1) : NULL;
    if (memory != NULL) problem->owned[problem->owned_count++] = memory;
    return memory;
}

clq_image_strides clq_image_place_resolve(const clq_image_place *place, int64_t images, int64_t pixels, int64_t channels, clqnn_conv_tensor *tensor)
{
    const bool first = place->layout == CLQNN_CHANNELS_FIRST;
    const int64_t unit = clq_is_planes(tensor->type) ? 32 : 1, across = first ? pixels : clq_row_values(tensor->type, channels);
    const int64_t row = across + place->padding * unit, rows = first ? channels : pixels;
    const bool dense = place->padding == 0 && place->gap == 0 && !place->explicit_strides;
    clq_image_strides strides = { .images = images, .pixels = pixels, .channels = channels, .batch = rows * row + place->gap * unit,
                                  .pixel_step = first ? 1 : row, .channel_step = first ? row : 1 };
    strides.extent = (strides.images - 1) * strides.batch + (rows - 1) * row + across;
    tensor->layout = place->layout;
    tensor->pixel_stride = dense ? 0 : row;
    tensor->batch_stride = dense ? 0 : strides.batch;
    return strides;
}

typedef void (*visit_element)(void *state, size_t element);

static void visit_image(const clq_image_strides *strides, visit_element visit, void *state)
{
    for (int64_t n = 0; n < strides->images; n++) {
        for (int64_t pixel = 0; pixel < strides->pixels; pixel++) {
            for (int64_t channel = 0; channel < strides->channels; channel++) {
                visit(state, (size_t)(n * strides->batch + pixel * strides->pixel_step + channel * strides->channel_step));
            }
        }
    }
}

typedef struct fill_state {
    clq_random *random;
    unsigned char *start;
    clqnn_type type;
    clq_data data;
} fill_state;

static void fill_element(void *opaque, size_t element)
{
    const fill_state *const state = opaque;
    state->start[element] = (unsigned char)(clq_data_integer(state->random, state->type, state->data) & 0xff);
}

static bool make_image(clq_conv_problem *problem, clq_random *random, const clq_image_strides *strides, int32_t offset, fill_state fill,
                       clq_host_bytes *bytes)
{
    bytes->offset = (size_t)offset;
    bytes->size = bytes->offset + (size_t)strides->extent;
    bytes->data = clq_conv_problem_own(problem, bytes->size);
    if (bytes->data == NULL) return false;
    clq_random_fill(random, bytes->data, bytes->size);
    fill.random = random;
    fill.start = bytes->data + bytes->offset;
    visit_image(strides, fill_element, &fill);
    return true;
}

typedef struct mark_state { unsigned char *start; size_t element; } mark_state;

static void mark_element(void *opaque, size_t element)
{
    const mark_state *const state = opaque;
    memset(state->start + element * state->element, 1, state->element);
}

static bool make_output(clq_conv_problem *problem)
{
    const clq_conv_case *const spec = &problem->spec;
    const clq_image_strides *const strides = &problem->y_strides;
    const size_t element = clqnn_type_size(spec->y_type);
    problem->y.offset = (size_t)spec->y.offset * element;
    problem->y.size = problem->y.offset + (size_t)(strides->extent + TRAILING_CANARY) * element;
    problem->y.data = clq_conv_problem_own(problem, problem->y.size);
    problem->written = clq_conv_problem_own(problem, problem->y.size);
    problem->accumulators = clq_conv_problem_own(problem, (size_t)(strides->images * strides->pixels * strides->channels) * sizeof(int32_t));
    if (problem->y.data == NULL || problem->written == NULL || problem->accumulators == NULL) return false;
    memset(problem->y.data, 0, problem->y.size);
    memset(problem->written, 0, problem->y.size);
    mark_state mark = { .start = problem->written + problem->y.offset, .element = element };
    visit_image(strides, mark_element, &mark);
    return true;
}

static bool make_weights(clq_conv_problem *problem, clq_random *random)
{
    const clq_conv_shape *const shape = &problem->spec.shape;
    const int64_t rows = shape->out_channels * clq_conv_shape_pixels(shape, shape->kernel), columns = shape->in_channels / shape->groups;
    const clqnn_type type = problem->spec.w_type;
    problem->weight_bytes = clq_is_planes(type) ? (size_t)rows * clq_plane_rows_bytes(type, columns) : (size_t)(rows * columns);
    problem->weights = clq_conv_problem_own(problem, problem->weight_bytes);
    if (problem->weights == NULL) return false;
    if (clq_is_planes(type)) clq_plane_rows_fill_dense(random, type, rows, columns, problem->spec.w_data, problem->weights);
    for (size_t i = 0; i < problem->weight_bytes && !clq_is_planes(type); i++) {
        problem->weights[i] = (unsigned char)(clq_data_integer(random, problem->spec.w_type, problem->spec.w_data) & 0xff);
    }
    problem->desc.weight_type = problem->spec.w_type;
    problem->desc.weight_layout = problem->spec.w_layout;
    problem->desc.weight_data = problem->weights;
    return true;
}

static bool fill_problem(clq_conv_problem *problem)
{
    const clq_conv_case *const spec = &problem->spec;
    const clq_conv_shape *const shape = &spec->shape;
    clq_random random = clq_random_seed(spec->seed, 0);
    clqnn_conv_desc *const desc = &problem->desc;
    const int64_t outputs = clq_conv_shape_output_pixels(shape);
    *desc = (clqnn_conv_desc){ .struct_size = sizeof *desc, .x = { .type = spec->x_type }, .y = { .type = spec->y_type } };
    clq_conv_shape_describe(shape, desc);
    const clq_image_strides x = clq_image_place_resolve(&spec->x, shape->batch, clq_conv_shape_pixels(shape, shape->input), shape->in_channels, &desc->x);
    problem->y_strides = clq_image_place_resolve(&spec->y, shape->batch, outputs, shape->out_channels, &desc->y);
    const fill_state x_fill = { .type = spec->x_type, .data = spec->x_data },
                     residual_fill = { .type = spec->residual_type, .data = CLQ_DATA_RANDOM };
    if (!clq_conv_parameters_make(problem) || !make_image(problem, &random, &x, spec->x.offset, x_fill, &problem->x) ||
        !make_weights(problem, &random) || !make_output(problem)) {
        return false;
    }
    if (spec->residual == CLQ_RESIDUAL_NONE) return true;
    const clq_image_strides residual = clq_image_place_resolve(&spec->residual_place, shape->batch, outputs, shape->out_channels, &desc->residual);
    return make_image(problem, &random, &residual, spec->residual_place.offset, residual_fill, &problem->residual);
}

clq_conv_problem *clq_conv_problem_create(const clq_conv_case *spec, char *message, size_t message_size)
{
    clq_conv_problem *const problem = calloc(1, sizeof *problem);
    if (problem != NULL) problem->spec = *spec;
    if (problem == NULL || !fill_problem(problem)) {
        snprintf(message, message_size, "not enough host memory for the problem");
        clq_conv_problem_destroy(problem);
        return NULL;
    }
    const clqnn_status status = clqnn_reference_conv(&problem->desc, problem->x.data + problem->x.offset,
                                                     spec->residual != CLQ_RESIDUAL_NONE ? problem->residual.data + problem->residual.offset : NULL,
                                                     problem->y.data + problem->y.offset, problem->accumulators);
    if (status != CLQNN_OK) {
        snprintf(message, message_size, "the reference answers %s", clqnn_status_name(status));
        clq_conv_problem_destroy(problem);
        return NULL;
    }
    return problem;
}

void clq_conv_problem_destroy(clq_conv_problem *problem)
{
    if (problem == NULL) return;
    for (size_t i = 0; i < problem->owned_count; i++) free(problem->owned[i]);
    free(problem);
}

bool clq_conv_problem_locate(const clq_conv_problem *problem, size_t position, clq_conv_position *found)
{
    if (position >= problem->y.size || !problem->written[position]) return false;
    const clq_image_strides *const strides = &problem->y_strides;
    int64_t element = (int64_t)((position - problem->y.offset) / clqnn_type_size(problem->spec.y_type));
    found->image = strides->images > 1 ? element / strides->batch : 0;
    element -= found->image * strides->batch;
    const bool first = strides->pixel_step == 1 && strides->channel_step != 1;
    const int64_t row = first ? strides->channel_step : strides->pixel_step;
    found->pixel = first ? element % row : element / row;
    found->channel = first ? element / row : element % row;
    return true;
}
