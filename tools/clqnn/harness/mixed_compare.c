/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>

#include "mixed_run.h"
#include "mixed_values.h"

typedef struct place { int64_t batch, row, column; } place;

static void describe_difference(const clq_mixed_problem *problem, place at, const clqnn_reference_range *range, const unsigned char *got, clq_verify_result *result)
{
    const clq_mixed_case *const spec = &problem->spec;
    const clqnn_reference_bounded x = problem->x[(at.batch * spec->m + at.row) * spec->n + at.column];
    char wanted[96] = "NaN";
    if (range->is_nan != 2) snprintf(wanted, sizeof wanted, "%.9g..%.9g%s", range->low, range->high, range->is_nan ? " or NaN" : "");
    snprintf(result->message, sizeof result->message,
             "c[%" PRId64 "][%" PRId64 "][%" PRId64 "] (batch, row, column): before activation %.9g with an error of at most %.3g, expected %s, got %.9g", at.batch,
             at.row, at.column, x.value, x.error, wanted, clq_mixed_element(spec->c_type, got));
}

static void compare_elements(const clq_mixed_problem *problem, const unsigned char *got, clq_verify_result *result)
{
    const clq_mixed_case *const spec = &problem->spec;
    for (int64_t i = 0; i < spec->batch[0] * spec->batch[1] * spec->m * spec->n; i++) {
        const place at = {i / (spec->m * spec->n), i / spec->n % spec->m, i % spec->n};
        const unsigned char *const element = got + clq_mixed_problem_position(problem, at.batch, at.row, at.column);
        const clqnn_reference_range range = clqnn_reference_float_range(&problem->output, problem->x[i]);
        if (!clqnn_reference_in_range(spec->c_type, element, &range) && result->differences++ == 0) describe_difference(problem, at, &range, element, result);
    }
}

void clq_mixed_compare(const clq_mixed_problem *problem, const unsigned char *got, unsigned char poison, clq_verify_result *result)
{
    size_t canaries = 0, first = 0;
    result->differences = 0;
    compare_elements(problem, got, result);
    for (size_t byte = 0; byte < problem->c.size; byte++) {
        if (!problem->written[byte] && got[byte] != poison && canaries++ == 0) first = byte;
    }
    result->outcome = result->differences || canaries ? CLQ_FAILED : CLQ_PASSED;
    if (canaries && result->differences == 0) {
        snprintf(result->message, sizeof result->message, "%zu bytes outside c were overwritten, the first at byte %zu of %zu (c starts at byte %zu)", canaries, first,
                 problem->c.size, problem->c.offset);
    }
}
