/* SPDX-License-Identifier: Apache-2.0 */
/* safetensors files: 8 bytes of header length (little-endian), a JSON header, the tensors' bytes. Reading trusts nothing; writing replaces a file only by
 * a whole one.
 *
 * Every function that fails writes a message that names the file, the tensor and the bad value into `message` (zero-terminated, cut at `capacity`; may be
 * NULL with capacity 0). Statuses: CLQNN_OK; CLQNN_CORRUPT_DATA: damaged or truncated; CLQNN_IO_ERROR: the system could not read or write;
 * CLQNN_OUT_OF_MEMORY; CLQNN_INVALID_ARGUMENT. No function prints. A file that was read is immutable: any number of threads may look at it. */
#ifndef CLQNN_SAFETENSORS_H
#define CLQNN_SAFETENSORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clqnn/status.h"

#define CLQ_SAFETENSORS_MAX_RANK 8

typedef struct clq_safetensors clq_safetensors;

typedef enum clq_safetensors_dtype {
    CLQ_SAFETENSORS_NONE = 0,
    CLQ_SAFETENSORS_BOOL,
    CLQ_SAFETENSORS_U8,
    CLQ_SAFETENSORS_I8,
    CLQ_SAFETENSORS_F8_E4M3,
    CLQ_SAFETENSORS_F8_E5M2,
    CLQ_SAFETENSORS_U16,
    CLQ_SAFETENSORS_I16,
    CLQ_SAFETENSORS_F16,
    CLQ_SAFETENSORS_BF16,
    CLQ_SAFETENSORS_U32,
    CLQ_SAFETENSORS_I32,
    CLQ_SAFETENSORS_F32,
    CLQ_SAFETENSORS_U64,
    CLQ_SAFETENSORS_I64,
    CLQ_SAFETENSORS_F64
} clq_safetensors_dtype;

/* One tensor: dense, row-major, little-endian. In a file that was read, `data` is aligned for its type, never NULL, and lives as long as the file. */
typedef struct clq_safetensors_tensor {
    const char *name;
    clq_safetensors_dtype dtype;
    int32_t rank;
    int64_t shape[CLQ_SAFETENSORS_MAX_RANK];
    const void *data;
} clq_safetensors_tensor;

/* One entry of __metadata__. */
typedef struct clq_safetensors_text {
    const char *key, *value;
} clq_safetensors_text;

/* ---- Reading ---- */

/* Reads a whole file and checks it: the header's length and JSON, names given twice, dtypes, at most 8 dimensions, sizes that overflow or do not fit their
 * bytes, tensors that overlap, leave gaps or end behind the end of the file. At most 100,000,000 bytes of header. On failure *out is NULL. */
clqnn_status clq_safetensors_read(const char *path, clq_safetensors **out, char *message, size_t capacity);

/* The same from memory, which need not outlive the call. */
clqnn_status clq_safetensors_read_memory(const void *bytes, size_t size, clq_safetensors **out, char *message, size_t capacity);

/* NULL is allowed. */
void clq_safetensors_free(clq_safetensors *file);

/* Tensors and texts in the header's order; the index is below the count. By name: NULL where absent. */
size_t clq_safetensors_count(const clq_safetensors *file);
const clq_safetensors_tensor *clq_safetensors_at(const clq_safetensors *file, size_t index);
const clq_safetensors_tensor *clq_safetensors_find(const clq_safetensors *file, const char *name);
size_t clq_safetensors_text_count(const clq_safetensors *file);
const clq_safetensors_text *clq_safetensors_text_at(const clq_safetensors *file, size_t index);
const char *clq_safetensors_text_of(const clq_safetensors *file, const char *key);

/* ---- Writing ---- */

typedef struct clq_safetensors_content {
    const clq_safetensors_text *texts;
    size_t text_count;
    const clq_safetensors_tensor *tensors;
    size_t tensor_count;
} clq_safetensors_content;

/* Writes beside `path`, flushes to the disk and renames: whoever opens `path` sees the old file or the whole new one. The header is padded to a multiple of
 * 8 bytes and tensors lie by falling element size, then by name, so that each is aligned for its type and the same content gives the same bytes. Texts keep
 * their order. Refused: a name, key or value that is NULL or no UTF-8, a name given twice or "__metadata__", a rank above 8, a shape that overflows, no data. */
clqnn_status clq_safetensors_write(const char *path, const clq_safetensors_content *content, char *message, size_t capacity);

/* ---- Types ---- */

const char *clq_safetensors_dtype_name(clq_safetensors_dtype dtype);          /* "BF16"; "none" for what is no dtype */
clq_safetensors_dtype clq_safetensors_dtype_from_name(const char *name);      /* CLQ_SAFETENSORS_NONE where unknown */
size_t clq_safetensors_dtype_size(clq_safetensors_dtype dtype);               /* bytes; 0 for what is no dtype */

/* Elements and bytes of a shape; false for a negative size, a rank outside 0..8 and what 63 bits do not hold. A size of 0 anywhere gives 0. */
bool clq_safetensors_elements(const clq_safetensors_tensor *tensor, uint64_t *elements);
bool clq_safetensors_bytes(const clq_safetensors_tensor *tensor, uint64_t *bytes);

#endif
