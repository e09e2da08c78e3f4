/* SPDX-License-Identifier: Apache-2.0 */
/* A b of each call, packed into the workspace in front of the product: for kernels that read a layout of bit_panels.c only. */
#ifndef CLQ_BITS_PACK_STEP_H
#define CLQ_BITS_PACK_STEP_H

#include "bits/bits_problem.h"

/* A variant's program has this kernel in row 1, and these parts. */
#define CLQ_BITS_PACK_PARTS "bits/bits_pack_params", "bits/bits_pack_columns"
#define CLQ_BITS_PACK_KERNEL {"bits_pack_columns", 4, sizeof(bits_pack_params), {32, 1, 1}}

#include "bits/bits_pack_params.cl"

/* clq_bits_add_step, with the packing before it where b is not constant. */
clq_op_step *clq_bits_add_packed_step(const clq_bits_problem *problem, bool and_only, const clq_bit_layout *layout, clq_op_recipe *recipe);

/* Bytes of the workspace for that; 0 for a constant b. */
uint64_t clq_bits_pack_workspace(const clq_bits_problem *problem, const clq_bit_layout *layout);

/* Seconds that it takes, for cost models. */
double clq_bits_pack_seconds(const clq_bits_problem *problem, const clq_capabilities *capabilities);

#endif
