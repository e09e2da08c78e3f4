/* SPDX-License-Identifier: Apache-2.0 */
/* Element types, quantization parameters and the OpenCL handles that the other headers share. */
#ifndef CLQNN_TYPES_H
#define CLQNN_TYPES_H

#include <stddef.h>
#include <stdint.h>

#include "clqnn/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* OpenCL's own handle types without <CL/cl.h>: cl_mem, cl_command_queue, cl_event and so on convert to and from these without a cast. */
struct _cl_context;
struct _cl_device_id;
struct _cl_command_queue;
struct _cl_mem;
struct _cl_event;

/* Element types. Values are part of the ABI and of serialised data. */
typedef enum clqnn_type {
    CLQNN_TYPE_NONE = 0,
    CLQNN_S8 = 1,   /* [-128, 127] */
    CLQNN_U8 = 2,   /* [0, 255] */
    CLQNN_S32 = 3,
    CLQNN_F32 = 4,  /* IEEE binary32 */
    CLQNN_F16 = 5,  /* IEEE binary16, stored in 16 bits */
    CLQNN_S16 = 6,
    CLQNN_S4 = 7,   /* [-8, 7], two a byte, the first in the low bits */
    CLQNN_U4 = 8,   /* [0, 15], two a byte, the first in the low bits */
    CLQNN_BF16 = 9, /* bfloat16: the upper half of a binary32 */
    CLQNN_F8E4M3 = 10, /* OCP 8-bit float E4M3: up to 448, no infinities, NaN is 0x7f and 0xff */
    CLQNN_F8E5M2 = 11, /* OCP 8-bit float E5M2: the upper half of a binary16 */
    CLQNN_S2 = 12,  /* [-2, 1], four a byte, the first in the low bits */
    CLQNN_U2 = 13,  /* [0, 3] */
    CLQNN_S3 = 14,  /* [-4, 3], element i in bits 3i .. 3i+2 of the tensor, low bits first */
    CLQNN_U3 = 15,  /* [0, 7] */
    CLQNN_S6 = 16,  /* [-32, 31], element i in bits 6i .. 6i+5 of the tensor, low bits first */
    CLQNN_U6 = 17,  /* [0, 63] */

    /* Bit planes, 32 values a word: clqnn/bits.h defines values and layout. */
    CLQNN_B1 = 18,  /* binary: bit 0 is +1, bit 1 is -1 */
    CLQNN_T2 = 19,  /* ternary: -1, 0, +1; planes nonzero and sign */
    CLQNN_PU1 = 33, CLQNN_PU2, CLQNN_PU3, CLQNN_PU4, CLQNN_PU5, CLQNN_PU6, CLQNN_PU7, CLQNN_PU8,   /* unsigned: [0, 2^bits - 1] */
    CLQNN_PS2 = 50, CLQNN_PS3, CLQNN_PS4, CLQNN_PS5, CLQNN_PS6, CLQNN_PS7, CLQNN_PS8,              /* signed, two's complement: [-2^(bits-1), 2^(bits-1) - 1] */
    CLQNN_PO1 = 65, CLQNN_PO2, CLQNN_PO3, CLQNN_PO4, CLQNN_PO5, CLQNN_PO6, CLQNN_PO7, CLQNN_PO8    /* odd levels: 2 q - (2^bits - 1) of an unsigned q */
} clqnn_type;

/* "s8", "bf16", "f8e4m3", "u4" and so on; "none" for CLQNN_TYPE_NONE, NULL for a value outside the list. */
CLQNN_API const char *clqnn_type_name(clqnn_type type);

/* Bytes of one element; 0 for CLQNN_TYPE_NONE, for a value outside the list, and for types of less than 8 bits, which have no byte of their own. */
CLQNN_API size_t clqnn_type_size(clqnn_type type);

/* Bits of one element; 0 for CLQNN_TYPE_NONE and for a value outside the list. */
CLQNN_API size_t clqnn_type_bits(clqnn_type type);

