/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/descriptor.h"
#include "core/message.h"
#include "pointwise/pointwise_programs.h"
#include "pointwise/table_problem.h"

static clqnn_status validate(const void *desc, void *problem_memory, clq_op_signature *signature)
{
    clq_table_problem *problem = problem_memory;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_table_desc", desc, &problem->desc, sizeof problem->desc, sizeof problem->desc));
    CLQ_FORWARD(clq_tensor_resolve("x", &problem->desc.x, CLQ_TYPES_BYTE, false, &problem->x));
    CLQ_FORWARD(clq_tensor_resolve("y", &problem->desc.y, CLQ_TYPES_BYTE, true, &problem->y));
    CLQ_FORWARD(clq_tensor_check_same_shape("x", &problem->x, "y", &problem->y));
    problem->desc.struct_size = sizeof problem->desc;
    CLQ_FORWARD(clqnn_make_table(&problem->desc, problem->table));
    problem->nest = clq_nest_begin(problem->y.rank, problem->y.shape);
    clq_nest_add(&problem->nest, &problem->x);
    clq_nest_add(&problem->nest, &problem->y);
    clq_nest_collapse(&problem->nest);
    signature->wanted = problem->desc.variant;
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &problem->x, clq_tensor_same_layout(&problem->x, &problem->y)));
    return clq_op_add_output(signature, "y", -1, &problem->y);
}

clqnn_status clq_table_arrange(const clq_table_problem *problem, const clq_op_program *program, int64_t chunk, clq_op_recipe *recipe)
{
    uint64_t offset = 0;
    void *table = clq_op_add_table(recipe, sizeof problem->table, &offset);
    clq_op_step *step = table ? clq_op_add_step(recipe) : NULL;
    if (!step) return CLQNN_OUT_OF_MEMORY;
    memcpy(table, problem->table, sizeof problem->table);
    const table_params params = {.nest = clq_op_nest(&problem->nest, chunk), .streams = clq_op_streams(&problem->y)};
    step->kernel = CLQ_POINTWISE_TABLE;
    step->buffers[0] = CLQ_OP_INPUT;
    step->buffers[1] = CLQ_OP_TABLES;
    step->buffers[2] = CLQ_OP_OUTPUT;
    step->base[1] = offset;
    memcpy(step->params, &params, sizeof params);
    clq_pointwise_geometry(step, program, problem->nest.count, chunk);
    return CLQNN_OK;
}

const clq_op_family clq_op_table = {
    .kind = "table",
    .problem_size = sizeof(clq_table_problem),
    .validate = validate,
    .variants = {&clq_table_avx512, &clq_table_avx2, &clq_table_portable},
};
_Static_assert(sizeof(clq_table_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_table_create(clqnn_context *context, const clqnn_table_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_table, desc, op);
}

clqnn_status clqnn_table_query(clqnn_context *context, const clqnn_table_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_table, desc, info);
}
