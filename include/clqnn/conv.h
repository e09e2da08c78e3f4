/* SPDX-License-Identifier: Apache-2.0 */
/* Convolution, quantized or of floats, in one, two or three dimensions, forward or transposed, with groups down to depthwise.
 *
 *     acc[n][p][o] = sum_{tap, i} (x[n][p * stride + tap * dilation - pad][i] - zx) * (w[o][tap][i] - zw[o]) + bias[o]
 *     y            = requantize(acc)   as in clqnn/gemm.h, with sa = sx and sb = sw[o]
 *
 * i runs over the input channels of o's group. Positions outside the input count as zx, so they add nothing. The accumulator is exact in 32 bits, or the
 * convolution is refused at creation. A transposed convolution is the same sum with every x[p] scattered to y[p * stride + tap * dilation - pad].
 * After the requantization a table and a residual sum may follow; the bytes are those of the separate operators. docs/numerics.md.
 *
 * Floats: x is f32, f16, bf16, f8e4m3 or f8e5m2, the weights any of these.
 *
 *     s[n][p][o] = sum_{tap, i} x[n][p * stride + tap * dilation - pad][i] * w[o][tap][i] * sw[o] + bias[o] + residual[n][p][o]     in binary32, any order
 *     y          = activation(s), clamped and rounded once, as c of a product of floats (clqnn/gemm.h)
 *
 * Positions outside the input count as 0; where a weight that meets one is not finite, the result may be any.
 *
 * Bits: x and the weights are bit planes (clqnn/bits.h), OHWI, each pixel's channels and each tap's input channels of a group packed; x, y and residual have
 * their channels last. acc and y are as in a product of bits (clqnn/gemm.h), with a row for each output pixel: a residual of f32 or f16 is added to a float y.
 * Positions outside count as real 0, or as +1 where `pad` says so.
 * Weights of b1 or t2 with an x of s8 or u8, or of floats, are a convolution of integers, or floats, with their values as weights. */
#ifndef CLQNN_CONV_H
#define CLQNN_CONV_H

#include "clqnn/context.h"

