/* SPDX-License-Identifier: Apache-2.0 */
/* Case files: one call and its expected result in one safetensors file (docs/case-format.md).
 *
 * Every function that fails writes a message that names the key, tensor or value into `message` (zero-terminated, cut at `capacity`; may be
 * NULL with capacity 0). Statuses: CLQNN_OK; CLQNN_UNSUPPORTED: well formed, but not in this version: report it as a skip with the message as
 * the reason; CLQNN_CORRUPT_DATA: damaged or against the contract; CLQNN_IO_ERROR; CLQNN_OUT_OF_MEMORY; CLQNN_INVALID_ARGUMENT.
 * No function prints. One case belongs to one thread at a time. */
#ifndef CLQNN_CASE_FILE_H
#define CLQNN_CASE_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "clqnn/conv.h"
#include "clqnn/gemm.h"

#define CLQ_CASE_MAX_RANK 8

typedef struct clq_case clq_case;

typedef enum clq_case_dtype {
    CLQ_CASE_NONE = 0,
    CLQ_CASE_U8 = 1,
    CLQ_CASE_I8 = 2,
    CLQ_CASE_I32 = 3,
    CLQ_CASE_F32 = 4,
    CLQ_CASE_F16 = 5,
    CLQ_CASE_BF16 = 6,
    CLQ_CASE_I16 = 7,
    CLQ_CASE_F8E4M3 = 8,
    CLQ_CASE_F8E5M2 = 9
} clq_case_dtype;

/* One tensor: dense, row-major, little-endian. `data` is aligned for its type and never NULL in a case that was read, not even for 0 elements. */
typedef struct clq_case_tensor {
    const char *name;
    clq_case_dtype dtype;
    int32_t rank;
    int64_t shape[CLQ_CASE_MAX_RANK];
    const void *data;
} clq_case_tensor;

/* One entry of the metadata. */
typedef struct clq_case_text {
    const char *key;
    const char *value;
} clq_case_text;

/* ---- Reading ---- */

/* Reads and checks a file: container, metadata keys, tensor names, dtypes and what must be present. A case of an operator that this version lacks
 * is read with CLQNN_OK; the functions that make a call from it answer CLQNN_UNSUPPORTED. On failure *out is NULL. */
clqnn_status clq_case_read(const char *path, clq_case **out, char *message, size_t capacity);

/* The same from memory, which need not outlive the call. */
clqnn_status clq_case_read_memory(const void *data, size_t size, clq_case **out, char *message, size_t capacity);

/* NULL is allowed. */
void clq_case_free(clq_case *file);

/* The operator's name: "gemm", "conv", .. */
const char *clq_case_operator_name(const clq_case *file);

/* The value of a metadata key, a tensor by name; NULL where absent. Valid as long as the case. */
const char *clq_case_metadata(const clq_case *file, const char *key);
const clq_case_tensor *clq_case_find(const clq_case *file, const char *name);

/* ---- Making the call ---- */

/* A gemm. All pointers belong to the case; arrays of groups until the next call is made from it. */
typedef struct clq_case_gemm {
    clqnn_gemm_desc desc;     /* b constant: b_data is b. To give b at run time, set desc.b_data to NULL */
    const void *a, *b;        /* dense, as the descriptor says */
    const void *expected;     /* dense [batch][m][n] of desc.c.type */
    size_t a_bytes, b_bytes, c_bytes;
    const float *row_scales;  /* dense [batch][m] where desc.has_row_scales; else NULL */
    size_t row_scale_bytes;
    const void *residual;     /* NULL where there is none */
    size_t residual_bytes;
} clq_case_gemm;

/* CLQNN_UNSUPPORTED with the reason for another operator and for what clqnn_gemm_desc cannot say (sub-byte types, groups, more than two
 * independent batch dimensions, ...). A descriptor that is returned has the shapes, ranges of zero points, scales and shifts that
 * clqnn_gemm_create accepts; whether the accumulator can overflow is left to the library. */
clqnn_status clq_case_make_gemm(clq_case *file, clq_case_gemm *out, char *message, size_t capacity);

/* A convolution. All pointers belong to the case. */
typedef struct clq_case_conv {
    clqnn_conv_desc desc;       /* weight_data is w; tensors are dense */
    const void *x, *residual;   /* residual: NULL where there is none */
    const void *expected;       /* as desc.y */
    size_t x_bytes, residual_bytes, y_bytes;
} clq_case_conv;

/* As clq_case_make_gemm. Whether every window sees a pixel is left to the library. */
clqnn_status clq_case_make_conv(clq_case *file, clq_case_conv *out, char *message, size_t capacity);

/* A dynamic quantization of `outer` x `channels` x `inner` values: one range for each channel (channels = 1: per tensor). */
typedef struct clq_case_dynamic {
    clqnn_type x_type;                 /* f32 or f16 */
    clqnn_type y_type;                 /* u8 or s8 */
    int64_t outer, channels, inner;
    const void *x;
    const void *expected_y;            /* y_type, as x */
    const float *expected_scales;      /* channels values */
    const int32_t *expected_zero_points;
} clq_case_dynamic;

clqnn_status clq_case_make_dynamic(clq_case *file, clq_case_dynamic *out, char *message, size_t capacity);

/* ---- Comparing ---- */

/* Compares a result with the expected tensor `name` ("y") under the case's tolerance. `got` is dense, of the expected tensor's dtype and shape
 * (for a zero point: int32_t). Returns the number of elements that differ and, if any, writes
 * "first difference at [3,7] expected 12 got 13"; -1 and a message if the case has no such tensor. NaN equals NaN and nothing else. */
int64_t clq_case_compare(const clq_case *file, const char *name, const void *got, char *message, size_t capacity);

/* ---- Writing ---- */

/* Writes any case; the entries are checked as clq_case_read would (nothing is written otherwise). Data is written in the order of clq_safetensors_write.
 * An existing file is replaced only when the new one is complete. */
clqnn_status clq_case_write(const char *path, const clq_case_text *metadata, size_t metadata_count, const clq_case_tensor *tensors, size_t tensor_count,
                            char *message, size_t capacity);

/* Writes a gemm whose a, b and expected lie as `gemm->desc` says (strides, leading dimensions, transposition; b may come from desc.b_data);
 * the *_bytes fields are not read. `source`: free text, may be NULL. `tolerance`: as in the format, NULL: exact. */
clqnn_status clq_case_write_gemm(const char *path, const clq_case_gemm *gemm, const char *source, const char *tolerance, char *message, size_t capacity);

/* The same of a convolution: x, residual and expected lie as the descriptor says, desc.weight_data is w. Slices become dense tensors of their own. */
clqnn_status clq_case_write_conv(const char *path, const clq_case_conv *conv, const char *source, const char *tolerance, char *message,
                                 size_t capacity);

#endif
