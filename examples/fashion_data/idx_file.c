/* SPDX-License-Identifier: Apache-2.0 */
#include "idx_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#define MAX_DIMENSIONS 3
#define MAX_ITEMS 1000000u /* a damaged header must not ask for all memory */

static bool read_exactly(gzFile stream, void *target, size_t bytes)
{
    uint8_t *next = target;
    while (bytes > 0) {
        const unsigned chunk = bytes < (1u << 20) ? (unsigned)bytes : 1u << 20;
        const int got = gzread(stream, next, chunk);
        if (got <= 0) return false;
        next += got;
        bytes -= (size_t)got;
    }
    return true;
}

static bool read_big_endian(gzFile stream, uint32_t *value)
{
    uint8_t bytes[4];
    if (!read_exactly(stream, bytes, sizeof bytes)) return false;
    *value = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
    return true;
}

/* NULL, or what is wrong. Fills count and item_bytes. */
static const char *read_header(gzFile stream, uint32_t item_bytes, idx_file *file)
{
    uint32_t magic = 0;
    if (!read_big_endian(stream, &magic)) return "is empty or not a gzip file";
    const uint32_t dimensions = magic & 0xff;
    if (magic >> 8 != 8) return "is not an IDX file of unsigned bytes";
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) return "has an unexpected number of dimensions";
    uint64_t item = 1;
    for (uint32_t i = 0; i < dimensions; i++) {
        uint32_t size = 0;
        if (!read_big_endian(stream, &size)) return "ends within its header";
        if (size == 0 || size > MAX_ITEMS) return "has a dimension that is zero or too large";
        if (i == 0) file->count = size;
        if (i > 0) item *= size;
    }
    if (item != item_bytes) return "holds items of another size than expected";
    file->item_bytes = item_bytes;
    return NULL;
}

/* Reading to the end makes zlib compare the checksum. */
static bool ends_here(gzFile stream)
{
    uint8_t more;
    int code = Z_OK;
    if (gzread(stream, &more, 1) != 0) return false;
    (void)gzerror(stream, &code);
    return code == Z_OK;
}

static const char *read_items(gzFile stream, uint32_t item_bytes, uint32_t limit, idx_file *file)
{
    const char *problem = read_header(stream, item_bytes, file);
    if (problem) return problem;
    const bool whole = limit == 0 || limit >= file->count;
    if (!whole) file->count = limit;
    const size_t bytes = (size_t)file->count * item_bytes;
    file->bytes = malloc(bytes);
    if (!file->bytes) return "is too large for this machine's memory";
    if (!read_exactly(stream, file->bytes, bytes)) return "is truncated or damaged";
    if (whole && !ends_here(stream)) return "has a wrong checksum or bytes after its end";
    return NULL;
}

bool idx_file_read(const char *path, uint32_t item_bytes, uint32_t limit, idx_file *file, char *error, size_t error_size)
{
    *file = (idx_file){0};
    gzFile stream = gzopen(path, "rb");
    const char *problem = stream ? read_items(stream, item_bytes, limit, file) : "can't be opened";
    if (stream) gzclose(stream);
    if (!problem) return true;
    idx_file_free(file);
    (void)snprintf(error, error_size, "%s %s", path, problem);
    return false;
}

void idx_file_free(idx_file *file)
{
    free(file->bytes);
    *file = (idx_file){0};
}
