/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mixed_run.h"

static bool fail(clq_verify_result *result, const char *call, clqnn_status status)
{
    result->outcome = status == CLQNN_UNSUPPORTED ? CLQ_REFUSED : CLQ_FAILED;
    snprintf(result->message, sizeof result->message, "%s: %s: %s", call, clqnn_status_name(status), clqnn_last_error());
    return false;
}

static int64_t stored_matrices(const clq_mixed_problem *problem, int dimension)
{
    return problem->spec.b_broadcast[dimension] ? 1 : problem->spec.batch[dimension];
}

/* The bit of a tensor of elements that have `bits` each. */
static int bit_at(const unsigned char *data, int64_t element, int64_t bits, int64_t bit)
{
    const int64_t at = element * bits + bit;
    return data[at / 8] >> (at % 8) & 1;
}

/* Each unpacked matrix is dense and begins at a byte of its own. */
static bool check_unpacked(const clq_mixed_problem *problem, const unsigned char *unpacked, int64_t matrix_bytes, clq_verify_result *result)
{
    const clq_mixed_case *const spec = &problem->spec;
    const clq_mixed_place *const place = &problem->b_place;
    const int64_t bits = (int64_t)clqnn_type_bits(spec->b_type), inners = stored_matrices(problem, 1);
    const int64_t row_step = spec->b_transposed ? 1 : place->leading, column_step = spec->b_transposed ? place->leading : 1;
    for (int64_t at = 0; at < stored_matrices(problem, 0) * inners * spec->k * spec->n; at++) {
        const int64_t batch = at / (spec->k * spec->n), row = at / spec->n % spec->k, column = at % spec->n;
        const int64_t from = batch / inners * place->stride[0] + batch % inners * place->stride[1] + row * row_step + column * column_step;
        for (int64_t bit = 0; bit < bits; bit++) {
            if (bit_at(unpacked + batch * matrix_bytes, row * spec->n + column, bits, bit) == bit_at(problem->b.data + problem->b.offset, from, bits, bit)) continue;
            result->outcome = CLQ_FAILED;
            snprintf(result->message, sizeof result->message, "unpacked b[%" PRId64 "][%" PRId64 "][%" PRId64 "]: bit %d differs", batch, row, column, (int)bit);
            return false;
        }
    }
    return true;
}

static bool check_unpacked_planes(const clq_mixed_problem *problem, const unsigned char *unpacked, clq_verify_result *result)
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

static bool unpack_and_check(const clq_mixed_problem *problem, const clqnn_gemm_weights *weights, clq_verify_result *result)
{
    const clq_mixed_case *const spec = &problem->spec;
    const bool planes = clq_is_planes(spec->b_type);
    const size_t elements = ((size_t)(spec->k * spec->n) * clqnn_type_bits(spec->b_type) + 7) / 8;
    const size_t matrix = planes ? (size_t)spec->n * clq_plane_rows_bytes(spec->b_type, spec->k) : elements;
    const size_t size = (size_t)(stored_matrices(problem, 0) * stored_matrices(problem, 1)) * matrix;
    unsigned char *const unpacked = malloc(size + 1);
    if (!unpacked) return fail(result, "malloc", CLQNN_OUT_OF_MEMORY);
    memset(unpacked, 0xa5, size + 1);
    const clqnn_status status = clqnn_gemm_weights_unpack(weights, unpacked, size);
    bool equal = status == CLQNN_OK || fail(result, "clqnn_gemm_weights_unpack", status);
    if (equal) equal = planes ? check_unpacked_planes(problem, unpacked, result) : check_unpacked(problem, unpacked, (int64_t)matrix, result);
    if (equal && unpacked[size] != 0xa5) equal = fail(result, "clqnn_gemm_weights_unpack wrote beyond its capacity", CLQNN_OK);
    free(unpacked);
    return equal;
}

/* The first stored matrix as floats, bit for bit the formula's; NaN is any NaN. */
static bool check_dequantized(const clq_mixed_problem *problem, const clqnn_gemm_weights *weights, clq_verify_result *result)
{
    const clq_mixed_case *const spec = &problem->spec;
    const size_t count = (size_t)(spec->k * spec->n), all = count * (size_t)(stored_matrices(problem, 0) * stored_matrices(problem, 1));
    float *const wanted = malloc(count * sizeof *wanted + 1), *const got = malloc(all * sizeof *got + 1);
    clqnn_status status = wanted && got ? CLQNN_OK : CLQNN_OUT_OF_MEMORY;
    if (status == CLQNN_OK) status = clqnn_reference_dequantize_weights(&problem->desc, problem->b.data + problem->b.offset, wanted);
    if (status == CLQNN_OK) status = clqnn_gemm_weights_dequantize(weights, got, all * sizeof *got);
    bool equal = status == CLQNN_OK || fail(result, "clqnn_gemm_weights_dequantize", status);
    for (size_t i = 0; equal && i < count; i++) {
        if (memcmp(&wanted[i], &got[i], sizeof wanted[i]) == 0 || (isnan(wanted[i]) && isnan(got[i]))) continue;
        result->outcome = CLQ_FAILED;
        snprintf(result->message, sizeof result->message, "dequantized b[0][%zu][%zu]: expected %a, got %a", i / (size_t)spec->n, i % (size_t)spec->n,
                 (double)wanted[i], (double)got[i]);
        equal = false;
    }
    free(wanted);
    free(got);
    return equal;
}

static bool through_blob(clqnn_context *context, const clqnn_gemm_weights *packed, clqnn_gemm_weights **read, clq_verify_result *result)
{
    size_t size = 0;
    clqnn_status status = clqnn_gemm_weights_serialize(packed, NULL, 0, &size);
    if (status != CLQNN_OK) return fail(result, "clqnn_gemm_weights_serialize (size)", status);
    void *const blob = malloc(size + 1);
    if (!blob) return fail(result, "malloc", CLQNN_OUT_OF_MEMORY);
    status = clqnn_gemm_weights_serialize(packed, blob, size, &size);
    const bool written = status == CLQNN_OK || fail(result, "clqnn_gemm_weights_serialize", status);
    if (written) status = clqnn_gemm_weights_deserialize(context, blob, size, read);
    free(blob);
    return written && (status == CLQNN_OK || fail(result, "clqnn_gemm_weights_deserialize", status));
}

bool clq_mixed_weights_round_trip(clqnn_context *context, const clq_mixed_problem *problem, const clqnn_gemm_desc *desc, clqnn_gemm_weights **weights,
                                  clq_verify_result *result)
{
    clqnn_gemm_weights *packed = NULL, *read = NULL;
    const clqnn_status status = clqnn_gemm_pack(context, desc, &packed);
    if (status != CLQNN_OK) return fail(result, "clqnn_gemm_pack", status);
    bool held = through_blob(context, packed, &read, result);
    if (held && strcmp(clqnn_gemm_weights_layout(packed), clqnn_gemm_weights_layout(read)) != 0) held = fail(result, "the layout changed through the blob", CLQNN_OK);
    held = held && unpack_and_check(problem, read, result) && check_dequantized(problem, read, result);
    clqnn_gemm_weights_release(packed);
    if (!held) clqnn_gemm_weights_release(read);
    *weights = held ? read : NULL;
    return held;
}
