/* SPDX-License-Identifier: Apache-2.0 */
/* Matrix multiplication: quantized, of floats, and of floats with quantized weights.
 *
 * a is m x k, b is k x n, c is m x n, for every batch.
 *
 * Integers: a is s8 or u8, or floats quantized by the call (`dynamic`); b is s8 or u8. Results are bit-identical on every device and variant.
 *
 *     acc[i][j] = sum_k (a[i][k] - za[i]) * (b[k][j] - zb[j]) + bias[j]          exact in 32 bits, or refused at creation
 *     c[i][j]   = requantize(acc[i][j])                                          s8, u8: the rule of `rounding`, then + zc, then clamp
 *               = acc[i][j]                                                      s32
 *               = (float)acc[i][j] * (sa[i] * sb[j]) [+ float bias[j]]           f32, f16: each operation rounded once, then clamp
 *
 * Floats: a is f32, f16, bf16, f8e4m3 or f8e5m2, not dynamic; b any of these, or integers of 2 to 8 bits with `groups`.
 *
 *     x[i][j] = sum_k a[i][k] * w[k][j] * sb[j] + bias[j] + residual[i][j]       w: b, or what clqnn/groups.h makes of it; sums in binary32, any order
 *     c[i][j] = clamp(activation(x[i][j]))                                       f32, f16, bf16: rounded once, to nearest even
 *             = clamp(rne(activation(x[i][j]) / sc) + zc)                        s8, u8
 *
 * Errors are within the bounds of docs/numerics.md, "Half and mixed precision", which also defines all of the above.
 *
 * Bits: a and b are bit planes (clqnn/bits.h) in any mix: a as it is, b transposed, each row of k values packed. Exact, bit-identical everywhere.
 *
 *     acc[i][j] = sum_k (a[i][k] - za) * (b[k][j] - zb[j]) + bias[j]             values of codes; zero points of pu and ps only
 *     c[i][j]   = requantize(acc[i][j])                                          s8, u8, pu1..pu8, ps2..ps8: the rule of `rounding`, + zc, then clamp
 *               = acc[i][j]                                                      s32
 *               = clamp((float)acc * (sa * sb[j]) [* row_scale[i]] [+ bias[j]] [+ residual[i][j]])   f32, f16: each operation rounded once, in this order
 *               = (direction[j] > 0 ? acc >= threshold[j] : acc <= threshold[j]) ? +1 : -1           b1: a folded batch norm's sign
 *
 * Low-bit weights: a b of b1 or t2 (transposed, packed rows) with an a of s8 or u8, or a dynamic one, is the product of integers above; with a float a it is
 * the product of floats above, w its values. b is constant in both. */
#ifndef CLQNN_GEMM_H
#define CLQNN_GEMM_H

#include "clqnn/context.h"
#include "clqnn/groups.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A batch stride that says: all batches of this dimension read the same matrix. For a and b only. */
#define CLQNN_BROADCAST (-1)

/* One matrix. A dense row-major matrix of the right shape needs only `type`. */
typedef struct clqnn_gemm_operand {
    clqnn_type type;                /* integers: a s8, u8, or f32, f16 with `dynamic`; b s8, u8; c s8, u8, s32, f32, f16. Floats: see above */
    int32_t transposed;             /* 1: stored as [k][m] (a) or [n][k] (b); not for c */
    int64_t leading_dimension;      /* elements between stored rows; 0: dense */
    int64_t batch_stride[2];        /* elements between matrices of each batch dimension; 0: dense; CLQNN_BROADCAST */
    clqnn_quantization quantization;/* a: 1 or m values (row); b: 1 or n values (column); c: 1 value */
} clqnn_gemm_operand;

/* a given in float: quantized on the device by each call, with scale and zero point computed from the data. docs/numerics.md, "Dynamic quantization". */
typedef enum clqnn_dynamic {
    CLQNN_STATIC = 0,             /* a is integer already */
    CLQNN_DYNAMIC_PER_TENSOR = 1, /* one range for a whole matrix a */
    CLQNN_DYNAMIC_PER_ROW = 2     /* a range for each row of a */
} clqnn_dynamic;

/* Packed constant weights: b rearranged for one family of kernels on one context. Immutable; share them between plans and threads. Reference counted. */
typedef struct clqnn_gemm_weights clqnn_gemm_weights;

