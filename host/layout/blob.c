/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/blob.h"

#include <stdbool.h>
#include <string.h>

#include "core/hash.h"
#include "core/message.h"
#include "clqnn/types.h"

static uint64_t blob_checksum(const void *header, size_t header_size, const void *payload, uint64_t payload_bytes)
{
    return clq_hash(clq_hash(CLQ_HASH_START, header, header_size - sizeof(uint64_t)), payload, (size_t)payload_bytes);
}

void clq_blob_close(void *header, size_t header_size, const void *payload)
{
    clq_blob_seal seal;
    unsigned char *place = (unsigned char *)header + header_size - sizeof seal;
    memcpy(&seal, place, sizeof seal);
    seal.checksum = blob_checksum(header, header_size, payload, seal.payload_bytes);
    memcpy(place, &seal, sizeof seal);
}

clqnn_status clq_blob_open(const void *data, size_t size, uint64_t magic, uint32_t version, void *header, size_t header_size)
{
    if (size < header_size) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have %zu bytes, less than a header of %zu", size, header_size);
    clq_blob_mark mark;
    clq_blob_seal seal;
    memcpy(header, data, header_size);
    memcpy(&mark, header, sizeof mark);
    memcpy(&seal, (unsigned char *)header + header_size - sizeof seal, sizeof seal);
    if (mark.magic != magic) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights start with %#llx, not with clqnn's mark", (unsigned long long)mark.magic);
    if (mark.version != version) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have version %u, this library reads %u", mark.version, version);
    if (seal.payload_bytes != size - header_size) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights announce %llu bytes of payload, but %zu follow", (unsigned long long)seal.payload_bytes, size - header_size);
    }
    const void *payload = (const unsigned char *)data + header_size;
    if (blob_checksum(header, header_size, payload, seal.payload_bytes) == seal.checksum) return CLQNN_OK;
    return clq_fail(CLQNN_CORRUPT_DATA, "packed weights are damaged: the checksum differs");
}

clqnn_status clq_blob_check_zero_points(uint32_t type, const int32_t *zero_points, int64_t count)
{
    const bool is_byte = type == CLQNN_S8 || type == CLQNN_U8; /* b1 and t2 have none */
    const int32_t low = type == CLQNN_S8 ? -128 : 0, high = is_byte ? low + 255 : 0;
    for (int64_t i = 0; i < count; i++) {
        if (zero_points[i] < low || zero_points[i] > high) {
            return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have zero point %d in column %lld", (int)zero_points[i], (long long)i);
        }
    }
    return CLQNN_OK;
}
