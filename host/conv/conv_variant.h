/* SPDX-License-Identifier: Apache-2.0 */
/* A kernel variant of the convolutions: one const object in the file of its name, beside kernels/cl/conv/<name>.cl, listed in conv/conv_variants.def. */
#ifndef CLQ_CONV_VARIANT_H
#define CLQ_CONV_VARIANT_H

#include "conv/conv_layout.h"
#include "conv/conv_problem.h"
#include "device/capabilities.h"
#include "device/geometry.h"
#include "prelude/chain_kinds.cl"

#define CLQ_CONV_MAX_PARTS 10

typedef struct clq_conv_variant {
    const char *name;              /* stem of its .c, and of its .cl unless `source` says otherwise */
    const char *source;            /* stem of the .cl and name of the kernel function where several rows share one; NULL: `name` */
    const char *summary;           /* one line for people */
    const char *parts[CLQ_CONV_MAX_PARTS]; /* before the variant's own source, in order; NULL-terminated. prelude parts come by themselves */
    const char *defines;           /* what the parts' knobs are; never depends on the problem */
    uint32_t needs;                /* capability bits, all of them */
    const clq_conv_layout *layout; /* of packed weights */
    clqnn_type x_signedness;       /* how the kernel reads x': CLQNN_U8 or CLQNN_S8 */
    bool counts_begun;             /* the kernel takes CONV_COUNT and calls CONV_BEGUN, and its launches are announced: CPU variants */
    int32_t chain_kind;            /* CHAIN_* of prelude/chain_kinds: how a launch of several calls runs it; 0: it does not. Only with `units` */

    /* Why this problem is refused, or NULL. A static text. Pure. May be NULL: everything is accepted. */
    const char *(*accepts)(const clq_conv_problem *problem, const clq_capabilities *capabilities);

    /* Estimated seconds of one call on an idle device. Pure. Ranks variants. */
    double (*cost)(const clq_conv_problem *problem, const clq_capabilities *capabilities);

    /* The local size is given and the same for every problem, so that one compilation serves all of them. Pure. */
    clq_geometry (*geometry)(const clq_conv_problem *problem, const clq_capabilities *capabilities);

    /* A CPU variant whose kernel walks units (kernels/cl/launch/shares.cl): what product.units and rows_first shall be where the launch is shared, for threads
     * that are awake or have to be woken; a product of blocks of 1: not worth sharing. NULL for others. Where nothing can be shared the units are the
     * groups of `geometry`. Pure. */
    clq_units (*units)(const clq_conv_problem *problem, const clq_capabilities *capabilities, bool awake);
} clq_conv_variant;

#define X(variant) extern const clq_conv_variant clq_##variant;
#include "conv/conv_variants.def"
#undef X

/* All variants in list order. */
extern const clq_conv_variant *const clq_conv_variants[];
extern const size_t clq_conv_variant_count;

#endif
