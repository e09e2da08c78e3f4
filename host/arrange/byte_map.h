/* SPDX-License-Identifier: Apache-2.0 */
/* Requantization of 8-bit values as 256 bytes made on the host. Pure. */
#ifndef CLQ_BYTE_MAP_H
#define CLQ_BYTE_MAP_H

#include <stdbool.h>

#include "clqnn/tensor.h"

/* How one tensor stores real numbers. */
typedef struct clq_byte_code {
    clqnn_type type;
    float scale;
    int32_t zero_point;
} clq_byte_code;

clq_byte_code clq_byte_code_of(const clqnn_tensor *tensor);

/* Whether bytes mean the same in both. */
bool clq_byte_code_equal(const clq_byte_code *a, const clq_byte_code *b);

/* x / scale rounded to the nearest even integer, + zero_point, limited to [low, high]; NaN gives zero_point. */
int32_t clq_quantize_value(float x, float scale, int32_t zero_point, int32_t low, int32_t high);

/* map[byte of from] = byte of to: rne((s * (q - z)) / s') + z', clamped to the type. Unsigned order: both bytes with the top bit flipped where a type is s8. */
void clq_byte_map_fill(const clq_byte_code *from, const clq_byte_code *to, bool unsigned_order, uint8_t map[256]);

#endif
