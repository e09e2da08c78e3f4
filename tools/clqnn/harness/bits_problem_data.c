/* SPDX-License-Identifier: Apache-2.0 */
/* Operand layout, memory and data of a problem; its numbers are made in bits_parameters.c. */
#include "bits_problem_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bits_values.h"
#include "clqnn/reference_bits.h"

enum { TRAILING_CANARY = 64 }; /* bytes behind the last element of c */

typedef struct operand_shape {
    int64_t rows, columns;     /* as they are stored */
    int32_t padding;
    bool broadcast[2];
} operand_shape;

static clq_bits_place describe_operand(const clq_bits_case *spec, operand_shape shape, clqnn_gemm_operand *operand)
{
    const int64_t unit = clq_is_planes(operand->type) ? 32 : 1, dense = clq_row_values(operand->type, shape.columns);
    clq_bits_place place = {.type = operand->type, .rows = shape.rows, .columns = shape.columns, .leading = dense + shape.padding * unit};
    /* an empty matrix still has room for a row: whether strides of nothing may overlap is not what is tested here */
    const int64_t matrix = (shape.rows > 0 ? shape.rows : 1) * place.leading + spec->batch_gap * unit;
    const int64_t counts[2] = {shape.broadcast[0] ? 1 : spec->batch[0], shape.broadcast[1] ? 1 : spec->batch[1]};
    place.stride[1] = shape.broadcast[1] ? 0 : matrix;
    place.stride[0] = shape.broadcast[0] ? 0 : counts[1] * matrix + spec->batch_gap * unit;
    if (shape.rows > 0 && shape.columns > 0) {
        place.extent = (counts[0] - 1) * place.stride[0] + (counts[1] - 1) * place.stride[1] + (shape.rows - 1) * place.leading + dense;
    }
    operand->leading_dimension = shape.padding > 0 ? place.leading : 0;
    const bool is_dense = shape.padding == 0 && spec->batch_gap == 0 && !shape.broadcast[0] && !shape.broadcast[1];
    for (int d = 0; d < 2; d++) operand->batch_stride[d] = shape.broadcast[d] ? CLQNN_BROADCAST : is_dense ? 0 : place.stride[d];
    return place;
}

size_t clq_bits_row_start(const clq_bits_place *place, const int64_t batch_counts[2], int64_t batch, int64_t row)
{
    const int64_t values = batch / batch_counts[1] * place->stride[0] + batch % batch_counts[1] * place->stride[1] + row * place->leading;
    return clq_row_bytes(place->type, values);
}

/* Random bytes wherever there is no element. */
static bool make_operand(clq_bits_problem *problem, clq_random *random, const clq_bits_place *place, int32_t offset, clq_bits_data data, clq_host_bytes *bytes)
{
    const clq_bits_case *const spec = &problem->spec;
    bytes->offset = clq_row_bytes(place->type, offset * (clq_is_planes(place->type) ? 32 : 1));
    bytes->size = bytes->offset + clq_row_bytes(place->type, place->extent);
    bytes->data = clq_own(&problem->owned, bytes->size);
    if (!bytes->data) return false;
    clq_random_fill(random, bytes->data, bytes->size);
    for (int64_t batch = 0; place->extent > 0 && batch < spec->batch[0] * spec->batch[1]; batch++) {
        for (int64_t row = 0; row < place->rows; row++) {
            unsigned char *const start = bytes->data + bytes->offset + clq_bits_row_start(place, spec->batch, batch, row);
            clq_bits_fill_row(random, place->type, data, start, place->columns);
        }
    }
    return true;
}

static bool make_output(clq_bits_problem *problem)
{
    const clq_bits_case *const spec = &problem->spec;
    const clq_bits_place *const place = &problem->c_place;
    problem->c.offset = clq_row_bytes(place->type, spec->c_offset * (clq_is_planes(place->type) ? 32 : 1));
    problem->c.size = problem->c.offset + clq_row_bytes(place->type, place->extent) + TRAILING_CANARY;
    problem->c.data = clq_own(&problem->owned, problem->c.size);
    problem->written = clq_own(&problem->owned, problem->c.size);
    problem->accumulators = clq_own(&problem->owned, (size_t)(spec->batch[0] * spec->batch[1] * spec->m * spec->n) * sizeof(int32_t));
    if (!problem->c.data || !problem->written || !problem->accumulators) return false;
    for (int64_t row = 0; place->extent > 0 && row < spec->batch[0] * spec->batch[1] * place->rows; row++) {
        const size_t start = problem->c.offset + clq_bits_row_start(place, spec->batch, row / place->rows, row % place->rows);
        memset(problem->written + start, 1, clq_row_bytes(place->type, clq_row_values(place->type, place->columns)));
    }
    return true;
}

static bool make_residual(clq_bits_problem *problem, clq_random *random)
{
    const clq_bits_case *const spec = &problem->spec;
    clqnn_gemm_operand *const operand = &problem->desc.residual;
    if (spec->numerics.residual_type == CLQNN_TYPE_NONE) return true;
    if (spec->residual_in_c) {
        *operand = problem->desc.c;
        problem->residual_place = problem->c_place;
    } else {
        operand->type = spec->numerics.residual_type;
        problem->residual_place = describe_operand(spec, (operand_shape){spec->m, spec->n, spec->residual_padding, {false, spec->residual_broadcast}}, operand);
    }
    if (!make_operand(problem, random, &problem->residual_place, spec->residual_in_c ? spec->c_offset : 0, CLQ_BITS_RANDOM, &problem->residual)) return false;
    if (!spec->residual_in_c) return true;
    unsigned char *const whole = clq_own(&problem->owned, problem->c.size); /* c's buffer is longer */
    if (!whole) return false;
    memcpy(whole, problem->residual.data, problem->residual.size);
    problem->residual = (clq_host_bytes){whole, problem->c.size, problem->c.offset};
    return true;
}

