/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "core/descriptor.h"
#include "train_layers/columns.h"

#define LEAST_EPSILON 0x1p-60f
#define LARGEST_EPSILON 0x1p60f

static clqnn_status set_numbers(const clqnn_batch_norm_desc *desc, column_params *params)
{
    const float epsilon = desc->epsilon == 0.0f ? 1e-5f : desc->epsilon, momentum = desc->momentum == 0.0f ? 0.1f : desc->momentum;
    if (!(epsilon >= LEAST_EPSILON && epsilon <= LARGEST_EPSILON)) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "epsilon is %g, must be in 2^-60..2^60 (0 means 1e-5)", (double)desc->epsilon);
    }
    if (!(momentum > 0.0f && momentum <= 1.0f)) return clq_fail(CLQNN_INVALID_ARGUMENT, "momentum is %g, must be above 0, at most 1 (0 means 0.1)", (double)desc->momentum);
    if (desc->has_clamp) CLQ_FORWARD(clq_layer_check_clamp(desc->clamp_min, desc->clamp_max));
    *params = (column_params){
        .rows = (clq_ulong)desc->rows,
        .channels = (clq_ulong)desc->channels,
        .folds = clq_columns_folds(desc->channels),
        .copies = clq_columns_copies(desc->channels),
        .infers = desc->mode == CLQNN_BATCH_NORM_INFER,
        .streams = clq_layer_streams(desc->rows * desc->channels),
        .inverse_rows = 1.0f / (float)desc->rows,
        .epsilon = epsilon,
        .keep = 1.0f - momentum,
        .momentum = momentum,
        .unbias = desc->rows > 1 ? (float)((double)desc->rows / (double)(desc->rows - 1)) : 1.0f,
        .clamp_min = desc->has_clamp ? desc->clamp_min : NAN,
        .clamp_max = desc->has_clamp ? desc->clamp_max : NAN,
    };
    return CLQNN_OK;
}

static clqnn_status add_inputs(clq_op_signature *signature, const clqnn_batch_norm_desc *desc)
{
    const int64_t count = desc->rows * desc->channels;
    const bool is_backward = desc->mode == CLQNN_BATCH_NORM_BACKWARD, infers = desc->mode == CLQNN_BATCH_NORM_INFER;
    if (is_backward) CLQ_FORWARD(clq_layer_add_input(signature, "dy", CLQNN_F32, count, true));
    CLQ_FORWARD(clq_layer_add_input(signature, "x", CLQNN_F32, count, infers));
    CLQ_FORWARD(clq_layer_add_input(signature, "gamma", CLQNN_F32, desc->channels, false));
    CLQ_FORWARD(clq_layer_add_input(signature, "beta", CLQNN_F32, desc->channels, false));
    if (desc->mode == CLQNN_BATCH_NORM_TRAIN) return CLQNN_OK;
    CLQ_FORWARD(clq_layer_add_input(signature, infers ? "running_mean" : "mean", CLQNN_F32, desc->channels, false));
    return clq_layer_add_input(signature, infers ? "running_var" : "inv_std", CLQNN_F32, desc->channels, false);
}

static clqnn_status add_outputs(clq_op_signature *signature, const clqnn_batch_norm_desc *desc)
{
    static const char *const forward[] = {"mean", "inv_std", "running_mean", "running_var", NULL}, *const backward[] = {"dgamma", "dbeta", NULL}, *const none[] = {NULL};
    const char *const *names = desc->mode == CLQNN_BATCH_NORM_TRAIN ? forward : desc->mode == CLQNN_BATCH_NORM_BACKWARD ? backward : none;
    CLQ_FORWARD(clq_layer_add_output(signature, desc->mode == CLQNN_BATCH_NORM_BACKWARD ? "dx" : "y", CLQNN_F32, desc->rows * desc->channels));
    for (; *names; names++) CLQ_FORWARD(clq_layer_add_output(signature, *names, CLQNN_F32, desc->channels));
    return CLQNN_OK;
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_batch_norm_problem *problem = problem_memory;
    clqnn_batch_norm_desc desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_batch_norm_desc", given, &desc, sizeof desc, sizeof desc));
    if (desc.mode != CLQNN_BATCH_NORM_TRAIN && desc.mode != CLQNN_BATCH_NORM_INFER && desc.mode != CLQNN_BATCH_NORM_BACKWARD) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "mode is %d, must be 0 (train), 1 (infer) or 2 (backward)", (int)desc.mode);
    }
    CLQ_FORWARD(clq_layer_check_matrix("rows", desc.rows, "channels", desc.channels));
    CLQ_FORWARD(set_numbers(&desc, &problem->params));
    problem->mode = desc.mode;
    problem->rows = desc.rows;
    problem->channels = desc.channels;
    signature->wanted = desc.variant;
    CLQ_FORWARD(add_inputs(signature, &desc));
    return add_outputs(signature, &desc);
}

const clq_op_family clq_op_batch_norm = {
    .kind = "batch_norm",
    .problem_size = sizeof(clq_batch_norm_problem),
    .validate = validate,
    .variants = {&clq_batch_norm_vector, &clq_batch_norm_portable},
};
_Static_assert(sizeof(clq_batch_norm_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_batch_norm_create(clqnn_context *context, const clqnn_batch_norm_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_batch_norm, desc, op);
}

clqnn_status clqnn_batch_norm_query(clqnn_context *context, const clqnn_batch_norm_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_batch_norm, desc, info);
}
