/* SPDX-License-Identifier: Apache-2.0 */
/* A kernel variant of the GEMM family: one const object in the file of its name, beside kernels/cl/gemm/<name>.cl, listed in variants.def. */
#ifndef CLQ_GEMM_VARIANT_H
#define CLQ_GEMM_VARIANT_H

#include <stdbool.h>
#include <stddef.h>

#include "device/capabilities.h"
#include "device/geometry.h"
#include "gemm/gemm_problem.h"
#include "layout/layout.h"
#include "prelude/chain_kinds.cl"

#define CLQ_GEMM_MAX_PARTS 10

typedef struct clq_gemm_variant {
    const char *name;              /* stem of its .c, and of its .cl unless `source` says otherwise */
    const char *source;            /* stem of the .cl and name of the kernel function where several rows share one; NULL: `name` */
    const char *summary;           /* one line for people */
    const char *parts[CLQ_GEMM_MAX_PARTS]; /* before the variant's own source, in order; NULL-terminated. prelude parts come by themselves */
    const char *defines;           /* "-DLANES=4 -DTILE_M=12": what the parts' knobs are; never depends on the problem */
    uint32_t needs;                /* capability bits, all of them */
    const clq_layout *b_layout;
    clqnn_type a_signedness;       /* how the kernel reads a': CLQNN_U8 or CLQNN_S8 */
    bool counts_begun;             /* the kernel calls GEMM_BEGUN, and its launches are announced: CPU variants */
    int32_t chain_kind;            /* CHAIN_* of prelude/chain_kinds: how a launch of several calls runs it; 0: it does not. Only with `units` */
    struct { int32_t m, n, k; } tile;

    /* Why this problem is refused, or NULL. A static text. Pure. May be NULL: everything is accepted. */
    const char *(*accepts)(const clq_gemm_problem *problem, const clq_capabilities *capabilities);

    /* Estimated seconds of one call on an idle device. Pure. Ranks variants; tuning data overrides it.
     * Here and in the geometries m, n and k are at least 1. */
    double (*cost)(const clq_gemm_problem *problem, const clq_capabilities *capabilities);

    /* Global and local size for `batches` batches of m x n. The local size is given and the same for every problem, so that one compilation serves
     * all of them. Pure. */
    clq_geometry (*geometry)(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches);

    /* A CPU variant whose kernel walks units: how many there are, of threads that are awake or have to be woken; one in a batch: not worth sharing.
     * NULL for others. Where nothing can be shared the units are the groups of `geometry`. Pure. */
    clq_units (*units)(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches, bool awake);

    /* Split-K variants only, else all NULL. The product is made in parts of k, each written as raw s32 sums (and row sums) to the workspace;
     * a second kernel of the same program, "<source>_join", adds them and runs the epilogue. Both take one argument more, the partial sums, between
     * c and params; their shape in the workspace stands in kernels/cl/prelude/gemm_params.cl. `geometry` is that of all parts: its dimension 2
     * counts batches * ceil(k / k_part) blocks. `accepts` refuses what needs more than 1 MiB of workspace. */
    int64_t (*k_part)(const clq_gemm_problem *problem, const clq_capabilities *capabilities);
    clq_geometry (*join_geometry)(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches);
} clq_gemm_variant;

#define X(variant) extern const clq_gemm_variant clq_##variant;
#include "gemm/variants.def"
#undef X

/* All variants in list order. */
extern const clq_gemm_variant *const clq_gemm_variants[];
extern const size_t clq_gemm_variant_count;

#endif
