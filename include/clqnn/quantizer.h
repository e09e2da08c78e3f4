/* SPDX-License-Identifier: Apache-2.0 */
/* Quantizers and calibration on the device: statistics of tensors, ranges of them, scales and zero points of the ranges, and codes by those. Nothing is read
 * back between the steps. Plans are clqnn_op's. Results are the same bytes on every device that does not flush subnormals: docs/numerics.md, "Quantizers".
 *
 *     state    = statistics(x), for as many batches as there are
 *     counts   = histogram(x, state), once more over the batches, where the method of the range reads one
 *     ranges   = range(state, counts)
 *     scales, zero points = range_parameters(ranges)
 *     y        = quantize_by(x, scales, zero points)
 *
 * A slot is what has one scale. Slots are the whole tensor, the channels of an axis, or groups: x.axis and x.block of clqnn_tensor. Group values have
 * the tensor's shape with ceil(shape[axis] / block) in place of shape[axis], row-major, as in clqnn/tensor.h. */
#ifndef CLQNN_QUANTIZER_H
#define CLQNN_QUANTIZER_H

#include "clqnn/op.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum clqnn_granularity {
    CLQNN_PER_TENSOR = 0,    /* one slot; axis and block are not read */
    CLQNN_PER_CHANNEL = 1,   /* a slot an index of `axis`; block is not read */
    CLQNN_PER_GROUP = 2      /* a slot for `block` indices of `axis`, at each place of the other axes; the last of them may be shorter */
} clqnn_granularity;

/* How many slots a tensor has. Its shape, axis and block are checked. */
CLQNN_API clqnn_status clqnn_slot_count(const clqnn_tensor *tensor, clqnn_granularity granularity, int64_t *slots);

/* Which integers are codes:
 *     signed      [-2^(bits-1), 2^(bits-1) - 1]     restricted: [-(2^(bits-1) - 1), 2^(bits-1) - 1], 2 bits at least
 *     unsigned    [0, 2^bits - 1]                   restricted: [1, 2^bits - 1], 2 bits at least */
typedef struct clqnn_codes {
    int32_t bits;            /* 1 .. 8 */
    int32_t is_signed;       /* 0 or 1, as the next */
    int32_t is_restricted;   /* as many codes on both sides of the middle */
} clqnn_codes;

/* ---- Statistics ---- */

/* What is known of a slot; a state is an array of these in device memory, one a slot. All bytes 0 is the state before the first call: the caller clears it.
 * NaN and infinities are counted and otherwise left out. Counts of 64 bits are {low word, high word}; sums are pairs, whose value is the sum of both. */
typedef struct clqnn_slot_statistics {
    uint32_t count[2];          /* finite elements */
    uint32_t nonzero[2];        /* those that are not 0 */
    uint32_t nonfinite[2];      /* NaN and infinities */
    float min, max;             /* of the finite elements; 0 while there is none */
    float running_min, running_max;   /* of the first call its own; then running += (1 - momentum) * (of this call - running) */
    float sample_min[2], sample_max[2];   /* sums over the samples of each one's extremes */
    uint32_t samples;           /* with a finite element */
    uint32_t calls;             /* with a finite element in this slot */
    uint32_t moment_count[2];   /* finite elements of the calls that are not extremes_only; of those: */
    float sum[2];
    float deviations[2];        /* sum of |x - the mean of its call| */
    float squares[2];           /* sum of (x - the mean of all)^2: calls are joined by Chan's formula */
} clqnn_slot_statistics;

/* x: f32, f16 or bf16, dense, without quantization. A call adds x to the state. `samples`: x is so many samples one after the other (a batch of images:
 * shape[0]); a slot's elements, row-major, are cut evenly among them, so their number must be a multiple. 0: 1.
 * Inputs of the call: x; outputs: the state, read and written. Calls that share a state must not overlap: one in-order queue, or events. */
typedef struct clqnn_statistics_desc {
    size_t struct_size;
    clqnn_tensor x;
    clqnn_granularity granularity;
    int64_t samples;
    int32_t extremes_only;   /* 1: moment_count, sum, deviations and squares are left as they are, and x is read once, not twice */
    float momentum;          /* of the running extremes, in [0, 1); 0: 0.9 */
    const char *variant;     /* NULL: chosen by the library; else the name of one variant, or CLQNN_UNSUPPORTED with its reason */
} clqnn_statistics_desc;

