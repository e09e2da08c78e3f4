/* SPDX-License-Identifier: Apache-2.0 */
/* Operand layout, memory and data of a problem; its parameters are made in mixed_parameters.c. */
#include "mixed_problem_data.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mixed_values.h"

enum { TRAILING_CANARY = 64 }; /* elements behind the last one of c */

void *clq_mixed_problem_own(clq_mixed_problem *problem, size_t bytes)
{
    void *const memory = problem->owned_count < sizeof problem->owned / sizeof *problem->owned ? calloc(bytes + 1, 1) : NULL;
    if (memory) problem->owned[problem->owned_count++] = memory;
    return memory;
}

typedef struct operand_shape {
    int64_t rows, columns;     /* of the matrix */
    int32_t padding;
    bool broadcast[2];
} operand_shape;

static clq_mixed_place describe_operand(const clq_mixed_case *spec, operand_shape shape, clqnn_gemm_operand *operand)
{
    const int64_t rows = operand->transposed ? shape.columns : shape.rows, columns = operand->transposed ? shape.rows : shape.columns;
    clq_mixed_place place = {.rows = rows, .columns = columns, .leading = columns + shape.padding};
    /* an empty matrix still has room for a row: whether strides of nothing may overlap is not what is tested here */
    const int64_t matrix = (rows > 0 ? rows : 1) * place.leading + spec->batch_gap;
    const int64_t counts[2] = {shape.broadcast[0] ? 1 : spec->batch[0], shape.broadcast[1] ? 1 : spec->batch[1]};
    place.stride[1] = shape.broadcast[1] ? 0 : matrix;
    place.stride[0] = shape.broadcast[0] ? 0 : counts[1] * matrix + spec->batch_gap;
    if (rows > 0 && columns > 0) {
        place.extent = (counts[0] - 1) * place.stride[0] + (counts[1] - 1) * place.stride[1] + (rows - 1) * place.leading + columns;
    }
    operand->leading_dimension = shape.padding > 0 ? place.leading : 0;
    const bool dense = shape.padding == 0 && spec->batch_gap == 0 && !shape.broadcast[0] && !shape.broadcast[1];
    for (int d = 0; d < 2; d++) operand->batch_stride[d] = shape.broadcast[d] ? CLQNN_BROADCAST : dense ? 0 : place.stride[d];
    return place;
}

/* A value far outside the data wherever there is no element: NaN, which any use of it would show. */
static void fill_padding(clq_host_bytes *bytes, clqnn_type type, int64_t elements)
{
    if (clqnn_type_size(type) == 0 || type == CLQNN_S8 || type == CLQNN_U8) return;
    for (int64_t i = 0; i < elements; i++) clq_mixed_store(bytes->data, i, type, NAN);
}

typedef struct float_fill {
    clqnn_type type;
    clq_floats data;
    bool line_is_column;       /* of the stored matrix */
} float_fill;

static void fill_elements(clq_random *random, const clq_mixed_case *spec, const clq_mixed_place *place, clq_host_bytes *bytes, float_fill fill)
{
    const int64_t outers = place->stride[0] ? spec->batch[0] : 1, inners = place->stride[1] ? spec->batch[1] : 1;
    const int64_t rarity = place->rows * place->columns / 3 + 3;
    if (place->extent == 0) return;
    for (int64_t batch = 0; batch < outers * inners; batch++) {
        const int64_t first = batch / inners * place->stride[0] + batch % inners * place->stride[1];
        for (int64_t at = 0; at < place->rows * place->columns; at++) {
            const int64_t row = at / place->columns, column = at % place->columns;
            const float value = clq_mixed_value(random, fill.type, fill.data, fill.line_is_column ? column : row, rarity);
            clq_mixed_store(bytes->data + bytes->offset, first + row * place->leading + column, fill.type, value);
        }
    }
}

/* One NaN and one infinity are always among special values. */
static void place_specials(clq_random *random, const clq_mixed_place *place, clq_host_bytes *bytes, float_fill fill)
{
    if (fill.data != CLQ_FLOATS_SPECIAL || place->extent == 0) return;
    for (int which = 0; which < 2; which++) {
        const int64_t row = clq_random_range(random, 0, place->rows - 1), column = clq_random_range(random, 0, place->columns - 1);
        clq_mixed_store(bytes->data + bytes->offset, row * place->leading + column, fill.type, which ? NAN : INFINITY);
    }
}