static bool make_row_scales(clq_bits_problem *problem, clq_random *random)
{
    const clq_bits_case *const spec = &problem->spec;
    const int64_t count = spec->batch[0] * spec->batch[1] * spec->m;
    if (!spec->numerics.row_scales) return true;
    problem->row_scales = (clq_host_bytes){clq_own(&problem->owned, (size_t)count * sizeof(float)), (size_t)count * sizeof(float), 0};
    if (problem->row_scales.data) clq_bits_fill_row(random, CLQNN_F32, CLQ_BITS_RANDOM, problem->row_scales.data, count);
    return problem->row_scales.data != NULL;
}

static bool fill_problem(clq_bits_problem *problem, clq_random *random)
{
    const clq_bits_case *const spec = &problem->spec;
    const clq_bits_numerics *const numerics = &spec->numerics;
    clqnn_gemm_desc *const desc = &problem->desc;
    *desc = (clqnn_gemm_desc){.struct_size = sizeof *desc, .m = spec->m, .n = spec->n, .k = spec->k, .batch = {spec->batch[0], spec->batch[1]},
                              .a.type = numerics->a_type, .b = {.type = numerics->b_type, .transposed = 1}, .c.type = numerics->c_type};
    const operand_shape a = {spec->m, spec->k, spec->a_padding, {spec->a_broadcast[0], spec->a_broadcast[1]}};
    const operand_shape b = {spec->n, spec->k, spec->b_padding, {spec->b_broadcast[0], spec->b_broadcast[1]}};
    const operand_shape c = {spec->m, spec->n, spec->c_padding, {false, false}};
    problem->a_place = describe_operand(spec, a, &desc->a);
    problem->b_place = describe_operand(spec, b, &desc->b);
    problem->c_place = describe_operand(spec, c, &desc->c);
    if (!make_operand(problem, random, &problem->a_place, spec->a_offset, numerics->a_data, &problem->a)) return false;
    if (!make_operand(problem, random, &problem->b_place, spec->b_offset, numerics->b_data, &problem->b)) return false;
    if (!make_output(problem) || !clq_bits_numerics_make(numerics, random, &problem->owned, desc)) return false;
    if (!make_residual(problem, random) || !make_row_scales(problem, random)) return false;
    if (spec->b_source != CLQ_B_RUNTIME) desc->b_data = problem->b.data;
    return true;
}

/* The sums alone, from which the rest of the numbers is made. */
static clqnn_status find_sums(clq_bits_problem *problem)
{
    const clq_bits_case *const spec = &problem->spec;
    clqnn_gemm_desc sums = problem->desc;
    int32_t *const c = malloc((size_t)(spec->batch[0] * spec->batch[1] * spec->m * spec->n) * sizeof *c + 1);
    if (!c) return CLQNN_OUT_OF_MEMORY;
    sums.c = (clqnn_gemm_operand){.type = CLQNN_S32};
    sums.residual = (clqnn_gemm_operand){.type = CLQNN_TYPE_NONE};
    const clqnn_status status = clqnn_reference_gemm_bits(&sums, problem->a.data + problem->a.offset, problem->b.data + problem->b.offset, NULL, NULL, c,
                                                          problem->accumulators);
    free(c);
    return status;
}

static clqnn_status run_reference(clq_bits_problem *problem, clq_random *random)
{
    const clq_bits_case *const spec = &problem->spec;
    clqnn_status status = find_sums(problem);
    if (status != CLQNN_OK) return status;
    if (!clq_bits_numerics_finish(&spec->numerics, random, &problem->owned, problem->accumulators, spec->batch[0] * spec->batch[1] * spec->m, &problem->desc)) {
        return CLQNN_OUT_OF_MEMORY;
    }
    const void *residual = problem->residual.data ? problem->residual.data + problem->residual.offset : NULL;
    return clqnn_reference_gemm_bits(&problem->desc, problem->a.data + problem->a.offset, problem->b.data + problem->b.offset, residual,
                                     (const float *)(const void *)problem->row_scales.data, problem->c.data + problem->c.offset, NULL);
}

clq_bits_problem *clq_bits_problem_create(const clq_bits_case *spec, char *message, size_t message_size)
{
    clq_random random = clq_random_seed(spec->seed, 0);
    clq_bits_problem *const problem = calloc(1, sizeof *problem);
    if (problem) problem->spec = *spec;
    if (!problem || !fill_problem(problem, &random)) {
        snprintf(message, message_size, "not enough host memory for the problem");
        clq_bits_problem_destroy(problem);
        return NULL;
    }
    const clqnn_status status = run_reference(problem, &random);
    if (status == CLQNN_OK) return problem;
    snprintf(message, message_size, "the reference answers %s", clqnn_status_name(status));
    clq_bits_problem_destroy(problem);
    return NULL;
}

void clq_bits_problem_destroy(clq_bits_problem *problem)
{
    if (!problem) return;
    clq_own_release(&problem->owned);
    free(problem);
}
