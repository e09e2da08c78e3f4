/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the case-file library share. Not for its users. */
#ifndef CLQNN_CASE_INTERNAL_H
#define CLQNN_CASE_INTERNAL_H

#include <stdbool.h>

#include "case_file.h"
#include "safetensors.h"

/* Where a failing function writes its message. Passed by value. */
typedef struct clq_case_report {
    char *message;
    size_t capacity;
} clq_case_report;

/* One tensor of a case, whose name and data lie in the container. `integers`: the values of a zero point, multiplier or shift as int32, owned; else NULL. */
typedef struct clq_case_entry {
    clq_case_tensor tensor;
    int32_t *integers;
} clq_case_entry;

typedef struct clq_case_contract clq_case_contract;

struct clq_case {
    clq_safetensors *container; /* owned; NULL in a case that is only checked before it is written */
    const clq_safetensors_text *metadata;
    size_t metadata_count;
    clq_case_entry *entries;
    size_t entry_count;
    const clq_case_contract *contract;
    int32_t *multipliers, *shifts; /* repeated to one count; owned */
    void *arrays[4];               /* of groups, as the descriptor wants them; owned */
    size_t array_count;
};

typedef enum clq_case_tolerance_kind { CLQ_CASE_EXACT, CLQ_CASE_ABS, CLQ_CASE_REL, CLQ_CASE_ULP } clq_case_tolerance_kind;

typedef struct clq_case_tolerance {
    clq_case_tolerance_kind kind;
    double limit;
} clq_case_tolerance;

/* The dimensions that a tensor stands for: its own, or those of `T.shape` where sub-byte elements are packed. */
typedef struct clq_case_shape {
    int32_t rank;
    int64_t size[CLQ_CASE_MAX_RANK];
} clq_case_shape;

/* case_message.c: formats, replaces what is not printable ASCII by '?', returns `status`. */
clqnn_status clq_case_fail(clq_case_report report, clqnn_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));

#define CLQ_CASE_TEXT 128

/* case_message.c: "[2,3]" into `text` of CLQ_CASE_TEXT bytes; returns `text`. */
const char *clq_case_shape_text(const int64_t *shape, int32_t rank, char *text);

/* case_container.c: metadata and tensors of a container, which the case owns from here on, whatever the status. */
clqnn_status clq_case_hold(clq_case *file, clq_safetensors *container, clq_case_report report);

/* case_container.c: writes metadata and tensors. */
clqnn_status clq_case_store(const char *path, const clq_case *file, clq_case_report report);

/* case_contract.c: checks keys, names, dtypes and presence against docs/case-format.md and sets file->contract. */
clqnn_status clq_case_check_contract(clq_case *file, clq_case_report report);
const char *clq_case_contract_name(const clq_case_contract *contract);

/* case_metadata.c: values of keys. Lists are comma-separated; the whole text must be used up. */
bool clq_case_parse_integer(const char *text, int64_t low, int64_t high, int64_t *value);
bool clq_case_parse_integers(const char *text, int64_t low, int64_t high, int64_t *values, int32_t capacity, int32_t *count);
bool clq_case_parse_clamp(const char *text, double *low, double *high);
bool clq_case_parse_tolerance(const char *text, clq_case_tolerance *tolerance);
bool clq_case_parse_rounding(const char *text, clqnn_rounding *rounding);
const char *clq_case_metadata_of(const clq_case *file, const char *tensor, const char *key); /* value of "TENSOR.key" */

/* case_read.c: CLQNN_UNSUPPORTED with a message unless the case is of this operator. */
clqnn_status clq_case_expect_operator(const clq_case *file, const char *name, clq_case_report report);

/* case_dtype.c */
const char *clq_case_dtype_name(clq_case_dtype dtype);                    /* safetensors' name, "U8" */
clq_case_dtype clq_case_dtype_from_name(const char *name);                /* CLQ_CASE_NONE if not in the list */
size_t clq_case_dtype_size(clq_case_dtype dtype);
clqnn_type clq_case_dtype_type(clq_case_dtype dtype);                     /* CLQNN_TYPE_NONE for BF16 */
clq_case_dtype clq_case_dtype_of(clqnn_type type);
clqnn_type clq_case_float_type(clq_case_dtype dtype);                     /* of floats; else CLQNN_TYPE_NONE */
clqnn_type clq_case_code_type(const char *name);                          /* of T.type, of the types that may have groups; else CLQNN_TYPE_NONE */
const char *clq_case_type_name(clqnn_type type);                          /* as clq_case_dtype_name */
bool clq_case_count(const int64_t *shape, int32_t rank, int64_t *count);  /* elements; false on overflow or a negative size */
size_t clq_case_tensor_bytes(const clq_case_tensor *tensor);
int32_t clq_case_packed_bits(const char *type);                           /* of "s4", "u6", ...; 0 if not in the list */
clqnn_type clq_case_plane_type(const char *name);                         /* of T.type: "b1", "pu3"; CLQNN_TYPE_NONE for types that are no bit planes */
int32_t clq_case_plane_bits(clqnn_type type);                             /* planes; 0 for types that are none */
const char *clq_case_plane_name(clqnn_type type);

