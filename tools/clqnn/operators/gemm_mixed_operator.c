/* SPDX-License-Identifier: Apache-2.0 */
/* Products of floats, of clqnn/gemm.h: verified and listed under a name of their own. Case files and `explain` know them as gemm. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "mixed_run.h"
#include "mixed_values.h"
#include "op_variant_list.h"
#include "operator.h"
#include "plane_words.h"

static clqnn_status variants(clq_variant *list, size_t capacity, size_t *count)
{
    return clq_op_variants_of("gemm_mixed", list, capacity, count);
}

static void case_run(clqnn_context *context, const clq_sweep *sweep, size_t index, clq_verify_result *result)
{
    const clq_mixed_case spec = clq_mixed_case_make(sweep, index);
    clq_mixed_verify(context, &spec, sweep->variant, result);
}

static const char *case_describe(const clq_sweep *sweep, size_t index, char *text, size_t size)
{
    const clq_mixed_case spec = clq_mixed_case_make(sweep, index);
    return clq_mixed_case_describe(&spec, text, size);
}

/* One tolerance for all elements: the widest of their intervals. False where an element has none. */
static bool find_tolerance(const clq_mixed_problem *problem, const unsigned char *expected, char *text, size_t size)
{
    const clq_mixed_case *const spec = &problem->spec;
    double widest = 0;
    for (int64_t i = 0; i < spec->batch[0] * spec->batch[1] * spec->m * spec->n; i++) {
        const clqnn_reference_range range = clqnn_reference_float_range(&problem->output, problem->x[i]);
        const double y = clq_mixed_element(spec->c_type, expected + clq_mixed_problem_position(problem, i / (spec->m * spec->n), i / spec->n % spec->m, i % spec->n));
        if (range.is_nan == 2 || (isinf(range.low) && range.low == range.high)) continue;
        if (range.is_nan || isinf(range.low) || isinf(range.high)) return false;
        widest = fmax(widest, fmax(range.high - y, y - range.low));
    }
    snprintf(text, size, widest > 0 ? "abs=%.9g" : "exact", widest * 1.0000001);
    return true;
}

static bool write_problem(const clq_mixed_problem *problem, const char *path, const char *source, char *message, size_t size)
{
    const clq_mixed_case *const spec = &problem->spec;
    unsigned char *const expected = calloc(problem->c.size + 1, 1);
    char tolerance[48];
    if (expected == NULL) return false;
    for (int64_t i = 0; i < spec->batch[0] * spec->batch[1] * spec->m * spec->n; i++) {
        const size_t at = clq_mixed_problem_position(problem, i / (spec->m * spec->n), i / spec->n % spec->m, i % spec->n);
        clqnn_reference_float_store(&problem->output, problem->x[i].value, expected + at, 0);
    }
    const clq_case_gemm gemm = {.desc = problem->desc, .a = problem->a.data + problem->a.offset, .b = problem->b.data + problem->b.offset,
                                .expected = expected + problem->c.offset, .residual = problem->residual.data ? problem->residual.data + problem->residual.offset : NULL};
    const bool has_tolerance = find_tolerance(problem, expected, tolerance, sizeof tolerance);
    if (!has_tolerance) snprintf(message, size, "an element has no interval that a tolerance could say");
    const bool written = has_tolerance && clq_case_write_gemm(path, &gemm, source, tolerance, message, size) == CLQNN_OK;
    free(expected);
    return written;
}

static bool case_write(const clq_sweep *sweep, size_t index, const char *path, const char *source, char *message, size_t size)
{
    const clq_mixed_case spec = clq_mixed_case_make(sweep, index);
    if (clq_is_planes(spec.b_type)) {
        snprintf(message, size, "the format cannot say weights of bit planes below wider activations");
        return false;
    }
    if (spec.half_sums) return snprintf(message, size, "the format cannot say that sums are of f16"), false;
    const bool both = (spec.a_broadcast[0] && spec.b_broadcast[0]) || (spec.a_broadcast[1] && spec.b_broadcast[1]);
    if (both && spec.batch[0] * spec.batch[1] > 1) {
        snprintf(message, size, "the format cannot say that both operands broadcast along a batch dimension");
        return false;
    }
    clq_mixed_problem *const problem = clq_mixed_problem_create(&spec, message, size);
    if (problem == NULL) return false;
    const bool written = write_problem(problem, path, source, message, size);
    clq_mixed_problem_destroy(problem);
    return written;
}

const clq_operator clq_gemm_mixed_operator = {
    .name = "gemm_mixed",
    .variants = variants,
    .case_count = clq_mixed_case_count,
    .case_run = case_run,
    .case_describe = case_describe,
    .case_write = case_write,
};