#ifdef __cplusplus
extern "C" {
#endif

#define CLQNN_MAX_SPATIAL 3

/* A tensor of pixels and channels. A dense one needs only type, layout and quantization. A slice of the channels of a larger tensor is a region whose
 * offset names the first channel, with the larger tensor's strides. */
typedef struct clqnn_conv_tensor {
    clqnn_type type;                 /* x: s8, u8; y: s8, u8, s32, f32, f16; residual: s8, u8. Floats: y f32, f16, bf16, s8, u8; residual f32, f16, bf16 */
    clqnn_layout layout;
    int64_t pixel_stride;            /* elements between pixels (channels last) or between channels (channels first); 0: dense. Of bit planes, as the next,
                                      * values, a multiple of 32 */
    int64_t batch_stride;            /* elements between images; 0: dense */
    clqnn_quantization quantization; /* one value; of floats: y of 8 bits only */
} clqnn_conv_tensor;

/* Packed constant weights, as clqnn_gemm_weights are. */
typedef struct clqnn_conv_weights clqnn_conv_weights;

/* What positions outside the input of a convolution of bits are. */
typedef enum clqnn_bit_pad {
    CLQNN_BIT_PAD_ZERO = 0,  /* real 0, which adds nothing, whether or not the type has a 0 */
    CLQNN_BIT_PAD_PLUS_ONE = 1  /* +1: of an x of b1, not transposed */
} clqnn_bit_pad;

/* Zero-initialise, set struct_size to sizeof(clqnn_conv_desc), then set what differs from the default. Spatial arrays run from the outermost dimension to
 * the innermost (depth, height, width; height, width; width); only the first spatial_rank entries are read. */
typedef struct clqnn_conv_desc {
    size_t struct_size;
    int32_t spatial_rank;                    /* 1, 2 or 3; 0 means 2 */
    int32_t transposed;                      /* 1: transposed convolution */
    int64_t batch;                           /* images; 0 means 1 */
    int64_t groups;                          /* divides both channel counts; 0 means 1 */
    int64_t in_channels, out_channels;
    int64_t input[CLQNN_MAX_SPATIAL];        /* each 1 or more */
    int64_t kernel[CLQNN_MAX_SPATIAL];       /* each 1 or more */
    int64_t stride[CLQNN_MAX_SPATIAL];       /* 0 means 1 */
    int64_t dilation[CLQNN_MAX_SPATIAL];     /* 0 means 1 */
    int64_t pad_begin[CLQNN_MAX_SPATIAL];    /* 0 or more, less than the kernel's extent (kernel - 1) * dilation + 1: every window meets the image */
    int64_t pad_end[CLQNN_MAX_SPATIAL];
    int64_t output_padding[CLQNN_MAX_SPATIAL]; /* transposed only; less than the larger of stride and dilation */

    clqnn_conv_tensor x, y;                  /* y.quantization: of the convolution's own result, before table and residual */

    clqnn_type weight_type;                  /* s8, u8; floats with a float x */
    clqnn_weight_layout weight_layout;
    clqnn_quantization weight_quantization;  /* 1 or out_channels values; of floats: scales only */
    const void *weight_data;                 /* host data, packed at creation, need not outlive the call; or */
    clqnn_conv_weights *weights;             /* packed before by clqnn_conv_pack; weight type, layout and zero points are then taken from it */

    const void *bias;                        /* out_channels values on the host, or NULL; read during the call */
    clqnn_type bias_type;                    /* s32: added to acc; f32: added last, with a float y only, or with a float x */

    clqnn_rounding rounding;                 /* 8-bit y only */
    const int32_t *multipliers;              /* CLQNN_FIXED_*: as in clqnn_gemm_desc, of 1 or out_channels values */
    const int32_t *shifts;
    int64_t fixed_count;

    int32_t has_clamp;                       /* as in clqnn_gemm_desc: limits the convolution's own result */
    float clamp_min, clamp_max;

    /* After the requantization, for an 8-bit y: */
    const uint8_t *table;                    /* 256 entries on the host, or NULL: q becomes the byte table[q as u8], of y's type; read during the call */
    clqnn_quantization table_quantization;   /* of the table's result; used by the residual sum only */
    clqnn_conv_tensor residual;              /* type NONE: none; of floats and bits: above. y's shape; y = clamp(rne((sq * (q - zq) + sr * (r - zr)) / ss) + zs), in float whatever the
                                              * rounding rule; each of the three scales within 2^-100 .. 2^100 */
    clqnn_quantization sum_quantization;     /* ss, zs: of y where there is a residual */
    int32_t has_sum_clamp;
    int32_t sum_clamp_min, sum_clamp_max;    /* quantized units */

    const char *variant;                     /* NULL: chosen by the library; else the name of one kernel variant, or CLQNN_UNSUPPORTED with its reason */

    clqnn_function activation;               /* of a float x, with has_clamp behind it: as in clqnn_gemm_desc; else identity */

    /* Convolutions of bits only: */
    clqnn_bit_pad pad;
    const int32_t *thresholds;               /* y b1: 1 or out_channels values, as in clqnn_gemm_desc */
    const int32_t *directions;
    int64_t threshold_count;
    int32_t has_row_scales;                  /* 1: each call brings a float scale for each output pixel of each image (args.row_scales), dense; with a float y */

    clqnn_accumulation accumulation;         /* f16: of an x and weights of f16, as in clqnn_gemm_desc */
} clqnn_conv_desc;

/* Extents of the output: spatial_rank values. Forward: (input + pads - extent) / stride + 1, rounded down; transposed: (input - 1) * stride - pads + extent +
 * output_padding. CLQNN_INVALID_SHAPE where the descriptor has none. */
CLQNN_API clqnn_status clqnn_conv_output_shape(const clqnn_conv_desc *desc, int64_t output[CLQNN_MAX_SPATIAL]);

/* A plan, as clqnn_gemm is: immutable; may be enqueued from several threads at once. */
typedef struct clqnn_conv clqnn_conv;

/* Validates, selects a variant, builds or loads its program and packs the weights. Blocks. On failure *conv is NULL and nothing is left behind. */
CLQNN_API clqnn_status clqnn_conv_create(clqnn_context *context, const clqnn_conv_desc *desc, clqnn_conv **conv);

/* NULL is allowed. Enqueued calls need not be finished. */
CLQNN_API void clqnn_conv_destroy(clqnn_conv *conv);

/* Bytes of device memory that each call in flight needs as `workspace`: mostly 0; x's size where x has its channels first and the variant, which reads channels
 * last, has it moved first. Calls on one in-order queue may share one workspace. */
CLQNN_API uint64_t clqnn_conv_workspace_size(const clqnn_conv *conv);

typedef struct clqnn_conv_args {
    clqnn_region x, y;
    clqnn_region residual;        /* where the descriptor has one; may be y itself */
    clqnn_region workspace;       /* at least clqnn_conv_workspace_size bytes, offset a multiple of 64; not needed for 0 */
    clqnn_region row_scales;      /* where the descriptor has them */
} clqnn_conv_args;

/* Enqueues and returns without waiting; no allocation, build, blocking or finish. As clqnn_gemm_enqueue. y must not overlap x, but both may be slices of the
 * channels of one larger tensor. */
CLQNN_API clqnn_status clqnn_conv_enqueue(const clqnn_conv *conv, struct _cl_command_queue *queue, const clqnn_conv_args *args, uint32_t wait_count,
                                          struct _cl_event *const *wait, struct _cl_event **event);

/* ---- Questions without effects ---- */

/* What a plan is, or would be. All text is static. */
typedef struct clqnn_conv_info {
    const char *variant;          /* the variant that runs; a 1x1 convolution that is a matrix product runs one of the GEMM's */
    const char *layout;           /* of packed weights */
    uint64_t packed_bytes;
    uint64_t workspace_bytes;
    int64_t accumulator_bound;    /* as in clqnn_gemm_info */
    int64_t output[CLQNN_MAX_SPATIAL];
    double estimated_seconds;
} clqnn_conv_info;

/* Answers as clqnn_conv_create would, through the same code, without building, packing or allocating on the device. */
CLQNN_API clqnn_status clqnn_conv_query(clqnn_context *context, const clqnn_conv_desc *desc, clqnn_conv_info *info);

/* The same of a plan that exists. CLQNN_INVALID_ARGUMENT for null pointers. */
CLQNN_API clqnn_status clqnn_conv_describe(const clqnn_conv *conv, clqnn_conv_info *info);

typedef struct clqnn_conv_candidate {
    const char *variant;
    int32_t admitted;
    double estimated_seconds;
    char reason[160];
} clqnn_conv_candidate;

/* Every variant for this problem, best first, refused ones last. Writes at most `capacity` entries and the number of all to `count`. */
CLQNN_API clqnn_status clqnn_conv_candidates(clqnn_context *context, const clqnn_conv_desc *desc, clqnn_conv_candidate *list, size_t capacity, size_t *count);

typedef struct clqnn_conv_variant_info {
    const char *name, *summary, *types, *layout;   /* static */
    char needs[96];
} clqnn_conv_variant_info;

CLQNN_API clqnn_status clqnn_conv_variants(clqnn_conv_variant_info *list, size_t capacity, size_t *count);

/* Builds (or loads) the programs of every variant that the device admits. Blocks. */
CLQNN_API clqnn_status clqnn_conv_prewarm(clqnn_context *context);

/* ---- Packed weights: as clqnn_gemm_pack and its siblings ---- */

CLQNN_API clqnn_status clqnn_conv_pack(clqnn_context *context, const clqnn_conv_desc *desc, clqnn_conv_weights **weights);
CLQNN_API clqnn_conv_weights *clqnn_conv_weights_retain(clqnn_conv_weights *weights);
CLQNN_API void clqnn_conv_weights_release(clqnn_conv_weights *weights);
CLQNN_API const char *clqnn_conv_weights_layout(const clqnn_conv_weights *weights);
CLQNN_API uint64_t clqnn_conv_weights_size(const clqnn_conv_weights *weights);
CLQNN_API clqnn_status clqnn_conv_weights_serialize(const clqnn_conv_weights *weights, void *data, size_t capacity, size_t *size);
CLQNN_API clqnn_status clqnn_conv_weights_deserialize(clqnn_context *context, const void *data, size_t size, clqnn_conv_weights **weights);

/* The exact inverse of packing: dense, in the layout that was packed. */
CLQNN_API clqnn_status clqnn_conv_weights_unpack(const clqnn_conv_weights *weights, void *data, size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
