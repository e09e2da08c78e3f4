/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>

#include "gemm_run.h"
#include "output_compare.h"

static void report_element(const clq_gemm_problem *problem, size_t byte, const unsigned char *got, clq_gemm_result *result)
{
    const clq_gemm_case *const spec = &problem->spec;
    const size_t element = clqnn_type_size(spec->c_type), start = byte - (byte - problem->c.offset) % element;
    clq_gemm_position at;
    char expected_text[64], got_text[64];
    if (!clq_gemm_problem_locate(problem, start, &at)) return;
    const int64_t batch = at.batch[0] * spec->batch[1] + at.batch[1];
    const int32_t accumulator = problem->accumulators[(batch * spec->m + at.row) * spec->n + at.column];
    clq_element_text(spec->c_type, problem->c.data + start, expected_text, sizeof expected_text);
    clq_element_text(spec->c_type, got + start, got_text, sizeof got_text);
    snprintf(result->message, sizeof result->message,
             "c[%" PRId64 ",%" PRId64 "][%" PRId64 "][%" PRId64 "]: accumulator %" PRId32 ", expected %s, got %s", at.batch[0], at.batch[1], at.row,
             at.column, accumulator, expected_text, got_text);
}

void clq_gemm_compare(const clq_gemm_problem *problem, const unsigned char *got, unsigned char poison, clq_gemm_result *result)
{
    const clq_expected_output expected = { .name = "c", .type = problem->spec.c_type, .bytes = problem->c, .written = problem->written };
    const size_t first = clq_output_compare(&expected, got, poison, result);
    if (result->differences > 0) report_element(problem, first, got, result);
}
