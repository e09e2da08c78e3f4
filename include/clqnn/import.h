/* SPDX-License-Identifier: Apache-2.0 */
/* Weights of language models, from the formats that they are stored in to the one form that this library multiplies with (clqnn/groups.h), and a quantizer of
 * our own.
 *
 * Host only: no context, no device, no file is opened. The caller reads the file and hands over the bytes of its tensors as they are, at any alignment,
 * little-endian as all of these formats are; this reads them during the call and keeps a copy in the new form. Codes are moved, never computed:
 * docs/weight-formats.md describes each format with its source and says what is exact.
 *
 *     clqnn_imported *weights = NULL;
 *     clqnn_imported_info info;
 *     clqnn_gguf_desc desc = {.struct_size = sizeof desc, .type = CLQNN_GGUF_Q4_0, .n = n, .k = k, .blocks = {bytes, size}};
 *     clqnn_import_gguf(&desc, &weights);
 *     clqnn_imported_describe(weights, &info);       then b.type, b.transposed, b_data and the groups of a clqnn_gemm_desc from info
 *     ... clqnn_gemm_pack or clqnn_gemm_create ...
 *     clqnn_imported_destroy(weights);
 *
 * All functions are thread-safe for different objects; an object may be read from several threads. Time grows with n * k; one more copy of the codes is held.
 *
 * Every importer and the quantizer may return: CLQNN_INVALID_ARGUMENT for null pointers, unknown enumerators, bits or types, and an index outside the groups;
 * CLQNN_INVALID_SHAPE for extents that are less than 1 or beyond 2^31-1, a group of 0 or beyond k, and a k or n that the format does not have;
 * CLQNN_CORRUPT_DATA where a tensor has not exactly the bytes that its shape needs; CLQNN_INVALID_QUANTIZATION for a scale, zero point, offset or weight that
 * is NaN or infinite; CLQNN_OUT_OF_MEMORY. Each with a message that names field and value; *imported is then NULL. Descriptors: zero-initialise, set
 * struct_size, then set what differs from the default. */
#ifndef CLQNN_IMPORT_H
#define CLQNN_IMPORT_H

#include "clqnn/groups.h"
#include "clqnn/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes of the caller; data NULL and size 0: absent. Read during the call. */
typedef struct clqnn_bytes {
    const void *data;
    uint64_t size;
} clqnn_bytes;

/* ---- What importers return ---- */

/* Codes and their groups, owned by the object. Immutable. */
typedef struct clqnn_imported clqnn_imported;

/* NULL is allowed. */
CLQNN_API void clqnn_imported_destroy(clqnn_imported *imported);

/* Views into the object, valid until it is destroyed. */
typedef struct clqnn_imported_info {
    clqnn_type type;              /* of the codes: u2, s2, u3, s3, u4, s4, s6, u8, s8 */
    int32_t transposed;           /* 1: codes are [n][k] and the arrays of groups [n][groups]; 0: [k][n] and [groups][n] */
    int64_t n, k;
    const void *data;             /* dense codes, low bits first; bits beyond the last code are 0 */
    uint64_t data_bytes;
    int64_t group_count;          /* ceil(k / groups.size) */
    clqnn_groups groups;
} clqnn_imported_info;

CLQNN_API clqnn_status clqnn_imported_describe(const clqnn_imported *imported, clqnn_imported_info *info);

/* The weights as the formula of clqnn/groups.h gives them, dense [k][n]. */
CLQNN_API clqnn_status clqnn_imported_dequantize(const clqnn_imported *imported, float *w);

/* ---- ONNX: MatMulNBits of com.microsoft ---- */

/* b[n][ceil(k / block_size)][block_size * bits / 8], scales[n][blocks], zero points packed [n][ceil(blocks * bits / 8)] as b is, or one float each
 * [n][blocks], or absent: 2^(bits-1). g_idx: a group for each of the k rows, or of the k rows padded to whole blocks.
 *
 * Result: [n][k]. Unsigned codes with zero points; signed codes without them, q - 2^(bits-1), where every zero point is 2^(bits-1) or they are absent. Groups
 * of block_size, or of k where that is less. */
typedef struct clqnn_matmul_nbits_desc {
    size_t struct_size;
    int64_t n, k;
    int64_t block_size;           /* a power of two, 16 or more */
    int32_t bits;                 /* 2, 4, 8 */
    clqnn_type scale_type;        /* f32 (also for NONE), f16, bf16 */
    clqnn_bytes b, scales;
    clqnn_bytes zero_points;      /* or absent */
    clqnn_type zero_point_type;   /* u8 (also for NONE): packed; f32, f16, bf16 */
    clqnn_bytes g_idx;            /* int32, or absent */
} clqnn_matmul_nbits_desc;

CLQNN_API clqnn_status clqnn_import_matmul_nbits(const clqnn_matmul_nbits_desc *desc, clqnn_imported **imported);

/* ---- GPTQ ---- */

/* What the integers of qzeros are. */
typedef enum clqnn_gptq_zeros {
    CLQNN_GPTQ_ZEROS_MINUS_ONE = 0, /* "gptq", version 1: the zero point less one, modulo 2^bits */
    CLQNN_GPTQ_ZEROS = 1            /* "gptq_v2": the zero point */
} clqnn_gptq_zeros;

