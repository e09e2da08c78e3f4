/* SPDX-License-Identifier: Apache-2.0 */
#include "blob_damage.h"

#include <stdlib.h>
#include <string.h>

#include "core/hash.h"

unsigned char *blob_of(const clqnn_gemm_weights *weights, size_t *size)
{
    assert_int_equal(clqnn_gemm_weights_serialize(weights, NULL, 0, size), CLQNN_OK);
    unsigned char *blob = malloc(*size);
    assert_non_null(blob);
    assert_int_equal(clqnn_gemm_weights_serialize(weights, blob, *size, size), CLQNN_OK);
    return blob;
}

void expect_corrupt(const unsigned char *blob, size_t size, const char *text)
{
    clqnn_gemm_weights *weights = (clqnn_gemm_weights *)(uintptr_t)64;
    const clqnn_status status = clqnn_gemm_weights_deserialize(fixture_context(), blob, size, &weights);
    if (status != CLQNN_CORRUPT_DATA) fail_msg("reading %zu bytes answers %s", size, clqnn_status_name(status));
    assert_null(weights);
    expect_message("packed weights", text);
}

void expect_truncations_corrupt(const unsigned char *blob, size_t size)
{
    for (size_t length = 0; length < size; length++) {
        unsigned char *cut = malloc(length ? length : 1);
        assert_non_null(cut);
        memcpy(cut, blob, length);
        expect_corrupt(cut, length, NULL);
        free(cut);
    }
    unsigned char *longer = calloc(size + 1, 1);
    assert_non_null(longer);
    memcpy(longer, blob, size);
    expect_corrupt(longer, size + 1, "payload");
    free(longer);
}

void expect_flips_corrupt(unsigned char *blob, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        for (int bit = 0; bit < 9; bit++) {
            const unsigned char mask = bit < 8 ? (unsigned char)(1 << bit) : 0xff;
            blob[i] ^= mask;
            expect_corrupt(blob, size, NULL);
            blob[i] ^= mask;
        }
    }
}

void seal_blob(unsigned char *blob, size_t size, size_t checksum_at)
{
    const size_t header = checksum_at + sizeof(uint64_t);
    const uint64_t checksum = clq_hash(clq_hash(CLQ_HASH_START, blob, checksum_at), blob + header, size - header);
    memcpy(blob + checksum_at, &checksum, sizeof checksum);
}

void expect_sealed_damage_corrupt(unsigned char *blob, size_t size, size_t checksum_at, size_t at, const void *bytes, size_t count, const char *text)
{
    memcpy(blob + at, bytes, count);
    seal_blob(blob, size, checksum_at);
    expect_corrupt(blob, size, text);
}
