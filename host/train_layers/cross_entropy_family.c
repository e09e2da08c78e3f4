/* SPDX-License-Identifier: Apache-2.0 */
#include "clqnn/train_layers.h"
#include "core/descriptor.h"
#include "train_layers/layer_fields.h"

#include "train_layers/entropy_params.cl"

#define MOST_CLASSES ((int64_t)1 << 24)
#define SHARED "train_layers/entropy_params", "train_layers/entropy_functions", "train_layers/entropy_finish"

typedef struct clq_cross_entropy_problem {
    int64_t rows, classes;
    entropy_params params;      /* but for the chunk */
} clq_cross_entropy_problem;

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_cross_entropy_problem *problem = problem_memory;
    clqnn_cross_entropy_desc desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_cross_entropy_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(clq_layer_check_extent("classes", desc.classes, 1, MOST_CLASSES));
    CLQ_FORWARD(clq_layer_check_matrix("rows", desc.rows, "classes", desc.classes));
    problem->rows = desc.rows;
    problem->classes = desc.classes;
    problem->params = (entropy_params){
        .rows = (clq_ulong)desc.rows,
        .classes = (clq_ulong)desc.classes,
        .has_gradient = desc.has_gradient != 0,
        .accumulates = desc.accumulates != 0,
        .inverse_rows = 1.0f / (float)desc.rows,
    };
    signature->wanted = desc.variant;
    CLQ_FORWARD(clq_layer_add_input(signature, "x", CLQNN_F32, desc.rows * desc.classes, false));
    CLQ_FORWARD(clq_layer_add_input(signature, "labels", CLQNN_S32, desc.rows, false));
    CLQ_FORWARD(clq_layer_add_output(signature, "loss", CLQNN_F32, 1));
    CLQ_FORWARD(clq_layer_add_output(signature, "counts", CLQNN_S32, 2));
    return desc.has_gradient ? clq_layer_add_output(signature, "dx", CLQNN_F32, desc.rows * desc.classes) : CLQNN_OK;
}

enum { ROWS, FINISH };   /* kernels of both programs */

static const clq_op_program portable_program = {
    .parts = {SHARED, "train_layers/entropy_portable"},
    .kernels = {[ROWS] = {"entropy_rows_portable", 5, sizeof(entropy_params), {ENTROPY_FOLDS, 1, 1}}, [FINISH] = {"entropy_finish", 5, sizeof(entropy_params), {64, 1, 1}}},
};

static const clq_op_program vector_program = {
    .parts = {"op/vector_memory", SHARED, "train_layers/entropy_vector"},
    .kernels = {[ROWS] = {"entropy_rows_vector", 5, sizeof(entropy_params), {1, 1, 1}}, [FINISH] = {"entropy_finish", 5, sizeof(entropy_params), {1, 1, 1}}},
};

/* Losses, codes, and the block sums of all levels. */
static uint64_t array_bytes(int64_t count)
{
    return ((uint64_t)count * 4 + 63) / 64 * 64;
}

static uint64_t workspace(const void *problem_memory, const clq_capabilities *capabilities)
{
    const clq_cross_entropy_problem *problem = problem_memory;
    int64_t sums = 0, count = problem->rows;
    (void)capabilities;
    do {
        count = (count + ENTROPY_BLOCK - 1) / ENTROPY_BLOCK;
        sums += count;
    } while (count > 1);
    return 2 * array_bytes(problem->rows) + array_bytes(sums);
}

static clqnn_status arrange(const clq_cross_entropy_problem *problem, const clq_op_program *program, int64_t chunk, int64_t items, clq_op_recipe *recipe)
{
    const uint64_t codes = array_bytes(problem->rows), sums = 2 * codes;
    entropy_params params = problem->params;
    params.chunk = (clq_ulong)chunk;
    const uint8_t rows[] = {CLQ_OP_INPUT, CLQ_OP_INPUT + 1, params.has_gradient ? CLQ_OP_OUTPUT + 2 : CLQ_OP_WORKSPACE, CLQ_OP_WORKSPACE, CLQ_OP_WORKSPACE};
    const uint8_t finish[] = {CLQ_OP_WORKSPACE, CLQ_OP_WORKSPACE, CLQ_OP_WORKSPACE, CLQ_OP_OUTPUT, CLQ_OP_OUTPUT + 1};
    const uint64_t rows_base[] = {0, 0, 0, 0, codes}, finish_base[] = {0, codes, sums, 0, 0};
    CLQ_FORWARD(clq_layer_add_step(recipe, &(clq_layer_step){program, ROWS, rows, rows_base, &params, items}));
    return clq_layer_add_step(recipe, &(clq_layer_step){program, FINISH, finish, finish_base, &params, 1});
}

static int64_t traffic(const clq_cross_entropy_problem *problem)
{
    return problem->rows * problem->classes * (problem->params.has_gradient ? 16 : 8);
}

static double portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    return clq_layer_portable_cost(traffic(problem), 2, capabilities);
}

static clqnn_status portable_arrange(const void *problem_memory, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_cross_entropy_problem *problem = problem_memory;
    (void)capabilities;
    return arrange(problem, &portable_program, 0, problem->rows * ENTROPY_FOLDS, recipe);
}

static double vector_cost(const void *problem, const clq_capabilities *capabilities)
{
    return clq_layer_vector_cost(traffic(problem), 2, capabilities);
}

static clqnn_status vector_arrange(const void *problem_memory, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_cross_entropy_problem *problem = problem_memory;
    const int64_t units = 4 * (int64_t)capabilities->compute_units, fair = (problem->rows + units - 1) / units, most = 4096 / problem->classes;
    const int64_t chunk = most < 1 ? 1 : most < fair ? most : fair;
    return arrange(problem, &vector_program, chunk, (problem->rows + chunk - 1) / chunk, recipe);
}

static const clq_op_variant cross_entropy_portable = {
    .name = "cross_entropy_portable",
    .summary = "plain OpenCL C, 16 work-items make a row; any device",
    .program = &portable_program,
    .cost = portable_cost,
    .workspace = workspace,
    .arrange = portable_arrange,
};

static const clq_op_variant cross_entropy_vector = {
    .name = "cross_entropy_vector",
    .summary = "plain OpenCL C in vectors of 16 classes; CPUs",
    .program = &vector_program,
    .counts_begun = true,
    .accepts = clq_op_accepts_cpu,
    .cost = vector_cost,
    .workspace = workspace,
    .arrange = vector_arrange,
};

const clq_op_family clq_op_cross_entropy = {
    .kind = "cross_entropy",
    .problem_size = sizeof(clq_cross_entropy_problem),
    .validate = validate,
    .variants = {&cross_entropy_vector, &cross_entropy_portable},
};
_Static_assert(sizeof(clq_cross_entropy_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_cross_entropy_create(clqnn_context *context, const clqnn_cross_entropy_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_cross_entropy, desc, op);
}

clqnn_status clqnn_cross_entropy_query(clqnn_context *context, const clqnn_cross_entropy_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_cross_entropy, desc, info);
}
