/* SPDX-License-Identifier: Apache-2.0 */
/* The operator family behind products of bits. */
#ifndef CLQ_BITS_FAMILY_H
#define CLQ_BITS_FAMILY_H

#include "bits/bits_problem.h"

/* What its plans are created from. */
typedef struct clq_bits_call {
    clqnn_gemm_desc *desc;
    const clqnn_gemm_weights *weights;   /* packed for one of its variants; NULL: b comes with each call */
} clq_bits_call;

/* Why a variant of this layout cannot run the problem, or NULL: weights packed otherwise, a b of each call. */
const char *clq_bits_refuses(const clq_bits_problem *problem, const clq_bit_layout *layout, bool reads_b_in_place);

/* A step whose params and buffers are filled in but for what is the variant's own (kernel, block, global); adds its tables. `and_only`: with
 * BITS_AND. NULL (with its message) where memory is short. The buffers are a, b, bases, tables, residual, row_scales, c. */
clq_op_step *clq_bits_add_step(const clq_bits_problem *problem, bool and_only, clq_op_recipe *recipe);

/* Words of a plane of bases and of a table of columns: n in whole blocks of 64. */
uint64_t clq_bits_table_plane(const clq_bits_problem *problem);

#define X(variant) extern const clq_bits_variant clq_##variant;
#include "bits/gemm_bits_variants.def"
#undef X

#endif
