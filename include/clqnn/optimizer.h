/* SPDX-License-Identifier: Apache-2.0 */
/* Optimizers, f32: one call updates `count` parameters, which may be all of a network in one buffer. What changes from step to step lies in device memory, so
 * that a plan serves a whole training. Each operation rounds once to binary32, to nearest even, in the written order, without fma: the same bytes on every device
 * and variant, but for values below 2^-126, which some devices flush to 0. Plans are clqnn_op's; parameters and states are outputs that are read and written. */
#ifndef CLQNN_OPTIMIZER_H
#define CLQNN_OPTIMIZER_H

#include "clqnn/op.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Stochastic gradient descent as torch.optim.SGD without dampening, the velocity starting at 0:
 *
 *     d = g + weight_decay * w          (g where weight_decay is 0)
 *     v = momentum * v + d              (momentum 0: there is no v)
 *     w = w - lr * d                    of momentum 0;   lr * v;   with nesterov lr * (d + momentum * v)
 *
 * Inputs: g; lr, one f32; with has_skip also skip, one s32: where it is not 0 nothing is written (the flag of clqnn/loss_scale.h). Outputs: w; v where momentum is not 0. */
typedef struct clqnn_sgd_desc {
    size_t struct_size;
    int64_t count;                  /* 1..2^40 */
    float momentum;                 /* 0 or more, below 1 */
    float weight_decay;             /* 0 or more, finite */
    int32_t nesterov;               /* 1: needs a momentum */
    int32_t has_skip;
    const char *variant;            /* NULL: chosen by the library */
} clqnn_sgd_desc;

CLQNN_API clqnn_status clqnn_sgd_create(clqnn_context *context, const clqnn_sgd_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_sgd_query(clqnn_context *context, const clqnn_sgd_desc *desc, clqnn_op_info *info);

/* Adam (Kingma and Ba, ICLR 2015, arXiv:1412.6980), with is_decoupled AdamW (Loshchilov and Hutter, ICLR 2019, arXiv:1711.05101). With step = {lr, c1, c2}:
 *
 *     w = w - (lr * weight_decay) * w             (is_decoupled, weight_decay not 0)
 *     g = g + weight_decay * w                    (not is_decoupled, weight_decay not 0)
 *     m = beta1 * m + (1 - beta1) * g,   v = beta2 * v + ((1 - beta2) * g) * g
 *     w = w - (lr * (m * c1)) * (1 / (sqrt(v * c2) + epsilon))
 *
 * the root and the division correctly rounded, the root of a number below 2^-126 being 0. Inputs: g; step, f32[3]; with has_skip also skip, as above. Outputs: w, m, v;
 * m and v start at 0. */
typedef struct clqnn_adam_desc {
    size_t struct_size;
    int64_t count;                  /* 1..2^40 */
    float beta1, beta2;             /* in 0..1 but below 1; 0 means 0.9 and 0.999 */
    float epsilon;                  /* 2^-100..1; 0 means 1e-8 */
    float weight_decay;             /* 0 or more, finite */
    int32_t is_decoupled;
    int32_t has_skip;
    const char *variant;
} clqnn_adam_desc;

CLQNN_API clqnn_status clqnn_adam_create(clqnn_context *context, const clqnn_adam_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_adam_query(clqnn_context *context, const clqnn_adam_desc *desc, clqnn_op_info *info);

/* step[0..2] = {lr, 1 / (1 - beta1^t), 1 / (1 - beta2^t)} of the t-th step, t from 1 on, for the betas of the descriptor (defaults applied): the caller uploads it in front of the
 * call. Skipped steps do not count. CLQNN_INVALID_ARGUMENT for null pointers, t below 1, betas outside their range, or a learning rate that is not finite. */
CLQNN_API clqnn_status clqnn_adam_step(const clqnn_adam_desc *desc, float learning_rate, int64_t t, float step[3]);

#ifdef __cplusplus
}
#endif
#endif
