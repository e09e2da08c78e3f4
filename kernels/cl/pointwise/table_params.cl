/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the kernels that look bytes up. Compiled twice, like op/op_params. */
typedef struct table_params {
    op_head head;
    op_nest nest;               /* operands x, y */
    clq_int streams;            /* 1: y is too large for the caches */
    clq_int unused;
} table_params;
