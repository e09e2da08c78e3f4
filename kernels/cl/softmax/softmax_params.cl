/* SPDX-License-Identifier: Apache-2.0 */
/* Parameters of the softmax kernels, and one result from its line's sum. Compiled twice, like op/op_params: the struct in C too. Bytes are unsigned in the kernels:
 * q ^ flip. Tables, in this order: 256 words e[d]; 256 64-bit words 2^40 ln(1 + i / 256), or where is_fixed 256 words e[d] / 2^12. Buffers:
 * x, tables, y. clqnn/softmax.h has the formulas. */
#define SOFTMAX_EXP_BYTES 1024
#define SOFTMAX_TABLE_BYTES 3072

typedef struct softmax_params {
    op_head head;
    op_nest lines;              /* operands x, y: where each line begins */
    clq_ulong x_step, y_step;   /* elements between those of a line */
    clq_int length;
    clq_int is_log;
    clq_int x_flip, y_flip, y_zero, low, high;   /* y_zero, low and high of unsigned bytes */
    clq_float x_scale, y_scale;
    clq_int is_fixed;
    clq_int terms;              /* bytes from the tables' first to the 256 words that add up to s */
} softmax_params;
