/* SPDX-License-Identifier: Apache-2.0 */
/* Operand layout, memory and data of a problem; its quantization parameters are made in gemm_parameters.c. */
#include "gemm_problem_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference.h"
#include "gemm_parameters.h"
#include "plane_rows.h"
#include "seeded_random.h"

enum { TRAILING_CANARY = 64 }; /* elements behind the last one of c */

/* Strides of one operand, resolved, in elements. */
typedef struct operand_layout {
    int64_t rows, columns, leading, stride[2], extent;
    size_t element;
} operand_layout;

typedef struct operand_shape {
    int64_t rows, columns;
    int32_t padding;
    const bool *broadcast; /* NULL: none */
} operand_shape;

static operand_layout describe_operand(const clq_gemm_case *spec, operand_shape shape, clqnn_gemm_operand *operand)
{
    static const bool nothing[2] = { false, false };
    const bool *const broadcast = shape.broadcast ? shape.broadcast : nothing;
    operand_layout layout = { .rows = shape.rows, .columns = shape.columns, .leading = shape.columns + shape.padding,
                              .element = clqnn_type_size(operand->type) };
    const int64_t inner_count = broadcast[1] ? 1 : spec->batch[1], outer_count = broadcast[0] ? 1 : spec->batch[0];
    /* an empty matrix still has room for a row: whether strides of nothing may overlap is not what is tested here */
    const int64_t matrix = (layout.rows > 0 ? layout.rows : 1) * layout.leading + spec->batch_gap;
    layout.stride[1] = broadcast[1] ? 0 : matrix;
    layout.stride[0] = broadcast[0] ? 0 : inner_count * matrix + spec->batch_gap;
    layout.extent = layout.rows > 0 && layout.columns > 0 ? (outer_count - 1) * layout.stride[0] + (inner_count - 1) * layout.stride[1] +
                                                            (layout.rows - 1) * layout.leading + layout.columns
                                                          : 0;
    operand->leading_dimension = shape.padding > 0 ? layout.leading : 0;
    const bool dense = shape.padding == 0 && spec->batch_gap == 0 && !broadcast[0] && !broadcast[1];
    for (int d = 0; d < 2; d++) operand->batch_stride[d] = broadcast[d] ? CLQNN_BROADCAST : dense ? 0 : layout.stride[d];
    return layout;
}

static void *own(clq_gemm_problem *problem, size_t bytes)
{
    void *const memory = problem->owned_count < sizeof problem->owned / sizeof *problem->owned ? malloc(bytes > 0 ? bytes : 1) : NULL;
    if (memory != NULL) problem->owned[problem->owned_count++] = memory;
    return memory;
}

static float float_value(clq_random *random, clq_data data, int64_t row)
{
    switch (data) {
    case CLQ_DATA_LOWEST: return -3.0f;
    case CLQ_DATA_HIGHEST: return 2.5f;
    case CLQ_DATA_EXTREMES:
        if (row % 3 == 0) return 0.0f;
        if (row % 3 == 1) return -0.75f;
        break;
    case CLQ_DATA_SMALL: return clq_random_float(random, -0.01f, 0.01f);
    case CLQ_DATA_RANDOM: break;
    }
    const float spread = clq_random_range(random, 0, 19) == 0 ? 12.0f : 2.0f;
    return clq_random_float(random, -spread, spread);
}

static void store_float(void *target, clqnn_type type, float value)
{
    if (type == CLQNN_F32) {
        memcpy(target, &value, sizeof value);
    } else {
        const uint16_t half = clqnn_reference_f32_to_f16(value);
        memcpy(target, &half, sizeof half);
    }
}

/* Everything that is not an element: random bytes for integers, values far outside the data's range for floats. */
static void fill_padding(clq_random *random, clq_host_bytes *bytes, clqnn_type type)
{
    clq_random_fill(random, bytes->data, bytes->size);
    if (type != CLQNN_F32 && type != CLQNN_F16) return;
    const size_t element = clqnn_type_size(type);
    for (size_t at = 0; at + element <= bytes->size; at += element) store_float(bytes->data + at, type, at / element % 2 ? 60000.0f : -60000.0f);
}