/* Zero-initialise, set struct_size to sizeof(clqnn_gemm_desc), then set what differs from the default. */
typedef struct clqnn_gemm_desc {
    size_t struct_size;
    int64_t m, n, k;              /* each 0 .. 2^31-1; m or n of 0: nothing is written; k of 0: c is made from the bias alone */
    int64_t batch[2];             /* outer and inner batch dimension; 0 means 1 */
    clqnn_gemm_operand a, b, c;

    /* b, one of three: */
    const void *b_data;           /* host data in b's layout: packed at creation, need not outlive the call */
    clqnn_gemm_weights *weights;  /* packed before by clqnn_gemm_pack; b.type, b.transposed, b.leading_dimension and b.quantization.zero_points are then taken from it */
                                  /* neither: b is given to each enqueue */

    const void *bias;             /* n values on the host, or NULL; read during the call */
    clqnn_type bias_type;         /* s32: added to acc; f32: added last, with a float c only */

    clqnn_rounding rounding;      /* 8-bit c only */
    const int32_t *multipliers;   /* CLQNN_FIXED_*: Q31 multipliers, each >= 0; scales of a, b and c are then not used */
    const int32_t *shifts;        /* CLQNN_FIXED_*: each -31 .. 30, positive to the left */
    int64_t fixed_count;          /* 1 or n */

    int32_t has_clamp;            /* 1: c is limited to clamp_min .. clamp_max: quantized units for an 8-bit c, real units for a float c; not for s32 */
    float clamp_min, clamp_max;

    clqnn_dynamic dynamic;        /* with a.type f32 or f16; c must be f32 or f16 */
    clqnn_type dynamic_type;      /* what a is quantized to: u8 (also for NONE): asymmetric; s8: symmetric in [-127, 127] */

    const char *variant;          /* NULL: chosen by the library; else the name of one kernel variant, or CLQNN_UNSUPPORTED with its reason */

    /* Products of floats only: */
    clqnn_groups groups;          /* of an integer b with a float a; b is constant then, b.quantization not used */
    clqnn_function activation;    /* identity, relu, relu6, sigmoid, hard-swish, tanh, gelu, gelu-tanh or silu, in binary32 */
    clqnn_gemm_operand residual;  /* m x n of f32, f16 or bf16, given to each call; type none: there is none. It may be c itself, of c's type and strides.
                                     Products of bits: f32 or f16, with a float c */

    /* Products of bits only: */
    const int32_t *thresholds;    /* c b1: 1 or n values on the host, read during the call */
    const int32_t *directions;    /* c b1: as many, each +1 or -1; NULL: all +1 */
    int64_t threshold_count;
    int32_t has_row_scales;       /* 1: each call brings m float scales a batch (args.row_scales), dense; with a float c */

    /* Products of floats only: */
    clqnn_accumulation accumulation; /* f16: of a and b of f16, on a device with cl_khr_fp16, else CLQNN_UNSUPPORTED */
} clqnn_gemm_desc;

/* A plan: everything that can be decided, compiled and packed ahead of a call. Immutable; may be enqueued from several threads at once. */
typedef struct clqnn_gemm clqnn_gemm;

/* Validates, selects a variant, builds or loads its program and packs b_data. Blocks. On failure *gemm is NULL and nothing is left behind.
 * CLQNN_OVERFLOW if some input could overflow the 32-bit accumulator. */
CLQNN_API clqnn_status clqnn_gemm_create(clqnn_context *context, const clqnn_gemm_desc *desc, clqnn_gemm **gemm);

/* NULL is allowed. Enqueued calls need not be finished: OpenCL keeps what they use. */
CLQNN_API void clqnn_gemm_destroy(clqnn_gemm *gemm);

/* Bytes of device memory that each call in flight needs as `workspace`; often 0. Calls on one in-order queue may share one workspace. */
CLQNN_API uint64_t clqnn_gemm_workspace_size(const clqnn_gemm *gemm);

typedef struct clqnn_gemm_args {
    clqnn_region a, b, c;         /* b only where the plan has no constant weights */
    clqnn_region workspace;       /* at least clqnn_gemm_workspace_size bytes, offset a multiple of 64; not needed for 0 */
    clqnn_region residual;        /* only where the plan has one */
    clqnn_region row_scales;      /* only where the plan has them */
} clqnn_gemm_args;

/* Enqueues the multiplication on the caller's queue (in-order or not) and returns without waiting. `wait` and `event` are as in
 * clEnqueueNDRangeKernel; `event` may be NULL. No allocation, build, blocking or finish. c must not overlap a or b.
 * CLQNN_INVALID_ARGUMENT for a queue or buffer of another OpenCL context, CLQNN_BUFFER_TOO_SMALL where a region ends too early. */
CLQNN_API clqnn_status clqnn_gemm_enqueue(const clqnn_gemm *gemm, struct _cl_command_queue *queue, const clqnn_gemm_args *args,
                                          uint32_t wait_count, struct _cl_event *const *wait, struct _cl_event **event);

/* ---- Questions without effects ---- */