CLQNN_API clqnn_status clqnn_statistics_create(clqnn_context *context, const clqnn_statistics_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_statistics_query(clqnn_context *context, const clqnn_statistics_desc *desc, clqnn_op_info *info);

/* ---- Histograms ---- */

/* counts[slot][bin] += elements x of the slot in the bin, from the state's extremes as they are at the call:
 *     bin = clamp(floor((v - low) * f), 0, bins - 1), f = bins / (high - low) rounded; 0 where high is low
 *     v = x, low = min, high = max;  is_magnitude: v = |x|, low = 0, high = max(|min|, |max|)
 * f is 0 too where high - low is below 2^-100. NaN and infinities are left out; extremes beyond +-2^126 are taken as that. Elements beyond the extremes fall into the first or last bin.
 * Inputs: x, as of clqnn_statistics_desc; the state. Outputs: counts, u32 [slots][bins], read and written; the caller clears them. A slot may have less than
 * 2^32 elements, over all calls. */
typedef struct clqnn_histogram_desc {
    size_t struct_size;
    clqnn_tensor x;
    clqnn_granularity granularity;
    int32_t bins;            /* 16 .. 4096; 0: 2048 */
    int32_t is_magnitude;    /* 0 or 1 */
    const char *variant;
} clqnn_histogram_desc;

CLQNN_API clqnn_status clqnn_histogram_create(clqnn_context *context, const clqnn_histogram_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_histogram_query(clqnn_context *context, const clqnn_histogram_desc *desc, clqnn_op_info *info);

/* ---- Ranges ---- */

/* With mean = sum / n, s = sqrt(squares / n), b = deviations / n, n = moment_count. What a clip gives is cut to [min, max]. Extremes beyond +-2^126 are taken
 * as that. A slot of which nothing is known (no finite element) has the range [0, 0]; one without moments, or whose histogram is empty, [min, max].
 * One-sided: no element is below 0 (min >= 0), as behind a ReLU; such data is read as the upper half of a symmetric distribution and so much more, zeros.
 *
 * GAUSSIAN and LAPLACE minimise the expected squared error of 2^bits levels over [-a, a]: Banner et al., "Post training 4-bit quantization of convolutional
 * networks for rapid-deployment" (arXiv 1810.05723). Its equations, solved on the host when the plan is made:
 *     Gaussian   a (1 - erf(a / (sqrt(2) s))) - s sqrt(2 / pi) exp(-a^2 / (2 s^2)) + a / (3 * 4^bits) = 0     4 bits: a = 2.55 s
 *     Laplace    a / (3 * 4^bits) = b exp(-a / b)                                                           4 bits: a = 5.03 b
 * Two-sided: [mean - a, mean + a]. One-sided: [0, a] with one bit more in the equation, s the root mean square and b the mean of what is not 0. */
typedef enum clqnn_range_method {
    CLQNN_RANGE_MIN_MAX = 0,              /* [min, max] (Krishnamoorthi, arXiv 1806.08342, section 2) */
    CLQNN_RANGE_MOVING_AVERAGE = 1,       /* [running_min, running_max] (the same, section 3.2) */
    CLQNN_RANGE_SAMPLE_AVERAGE = 2,       /* [sample_min / samples, sample_max / samples] (Distiller, "Quantization": averaging clip) */
    CLQNN_RANGE_STANDARD_DEVIATIONS = 3,  /* [mean - n s, mean + n s], n = deviations of the descriptor (the same: mean plus-minus n standard deviations) */
    CLQNN_RANGE_GAUSSIAN = 4,
    CLQNN_RANGE_LAPLACE = 5,
    /* From a histogram, with w = (high - low) / bins, edge(i) = low + i w, edge(bins) = high. Of a magnitude one T gives [-T, T], one-sided [0, T]. */
    CLQNN_RANGE_PERCENTILE = 6,           /* from each end bins are dropped while no more than (1 - kept) of all elements are, half of that from each of two ends */
    CLQNN_RANGE_LEAST_SQUARES = 7,        /* i / 128 of the whole range, i = 1 .. 128, with the least sum of count * (c - dequantized(quantized(c)))^2, c the
                                             bins' middles, the quantizer that of `codes` and is_symmetric; the widest of equals */
    CLQNN_RANGE_ENTROPY = 8               /* of magnitudes: T = edge(i) with the least Kullback-Leibler divergence of what `levels` levels can tell of the first i bins,
                                             the rest falling into the last of them; i from bins down to levels by max(1, bins / 256); the widest of equals. levels =
                                             2^(bits - 1), one-sided and not symmetric 2^bits. Migacz, "8-bit inference with TensorRT" (GTC 2017) */
} clqnn_range_method;

/* Inputs: the state; of PERCENTILE, LEAST_SQUARES and ENTROPY also the counts. Output: ranges, f32 [slots][2], low and high, finite, low <= high. */
typedef struct clqnn_range_desc {
    size_t struct_size;
    int64_t slots;
    clqnn_range_method method;
    clqnn_codes codes;           /* of GAUSSIAN, LAPLACE, LEAST_SQUARES and ENTROPY */
    int32_t is_symmetric;        /* of LEAST_SQUARES and ENTROPY: as of clqnn_range_parameters_desc */
    float deviations;            /* of STANDARD_DEVIATIONS: in (0, 1000]; 0: 3 */
    float kept;                  /* of PERCENTILE: in (0, 1]; 0: 0.9999 */
    int32_t bins, is_magnitude;  /* of the histogram, as it was made. ENTROPY needs magnitudes, and at least as many bins as levels */
    const char *variant;
} clqnn_range_desc;

CLQNN_API clqnn_status clqnn_range_create(clqnn_context *context, const clqnn_range_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_range_query(clqnn_context *context, const clqnn_range_desc *desc, clqnn_op_info *info);

/* a of CLQNN_RANGE_GAUSSIAN for s = 1, or of CLQNN_RANGE_LAPLACE for b = 1; bits 1 .. 9. Host, no device. */
CLQNN_API clqnn_status clqnn_analytic_clip(clqnn_range_method method, int32_t bits, double *clip);

/* ---- Scales and zero points ---- */

/* Of a range [low, high] and codes [least, most]; each operation binary32, rounded once, in this order:
 *     asymmetric   l = min(low, 0), h = max(high, 0);  scale = (h - l) / (most - least);  zero point = clamp(least + rne(-l / scale), least, most)
 *     symmetric    m = max(|low|, |high|);  scale = m / ((most - least) / 2), the divisor exact;  zero point = (least + most + 1) / 2: 0 of signed codes
 * Real 0 is always a code's value. A width (h - l, or m) below 2^-126 (constant zero, nothing observed) gives scale 1; a scale below 2^-125 is raised to
 * that. low and high beyond +-2^126 are taken as that, NaN as 0. So scales are normal, positive and finite, whatever the range. A constant c that is not 0
 * has the range between 0 and c.
 * Inputs: ranges, f32 [slots][2]; outputs: scales, f32 [slots], zero points, s32 [slots]. */
typedef struct clqnn_range_parameters_desc {
    size_t struct_size;
    int64_t slots;
    clqnn_codes codes;
    int32_t is_symmetric;
    const char *variant;
} clqnn_range_parameters_desc;

CLQNN_API clqnn_status clqnn_range_parameters_create(clqnn_context *context, const clqnn_range_parameters_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_range_parameters_query(clqnn_context *context, const clqnn_range_parameters_desc *desc, clqnn_op_info *info);

/* The same of one range, on the host. */
CLQNN_API clqnn_status clqnn_parameters_of_range(float low, float high, const clqnn_codes *codes, int32_t is_symmetric, float *scale, int32_t *zero_point);

/* ---- Codes ---- */

/* clqnn/convert.h with scales and zero points from device memory, by the same kernels. One of x and y is f32, f16 or bf16, the other s8, u8, s4 or u4:
 *     y = clamp(rne(x / scale) + zero point)     y an integer: quantizes
 *     y = scale * (x - zero point)               y a float: dequantizes
 * `codes` with bits of 0 means all values of the integer type; else the clamp is to those of the codes, which must fit it: 3 bits stand in s8 or u8, from where
 * clqnn_pack_bits makes planes of them. Dequantizing reads every code. axis and block are the integer tensor's. Shapes are equal; quantizations of the
 * descriptor are not given.
 * Inputs: x; scales, f32 [slots]; zero points, s32 [slots]. Output: y. A scale below 2^-125 or NaN is read as that, an infinite one as
 * the largest float, a zero point outside the codes as the nearest code. */
typedef struct clqnn_quantize_by_desc {
    size_t struct_size;
    clqnn_tensor x, y;
    clqnn_granularity granularity;
    clqnn_codes codes;
    const char *variant;
} clqnn_quantize_by_desc;

CLQNN_API clqnn_status clqnn_quantize_by_create(clqnn_context *context, const clqnn_quantize_by_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_quantize_by_query(clqnn_context *context, const clqnn_quantize_by_desc *desc, clqnn_op_info *info);

#ifdef __cplusplus
}
#endif
#endif
