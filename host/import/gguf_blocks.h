/* SPDX-License-Identifier: Apache-2.0 */
/* The blocks of GGUF, one at a time. */
#ifndef CLQ_GGUF_BLOCKS_H
#define CLQ_GGUF_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "clqnn/import.h"

#define CLQ_GGUF_LARGEST_BLOCK 256

/* Codes in the order of k, one a byte, the low bits counting; then the scales of the block's groups, and offsets where the format has them, of scale_type. */
typedef void clq_gguf_unpack(const uint8_t *block, uint8_t *codes, void *scales, void *offsets);

typedef struct clq_gguf_format {
    clqnn_gguf_type type;
    const char *name;
    int32_t elements, bytes;      /* of a block */
    int32_t group;                /* elements that share a scale */
    clqnn_type codes, scale_type;
    bool has_offsets;
    clq_gguf_unpack *unpack;
} clq_gguf_format;

clq_gguf_unpack clq_gguf_unpack_q4_0, clq_gguf_unpack_q4_1, clq_gguf_unpack_q8_0, clq_gguf_unpack_q4_k, clq_gguf_unpack_q6_k;

#endif
