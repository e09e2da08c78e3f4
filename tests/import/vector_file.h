/* SPDX-License-Identifier: Apache-2.0 */
/* A stored weight and what it means, as scripts/oracle/weight_vector.py writes it: lines "# text", "key value" and "hex name digits". */
#ifndef CLQ_VECTOR_FILE_H
#define CLQ_VECTOR_FILE_H

#include <stdbool.h>
#include <stdint.h>

#define VECTOR_TENSORS 8
#define VECTOR_FIELDS 16

typedef struct vector_tensor {
    char name[24];
    unsigned char *block;   /* malloc'ed to the byte, so that a sanitizer sees a read beyond */
    unsigned char *data;    /* in it, at an odd address */
    uint64_t size;
} vector_tensor;

typedef struct vector_file {
    int fields, tensors;
    struct {
        char key[24], value[24];
    } field[VECTOR_FIELDS];
    vector_tensor tensor[VECTOR_TENSORS];
} vector_file;

/* False, with nothing left behind, if the file cannot be read or holds other lines. */
bool vector_file_read(const char *path, vector_file *vector);
void vector_file_free(vector_file *vector);

/* "" or 0 where the key is absent. */
const char *vector_file_word(const vector_file *vector, const char *key);
int64_t vector_file_number(const vector_file *vector, const char *key);

/* NULL where it is absent. */
vector_tensor *vector_file_tensor(vector_file *vector, const char *name);

#endif
