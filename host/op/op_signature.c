/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "op/op_family.h"

static uint64_t greatest_divisor(uint64_t a, uint64_t b)
{
    while (b) {
        const uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* The tightest runs that the strides show: the dimensions that lie without gaps make a run, the steps of the others are multiples of the
 * period. */
static void find_runs(const clq_tensor *tensor, clq_op_operand *operand)
{
    bool inside[CLQNN_MAX_RANK] = {false};
    int64_t run = 1;
    for (bool grown = true; grown;) {
        grown = false;
        for (int i = 0; i < tensor->rank; i++) {
            if (inside[i] || tensor->strides[i] > run) continue;
            run += (tensor->shape[i] - 1) * tensor->strides[i];
            inside[i] = grown = true;
        }
    }
    uint64_t period = 0;
    for (int i = 0; i < tensor->rank; i++) {
        if (!inside[i] && tensor->shape[i] > 1) period = greatest_divisor(period, (uint64_t)tensor->strides[i]);
    }
    const uint64_t bits = clqnn_type_bits(tensor->type);
    operand->run = period ? (uint64_t)run * bits / 8 : operand->bytes; /* a period means strides, so whole bytes */
    operand->period = period * bits / 8;
}

static clqnn_status add_operand(clq_op_signature *signature, const char *name, int index, const clq_tensor *tensor, clq_op_operand **operand)
{
    const uint32_t count = signature->input_count + signature->output_count;
    if (count == CLQ_OP_MAX_OPERANDS) return clq_fail(CLQNN_UNSUPPORTED, "more than %d inputs and outputs", CLQ_OP_MAX_OPERANDS);
    *operand = &signature->operands[count];
    memset(*operand, 0, sizeof **operand);
    if (index < 0) (void)snprintf((*operand)->name, sizeof (*operand)->name, "%s", name);
    else (void)snprintf((*operand)->name, sizeof (*operand)->name, "%s[%d]", name, index);
    (*operand)->bytes = clq_tensor_bytes(tensor);
    (*operand)->alignment = (clqnn_type_bits(tensor->type) + 7) / 8;
    find_runs(tensor, *operand);
    return CLQNN_OK;
}

clqnn_status clq_op_add_input(clq_op_signature *signature, const char *name, int index, const clq_tensor *tensor, bool may_be_output)
{
    clq_op_operand *operand = NULL;
    CLQ_FORWARD(add_operand(signature, name, index, tensor, &operand));
    operand->may_be_output = may_be_output;
    signature->input_count++;
    return CLQNN_OK;
}

clqnn_status clq_op_add_output(clq_op_signature *signature, const char *name, int index, const clq_tensor *tensor)
{
    clq_op_operand *operand = NULL;
    CLQ_FORWARD(add_operand(signature, name, index, tensor, &operand));
    signature->output_count++;
    return CLQNN_OK;
}
