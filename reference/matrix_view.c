/* SPDX-License-Identifier: Apache-2.0 */
#include "matrix_view.h"

#include "bit_planes.h"

clq_reference_view clq_reference_resolve_view(const clqnn_gemm_operand *operand, int64_t rows, int64_t columns, const int64_t batch[2])
{
    const int64_t stored_rows = operand->transposed ? columns : rows;
    const int64_t stored_columns = operand->transposed ? rows : columns;
    const int64_t leading_dimension = operand->leading_dimension ? operand->leading_dimension : clq_reference_row_values(operand->type, stored_columns);

    int64_t step[2];
    int64_t extent = stored_rows * leading_dimension;
    for (int dimension = 1; dimension >= 0; dimension--) {
        const int64_t stride = operand->batch_stride[dimension];
        if (stride == CLQNN_BROADCAST) {
            step[dimension] = 0;
        } else {
            step[dimension] = stride ? stride : extent;
            extent = batch[dimension] * step[dimension];
        }
    }

    return (clq_reference_view){
        .rows = rows,
        .columns = columns,
        .row_step = operand->transposed ? 1 : leading_dimension,
        .column_step = operand->transposed ? leading_dimension : 1,
        .batch_step = {step[0], step[1]},
    };
}
