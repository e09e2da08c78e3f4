/* SPDX-License-Identifier: Apache-2.0 */
#include "quantizer/range_problem.h"

const clq_op_program clq_range_program = {
    .parts = {"quantizer/statistics_params", "quantizer/statistics_blocks", "quantizer/statistics_state", "quantizer/histogram_bin", "normalize/square_root",
              "quantizer/range_params", "quantizer/range_to_parameters", "quantizer/range_direct", "quantizer/range_search", "quantizer/range_parameters"},
    .kernels = {[CLQ_RANGE_PARAMETERS] = {"range_parameters", 3, sizeof(range_parameters_params), {16, 1, 1}},
                [CLQ_RANGE_DIRECT] = {"range_direct", 4, sizeof(range_params), {16, 1, 1}},
                [CLQ_RANGE_ERRORS] = {"range_errors", 4, sizeof(range_params), {16, 1, 1}},
                [CLQ_RANGE_CHOOSE] = {"range_choose", 4, sizeof(range_params), {16, 1, 1}}},
};

void clq_range_geometry(clq_op_step *step, uint32_t kernel, size_t items)
{
    const size_t local = clq_range_program.kernels[kernel].local[0];
    step->kernel = kernel;
    step->global[0] = (items + local - 1) / local * local;
    step->global[1] = step->global[2] = 1;
}