static bool make_input(clq_mixed_problem *problem, clq_random *random, const clq_mixed_place *place, clq_host_bytes *bytes, int32_t offset, float_fill fill)
{
    const size_t size = clqnn_type_size(fill.type);
    bytes->offset = (size_t)offset * size;
    bytes->size = bytes->offset + (size_t)place->extent * size;
    bytes->data = clq_mixed_problem_own(problem, bytes->size);
    if (!bytes->data) return false;
    fill_padding(bytes, fill.type, offset + place->extent);
    fill_elements(random, &problem->spec, place, bytes, fill);
    place_specials(random, place, bytes, fill);
    return true;
}

static bool make_integers(clq_mixed_problem *problem, clq_random *random)
{
    const clqnn_type type = problem->spec.b_type;
    int32_t low, high;
    problem->b.size = ((size_t)problem->b_place.extent * clqnn_type_bits(type) + 7) / 8;
    problem->b.data = clq_mixed_problem_own(problem, problem->b.size);
    if (!problem->b.data) return false;
    clq_random_fill(random, problem->b.data, problem->b.size);
    clq_mixed_integer_range(type, &low, &high);
    for (int64_t i = 0; i < problem->b_place.extent; i++) clq_mixed_store_bits(problem->b.data, i, type, (int32_t)clq_random_range(random, low, high));
    return true;
}

static bool make_planes(clq_mixed_problem *problem, clq_random *random)
{
    const clq_mixed_place *const place = &problem->b_place;
    problem->b_rows = (clq_plane_rows){.type = problem->spec.b_type, .rows = place->rows, .columns = place->columns, .leading = place->leading,
                                       .stride = {place->stride[0], place->stride[1]},
                                       .counts = {place->stride[0] ? problem->spec.batch[0] : 1, place->stride[1] ? problem->spec.batch[1] : 1}};
    problem->b.size = clq_plane_rows_bytes(problem->spec.b_type, place->extent);
    problem->b.data = clq_mixed_problem_own(problem, problem->b.size);
    if (!problem->b.data) return false;
    if (place->extent) clq_plane_rows_fill(random, &problem->b_rows, CLQ_DATA_RANDOM, &problem->b);
    return true;
}

/* b by its kind. */
static bool make_b(clq_mixed_problem *problem, clq_random *random)
{
    const clq_mixed_case *const spec = &problem->spec;
    const float_fill fill = {spec->b_type, spec->b_data, !spec->b_transposed};
    if (clq_is_planes(spec->b_type)) return make_planes(problem, random);
    return spec->group ? make_integers(problem, random) : make_input(problem, random, &problem->b_place, &problem->b, spec->b_offset, fill);
}

size_t clq_mixed_problem_position(const clq_mixed_problem *problem, int64_t batch, int64_t row, int64_t column)
{
    const clq_mixed_place *place = &problem->c_place;
    const int64_t inners = problem->spec.batch[1];
    const int64_t at = batch / inners * place->stride[0] + batch % inners * place->stride[1] + row * place->leading + column;
    return problem->c.offset + (size_t)at * clqnn_type_size(problem->spec.c_type);
}

static bool make_output(clq_mixed_problem *problem)
{
    const clq_mixed_case *const spec = &problem->spec;
    const size_t element = clqnn_type_size(spec->c_type);
    problem->c.offset = (size_t)spec->c_offset * element;
    problem->c.size = problem->c.offset + (size_t)(problem->c_place.extent + TRAILING_CANARY) * element;
    problem->written = clq_mixed_problem_own(problem, problem->c.size);
    problem->x = clq_mixed_problem_own(problem, (size_t)(spec->batch[0] * spec->batch[1] * spec->m * spec->n) * sizeof *problem->x);
    if (!problem->written || !problem->x) return false;
    for (int64_t batch = 0; batch < spec->batch[0] * spec->batch[1]; batch++) {
        for (int64_t row = 0; row < spec->m; row++) {
            memset(problem->written + clq_mixed_problem_position(problem, batch, row, 0), 1, (size_t)spec->n * element);
        }
    }
    return true;
}

