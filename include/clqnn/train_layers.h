/* SPDX-License-Identifier: Apache-2.0 */
/* Layers of a network in training, f32, forward and backward: pooling, batch normalization, clamps (ReLU, ReLU6), softmax with cross-entropy, sums of columns.
 * All tensors are dense, channels innermost. Plans are clqnn_op's: inputs and outputs in the order given here, "in place" where an output may be the very
 * region of an input. Each operation rounds once to binary32, to nearest even, in the written order, without fma, and sums have one order (docs/numerics.md,
 * "Layers in training"): a call gives the same bytes on every device and variant, but for values below 2^-126, which some devices flush to 0. NaN of inputs shows in
 * the outputs that depend on it. Descriptors: zero-initialise, set struct_size, then what differs from the default. CLQNN_INVALID_ARGUMENT or
 * CLQNN_INVALID_SHAPE with the field and its value for a bad one. */
#ifndef CLQNN_TRAIN_LAYERS_H
#define CLQNN_TRAIN_LAYERS_H

#include "clqnn/op.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Pooling ---- */

typedef enum clqnn_train_pool_kind { CLQNN_TRAIN_POOL_MAX = 0, CLQNN_TRAIN_POOL_AVERAGE = 1 } clqnn_train_pool_kind;

typedef enum clqnn_layer_direction { CLQNN_LAYER_FORWARD = 0, CLQNN_LAYER_BACKWARD = 1 } clqnn_layer_direction;

/* x[batch][height][width][channels] -> y[batch][output height][output width][channels], output = (input + pads - kernel) / stride + 1, rounded down. A window's taps
 * inside the image are taken row by row.
 *
 *     max, forward        y = the first tap that no later one exceeds; the first NaN where there is one.   inputs x; outputs y, and with saves_taps taps
 *     max, backward       dx = sum of dy over the windows that x won                                       inputs dy, taps; output dx
 *     average, forward    y = (sum of taps) * (1 / count)                                                  input x; output y
 *     average, backward   dx = sum of dy * (1 / count) over the windows that hold x                        input dy; output dx
 *
 * taps, u8 in the shape of y: the number of the winner in its window, row * kernel[1] + column, those outside the image counted. Backward reads these instead of x and y:
 * a quarter of a byte an element of x where windows of 2 x 2 do not overlap, against 5. count: the taps inside the image, with counts_padding those of the window.
 * Backward sums run over windows in the order of y's rows and columns, each element by itself, so that overlapping windows meet in no other order. */
typedef struct clqnn_train_pool_desc {
    size_t struct_size;
    clqnn_train_pool_kind kind;
    clqnn_layer_direction direction;
    int64_t batch, height, width, channels;   /* of x, in both directions */
    int32_t is_global;                        /* 1: the window is the image; kernel, stride and pads are not read */
    int64_t kernel[2];                        /* rows, columns; each 1 or more. Max: at most 256 taps */
    int64_t stride[2];                        /* 0 means 1 */
    int64_t pad_begin[2], pad_end[2];         /* each below the kernel: every window sees the image */
    int32_t counts_padding;                   /* averages: 1 divides by all taps of the window */
    int32_t saves_taps;                       /* max, forward: 1 writes taps */
    const char *variant;                      /* NULL: chosen by the library */
} clqnn_train_pool_desc;

