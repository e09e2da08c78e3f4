/* SPDX-License-Identifier: Apache-2.0 */
/* A case file put together by hand, good or bad, for the tests of the reader. Header only. */
#ifndef CLQNN_CASE_BYTES_H
#define CLQNN_CASE_BYTES_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* u64 header length, the header, `data`. In a block of exactly *size bytes, to be freed. */
static inline unsigned char *case_bytes(const char *header, const void *data, size_t data_size, size_t *size)
{
    const size_t length = strlen(header);
    *size = 8 + length + data_size;
    unsigned char *bytes = malloc(*size);
    if (bytes == NULL) return NULL;
    for (int i = 0; i < 8; i++) bytes[i] = (unsigned char)((uint64_t)length >> 8 * i);
    memcpy(bytes + 8, header, length);
    if (data_size > 0) memcpy(bytes + 8 + length, data, data_size);
    return bytes;
}

#endif