/* case_gemm_bits.c: types, bias, thresholds, row scales and residual where `a` is of bit planes; desc.n is set. */
bool clq_case_is_bits_gemm(const clq_case *file);
clqnn_status clq_case_read_bits_gemm(const clq_case *file, const clq_case_shape *y_shape, bool b_transposed, clq_case_gemm *out, clq_case_report report);

/* case_quantization.c */
const clq_case_entry *clq_case_find_entry(const clq_case *file, const char *name);
const clq_case_entry *clq_case_find_part(const clq_case *file, const char *tensor, const char *part); /* "TENSOR.part" */
clq_case_shape clq_case_logical_shape(const clq_case *file, const clq_case_tensor *tensor);

/* The quantization of tensor `name` for a call whose channel dimension is `channel_axis` of the logical shape (-1: only per tensor).
 * `group_axis`: the dimension that [groups,n] scales divide (-1: none). `channels`: how many there are where that is not the size of the dimension;
 * else 0. A name without a tensor (its parameters stand alone) has no dimensions. */
typedef struct clq_case_quantization_request {
    const char *name;
    int32_t channel_axis, group_axis;
    int64_t channels;
    bool scale_needed;
} clq_case_quantization_request;

clqnn_status clq_case_read_quantization(const clq_case *file, const clq_case_quantization_request *request, clqnn_type type, clqnn_quantization *out,
                                        clq_case_report report);

/* case_requantize.c: s8 or u8; the type of a tensor, CLQNN_UNSUPPORTED with the reason where this version lacks it; `multiplier` and `shift` of 1 or
 * `channels` values, repeated to one count; `clamp`, where there is one. */
bool clq_case_is_byte(clqnn_type type);
clqnn_status clq_case_element_type(const clq_case *file, const clq_case_tensor *tensor, clqnn_type *type, clq_case_report report);
clqnn_status clq_case_read_fixed(clq_case *file, int64_t channels, const int32_t **multipliers, const int32_t **shifts, int64_t *count,
                                 clq_case_report report);
clqnn_status clq_case_read_clamp(const clq_case *file, clqnn_type y_type, int32_t *has, float *low, float *high, clq_case_report report);

/* case_gemm_float.c: a gemm of floats, from the moment that its extents are known. */
typedef struct clq_case_float_gemm {
    const clq_case_tensor *a, *b, *y, *bias;
    clq_case_shape b_shape, y_shape;
    bool b_transposed;
} clq_case_float_gemm;

/* Whether a case is one: a is of floats and not only quantized by the call. */
bool clq_case_is_float_gemm(const clq_case *file);

/* Types, scales, groups, bias, activation, residual and clamp of out->desc. */
clqnn_status clq_case_read_float_gemm(clq_case *file, const clq_case_float_gemm *view, clq_case_gemm *out, clq_case_report report);

/* "gelu_tanh" and so on, of the functions that a gemm may have. */
const char *clq_case_activation_name(clqnn_function function);

clqnn_status clq_case_read_activation(const clq_case *file, clqnn_function *function, clq_case_report report);

/* case_conv_float.c: a convolution of floats. Whether a case is one: x is of floats. */
typedef struct clq_case_float_conv {
    const clq_case_tensor *x, *w, *y, *bias, *residual;
} clq_case_float_conv;

bool clq_case_is_float_conv(const clq_case *file);

/* Types, bias and activation; and, once the channels are known, scales of the weights, which stand along `channel_axis`, and of y. */
clqnn_status clq_case_read_float_conv_types(const clq_case *file, const clq_case_float_conv *view, clqnn_conv_desc *desc, clq_case_report report);
clqnn_status clq_case_read_float_conv_scales(const clq_case *file, int32_t channel_axis, clqnn_conv_desc *desc, clq_case_report report);

/* case_gemm_groups.c: desc->groups of a `b` with b.group; b.type is set. */
clqnn_status clq_case_read_groups(clq_case *file, bool b_transposed, clqnn_gemm_desc *desc, clq_case_report report);

/* case_batch.c: leading dimensions broadcast against each other as numpy does, merged into the two of clqnn_gemm_desc. */
typedef struct clq_case_batch {
    clq_case_shape result;        /* the broadcast leading dimensions */
    int64_t count[2];
    int64_t a_stride[2], b_stride[2]; /* in matrices; CLQNN_BROADCAST */
} clq_case_batch;

clqnn_status clq_case_merge_batch(const clq_case_shape *a, const clq_case_shape *b, clq_case_batch *out, clq_case_report report);

#endif