static bool make_residual(clq_mixed_problem *problem, clq_random *random)
{
    clq_mixed_case *const spec = &problem->spec;
    clqnn_gemm_operand *const operand = &problem->desc.residual;
    if (spec->residual == CLQ_MIXED_NO_RESIDUAL) return true;
    if (spec->residual == CLQ_MIXED_RESIDUAL_IN_C) {
        *operand = problem->desc.c;
        problem->residual_place = problem->c_place;
    } else {
        operand->type = spec->residual_type;
        const operand_shape shape = {spec->m, spec->n, spec->residual_padding, {false, spec->residual_broadcast}};
        problem->residual_place = describe_operand(spec, shape, operand);
    }
    const float_fill fill = {operand->type, spec->a_data == CLQ_FLOATS_WHOLE ? CLQ_FLOATS_WHOLE : CLQ_FLOATS_RANDOM, false};
    if (!make_input(problem, random, &problem->residual_place, &problem->residual, spec->residual == CLQ_MIXED_RESIDUAL_IN_C ? spec->c_offset : 0, fill)) return false;
    return true;
}

static bool fill_problem(clq_mixed_problem *problem)
{
    const clq_mixed_case *const spec = &problem->spec;
    clq_random random = clq_random_seed(spec->seed, 0);
    clqnn_gemm_desc *const desc = &problem->desc;
    *desc = (clqnn_gemm_desc){.struct_size = sizeof *desc, .m = spec->m, .n = spec->n, .k = spec->k, .batch = {spec->batch[0], spec->batch[1]},
                              .a = {.type = spec->a_type, .transposed = spec->a_transposed}, .b = {.type = spec->b_type, .transposed = spec->b_transposed},
                              .c = {.type = spec->c_type}};
    const operand_shape a = {spec->m, spec->k, spec->a_padding, {spec->a_broadcast[0], spec->a_broadcast[1]}};
    const bool planes = clq_is_planes(spec->b_type);
    const operand_shape b = {spec->k, spec->n, spec->b_padding + (planes ? (int32_t)((32 - spec->k % 32) % 32) : 0), {spec->b_broadcast[0], spec->b_broadcast[1]}};
    const operand_shape c = {spec->m, spec->n, spec->c_padding, {false, false}};
    problem->a_place = describe_operand(spec, a, &desc->a);
    problem->b_place = describe_operand(spec, b, &desc->b);
    problem->c_place = describe_operand(spec, c, &desc->c);
    if (planes && spec->b_padding == 0) desc->b.leading_dimension = 0; /* whole words are dense */
    const float_fill a_fill = {spec->a_type, spec->a_data, spec->a_transposed};
    if (!make_input(problem, &random, &problem->a_place, &problem->a, spec->a_offset, a_fill)) return false;
    if (!make_b(problem, &random)) return false;
    if (!make_output(problem) || !make_residual(problem, &random) || !clq_mixed_parameters_make(problem)) return false;
    if (spec->b_source != CLQ_B_RUNTIME) desc->b_data = problem->b.data;
    problem->output = clqnn_reference_gemm_output(desc);
    return true;
}

clq_mixed_problem *clq_mixed_problem_create(const clq_mixed_case *spec, char *message, size_t message_size)
{
    clq_mixed_problem *const problem = calloc(1, sizeof *problem);
    if (problem) problem->spec = *spec;
    if (!problem || !fill_problem(problem)) {
        snprintf(message, message_size, "not enough host memory for the problem");
        clq_mixed_problem_destroy(problem);
        return NULL;
    }
    const clqnn_status status = clqnn_reference_gemm_float(&problem->desc, problem->a.data + problem->a.offset, problem->b.data + problem->b.offset,
                                                           problem->residual.data ? problem->residual.data + problem->residual.offset : NULL, problem->x);
    if (status == CLQNN_OK) return problem;
    snprintf(message, message_size, "the reference answers %s", clqnn_status_name(status));
    clq_mixed_problem_destroy(problem);
    return NULL;
}

void clq_mixed_problem_destroy(clq_mixed_problem *problem)
{
    if (!problem) return;
    for (size_t i = 0; i < problem->owned_count; i++) free(problem->owned[i]);
    free(problem);
}
