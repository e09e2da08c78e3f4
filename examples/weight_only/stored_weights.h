/* SPDX-License-Identifier: Apache-2.0 */
/* A weight matrix as a file of a language model stores it, made from floats. */
#ifndef WEIGHT_ONLY_STORED_WEIGHTS_H
#define WEIGHT_ONLY_STORED_WEIGHTS_H

#include <stdbool.h>
#include <stdint.h>

#include <clqnn/clqnn.h>

typedef enum weight_format { FORMAT_Q4_0, FORMAT_Q8_0, FORMAT_MATMUL_NBITS, FORMAT_COUNT } weight_format;

enum { FORMAT_BLOCK = 32 };   /* k is a multiple of it */

/* "q4_0", "q8_0": GGUF's blocks; "matmul_nbits": ONNX's operator, 4 bits, f16 scales, a zero point a block. False for another word. */
bool weight_format_parse(const char *word, weight_format *format);

/* The file's bytes. */
typedef struct stored_weights {
    weight_format format;
    int64_t n, k;
    uint8_t *blocks, *scales, *zero_points;   /* scales and zero points: of MatMulNBits; GGUF's blocks hold theirs */
    uint64_t block_bytes, scale_bytes, zero_bytes;
} stored_weights;

/* Quantizes w [n][k] as the format does. False if memory is short. */
bool stored_weights_make(weight_format format, int64_t n, int64_t k, const float *w, stored_weights *stored);
void stored_weights_free(stored_weights *stored);
uint64_t stored_weights_bytes(const stored_weights *stored);

/* What a program does with such bytes: hands them to the importer of their format. */
clqnn_status stored_weights_import(const stored_weights *stored, clqnn_imported **imported);

#endif
