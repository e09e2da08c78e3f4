/* SPDX-License-Identifier: Apache-2.0 */
#include "bits_run.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "row_compare.h"

/* ---- Packed weights ---- */

static bool fail(clq_verify_result *result, const char *text)
{
    result->outcome = CLQ_FAILED;
    snprintf(result->message, sizeof result->message, "%s", text);
    return false;
}

/* The matrices that are stored: dense rows of k values, one a column of b. */
static bool check_unpacked(const clq_bits_problem *problem, const unsigned char *unpacked, size_t row_bytes, clq_verify_result *result)
{
    const clq_bits_case *const spec = &problem->spec;
    const int64_t counts[2] = {spec->b_broadcast[0] ? 1 : spec->batch[0], spec->b_broadcast[1] ? 1 : spec->batch[1]};
    for (int64_t at = 0; at < counts[0] * counts[1] * spec->n; at++) {
        const int64_t matrix = at / spec->n, batch = matrix / counts[1] * spec->batch[1] + matrix % counts[1];
        const unsigned char *const wanted = problem->b.data + problem->b.offset + clq_bits_row_start(&problem->b_place, spec->batch, batch, at % spec->n);
        clq_row_difference first;
        if (clq_rows_compare(spec->numerics.b_type, wanted, unpacked + (size_t)at * row_bytes, spec->k, &first) == 0) continue;
        result->outcome = CLQ_FAILED;
        snprintf(result->message, sizeof result->message, "unpacked b[%" PRId64 "][%" PRId64 "][%" PRId64 "] (matrix, column, k): %s", matrix, at % spec->n, first.column,
                 first.text);
        return false;
    }
    return true;
}

static bool unpack_and_check(const clq_bits_problem *problem, const clqnn_gemm_weights *weights, clq_verify_result *result)
{
    const clq_bits_case *const spec = &problem->spec;
    const size_t row = clq_row_bytes(spec->numerics.b_type, clq_row_values(spec->numerics.b_type, spec->k));
    const int64_t matrices = (spec->b_broadcast[0] ? 1 : spec->batch[0]) * (spec->b_broadcast[1] ? 1 : spec->batch[1]);
    const size_t size = (size_t)(matrices * spec->n) * row;
    unsigned char *const unpacked = malloc(size + 1);
    if (!unpacked) return clq_verify_hold(CLQNN_OUT_OF_MEMORY, "malloc", result);
    memset(unpacked, 0xa5, size + 1);
    bool equal = clq_verify_hold(clqnn_gemm_weights_unpack(weights, unpacked, size), "clqnn_gemm_weights_unpack", result) && check_unpacked(problem, unpacked, row, result);
    if (equal && unpacked[size] != 0xa5) equal = fail(result, "clqnn_gemm_weights_unpack wrote beyond its capacity");
    free(unpacked);
    return equal;
}

static bool through_blob(clqnn_context *context, const clqnn_gemm_weights *packed, clqnn_gemm_weights **read, clq_verify_result *result)
{
    size_t size = 0;
    if (!clq_verify_hold(clqnn_gemm_weights_serialize(packed, NULL, 0, &size), "clqnn_gemm_weights_serialize (size)", result)) return false;
    void *const blob = malloc(size + 1);
    const bool held = clq_verify_hold(blob ? CLQNN_OK : CLQNN_OUT_OF_MEMORY, "malloc", result)
                      && clq_verify_hold(clqnn_gemm_weights_serialize(packed, blob, size, &size), "clqnn_gemm_weights_serialize", result)
                      && clq_verify_hold(clqnn_gemm_weights_deserialize(context, blob, size, read), "clqnn_gemm_weights_deserialize", result);
    free(blob);
    return held;
}

static bool round_trip(clqnn_context *context, const void *problem, const clqnn_gemm_desc *desc, clqnn_gemm_weights **weights, clq_verify_result *result)
{
    clqnn_gemm_weights *packed = NULL, *read = NULL;
    if (!clq_verify_hold(clqnn_gemm_pack(context, desc, &packed), "clqnn_gemm_pack", result)) return false;
    bool held = through_blob(context, packed, &read, result);
    if (held && strcmp(clqnn_gemm_weights_layout(packed), clqnn_gemm_weights_layout(read)) != 0) held = fail(result, "the layout changed through the blob");
    held = held && unpack_and_check(problem, read, result);
    clqnn_gemm_weights_release(packed);
    if (!held) clqnn_gemm_weights_release(read);
    *weights = held ? read : NULL;
    return held;
}

/* ---- The call ---- */

void clq_bits_compare(const clq_bits_problem *problem, const unsigned char *got, unsigned char poison, clq_verify_result *result)
{
    const clq_bits_case *const spec = &problem->spec;
    result->differences = 0;
    for (int64_t at = 0; spec->n > 0 && at < spec->batch[0] * spec->batch[1] * spec->m; at++) {
        const size_t start = problem->c.offset + clq_bits_row_start(&problem->c_place, spec->batch, at / spec->m, at % spec->m);
        clq_row_difference first;
        const size_t differences = clq_rows_compare(spec->numerics.c_type, problem->c.data + start, got + start, spec->n, &first);
        if (differences > 0 && result->differences == 0) {
            const int64_t column = first.column < spec->n ? first.column : spec->n - 1;
            snprintf(result->message, sizeof result->message, "c[%" PRId64 "][%" PRId64 "][%" PRId64 "] (batch, row, column): accumulator %" PRId32 ", %s", at / spec->m,
                     at % spec->m, first.column, problem->accumulators[at * spec->n + column], first.text);
        }
        result->differences += differences;
    }
    clq_canaries_compare("c", &problem->c, problem->written, got, poison, result);
}

static void compare(const void *problem, const unsigned char *got, unsigned char poison, clq_verify_result *result)
{
    clq_bits_compare(problem, got, poison, result);
}

clq_product_call clq_bits_call(const clq_bits_problem *problem)
{
    const clq_bits_case *const spec = &problem->spec;
    return (clq_product_call){.desc = &problem->desc, .b_source = spec->b_source, .sub_buffers = spec->sub_buffers, .wait_list = spec->wait_list,
                              .residual_in_c = spec->residual_in_c, .a = problem->a, .b = problem->b, .residual = problem->residual,
                              .row_scales = problem->row_scales, .c = problem->c, .written = problem->written, .problem = problem,
                              .round_trip = round_trip, .compare = compare};
}

void clq_bits_verify(clqnn_context *context, const clq_bits_case *spec, const char *variant, clq_verify_result *result)
{
    *result = (clq_verify_result){.outcome = CLQ_FAILED};
    clq_bits_problem *const problem = clq_bits_problem_create(spec, result->message, sizeof result->message);
    if (!problem) return;
    const clq_product_call call = clq_bits_call(problem);
    clq_product_run(context, &call, variant, result);
    clq_bits_problem_destroy(problem);
}
