/* SPDX-License-Identifier: Apache-2.0 */
#include "arrange/move_problem.h"

#include <string.h>

#include "core/message.h"

void clq_move_add(clq_move_problem *problem, int32_t rank, const int64_t *shape, const int64_t *x_strides, const int64_t *y_strides, clq_move_job job)
{
    clq_nest nest = clq_nest_begin(rank, shape);
    clq_nest_add_strides(&nest, rank, x_strides);
    clq_nest_add_strides(&nest, rank, y_strides);
    clq_nest_collapse(&nest);
    memcpy(job.extent, nest.extent, sizeof job.extent);
    memcpy(job.x_stride, nest.stride[0], sizeof job.x_stride);
    memcpy(job.y_stride, nest.stride[1], sizeof job.y_stride);
    problem->bytes += 2.0 * (double)nest.count * problem->element_bytes;
    problem->jobs[problem->job_count++] = job;
}

clq_nest clq_move_nest(const clq_move_job *job, int64_t scale)
{
    clq_nest nest = {.operands = 2, .count = 1};
    for (int i = 0; i < OP_RANK; i++) {
        nest.extent[i] = job->extent[i];
        nest.stride[0][i] = job->x_stride[i] * scale;
        nest.stride[1][i] = job->y_stride[i] * scale;
        nest.count *= job->extent[i];
    }
    return nest;
}

bool clq_move_is_rows(const clq_move_problem *problem)
{
    for (int i = 0; i < problem->job_count; i++) {
        const clq_move_job *job = &problem->jobs[i];
        if (job->extent[OP_RANK - 1] != 1 && (job->x_stride[OP_RANK - 1] != 1 || job->y_stride[OP_RANK - 1] != 1)) return false;
    }
    return true;
}

clq_nest clq_move_row_nest(const clq_move_job *job, int32_t element_bytes)
{
    clq_nest nest = clq_move_nest(job, element_bytes);
    nest.extent[OP_RANK - 1] *= element_bytes;
    nest.stride[0][OP_RANK - 1] = nest.stride[1][OP_RANK - 1] = 1;
    nest.count *= element_bytes;
    return nest;
}

static bool is_byte(clqnn_type type)
{
    return type == CLQNN_S8 || type == CLQNN_U8;
}

clqnn_status clq_move_check(const char *x_name, const clqnn_tensor *x, const char *y_name, const clqnn_tensor *y, bool *has_map)
{
    const clq_byte_code x_code = clq_byte_code_of(x), y_code = clq_byte_code_of(y);
    if (x->type != y->type && !(is_byte(x->type) && is_byte(y->type))) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "%s.type is %s and %s.type is %s", x_name, clqnn_type_name(x->type), y_name, clqnn_type_name(y->type));
    }
    *has_map = !clq_byte_code_equal(&x_code, &y_code);
    if (!*has_map || is_byte(x->type)) return CLQNN_OK;
    return clq_fail(CLQNN_UNSUPPORTED, "%s and %s are quantized differently, but only 8-bit elements are requantized", x_name, y_name);
}
