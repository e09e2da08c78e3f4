/* SPDX-License-Identifier: Apache-2.0 */
/* Quantization in training: what inference will see of a tensor of floats (forward), and how gradients pass it (backward, straight through), for the schemes of
 * the field. Master weights stay floats; the forward pass uses y. Plans are clqnn_op's.
 *
 *     parameters = fake_quant_measure(x)                        of schemes whose scales or thresholds follow from x
 *     y          = fake_quant(x, parameters)                    y of floats; or of integers: the codes of inference, made by the same code
 *     dx         = fake_quant_backward(dy, x, parameters)       and the gradients of parameters that are learned
 *
 * A y of floats is value(code(x)), bit for bit what the codes dequantize to (clqnn/convert.h), rounded once more where it is f16 or bf16. All
 * results are the same bytes on every device that does not flush subnormals: sums have a defined order, and tanh is a defined function (docs/numerics.md,
 * "Fake quantization"). A slot is what has one set of parameters: clqnn/quantizer.h, by x.axis and x.block. */
#ifndef CLQNN_FAKE_QUANT_H
#define CLQNN_FAKE_QUANT_H

#include "clqnn/op.h"
#include "clqnn/quantizer.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Below, "s, z": inputs of the call behind x, one f32 (zero points: s32) a slot, in device memory. k = bits, n = 2^k - 1. "/" is the correctly rounded division, rne
 * rounds to nearest even, [c] is 1 where c holds and else 0. N: elements of a slot. Where x is NaN: code z, of signs +1, of ternary values 0; infinities are clamped.
 * The gradient is dx = dy * g(x), 0 where g is 0; comparisons with NaN fail, and tanh of NaN counts as 0.
 *
 * From device memory a scale is read as the nearest of 2^-125 .. 2^126, a clip a and a magnitude M as that of 2^-100 .. 2^126, NaN as 2^126; a zero point as the nearest of
 * qmin .. qmax; a threshold that is negative or NaN as 0. */
