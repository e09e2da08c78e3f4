/* SPDX-License-Identifier: Apache-2.0 */
/* The launches of a product with packed integers: where rows of a do not stand as the kernels read them, a launch before each product makes them in the
 * workspace, a slab of rows at a time. */
#ifndef CLQ_GROUPS_ARRANGE_H
#define CLQ_GROUPS_ARRANGE_H

#include "mixed/mixed_problem.h"

/* How a variant launches its product of m rows. */
typedef struct clq_groups_launch {
    uint32_t rows_kernel;        /* group_rows among the program's kernels */
    uint32_t kernel;             /* the product */
    int32_t rows_run;            /* columns of a that a work-item of group_rows makes */
    int32_t panels_run;          /* for the kernel's params */
    int64_t row_block;           /* rows of a work-group, and of columns, in the units of `global` */
    size_t columns;              /* global size 0, for all columns */
    size_t rows_global;          /* global size 1 for each row block */
    bool reads_rows_only;        /* elements of a row of a must be neighbours */
    int32_t row_element;         /* bytes of an element of the rows that are made: 0: floats; 1, 2: integers of a quantized a, by group_bytes */
} clq_groups_launch;

/* Whether a launch before the product must make rows. */
bool clq_groups_prepares(const clq_mixed_problem *problem, bool reads_rows_only);

uint64_t clq_groups_workspace(const clq_mixed_problem *problem, bool reads_rows_only);

/* Of a launch with row_element `element_size`. */
uint64_t clq_groups_bytes_workspace(const clq_mixed_problem *problem, int32_t element_size);

clqnn_status clq_groups_arrange(const clq_mixed_problem *problem, const clq_groups_launch *launch, clq_op_recipe *recipe);

#endif
