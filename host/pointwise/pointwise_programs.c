/* SPDX-License-Identifier: Apache-2.0 */
#include "pointwise/pointwise_programs.h"

#include "pointwise/binary_problem.h"
#include "pointwise/table_problem.h"

#include "pointwise/binary_rescaled_params.cl"

const clq_op_program clq_pointwise_portable_program = {
    .parts = {"op/fixed_point", "pointwise/binary_params", "pointwise/binary_element", "pointwise/binary_portable", "pointwise/table_params", "pointwise/table_portable"},
    .kernels = {[CLQ_POINTWISE_BINARY] = {"binary_portable", 3, sizeof(binary_params), {16, 1, 1}},
                [CLQ_POINTWISE_TABLE] = {"table_portable", 3, sizeof(table_params), {16, 1, 1}}},
};

const clq_op_program clq_pointwise_vector_program = {
    .parts = {"op/vector_memory", "op/fixed_point", "pointwise/binary_params", "pointwise/binary_element", "pointwise/binary_row", "pointwise/binary_vector",
              "pointwise/row_block", "pointwise/binary_rows"},
    .defines = "-DBINARY_KERNEL=binary_vector",
    .kernels = {[CLQ_POINTWISE_BINARY] = {"binary_vector", 3, sizeof(binary_params), {1, 1, 1}}},
};

#define LINE_PARTS \
    "op/fixed_point", "pointwise/binary_params", "pointwise/binary_element", "op/vector_memory", "lanes/x86_lines", "pointwise/binary_row", \
        "pointwise/binary_lines", "pointwise/row_block", "pointwise/binary_rows", "pointwise/binary_rescaled_params", "pointwise/binary_rescaled", \
        "pointwise/table_params"

const clq_op_program clq_pointwise_avx512_program = {
    .parts = {LINE_PARTS, "pointwise/table_avx512"},
    .defines = "-DLINE_BYTES=64 -DBINARY_KERNEL=binary_avx512 -DRESCALED_KERNEL=binary_rescaled_avx512",
    .kernels = {[CLQ_POINTWISE_BINARY] = {"binary_avx512", 3, sizeof(binary_params), {1, 1, 1}},
                [CLQ_POINTWISE_TABLE] = {"table_avx512", 3, sizeof(table_params), {1, 1, 1}},
                [CLQ_POINTWISE_RESCALED] = {"binary_rescaled_avx512", 4, sizeof(binary_rescaled_params), {1, 1, 1}}},
};

const clq_op_program clq_pointwise_avx2_program = {
    .parts = {LINE_PARTS, "pointwise/table_avx2"},
    .defines = "-DLINE_BYTES=32 -DBINARY_KERNEL=binary_avx2 -DRESCALED_KERNEL=binary_rescaled_avx2",
    .kernels = {[CLQ_POINTWISE_BINARY] = {"binary_avx2", 3, sizeof(binary_params), {1, 1, 1}},
                [CLQ_POINTWISE_TABLE] = {"table_avx2", 3, sizeof(table_params), {1, 1, 1}},
                [CLQ_POINTWISE_RESCALED] = {"binary_rescaled_avx2", 4, sizeof(binary_rescaled_params), {1, 1, 1}}},
};

int64_t clq_pointwise_portable_chunk(const clq_capabilities *capabilities)
{
    return capabilities->is_cpu ? 1024 : 16;
}

void clq_pointwise_geometry(clq_op_step *step, const clq_op_program *program, int64_t count, int64_t chunk)
{
    const size_t local = program->kernels[step->kernel].local[0];
    const size_t items = (size_t)((count + chunk - 1) / chunk);
    step->global[0] = (items + local - 1) / local * local;
    step->global[1] = step->global[2] = 1;
}