typedef enum clqnn_fake_quant_scheme {
    /* Inputs s, z. q = clamp(rne(x / s) + z, qmin, qmax), y = s * (q - z). g = [qmin <= rne(x / s) + z <= qmax].
     * Jacob et al., arXiv 1712.05877; Krishnamoorthi, arXiv 1806.08342, section 2.4. */
    CLQNN_AFFINE = 0,
    /* Input s, the learned step. As AFFINE with z = 0 and qmin <= 0 < qmax. v = x / s, g = [qmin < v < qmax];
     * ds = gradient_scale * sum of dy * (v <= qmin ? qmin : v >= qmax ? qmax : rne(v) - v). Esser et al., arXiv 1902.08153, equations 1 to 5, whose
     * gradient_scale is 1 / sqrt(N qmax), for activations N being those of one sample. */
    CLQNN_LSQ = 1,
    /* Input a, the learned clip. s = a / n, q = clamp(rne(x / s), 0, n), y = s * q. g = [0 <= x < a]; da = sum of dy * [x >= a]. Choi et al., arXiv 1805.06085. */
    CLQNN_PACT = 2,
    /* 2 bits and more: input M = max |tanh x|. r = tanh(x) / (2 M) + 1/2, q = clamp(rne(r * n), 0, n), y = (1 / n) * (2 q - n): odd levels. g = (1 - tanh(x)^2) / M,
     * the maximum being taken as a constant. 1 bit: input s = mean |x|. y = x < 0 ? -s : s. g = 1. Zhou et al., arXiv 1606.06160, equations 9 and 7.
     * Codes: s8 or s4 of 2 q - n, or of -1 and +1 (7 and 3 bits at most). The scale of inference is 1 / n, or s. */
    CLQNN_DOREFA_WEIGHTS = 3,
    /* s = 1 / n rounded, q = clamp(rne(x / s), 0, n), y = s * q. g = [0 <= x <= 1]. The same, equation 11. */
    CLQNN_DOREFA_ACTIVATIONS = 4,
    /* Of a gradient x; inputs M = max |x|, and count, one s32 that numbers the calls. noise = (u - 1/2) * (1 / n) with u of Philox4x32-10 (below);
     * q = clamp(rne((x / (2 M) + 1/2 + noise) * n), 0, n), y = M * ((1 / n) * (2 q - n)). A y of floats, no backward. x of NaN gives NaN. Slots are samples: axis 0.
     * The same, equation 12. */
    CLQNN_DOREFA_GRADIENTS = 5,
    /* y = x < 0 ? -1 : +1. g = [-1 <= x <= 1]. Courbariaux et al., arXiv 1602.02830. Codes: s8 or s4 of -1 and +1. */
    CLQNN_BNN = 6,
    /* Input s = mean |x|, of a filter. y = x < 0 ? -s : s. g = 1 / N + s * [-1 <= x <= 1]. Rastegari et al., arXiv 1603.05279, section 3.1. Codes as of BNN. */
    CLQNN_XNOR = 7,
    /* Inputs s, t. y = x > t ? s : x < -t ? -s : 0, measured t = factor * mean |x| and s = mean of the |x| above t. g = 1. Li et al., arXiv 1605.04711.
     * Codes: s8 or s4 of -1, 0, +1. */
    CLQNN_TWN = 8,
    /* Inputs s, f32 [2][slots], the learned positive and negative scales; t. y = x > t ? s[0] : x < -t ? -s[1] : 0, measured t = factor * max |x|.
     * g = x > t ? s[0] : x < -t ? s[1] : 1; ds[0] = sum of dy * [x > t], ds[1] = -sum of dy * [x < -t] (the paper prints the second without its sign).
     * Zhu et al., arXiv 1612.01064. Codes as of TWN. */
    CLQNN_TTQ = 9,
    /* 2 bits and more: n = 2^(k-1) - 1. s = 1 / n rounded, q = clamp(rne(x / s), -n, n), y = s * q. g = [-1 <= x <= 1]. Mishra et al., arXiv 1709.01134. */
    CLQNN_WRPN_WEIGHTS = 10,
    /* As DOREFA_ACTIVATIONS. The same. */
    CLQNN_WRPN_ACTIVATIONS = 11
} clqnn_fake_quant_scheme;

/* x: f32, f16 or bf16. y: f32, f16, bf16; or codes, which its type must hold: s8, u8, s4, u4 (dense). clqnn_pack_bits makes bit planes of codes, those of s8 or u8 with a
 * scale of 1: b1 and t2 of signs and ternary values (threshold 0), po of odd levels, pu and ps of the others. Shapes are equal. Quantizations are not given.
 * Inputs of the call: x, then what the scheme says. Outputs: y, which may be the very region of x where strides and type sizes are equal; with saves_mask also the mask, u8,
 * dense, of x's shape: g, where that is a condition. Zero-initialise, set struct_size to sizeof(clqnn_fake_quant_desc). */
typedef struct clqnn_fake_quant_desc {
    size_t struct_size;
    clqnn_fake_quant_scheme scheme;
    clqnn_tensor x, y;
    clqnn_granularity granularity;  /* of the scheme's inputs; x.axis, x.block. PER_TENSOR where there are none */
    int32_t bits;                   /* 1 .. 8; 0 of AFFINE and LSQ, BNN, XNOR, TWN, TTQ */
    int32_t qmin, qmax;             /* of AFFINE and LSQ: -128 <= qmin < qmax <= 255, qmax - qmin <= 255; else both 0 */
    int32_t saves_mask;             /* 0 or 1: of AFFINE, LSQ, PACT, DOREFA_ACTIVATIONS, BNN and WRPN */
    uint64_t seed;                  /* of DOREFA_GRADIENTS */
    const char *variant;            /* NULL: chosen by the library; else the name of one variant, or CLQNN_UNSUPPORTED with its reason */
} clqnn_fake_quant_desc;

