/* SPDX-License-Identifier: Apache-2.0 */
/* Parameters of the layer normalization's kernels. Compiled twice, like op/op_params: the struct in C too. Bytes are unsigned in the kernels: q ^ flip.
 * Tables: gamma, then beta, `length` floats each. Buffers: x, tables, y. clqnn/normalize.h has the formulas. */
typedef struct normalize_params {
    op_head head;
    op_nest lines;              /* operands x, y: where each line begins */
    clq_ulong x_step, y_step;   /* elements between those of a line */
    clq_int length;
    clq_int x_flip, y_flip, x_zero, y_zero;
    clq_float epsilon;          /* times length^2 / (x's scale)^2 */
    clq_float y_scale, limit;   /* limit: y_scale * 512, beyond which everything is clamped */
} normalize_params;
