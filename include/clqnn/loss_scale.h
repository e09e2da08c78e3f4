/* SPDX-License-Identifier: Apache-2.0 */
/* Loss scaling for training in f16: the loss is multiplied by a scale so that small gradients are not lost, the gradients are divided by it, and a step whose
 * gradients are not all finite is left out. Plans are clqnn_op's; the schedule of the scale is host code. */
#ifndef CLQNN_LOSS_SCALE_H
#define CLQNN_LOSS_SCALE_H

#include "clqnn/op.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum clqnn_loss_scale_kind {
    CLQNN_LOSS_SCALE = 0,   /* y = x * s */
    CLQNN_LOSS_UNSCALE = 1  /* y = x * r, r = 1 / s rounded to binary32 once for all; and flag |= 1 if an element of y is not finite */
} clqnn_loss_scale_kind;

/* x, y: f32, f16 or bf16, of one shape, without quantization. x is widened exactly, the product rounded to binary32, and to y's type, each to nearest even.
 * Inputs of the call: x; s, one f32 in device memory, so that it may change between calls of a plan. It must lie in 2^-126..2^126: another gives
 * unspecified elements of y. Outputs: y, which may be the very region of x where strides and type sizes are equal; of CLQNN_LOSS_UNSCALE also the
 * flag, one s32, in which bit 0 is set or the word left as it is, so that many calls may share one; the caller clears it.
 * Devices that flush subnormals give 0 for an x or a product that is one. Zero-initialise, set struct_size to sizeof(clqnn_loss_scale_desc). */
typedef struct clqnn_loss_scale_desc {
    size_t struct_size;
    clqnn_loss_scale_kind kind;
    clqnn_tensor x, y;
    const char *variant;            /* NULL: chosen by the library; else the name of one variant, or CLQNN_UNSUPPORTED with its reason */
} clqnn_loss_scale_desc;

CLQNN_API clqnn_status clqnn_loss_scale_create(clqnn_context *context, const clqnn_loss_scale_desc *desc, clqnn_op **op);

/* Answers as clqnn_loss_scale_create would, through the same code, without building or allocating on the device. */
CLQNN_API clqnn_status clqnn_loss_scale_query(clqnn_context *context, const clqnn_loss_scale_desc *desc, clqnn_op_info *info);

/* The dynamic schedule of Micikevicius et al., "Mixed Precision Training" (ICLR 2018, arXiv:1710.03740), with the names and defaults of PyTorch's
 * torch.amp.GradScaler. Fields of 0 mean the default; clqnn_loss_scale_start fills them in. */
typedef struct clqnn_loss_scale_state {
    float scale;              /* what the next step multiplies by; 0: 65536 */
    float growth_factor;      /* above 1; 0: 2 */
    float backoff_factor;     /* below 1, positive; 0: 0.5 */
    int32_t growth_interval;  /* steps of finite gradients until the scale grows, positive; 0: 2000 */
    int32_t growth_tracker;   /* how many of them there have been, below growth_interval */
} clqnn_loss_scale_state;

/* Fills in defaults and checks. CLQNN_INVALID_ARGUMENT, with the field and its value, leaves the state as it was. */
CLQNN_API clqnn_status clqnn_loss_scale_start(clqnn_loss_scale_state *state);

/* After each step, of a state that has been started. found_nonfinite (the flag; any value but 0): the step must be left out, scale *= backoff_factor and the
 * count begins anew. Else the count rises, and at growth_interval scale *= growth_factor and it begins anew. A product outside 2^-126..2^126 is not taken.
 * CLQNN_INVALID_ARGUMENT as of clqnn_loss_scale_start. */
CLQNN_API clqnn_status clqnn_loss_scale_update(clqnn_loss_scale_state *state, int32_t found_nonfinite);

#ifdef __cplusplus
}
#endif
#endif