static void fill_elements(clq_random *random, const clq_gemm_problem *problem, const clq_host_bytes *bytes, const operand_layout *layout,
                          const clqnn_gemm_operand *operand, clq_data data)
{
    const clq_gemm_case *const spec = &problem->spec;
    if (layout->extent == 0) return;
    for (int64_t outer = 0; outer < (layout->stride[0] != 0 ? spec->batch[0] : 1); outer++) {
        for (int64_t inner = 0; inner < (layout->stride[1] != 0 ? spec->batch[1] : 1); inner++) {
            const int64_t start = outer * layout->stride[0] + inner * layout->stride[1];
            for (int64_t at = 0; at < layout->rows * layout->columns; at++) {
                const int64_t row = at / layout->columns, column = at % layout->columns;
                unsigned char *const target = bytes->data + bytes->offset + (size_t)(start + row * layout->leading + column) * layout->element;
                if (operand->type == CLQNN_S8 || operand->type == CLQNN_U8) {
                    *target = (unsigned char)(clq_data_integer(random, operand->type, data) & 0xff);
                } else {
                    store_float(target, operand->type, float_value(random, data, operand->transposed ? column : row));
                }
            }
        }
    }
}

static bool make_input(clq_gemm_problem *problem, clq_random *random, const operand_layout *layout, bool is_b)
{
    const clq_gemm_case *const spec = &problem->spec;
    clq_host_bytes *const bytes = is_b ? &problem->b : &problem->a;
    const clqnn_gemm_operand *const operand = is_b ? &problem->desc.b : &problem->desc.a;
    bytes->offset = (size_t)(is_b ? spec->b_offset : spec->a_offset) * layout->element;
    bytes->size = bytes->offset + (size_t)layout->extent * layout->element;
    bytes->data = own(problem, bytes->size);
    if (bytes->data == NULL) return false;
    fill_padding(random, bytes, operand->type);
    fill_elements(random, problem, bytes, layout, operand, is_b ? spec->b_data : spec->a_data);
    return true;
}

static clq_plane_rows plane_rows_of(const clq_gemm_case *spec, const operand_layout *layout)
{
    return (clq_plane_rows){ .type = spec->b_type, .rows = layout->rows, .columns = layout->columns, .leading = layout->leading,
                             .stride = { layout->stride[0], layout->stride[1] },
                             .counts = { layout->stride[0] != 0 ? spec->batch[0] : 1, layout->stride[1] != 0 ? spec->batch[1] : 1 } };
}

static bool make_planes(clq_gemm_problem *problem, clq_random *random, const operand_layout *layout)
{
    const clq_plane_rows rows = plane_rows_of(&problem->spec, layout);
    problem->b.size = clq_plane_rows_bytes(rows.type, layout->extent);
    problem->b.data = own(problem, problem->b.size);
    if (problem->b.data == NULL) return false;
    problem->b_rows = rows;
    if (layout->extent > 0) clq_plane_rows_fill(random, &rows, problem->spec.b_data, &problem->b);
    return true;
}

static void mark_written(clq_gemm_problem *problem, const operand_layout *layout)
{
    const clq_gemm_case *const spec = &problem->spec;
    for (int64_t outer = 0; outer < spec->batch[0]; outer++) {
        for (int64_t inner = 0; inner < spec->batch[1]; inner++) {
            for (int64_t row = 0; row < layout->rows; row++) {
                const int64_t start = outer * layout->stride[0] + inner * layout->stride[1] + row * layout->leading;
                memset(problem->written + problem->c.offset + (size_t)start * layout->element, 1, (size_t)layout->columns * layout->element);
            }
        }
    }
}

static bool make_output(clq_gemm_problem *problem, const operand_layout *layout)
{
    const clq_gemm_case *const spec = &problem->spec;
    problem->c.offset = (size_t)spec->c_offset * layout->element;
    problem->c.size = problem->c.offset + (size_t)(layout->extent + TRAILING_CANARY) * layout->element;
    problem->c.data = own(problem, problem->c.size);
    problem->written = own(problem, problem->c.size);
    problem->accumulators = own(problem, (size_t)(spec->batch[0] * spec->batch[1] * spec->m * spec->n) * sizeof(int32_t));
    if (problem->c.data == NULL || problem->written == NULL || problem->accumulators == NULL) return false;
    memset(problem->c.data, 0, problem->c.size);
    memset(problem->written, 0, problem->c.size);
    for (int d = 0; d < 2; d++) problem->c_stride[d] = layout->stride[d];
    problem->c_leading = layout->leading;
    if (layout->extent > 0) mark_written(problem, layout);
    return true;
}