/* qweight int32 [k * bits / 32][n], qzeros int32 [groups][n * bits / 32], scales [groups][n]. k and n are multiples of 32 / bits, of 32 for 3 bits.
 *
 * Result: [k][n]. Unsigned codes with zero points, or signed codes without them where every zero point is 2^(bits-1). An index only where g_idx says other
 * than k / group_size. */
typedef struct clqnn_gptq_desc {
    size_t struct_size;
    int64_t n, k;
    int64_t group_size;           /* 1 .. k, or -1: k */
    int32_t bits;                 /* 2, 3, 4, 8 */
    clqnn_gptq_zeros zeros;
    clqnn_bytes qweight, qzeros, scales;
    clqnn_type scale_type;        /* f16 (also for NONE), bf16, f32 */
    clqnn_bytes g_idx;            /* int32 [k], or absent */
} clqnn_gptq_desc;

CLQNN_API clqnn_status clqnn_import_gptq(const clqnn_gptq_desc *desc, clqnn_imported **imported);

/* ---- AWQ ---- */

/* The "gemm" form: qweight int32 [k][n / 8], qzeros int32 [groups][n / 8], the columns of a word in the order 0 2 4 6 1 3 5 7, scales [groups][n]. n is a
 * multiple of 8.
 *
 * Result: [k][n], as from GPTQ. */
typedef struct clqnn_awq_desc {
    size_t struct_size;
    int64_t n, k;
    int64_t group_size;           /* 1 .. k, or -1: k */
    int32_t bits;                 /* 4 (also for 0) */
    clqnn_type scale_type;        /* f16 (also for NONE), bf16, f32 */
    clqnn_bytes qweight, qzeros, scales;
} clqnn_awq_desc;

CLQNN_API clqnn_status clqnn_import_awq(const clqnn_awq_desc *desc, clqnn_imported **imported);

/* ---- GGUF ---- */

/* With the numbers that GGUF files have. */
typedef enum clqnn_gguf_type {
    CLQNN_GGUF_Q4_0 = 2,          /* blocks of 32: s4, scales f16 */
    CLQNN_GGUF_Q4_1 = 3,          /* blocks of 32: u4, scales and offsets f16 */
    CLQNN_GGUF_Q8_0 = 8,          /* blocks of 32: s8, scales f16 */
    CLQNN_GGUF_Q4_K = 12,         /* blocks of 256, groups of 32: u4, scales and offsets f32 */
    CLQNN_GGUF_Q6_K = 14          /* blocks of 256, groups of 16: s6, scales f32 */
} clqnn_gguf_type;

/* blocks[n][k / block]. k is a multiple of the block. Result: [n][k]. */
typedef struct clqnn_gguf_desc {
    size_t struct_size;
    clqnn_gguf_type type;
    int64_t n, k;
    clqnn_bytes blocks;
} clqnn_gguf_desc;

CLQNN_API clqnn_status clqnn_import_gguf(const clqnn_gguf_desc *desc, clqnn_imported **imported);

/* ---- Our own quantizer ---- */

/* How a group gets its scale. */
typedef enum clqnn_group_scale {
    CLQNN_GROUP_RANGE = 0,        /* from its largest weights: none is clipped */
    CLQNN_GROUP_LEAST_ERROR = 1   /* the least sum of squared errors among 48 or 49 scales, the range's among them, then fitted to the codes */
} clqnn_group_scale;

/* Round to nearest, group by group. The rule, which docs/weight-formats.md gives in full and clqnn/reference_groups.h as scalar C, is deterministic and the
 * same on every machine:
 *
 *     s = stored(max |w| / (2^(bits-1) - 1))                       symmetric
 *     s = stored((hi - lo) / (2^bits - 1)), z = rne(-lo / s)       asymmetric; lo = min(0, w), hi = max(0, w)
 *     q = clamp(rne(w / s) + z)
 *
 * in binary32, stored() being the rounding to scale_type: codes fit the scale that is kept. A scale that would be stored as 0 is stored as 1, and its codes
 * are z. Under CLQNN_GROUP_LEAST_ERROR symmetric scales may be negative. CLQNN_INVALID_QUANTIZATION where a weight is NaN or infinite, or a scale too large
 * for scale_type.
 *
 * Result: laid out as the weights. Symmetric: signed codes without zero points; asymmetric: unsigned codes, zero points u8. */
typedef struct clqnn_quantize_groups_desc {
    size_t struct_size;
    int64_t n, k;
    const void *weights;          /* dense [k][n], or [n][k] where transposed */
    clqnn_type weight_type;       /* f32 (also for NONE), f16, bf16 */
    int32_t transposed;           /* 0 or 1 */
    int64_t group_size;           /* 1 .. k; the last group may be short */
    int32_t bits;                 /* 2, 3, 4, 8 */
    int32_t asymmetric;           /* 0 or 1 */
    clqnn_type scale_type;        /* f16 (also for NONE), bf16, f32 */
    clqnn_group_scale scale;
} clqnn_quantize_groups_desc;

CLQNN_API clqnn_status clqnn_quantize_groups(const clqnn_quantize_groups_desc *desc, clqnn_imported **imported);

#ifdef __cplusplus
}
#endif
#endif