CLQNN_API clqnn_status clqnn_train_pool_create(clqnn_context *context, const clqnn_train_pool_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_train_pool_query(clqnn_context *context, const clqnn_train_pool_desc *desc, clqnn_op_info *info);

/* ---- Batch normalization ---- */

typedef enum clqnn_batch_norm_mode { CLQNN_BATCH_NORM_TRAIN = 0, CLQNN_BATCH_NORM_INFER = 1, CLQNN_BATCH_NORM_BACKWARD = 2 } clqnn_batch_norm_mode;

/* Of x[rows][channels], for each channel by itself; all vectors are f32 of `channels`.
 *
 *     u = (x - mean) * inv_std,  v = u * gamma + beta,  y = v < clamp_min ? clamp_min : v > clamp_max ? clamp_max : v  (v without has_clamp)
 *
 *     train       inputs x, gamma, beta; outputs y, mean, inv_std, running_mean, running_var (read and written)
 *                 mean and var = sum (x - mean)^2 / rows are the batch's, inv_std = 1 / sqrt(var + epsilon);
 *                 running_mean = keep * running_mean + momentum * mean and running_var = keep * running_var + momentum * (var * rows / (rows - 1)), keep = 1 - momentum:
 *                 the unbiased variance, as in PyTorch; of one row it is 0
 *     infer       inputs x, gamma, beta, running_mean, running_var; output y, in place of x
 *     backward    inputs dy, x, gamma, beta, mean, inv_std; outputs dx (in place of dy), dgamma, dbeta
 *                 g = dy, with has_clamp 0 where v <= clamp_min or v >= clamp_max; dbeta = sum g, dgamma = sum g * u;
 *                 dx = (gamma * inv_std) * (g - dbeta / rows - u * (dgamma / rows)). v is made again from x: y need not be kept
 *
 * mean and inv_std of the forward call are those that backward takes. 1 / rows is rounded to binary32 first. */
typedef struct clqnn_batch_norm_desc {
    size_t struct_size;
    clqnn_batch_norm_mode mode;
    int64_t rows, channels;              /* rows: batch * height * width. Each 1..2^31-1 */
    float epsilon;                       /* 2^-60..2^60; 0 means 1e-5 */
    float momentum;                      /* train: the part of the new batch, above 0, at most 1; 0 means 0.1 */
    int32_t has_clamp;                   /* 1: ReLU and the like are part of it */
    float clamp_min, clamp_max;          /* may be infinite; min below max */
    const char *variant;
} clqnn_batch_norm_desc;

CLQNN_API clqnn_status clqnn_batch_norm_create(clqnn_context *context, const clqnn_batch_norm_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_batch_norm_query(clqnn_context *context, const clqnn_batch_norm_desc *desc, clqnn_op_info *info);

/* ---- Clamps and residual sums ---- */

/* Element by element over `count` values.
 *
 *     forward     v = x, with adds x + b;  y = v < clamp_min ? clamp_min : v > clamp_max ? clamp_max : v     inputs x, with adds b; output y, in place of x
 *     backward    dx = v <= clamp_min || v >= clamp_max ? 0 : dy                                            inputs dy, v; output dx, in place of dy
 *
 * Backward's v may be the forward call's v or y: both give the same dx. At the edges the gradient is 0; a NaN lets it pass. The gradient of a sum is that of both its parts. */
typedef struct clqnn_clamp_desc {
    size_t struct_size;
    clqnn_layer_direction direction;
    int64_t count;                       /* 1..2^40 */
    int32_t adds;                        /* forward: 1: x + b, a residual sum */
    float clamp_min, clamp_max;          /* may be infinite; min below max. ReLU: 0 and infinity. Both 0 mean none: -infinity and infinity */
    const char *variant;
} clqnn_clamp_desc;

CLQNN_API clqnn_status clqnn_clamp_create(clqnn_context *context, const clqnn_clamp_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_clamp_query(clqnn_context *context, const clqnn_clamp_desc *desc, clqnn_op_info *info);

/* ---- Softmax with cross-entropy ---- */

/* Of logits x[rows][classes] and labels s32[rows]. For a row with m = the largest x, t = x - m, e = exp(t), s = sum of e:
 *
 *     p = e * (1 / s)         loss of the row = ln(s) - t[label]         dx = (p - [j == label]) * (1 / rows)
 *
 * inputs x, labels; outputs loss (f32[1], the mean: the sum of all rows' losses * (1 / rows)), counts (s32[2]), and with has_gradient dx (f32[rows][classes]).
 * counts[0]: rows whose first largest x is their label's. counts[1]: rows whose label is not in 0 .. classes-1: they are read no further, their loss and dx are 0.
 * With accumulates the three numbers are added to what is there, so that those of many calls stay on the device; else they are written. exp and ln are polynomials
 * of their own, within 2^-22 (relative) and 2^-21 (of 1 + ln s) of the true ones; exp of a t below -87 is 0. */
typedef struct clqnn_cross_entropy_desc {
    size_t struct_size;
    int64_t rows, classes;               /* rows 1..2^31-1, classes 1..2^24 */
    int32_t has_gradient;
    int32_t accumulates;
    const char *variant;
} clqnn_cross_entropy_desc;

CLQNN_API clqnn_status clqnn_cross_entropy_create(clqnn_context *context, const clqnn_cross_entropy_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_cross_entropy_query(clqnn_context *context, const clqnn_cross_entropy_desc *desc, clqnn_op_info *info);

/* ---- Sums of columns ---- */

/* y[channels] = sum over the rows of x[rows][channels]: gradients of biases. input x; output y. */
typedef struct clqnn_column_sums_desc {
    size_t struct_size;
    int64_t rows, channels;              /* each 1..2^31-1 */
    const char *variant;
} clqnn_column_sums_desc;

CLQNN_API clqnn_status clqnn_column_sums_create(clqnn_context *context, const clqnn_column_sums_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_column_sums_query(clqnn_context *context, const clqnn_column_sums_desc *desc, clqnn_op_info *info);

#ifdef __cplusplus
}
#endif
#endif
