/* SPDX-License-Identifier: Apache-2.0 */
#include "packed_weights.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool fail(clq_gemm_result *result, const char *call, clqnn_status status)
{
    result->outcome = status == CLQNN_UNSUPPORTED ? CLQ_REFUSED : CLQ_FAILED;
    snprintf(result->message, sizeof result->message, "%s: %s: %s", call, clqnn_status_name(status), clqnn_last_error());
    return false;
}

static bool check_layout(const char *packed, const char *read, clq_gemm_result *result)
{
    if (packed != NULL && read != NULL && strcmp(packed, read) == 0) return true;
    result->outcome = CLQ_FAILED;
    snprintf(result->message, sizeof result->message, "layout %s became %s through the blob", packed ? packed : "(null)", read ? read : "(null)");
    return false;
}

/* Element (row, column) of b's matrix `batch`, from the problem's own storage. */
static unsigned char source_element(const clq_gemm_problem *problem, int64_t batch, int64_t row, int64_t column)
{
    const clq_gemm_case *const spec = &problem->spec;
    const int64_t rows = spec->b_transposed ? spec->n : spec->k, leading = (spec->b_transposed ? spec->k : spec->n) + spec->b_padding;
    const int64_t matrix = rows * leading + spec->batch_gap;
    const int64_t outer = batch / spec->batch[1], inner = batch % spec->batch[1];
    const int64_t start = outer * (spec->batch[1] * matrix + spec->batch_gap) + inner * matrix;
    return problem->b.data[start + (spec->b_transposed ? column * leading + row : row * leading + column)];
}

static bool check_unpacked(const clq_gemm_problem *problem, const unsigned char *unpacked, clq_gemm_result *result)
{
    const clq_gemm_case *const spec = &problem->spec;
    const int64_t batches = spec->batch[0] * spec->batch[1];
    for (int64_t at = 0; at < batches * spec->k * spec->n; at++) {
        const int64_t batch = at / (spec->k * spec->n), row = at / spec->n % spec->k, column = at % spec->n;
        const unsigned char expected = source_element(problem, batch, row, column);
        if (unpacked[at] == expected) continue;
        result->outcome = CLQ_FAILED;
        snprintf(result->message, sizeof result->message, "unpacked b[%" PRId64 "][%" PRId64 "][%" PRId64 "]: expected byte %d, got %d", batch, row, column,
                 expected, unpacked[at]);
        return false;
    }
    return true;
}

static bool check_unpacked_planes(const clq_gemm_problem *problem, const unsigned char *unpacked, clq_gemm_result *result)
{
    const clq_plane_rows *const rows = &problem->b_rows;
    const size_t bytes = clq_plane_rows_bytes(rows->type, rows->columns);
    for (int64_t at = 0; at < rows->counts[0] * rows->counts[1] * rows->rows; at++) {
        const int64_t batch = at / rows->rows, row = at % rows->rows;
        if (memcmp(unpacked + (size_t)at * bytes, problem->b.data + clq_plane_rows_place(rows, &problem->b, batch, row), bytes) == 0) continue;
        result->outcome = CLQ_FAILED;
        snprintf(result->message, sizeof result->message, "unpacked b[%" PRId64 "], row %" PRId64 " of planes differs", batch, row);
        return false;
    }
    return true;
}

static bool unpack_and_check(const clq_gemm_problem *problem, const clqnn_gemm_weights *weights, clq_gemm_result *result)
{
    const clq_gemm_case *const spec = &problem->spec;
    if (spec->b_broadcast[0] || spec->b_broadcast[1]) return true; /* the round trip of a whole b is what is compared */
    const bool planes = clq_is_planes(spec->b_type);
    const int64_t values = planes ? spec->n * (int64_t)clq_plane_rows_bytes(spec->b_type, spec->k) : spec->k * spec->n;
    const size_t size = (size_t)(spec->batch[0] * spec->batch[1] * values);
    unsigned char *const unpacked = malloc(size > 0 ? size : 1);
    if (unpacked == NULL) return fail(result, "malloc", CLQNN_OUT_OF_MEMORY);
    memset(unpacked, 0xa5, size);
    const clqnn_status status = clqnn_gemm_weights_unpack(weights, unpacked, size);
    const bool equal = status == CLQNN_OK ? (planes ? check_unpacked_planes(problem, unpacked, result) : check_unpacked(problem, unpacked, result)) : fail(result, "clqnn_gemm_weights_unpack", status);
    free(unpacked);
    return equal;
}

static bool through_blob(clqnn_context *context, const clqnn_gemm_weights *packed, clqnn_gemm_weights **read, clq_gemm_result *result)
{
    size_t size = 0;
    clqnn_status status = clqnn_gemm_weights_serialize(packed, NULL, 0, &size);
    if (status != CLQNN_OK) return fail(result, "clqnn_gemm_weights_serialize (size)", status);
    void *const blob = malloc(size > 0 ? size : 1);
    if (blob == NULL) return fail(result, "malloc", CLQNN_OUT_OF_MEMORY);
    status = clqnn_gemm_weights_serialize(packed, blob, size, &size);
    if (status != CLQNN_OK) {
        free(blob);
        return fail(result, "clqnn_gemm_weights_serialize", status);
    }
    status = clqnn_gemm_weights_deserialize(context, blob, size, read);
    free(blob);
    return status == CLQNN_OK || fail(result, "clqnn_gemm_weights_deserialize", status);
}

bool clq_packed_weights_round_trip(clqnn_context *context, const clq_gemm_problem *problem, const clqnn_gemm_desc *desc, clqnn_gemm_weights **weights,
                                   clq_gemm_result *result)
{
    clqnn_gemm_weights *packed = NULL, *read = NULL;
    const clqnn_status status = clqnn_gemm_pack(context, desc, &packed);
    if (status != CLQNN_OK) return fail(result, "clqnn_gemm_pack", status);
    const bool held = through_blob(context, packed, &read, result) && check_layout(clqnn_gemm_weights_layout(packed), clqnn_gemm_weights_layout(read), result) &&
                      unpack_and_check(problem, read, result);
    clqnn_gemm_weights_release(packed);
    if (!held) {
        clqnn_gemm_weights_release(read);
        read = NULL;
    }
    *weights = read;
    return held;
}
