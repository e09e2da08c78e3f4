/* SPDX-License-Identifier: Apache-2.0 */
/* One call of a GEMM kernel at the level of its contract (kernels/cl/prelude/gemm_params.cl): random operands, tables and strides, and what must
 * come out, computed in scalar C. Knows no OpenCL. */
#ifndef CLQ_TEST_KERNEL_CASE_H
#define CLQ_TEST_KERNEL_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gemm/gemm_kernel.h"

typedef struct kernel_shape {
    int m, n, k;
    int batches;
    size_t a_alignment;     /* of a's rows and offset: 16, 4 or 1 */
    bool a_is_u8;           /* what the caller's a is */
    bool kernel_reads_u8;   /* the signedness that the kernel declares */
    int flags, out, rule;
    int panel_n, group_k;   /* b's layout */
    uint32_t seed;
} kernel_shape;

typedef struct kernel_case {
    kernel_shape shape;
    gemm_params params;
    uint8_t *a;             /* with poison around the rows */
    int8_t *b;              /* packed */
    int32_t *columns, *column_sums, *rows;
    uint8_t *c_before, *c_expected;
    size_t a_bytes, b_bytes, columns_bytes, column_sums_bytes, rows_bytes, c_bytes;
} kernel_case;

/* False if memory is short. */
bool kernel_case_make(const kernel_shape *shape, kernel_case *made);
void kernel_case_free(kernel_case *made);

#endif
