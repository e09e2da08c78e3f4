/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the IDX format of the MNIST family, gzip-compressed or plain: a big-endian magic number 0x0000TTDD (type 08: unsigned byte; DD dimensions),
 * DD big-endian sizes, then the bytes, row-major. */
#ifndef IDX_FILE_H
#define IDX_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct idx_file {
    uint32_t count;      /* first dimension: images or labels */
    uint32_t item_bytes; /* product of the other dimensions */
    uint8_t *bytes;      /* count * item_bytes, owned */
} idx_file;

/* Reads at most `limit` items (0: all) of a file whose items have `item_bytes` bytes each; a file of anything else is an error. On failure says what is
 * wrong with which file in `error` and leaves `file` empty. */
bool idx_file_read(const char *path, uint32_t item_bytes, uint32_t limit, idx_file *file, char *error, size_t error_size);

void idx_file_free(idx_file *file);

#endif