/* What a plan is, or would be. All text is static. */
typedef struct clqnn_gemm_info {
    const char *variant;          /* the variant that runs */
    const char *layout;           /* of packed weights; "none" where b is read as it is */
    uint64_t packed_bytes;        /* device memory of packed weights */
    uint64_t workspace_bytes;
    int64_t accumulator_bound;    /* the proof: no |acc| exceeds this, from the data of constant weights, else from k and the types; 0 for floats */
    double estimated_seconds;     /* the cost model's */
} clqnn_gemm_info;

/* Answers as clqnn_gemm_create would, through the same code, without building, packing or allocating on the device. */
CLQNN_API clqnn_status clqnn_gemm_query(clqnn_context *context, const clqnn_gemm_desc *desc, clqnn_gemm_info *info);

/* The same of a plan that exists. CLQNN_INVALID_ARGUMENT for null pointers. */
CLQNN_API clqnn_status clqnn_gemm_describe(const clqnn_gemm *gemm, clqnn_gemm_info *info);

/* One candidate of the ranking. */
typedef struct clqnn_gemm_candidate {
    const char *variant;          /* static */
    int32_t admitted;             /* 1: could run */
    double estimated_seconds;     /* if admitted */
    char reason[160];             /* if not: why not */
} clqnn_gemm_candidate;

/* Every variant for this problem, best first, refused ones last. Writes at most `capacity` entries and the number of all to `count`. */
CLQNN_API clqnn_status clqnn_gemm_candidates(clqnn_context *context, const clqnn_gemm_desc *desc, clqnn_gemm_candidate *list, size_t capacity, size_t *count);

/* What a variant is, whatever the device. Pointers are to static text. */
typedef struct clqnn_gemm_variant_info {
    const char *name;
    const char *summary;          /* one line */
    const char *types;            /* "a u8,s8 b u8,s8 c any" */
    const char *layout;           /* of packed weights */
    char needs[96];               /* names of capabilities, comma-separated; "" for none */
    int32_t tile_m, tile_n, tile_k;
} clqnn_gemm_variant_info;

/* Builds (or loads) the programs of every variant that the device admits, so that later creations find them. Blocks; seconds on a cold cache. */
CLQNN_API clqnn_status clqnn_gemm_prewarm(clqnn_context *context);

/* All variants of this build, in list order. */
CLQNN_API clqnn_status clqnn_gemm_variants(clqnn_gemm_variant_info *list, size_t capacity, size_t *count);

/* ---- Packed weights ---- */

/* Packs desc->b_data for the variant that clqnn_gemm_create would choose for `desc` (m is a hint only: any m can use them). Blocks until the
 * data is on the device. */
CLQNN_API clqnn_status clqnn_gemm_pack(clqnn_context *context, const clqnn_gemm_desc *desc, clqnn_gemm_weights **weights);

CLQNN_API clqnn_gemm_weights *clqnn_gemm_weights_retain(clqnn_gemm_weights *weights);
CLQNN_API void clqnn_gemm_weights_release(clqnn_gemm_weights *weights);

/* The stable name of the layout ("i8_n32k4"), which a serialised blob carries. Static storage. */
CLQNN_API const char *clqnn_gemm_weights_layout(const clqnn_gemm_weights *weights);

/* Bytes of device memory. */
CLQNN_API uint64_t clqnn_gemm_weights_size(const clqnn_gemm_weights *weights);

/* Writes the blob to `data`; with data NULL only the size to `size`. CLQNN_BUFFER_TOO_SMALL if capacity is less than that. Blocks. */
CLQNN_API clqnn_status clqnn_gemm_weights_serialize(const clqnn_gemm_weights *weights, void *data, size_t capacity, size_t *size);

/* Reads a blob; checks magic, version, sizes and checksum before anything else is believed. CLQNN_CORRUPT_DATA names what is wrong. Blocks. */
CLQNN_API clqnn_status clqnn_gemm_weights_deserialize(clqnn_context *context, const void *data, size_t size, clqnn_gemm_weights **weights);

/* The exact inverse of packing: b as a dense row-major [batch][k][n] matrix of b's type; of bit planes as [batch][n] dense rows of planes. Blocks. `capacity`
 * in bytes. */
CLQNN_API clqnn_status clqnn_gemm_weights_unpack(const clqnn_gemm_weights *weights, void *data, size_t capacity);

/* What weights of a product of floats mean: w of clqnn/groups.h, or the floats themselves, as dense row-major [batch][k][n] binary32 numbers. Blocks.
 * `capacity` in bytes. CLQNN_UNSUPPORTED for weights of products of integers. */
CLQNN_API clqnn_status clqnn_gemm_weights_dequantize(const clqnn_gemm_weights *weights, float *w, size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
