/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the kernels that look bytes up. Compiled twice, like op/op_params. */
typedef struct table_params {
    op_head head;
    op_nest nest;               /* operands x, y */
} table_params;
