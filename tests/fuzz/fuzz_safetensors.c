/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzz target: any bytes as a safetensors file. Reads them and touches the first and the last byte of every tensor. */
#include "fuzz_target.h"

#include <stdlib.h>
#include <string.h>

#include "safetensors.h"

/* What is read is one tensor of each name, of a size that its dtype and shape give; anything else ends the process. */
static void touch(const clq_safetensors *file, volatile unsigned *sum)
{
    for (size_t i = 0; i < clq_safetensors_count(file); i++) {
        const clq_safetensors_tensor *tensor = clq_safetensors_at(file, i);
        uint64_t bytes = 0;
        if (!clq_safetensors_bytes(tensor, &bytes) || tensor->data == NULL || clq_safetensors_find(file, tensor->name) != tensor) abort();
        if (bytes > 0) *sum += ((const unsigned char *)tensor->data)[0] + ((const unsigned char *)tensor->data)[bytes - 1];
    }
    for (size_t i = 0; i < clq_safetensors_text_count(file); i++) {
        const clq_safetensors_text *text = clq_safetensors_text_at(file, i);
        if (clq_safetensors_text_of(file, text->key) != text->value) abort();
        *sum += (unsigned)strlen(text->value);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char message[200] = "";
    clq_safetensors *file = NULL;
    const clqnn_status status = clq_safetensors_read_memory(data, size, &file, message, sizeof message);
    if ((status == CLQNN_OK) != (file != NULL) || (status != CLQNN_OK && message[0] == '\0')) abort();
    if (status != CLQNN_OK) return 0;
    volatile unsigned sum = 0; /* keeps the reads */
    touch(file, &sum);
    clq_safetensors_free(file);
    return 0;
}
