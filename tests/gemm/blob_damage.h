/* SPDX-License-Identifier: Apache-2.0 */
/* Serialised weights of products, damaged: what tests of every kind of blob do. Internal: links the static library, for the checksum. For cmocka tests. */
#ifndef BLOB_DAMAGE_H
#define BLOB_DAMAGE_H

#include "gemm_fixture.h"

/* The weights' blob; the caller frees it. */
unsigned char *blob_of(const clqnn_gemm_weights *weights, size_t *size);

/* Reading the blob answers CLQNN_CORRUPT_DATA with a message that holds `text` (NULL: any), and gives no weights. */
void expect_corrupt(const unsigned char *blob, size_t size, const char *text);

/* Every shorter part of the blob is corrupt, and the blob with a byte more; each in a block of its own, so that sanitizers see a read beyond it. */
void expect_truncations_corrupt(const unsigned char *blob, size_t size);

/* Every bit of the blob counts, and every byte turned over. The blob is left as it was. */
void expect_flips_corrupt(unsigned char *blob, size_t size);

/* The right checksum of what the blob now holds; it stands in the last 8 bytes of the header. */
void seal_blob(unsigned char *blob, size_t size, size_t checksum_at);

/* `count` bytes written over the blob at `at`, and sealed: corrupt all the same. */
void expect_sealed_damage_corrupt(unsigned char *blob, size_t size, size_t checksum_at, size_t at, const void *bytes, size_t count, const char *text);

#endif