/* How a 32-bit accumulator becomes an 8-bit output. Definitions: docs/numerics.md. */
typedef enum clqnn_rounding {
    CLQNN_FLOAT_EVEN = 0,   /* clamp(rne((float)acc * ((sa * sb) / sc)) + zc); ONNX */
    CLQNN_FIXED_DOUBLE = 1, /* gemmlowp: doubling high multiply, then rounding shift; TFLite */
    CLQNN_FIXED_SINGLE = 2  /* one 64-bit rounding; TFLite with single rounding */
} clqnn_rounding;

/* Functions of one value: of tables (clqnn/pointwise.h), and of results of products of floats (clqnn/gemm.h). */
typedef enum clqnn_function {
    CLQNN_IDENTITY = 0,      /* of a table: with has_clamp a clamp, with another quantization a requantization */
    CLQNN_RELU = 1,
    CLQNN_RELU6 = 2,
    CLQNN_LEAKY_RELU = 3,    /* x < 0 ? alpha * x : x */
    CLQNN_ELU = 4,           /* x < 0 ? alpha * (exp(x) - 1) : x */
    CLQNN_SIGMOID = 5,
    CLQNN_HARD_SIGMOID = 6,  /* max(0, min(1, alpha * x + beta)) */
    CLQNN_HARD_SWISH = 7,    /* x * max(0, min(1, x / 6 + 1/2)) */
    CLQNN_TANH = 8,
    CLQNN_GELU = 9,          /* x / 2 * (1 + erf(x / sqrt(2))) */
    CLQNN_GELU_TANH = 10,    /* x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))) */
    CLQNN_EXP = 11,
    CLQNN_SILU = 12          /* x / (1 + exp(-x)) */
} clqnn_function;

/* What becomes of values beyond the largest finite one of an 8-bit float, infinities included. Where the rounding, as if exponents went on, stays
 * on the largest value there is no overflow. NaN stays NaN under both. */
typedef enum clqnn_f8_overflow {
    CLQNN_F8_SATURATES = 0, /* the largest finite value: 448 of f8e4m3, 57344 of f8e5m2. OCP's saturating mode, ONNX's saturate = 1 */
    CLQNN_F8_OVERFLOWS = 1  /* NaN of f8e4m3, infinity of f8e5m2. OCP's other mode, ONNX's saturate = 0 */
} clqnn_f8_overflow;

/* Where the channels of an image stand. Dimensions are named outermost first. */
/* What products of floats are summed in. */
typedef enum clqnn_accumulation {
    CLQNN_ACCUMULATE_F32 = 0,
    CLQNN_ACCUMULATE_F16 = 1  /* 32 products at most, those sums in binary32: docs/numerics.md, "Sums in f16" */
} clqnn_accumulation;

typedef enum clqnn_layout {
    CLQNN_CHANNELS_LAST = 0,  /* N, spatial dimensions, C (NHWC): what the fast kernels read */
    CLQNN_CHANNELS_FIRST = 1  /* N, C, spatial dimensions (NCHW) */
} clqnn_layout;

/* Weights of a convolution: o output channels, i input channels of one group. Of a transposed convolution o and i mean the same; nothing is flipped. */
typedef enum clqnn_weight_layout {
    CLQNN_WEIGHTS_OHWI = 0,   /* [o][taps][i]; transposed: [o][taps][i] as well (TFLite) */
    CLQNN_WEIGHTS_OIHW = 1    /* [o][i][taps]; transposed: [all input channels][o of the group][taps] (ONNX) */
} clqnn_weight_layout;

/* real = scale * (q - zero_point). Arrays are read during the call that takes the descriptor and need not outlive it.
 * A count of 0 means the default (scale 1, zero point 0), 1 means one value for the whole tensor; other counts are given by the operator. */
typedef struct clqnn_quantization {
    const float *scales;          /* each finite, positive and normal */
    int64_t scale_count;
    const int32_t *zero_points;   /* each within the element type's range */
    int64_t zero_point_count;
} clqnn_quantization;

/* Part of a device buffer. */
typedef struct clqnn_region {
    struct _cl_mem *memory;  /* a buffer or sub-buffer of the context's cl_context */
    uint64_t offset;         /* bytes from the start of `memory`; a multiple of the element size */
} clqnn_region;

#ifdef __cplusplus
}
#endif
#endif
