/* SPDX-License-Identifier: Apache-2.0 */
#include "quantizer/range_problem.h"

const clq_op_program clq_range_program = {
    .parts = {"quantizer/range_params", "quantizer/range_to_parameters", "quantizer/range_parameters"},
    .kernels = {[CLQ_RANGE_PARAMETERS] = {"range_parameters", 3, sizeof(range_parameters_params), {16, 1, 1}}},
};

void clq_range_geometry(clq_op_step *step, uint32_t kernel, size_t items, size_t rows)
{
    const size_t local = clq_range_program.kernels[kernel].local[0];
    step->kernel = kernel;
    step->global[0] = (items + local - 1) / local * local;
    step->global[1] = rows;
    step->global[2] = 1;
}
