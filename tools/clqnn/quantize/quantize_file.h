/* SPDX-License-Identifier: Apache-2.0 */
/* The file that `clqnn quantize` writes, as it grows. A failure stays: what follows it does nothing. */
#ifndef CLQ_QUANTIZE_FILE_H
#define CLQ_QUANTIZE_FILE_H

#include "safetensors.h"

typedef struct clq_quantize_file {
    clq_safetensors_tensor *tensors;
    clq_safetensors_text *texts;
    void **owned;
    size_t tensor_count, text_count, owned_count;
    bool is_out_of_memory;
} clq_quantize_file;

/* Adds a tensor whose data somebody keeps until the file is freed. Its name is NAME and PART, copied; PART may be "". */
void clq_quantize_file_add(clq_quantize_file *file, const clq_safetensors_tensor *tensor, const char *name, const char *part);

/* Frees a block with the file; on failure at once. */
void clq_quantize_file_own(clq_quantize_file *file, void *block);

/* Adds the key NAME and PART, or replaces its value; both are copied. */
__attribute__((format(printf, 4, 5))) void clq_quantize_file_text(clq_quantize_file *file, const char *name, const char *part, const char *format, ...);

clqnn_status clq_quantize_file_write(const clq_quantize_file *file, const char *path, char *message, size_t capacity);
void clq_quantize_file_free(clq_quantize_file *file);

#endif
