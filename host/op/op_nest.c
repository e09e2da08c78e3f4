/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "op/op_tensor.h"

#define LAST (CLQNN_MAX_RANK - 1)

clq_nest clq_nest_begin(int32_t rank, const int64_t *shape)
{
    clq_nest nest = {.count = 1};
    for (int i = 0; i < CLQNN_MAX_RANK; i++) {
        const int from = i - (CLQNN_MAX_RANK - rank);
        nest.extent[i] = from < 0 ? 1 : shape[from];
        nest.count *= nest.extent[i];
    }
    return nest;
}

void clq_nest_add(clq_nest *nest, const clq_tensor *tensor)
{
    int64_t *stride = nest->stride[nest->operands++];
    for (int i = 0; i < CLQNN_MAX_RANK; i++) {
        const int from = i - (CLQNN_MAX_RANK - tensor->rank);
        stride[i] = from < 0 || tensor->shape[from] == 1 ? 0 : tensor->strides[from];
    }
}

void clq_nest_add_strides(clq_nest *nest, int32_t rank, const int64_t *strides)
{
    int64_t *stride = nest->stride[nest->operands++];
    for (int i = 0; i < CLQNN_MAX_RANK; i++) {
        const int from = i - (CLQNN_MAX_RANK - rank);
        stride[i] = from < 0 ? 0 : strides[from];
    }
}

static bool joins(const clq_nest *nest, int outer, int inner)
{
    for (int operand = 0; operand < nest->operands; operand++) {
        if (nest->stride[operand][outer] != nest->extent[inner] * nest->stride[operand][inner]) return false;
    }
    return true;
}

static void move_dimension(clq_nest *nest, int to, int from)
{
    nest->extent[to] = nest->extent[from];
    for (int operand = 0; operand < nest->operands; operand++) nest->stride[operand][to] = nest->stride[operand][from];
}

/* `to` is the innermost dimension that is settled so far; all beyond it are filled from the inside. */
void clq_nest_collapse(clq_nest *nest)
{
    int to = CLQNN_MAX_RANK;
    for (int from = LAST; from >= 0; from--) {
        if (nest->extent[from] == 1) continue;
        if (to <= LAST && joins(nest, from, to)) {
            nest->extent[to] *= nest->extent[from];
        } else {
            move_dimension(nest, --to, from);
        }
    }
    while (to > 0) {
        nest->extent[--to] = 1;
        for (int operand = 0; operand < nest->operands; operand++) nest->stride[operand][to] = 0;
    }
}
