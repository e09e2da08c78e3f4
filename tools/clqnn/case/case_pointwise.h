/* SPDX-License-Identifier: Apache-2.0 */
/* Cases of the operators that work element by element: add, sub, mul, min, max; lut; quantize, dequantize, requantize; pack_bits, unpack_bits. */
#ifndef CLQNN_CASE_POINTWISE_H
#define CLQNN_CASE_POINTWISE_H

#include "case_file.h"
#include "clqnn/bits.h"
#include "clqnn/convert.h"
#include "clqnn/pointwise.h"

typedef enum clq_case_pointwise_kind { CLQ_CASE_BINARY, CLQ_CASE_TABLE, CLQ_CASE_CONVERT, CLQ_CASE_PACK_BITS, CLQ_CASE_UNPACK_BITS } clq_case_pointwise_kind;

/* All pointers belong to the case. */
typedef struct clq_case_pointwise {
    clq_case_pointwise_kind kind;
    union {
        clqnn_binary_desc binary;
        clqnn_table_desc table;
        clqnn_convert_desc convert;
        clqnn_pack_bits_desc pack_bits;
        clqnn_unpack_bits_desc unpack_bits;
    } desc;
    clqnn_tensor inputs[2], y;      /* as in the descriptor; dense */
    const void *data[2];
    int32_t input_count;
} clq_case_pointwise;

/* CLQNN_UNSUPPORTED with the reason for another operator and for what the descriptors cannot say. Values that only the library's own
 * checks concern (ranges, shapes that do not broadcast) are left to it. */
clqnn_status clq_case_make_pointwise(clq_case *file, clq_case_pointwise *out, char *message, size_t capacity);

/* Bytes of a dense tensor. */
size_t clq_case_pointwise_bytes(const clqnn_tensor *tensor);

#endif
