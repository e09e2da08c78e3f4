/* SPDX-License-Identifier: Apache-2.0 */
/* From 8 bits to 8 bits with one quantization each there are 256 results: the kernel that looks bytes up makes them. */
#include "convert/convert_problem.h"
#include "pointwise/pointwise_programs.h"
#include "pointwise/table_problem.h"

static const char *accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_convert_problem *convert = problem;
    (void)capabilities;
    if (!(CLQ_TYPES_BYTE & CLQ_TYPE_BIT(convert->x.type)) || !(CLQ_TYPES_BYTE & CLQ_TYPE_BIT(convert->y.type))) return "x and y are not both of 8 bits";
    return convert->x_values.count > 1 || convert->y_values.count > 1 ? "x or y has more than one scale" : NULL;
}

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_convert_problem *convert = problem;
    return 10e-6 + (double)convert->nest.count / (15e9 * capabilities->compute_units);
}

static clqnn_status arrange_with(const clq_convert_problem *convert, const clq_op_program *program, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    clq_table_problem table = {.x = convert->x, .y = convert->y, .nest = clq_nest_begin(convert->y.rank, convert->y.shape)};
    const clqnn_table_desc desc = {.struct_size = sizeof desc, .x = convert->desc.x, .y = convert->desc.y, .function = CLQNN_IDENTITY};
    CLQ_FORWARD(clqnn_make_table(&desc, table.table));
    clq_nest_add(&table.nest, &table.x);
    clq_nest_add(&table.nest, &table.y);
    clq_nest_collapse(&table.nest);
    return clq_table_arrange(&table, program, clq_op_vector_chunk(table.nest.count, capabilities), recipe);
}

static clqnn_status arrange_avx2(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    return arrange_with(problem, &clq_pointwise_avx2_program, capabilities, recipe);
}

static clqnn_status arrange_avx512(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    return arrange_with(problem, &clq_pointwise_avx512_program, capabilities, recipe);
}

const clq_op_variant clq_convert_table_avx2 = {
    .name = "convert_table_avx2",
    .summary = "8 bits to 8 bits by a table, 32 bytes at a time; CPUs with AVX2",
    .program = &clq_pointwise_avx2_program,
    .needs = CLQ_CAP_X86_AVX2,
    .counts_begun = true,
    .accepts = accepts,
    .cost = cost,
    .arrange = arrange_avx2,
};

const clq_op_variant clq_convert_table_avx512 = {
    .name = "convert_table_avx512",
    .summary = "8 bits to 8 bits by a table, 64 bytes at a time; CPUs with AVX-512",
    .program = &clq_pointwise_avx512_program,
    .needs = CLQ_CAP_X86_AVX512,
    .counts_begun = true,
    .accepts = accepts,
    .cost = cost,
    .arrange = arrange_avx512,
};
