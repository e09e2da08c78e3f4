/* SPDX-License-Identifier: Apache-2.0 */
/* Serialised weights: a header of one family, then its payload; little-endian. A header starts with a clq_blob_mark and ends with a clq_blob_seal;
 * the checksum covers the header before it and all that follows. */
#ifndef CLQ_BLOB_H
#define CLQ_BLOB_H

#include <stddef.h>
#include <stdint.h>

#include "clqnn/status.h"

typedef struct clq_blob_mark {
    uint64_t magic;
    uint32_t version;
    uint32_t type;           /* clqnn_type of the elements */
} clq_blob_mark;

typedef struct clq_blob_seal {
    uint64_t payload_bytes;
    uint64_t checksum;
} clq_blob_seal;

/* Writes the checksum into the seal at the end of a header of `header_size` bytes. */
void clq_blob_close(void *header, size_t header_size, const void *payload);

/* Copies the header out of a blob and checks, before anything else is believed: size, magic, version, payload size, checksum. CLQNN_CORRUPT_DATA says what
 * is wrong. */
clqnn_status clq_blob_open(const void *data, size_t size, uint64_t magic, uint32_t version, void *header, size_t header_size);

/* Each of `count` zero points is within the range of 8-bit weights of this type; 0 of bit planes. */
clqnn_status clq_blob_check_zero_points(uint32_t type, const int32_t *zero_points, int64_t count);

#endif
