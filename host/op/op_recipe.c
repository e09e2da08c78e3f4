/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "op/op_family.h"

#define STREAMED_BYTES ((uint64_t)16 << 20)   /* with the inputs, more than the last cache that two cores share today */

bool clq_op_streams(const clq_tensor *result)
{
    return clq_tensor_bytes(result) >= STREAMED_BYTES;
}

const char *clq_op_accepts_cpu(const void *problem, const clq_capabilities *capabilities)
{
    (void)problem;
    return capabilities->is_cpu ? NULL : "the device is not a CPU";
}

int64_t clq_op_vector_chunk(int64_t count, const clq_capabilities *capabilities)
{
    const int64_t fair = count / (4 * (int64_t)capabilities->compute_units);
    const int64_t chunk = fair < 8192 ? 8192 : fair > 32768 ? 32768 : fair;
    return (chunk + 63) / 64 * 64;
}

op_nest clq_op_nest(const clq_nest *nest, int64_t chunk)
{
    op_nest made = {.count = (clq_ulong)nest->count, .chunk = (clq_ulong)chunk};
    for (int i = 0; i < OP_RANK; i++) {
        made.extent[i] = (clq_ulong)nest->extent[i];
        for (int operand = 0; operand < OP_NEST_OPERANDS && operand < nest->operands; operand++) made.stride[operand][i] = (clq_ulong)nest->stride[operand][i];
    }
    return made;
}

clq_op_step *clq_op_add_step(clq_op_recipe *recipe)
{
    clq_op_step *steps = realloc(recipe->steps, (recipe->step_count + 1) * sizeof *steps);
    if (!steps) {
        (void)clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a launch of a plan");
        return NULL;
    }
    recipe->steps = steps;
    memset(&steps[recipe->step_count], 0, sizeof *steps);
    return &steps[recipe->step_count++];
}

void *clq_op_add_table(clq_op_recipe *recipe, size_t bytes, uint64_t *offset)
{
    const size_t begin = (recipe->table_bytes + 63) / 64 * 64;
    unsigned char *tables = bytes <= SIZE_MAX / 2 - begin ? realloc(recipe->tables, begin + bytes) : NULL;
    if (!tables) {
        (void)clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a table of %zu bytes", bytes);
        return NULL;
    }
    memset(tables + recipe->table_bytes, 0, begin + bytes - recipe->table_bytes);
    recipe->tables = tables;
    recipe->table_bytes = begin + bytes;
    *offset = begin;
    return tables + begin;
}
