/* SPDX-License-Identifier: Apache-2.0 */
/* safetensors_copy IN OUT: reads a file and writes what it holds. */
#include <stdio.h>

#include "safetensors.h"

int main(int argc, char **argv)
{
    char message[512] = "two paths are wanted";
    clq_safetensors *file = NULL;
    clqnn_status status = argc == 3 ? clq_safetensors_read(argv[1], &file, message, sizeof message) : CLQNN_INVALID_ARGUMENT;
    if (status == CLQNN_OK) {
        const size_t texts = clq_safetensors_text_count(file), tensors = clq_safetensors_count(file);
        const clq_safetensors_content content = {.texts = texts > 0 ? clq_safetensors_text_at(file, 0) : NULL, .text_count = texts,
                                                 .tensors = tensors > 0 ? clq_safetensors_at(file, 0) : NULL, .tensor_count = tensors};
        status = clq_safetensors_write(argv[2], &content, message, sizeof message);
    }
    if (status != CLQNN_OK) fprintf(stderr, "safetensors_copy: %s\n", message);
    clq_safetensors_free(file);
    return status == CLQNN_OK ? 0 : 1;
}