static bool fill_problem(clq_gemm_problem *problem)
{
    const clq_gemm_case *const spec = &problem->spec;
    clq_random random = clq_random_seed(spec->seed, 0);
    clqnn_gemm_desc *const desc = &problem->desc;
    *desc = (clqnn_gemm_desc){ .struct_size = sizeof *desc, .m = spec->m, .n = spec->n, .k = spec->k, .batch = { spec->batch[0], spec->batch[1] },
                               .a = { .type = spec->a_type, .transposed = spec->a_transposed },
                               .b = { .type = spec->b_type, .transposed = spec->b_transposed }, .c = { .type = spec->c_type } };
    const operand_shape a_shape = { .rows = spec->a_transposed ? spec->k : spec->m, .columns = spec->a_transposed ? spec->m : spec->k,
                                    .padding = spec->a_padding, .broadcast = spec->a_broadcast };
    const bool planes = clq_is_planes(spec->b_type);
    const operand_shape b_shape = { .rows = spec->b_transposed ? spec->n : spec->k, .columns = spec->b_transposed ? spec->k : spec->n,
                                    .padding = spec->b_padding + (planes ? (int32_t)((32 - spec->k % 32) % 32) : 0), .broadcast = spec->b_broadcast };
    const operand_shape c_shape = { .rows = spec->m, .columns = spec->n, .padding = spec->c_padding };
    const operand_layout a = describe_operand(spec, a_shape, &desc->a), b = describe_operand(spec, b_shape, &desc->b),
                         c = describe_operand(spec, c_shape, &desc->c);
    if (planes && spec->b_padding == 0) desc->b.leading_dimension = 0; /* whole words are dense */
    const size_t parameter_bytes = clq_gemm_parameters_size(spec);
    void *const parameters = own(problem, parameter_bytes);
    if (parameters == NULL || !make_input(problem, &random, &a, false) || !(planes ? make_planes(problem, &random, &b) : make_input(problem, &random, &b, true)) || !make_output(problem, &c)) {
        return false;
    }
    if (spec->b_source != CLQ_B_RUNTIME) desc->b_data = problem->b.data;
    clq_gemm_parameters_make(spec, desc, parameters);
    return true;
}

clq_gemm_problem *clq_gemm_problem_create(const clq_gemm_case *spec, char *message, size_t message_size)
{
    clq_gemm_problem *const problem = calloc(1, sizeof *problem);
    if (problem != NULL) problem->spec = *spec;
    if (problem == NULL || !fill_problem(problem)) {
        snprintf(message, message_size, "not enough host memory for the problem");
        clq_gemm_problem_destroy(problem);
        return NULL;
    }
    const clqnn_status status = clqnn_reference_gemm(&problem->desc, problem->a.data + problem->a.offset,
                                                     spec->b_source == CLQ_B_RUNTIME ? problem->b.data + problem->b.offset : NULL,
                                                     problem->c.data + problem->c.offset, problem->accumulators);
    if (status != CLQNN_OK) {
        snprintf(message, message_size, "the reference answers %s", clqnn_status_name(status));
        clq_gemm_problem_destroy(problem);
        return NULL;
    }
    return problem;
}

void clq_gemm_problem_destroy(clq_gemm_problem *problem)
{
    if (problem == NULL) return;
    for (size_t i = 0; i < problem->owned_count; i++) free(problem->owned[i]);
    free(problem);
}

bool clq_gemm_problem_locate(const clq_gemm_problem *problem, size_t position, clq_gemm_position *found)
{
    if (position >= problem->c.size || !problem->written[position]) return false;
    const clq_gemm_case *const spec = &problem->spec;
    int64_t element = (int64_t)((position - problem->c.offset) / clqnn_type_size(spec->c_type));
    *found = (clq_gemm_position){ { 0, 0 }, 0, 0 };
    for (int d = 0; d < 2; d++) {
        if (problem->c_stride[d] > 0 && spec->batch[d] > 1) {
            found->batch[d] = element / problem->c_stride[d];
            element %= problem->c_stride[d];
        }
    }
    found->row = element / problem->c_leading;
    found->column = element % problem->c_leading;
    return true;
}