CLQNN_API clqnn_status clqnn_fake_quant_create(clqnn_context *context, const clqnn_fake_quant_desc *desc, clqnn_op **op);

/* Answers as clqnn_fake_quant_create would, through the same code, without building or allocating on the device. */
CLQNN_API clqnn_status clqnn_fake_quant_query(clqnn_context *context, const clqnn_fake_quant_desc *desc, clqnn_op_info *info);

/* Parameters that follow from x. Elements that are not finite count as 0. A scale or magnitude is raised to 2^-100 where it is less (all zeros), and never infinite.
 *     LSQ               s = 2 mean |x| / sqrt(qmax): where the step's training begins
 *     DOREFA_WEIGHTS    M = max |tanh x|; of 1 bit s = mean |x|
 *     DOREFA_GRADIENTS  M = max |x|
 *     XNOR              s = mean |x|
 *     TWN               s and t; where nothing is above t, s is 2^-100
 *     TTQ               t
 * Input of the call: x; outputs: s or M where there is one, f32 [slots]; then t, f32 [slots], where there is one. Groups must divide their axis. */
typedef struct clqnn_fake_quant_measure_desc {
    size_t struct_size;
    clqnn_fake_quant_scheme scheme;
    clqnn_tensor x;
    clqnn_granularity granularity;
    int32_t bits;                   /* of DOREFA_WEIGHTS and DOREFA_GRADIENTS; else 0 */
    int32_t qmax;                   /* of LSQ; else 0 */
    float threshold_factor;         /* of TWN and TTQ, in [0, 1]; 0: 0.7 and 0.05 */
    const char *variant;
} clqnn_fake_quant_measure_desc;

CLQNN_API clqnn_status clqnn_fake_quant_measure_create(clqnn_context *context, const clqnn_fake_quant_measure_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_fake_quant_measure_query(clqnn_context *context, const clqnn_fake_quant_measure_desc *desc, clqnn_op_info *info);

/* dx = dy * g(x), the product rounded once, and again to dx's type. dy, x, dx: f32, f16 or bf16, of one shape.
 * Inputs of the call: dy; x; then those of the forward call. With reads_mask: dy and the mask alone. Outputs: dx, which may be the very region of dy where strides
 * and type sizes are equal; of LSQ, PACT and TTQ also the gradient of the input s or a, f32, of its shape, unless skips_parameters. With gradients of parameters groups must
 * divide their axis. */
typedef struct clqnn_fake_quant_backward_desc {
    size_t struct_size;
    clqnn_fake_quant_scheme scheme; /* not DOREFA_GRADIENTS */
    clqnn_tensor dy, x, dx;         /* axis and block: x's. With reads_mask x is u8, dense */
    clqnn_granularity granularity;
    int32_t bits;                   /* as of clqnn_fake_quant_desc */
    int32_t qmin, qmax;
    int32_t reads_mask;             /* 0 or 1: dx = mask ? dy : 0. Gradients of parameters need x */
    int32_t skips_parameters;       /* 0 or 1: of LSQ, PACT and TTQ dx alone; must be 1 with reads_mask */
    float gradient_scale;           /* of LSQ; 0: 1 */
    const char *variant;
} clqnn_fake_quant_backward_desc;

CLQNN_API clqnn_status clqnn_fake_quant_backward_create(clqnn_context *context, const clqnn_fake_quant_backward_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_fake_quant_backward_query(clqnn_context *context, const clqnn_fake_quant_backward_desc *desc, clqnn_op_info *info);

/* The noise of DOREFA_GRADIENTS. Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): four words of a counter and a key. Element i of
 * x, row-major, has u = (word i % 4 >> 8) * 2^-24 of counter {i / 4, count, 0, 0} and key {seed's low word, its high word}. Host, no device. */
CLQNN_API void clqnn_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t words[4]);

#ifdef __cplusplus
}
#endif
#endif
