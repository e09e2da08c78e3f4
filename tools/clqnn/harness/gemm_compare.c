/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clqnn/reference.h"
#include "gemm_run.h"

/* An element's value as text, and whether it is a NaN. */
static bool print_element(clqnn_type type, const unsigned char *bytes, char *text, size_t size)
{
    float value = 0.0f;
    uint16_t half = 0;
    int32_t integer = 0;
    switch (type) {
    case CLQNN_S8: snprintf(text, size, "%d", (int)(signed char)bytes[0]); return false;
    case CLQNN_U8: snprintf(text, size, "%d", (int)bytes[0]); return false;
    case CLQNN_S32:
        memcpy(&integer, bytes, sizeof integer);
        snprintf(text, size, "%" PRId32, integer);
        return false;
    case CLQNN_F32: memcpy(&value, bytes, sizeof value); break;
    case CLQNN_F16:
        memcpy(&half, bytes, sizeof half);
        value = clqnn_reference_f16_to_f32(half);
        break;
    default: break;
    }
    snprintf(text, size, "%.9g (%a)", (double)value, (double)value);
    return isnan(value);
}

/* 1: equal or both NaN. */
static bool elements_equal(clqnn_type type, const unsigned char *expected, const unsigned char *got)
{
    char text[64];
    if (memcmp(expected, got, clqnn_type_size(type)) == 0) return true;
    if (type != CLQNN_F32 && type != CLQNN_F16) return false;
    return print_element(type, expected, text, sizeof text) && print_element(type, got, text, sizeof text);
}

static void report_element(const clq_gemm_problem *problem, size_t byte, const unsigned char *got, clq_gemm_result *result)
{
    const clq_gemm_case *const spec = &problem->spec;
    const size_t element = clqnn_type_size(spec->c_type), start = byte - (byte - problem->c.offset) % element;
    clq_gemm_position at;
    char expected_text[64], got_text[64];
    if (!clq_gemm_problem_locate(problem, start, &at)) return;
    const int64_t batch = at.batch[0] * spec->batch[1] + at.batch[1];
    const int32_t accumulator = problem->accumulators[(batch * spec->m + at.row) * spec->n + at.column];
    print_element(spec->c_type, problem->c.data + start, expected_text, sizeof expected_text);
    print_element(spec->c_type, got + start, got_text, sizeof got_text);
    snprintf(result->message, sizeof result->message,
             "c[%" PRId64 ",%" PRId64 "][%" PRId64 "][%" PRId64 "]: accumulator %" PRId32 ", expected %s, got %s", at.batch[0], at.batch[1], at.row,
             at.column, accumulator, expected_text, got_text);
}

void clq_gemm_compare(const clq_gemm_problem *problem, const unsigned char *got, unsigned char poison, clq_gemm_result *result)
{
    const clqnn_type type = problem->spec.c_type;
    const size_t element = clqnn_type_size(type), size = problem->c.size;
    size_t first_element = size, first_canary = size, canaries = 0;
    result->differences = 0;
    for (size_t byte = 0; byte < size;) {
        if (!problem->written[byte]) {
            if (got[byte] != poison && canaries++ == 0) first_canary = byte;
            byte++;
            continue;
        }
        if (!elements_equal(type, problem->c.data + byte, got + byte) && result->differences++ == 0) first_element = byte;
        byte += element;
    }
    result->outcome = result->differences == 0 && canaries == 0 ? CLQ_PASSED : CLQ_FAILED;
    if (result->differences > 0) {
        report_element(problem, first_element, got, result);
    } else if (canaries > 0) {
        snprintf(result->message, sizeof result->message, "%zu bytes outside c were overwritten, the first at byte %zu of %zu (c starts at byte %zu)", canaries,
                 first_canary, size, problem->c.offset);
    }
}
