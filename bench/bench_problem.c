/* SPDX-License-Identifier: Apache-2.0 */
#include "bench_problem.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference.h"
#include "seeded_random.h"

enum { BENCH_SEED = 20 };
static const double largest_problem = 4e9;

static bool is_byte(clqnn_type type) { return type == CLQNN_S8 || type == CLQNN_U8; }

static void fill(clq_random *random, void *data, size_t bytes, clqnn_type type)
{
    if (is_byte(type)) {
        clq_random_fill(random, data, bytes);
        return;
    }
    for (size_t i = 0; i < bytes / clqnn_type_size(type); i++) {
        const float value = clq_random_float(random, -2.0f, 2.0f);
        if (type == CLQNN_F32) {
            ((float *)data)[i] = value;
        } else {
            ((uint16_t *)data)[i] = clqnn_reference_f32_to_f16(value);
        }
    }
}

static void set_numerics(clq_bench_problem *problem, clq_random *random)
{
    clqnn_gemm_desc *const desc = &problem->desc;
    const int64_t n = problem->shape.n;
    if (!is_byte(problem->types.a)) {
        desc->dynamic = CLQNN_DYNAMIC_PER_ROW;
        desc->dynamic_type = CLQNN_U8;
    }
    if (problem->types.c == CLQNN_S32) return;
    const float spread = 5000.0f * sqrtf((float)problem->shape.k + 1.0f);
    for (int64_t j = 0; j < n; j++) problem->b_scales[j] = clq_random_float(random, 0.5f, 1.5f) * 0.01f;
    desc->b.quantization.scales = problem->b_scales;
    desc->b.quantization.scale_count = n;
    if (!is_byte(problem->types.c)) return;
    problem->a_scale = 0.02f;
    problem->c_scale = 0.02f * 0.01f * spread / 60.0f;
    problem->a_zero = problem->types.a == CLQNN_U8 ? 128 : 3;
    problem->c_zero = problem->types.c == CLQNN_U8 ? 121 : -4;
    for (int64_t j = 0; j < n; j++) problem->bias[j] = (int32_t)clq_random_range(random, -20000, 20000);
    desc->a.quantization = (clqnn_quantization){ .scales = &problem->a_scale, .scale_count = 1, .zero_points = &problem->a_zero, .zero_point_count = 1 };
    desc->c.quantization = (clqnn_quantization){ .scales = &problem->c_scale, .scale_count = 1, .zero_points = &problem->c_zero, .zero_point_count = 1 };
    desc->bias = problem->bias;
    desc->bias_type = CLQNN_S32;
}

bool clq_bench_problem_create(const clq_gemm_shape *shape, const clq_gemm_types *types, clq_bench_problem *problem, char *message, size_t size)
{
    *problem = (clq_bench_problem){ .shape = *shape, .types = *types, .copies = 1 };
    if (types->a == CLQNN_S32 || !is_byte(types->b) || (!is_byte(types->a) && is_byte(types->c)) || (!is_byte(types->a) && types->c == CLQNN_S32)) {
        snprintf(message, size, "the library has no GEMM of these types");
        return false;
    }
    const double batch_count = (double)shape->batch[0] * (double)shape->batch[1];
    if (batch_count * ((double)shape->m * (double)shape->k + (double)shape->k * (double)shape->n + (double)shape->m * (double)shape->n) > largest_problem) {
        snprintf(message, size, "its matrices have more than %.0f elements", largest_problem);
        return false;
    }
    const size_t batches = (size_t)(shape->batch[0] * shape->batch[1]);
    problem->a_bytes = batches * (size_t)shape->m * (size_t)shape->k * clqnn_type_size(types->a);
    problem->b_bytes = batches * (size_t)shape->k * (size_t)shape->n;
    problem->c_bytes = batches * (size_t)shape->m * (size_t)shape->n * clqnn_type_size(types->c);
    problem->operations = 2.0 * (double)batches * (double)shape->m * (double)shape->n * (double)shape->k;
    problem->bytes = (double)problem->a_bytes + (double)problem->b_bytes + (double)problem->c_bytes;
    problem->a = malloc(problem->a_bytes + 1);
    problem->b = malloc(problem->b_bytes + 1);
    problem->b_scales = malloc((size_t)(shape->n + 1) * sizeof *problem->b_scales);
    problem->bias = malloc((size_t)(shape->n + 1) * sizeof *problem->bias);
    if (!problem->a || !problem->b || !problem->b_scales || !problem->bias) {
        snprintf(message, size, "not enough host memory");
        clq_bench_problem_destroy(problem);
        return false;
    }
    clq_random random = clq_random_seed(BENCH_SEED, 0);
    fill(&random, problem->a, problem->a_bytes, types->a);
    fill(&random, problem->b, problem->b_bytes, types->b);
    problem->desc = (clqnn_gemm_desc){ .struct_size = sizeof problem->desc, .m = shape->m, .n = shape->n, .k = shape->k,
                                       .batch = { shape->batch[0], shape->batch[1] }, .a = { .type = types->a }, .b = { .type = types->b },
                                       .c = { .type = types->c }, .b_data = problem->b };
    set_numerics(problem, &random);
    return true;
}

void clq_bench_problem_destroy(clq_bench_problem *problem)
{
    free(problem->a);
    free(problem->b);
    free(problem->b_scales);
    free(problem->bias);
    *problem = (clq_bench_problem){ .copies = 0 };
}
