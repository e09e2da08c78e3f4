/* SPDX-License-Identifier: Apache-2.0 */
/* A conversion, validated: what the variants see. */
#ifndef CLQ_CONVERT_PROBLEM_H
#define CLQ_CONVERT_PROBLEM_H

#include "clqnn/convert.h"
#include "op/op_family.h"

#include "convert/convert_params.cl"

/* How an element finds its scale and zero point: convert_params has the formula. */
typedef struct clq_convert_values {
    int64_t count;
    int64_t block, block_step;                  /* block 0: none */
} clq_convert_values;

/* Whose scales and zero points are in device memory, inputs 1 and 2 of the call, instead of the descriptor. */
typedef enum clq_convert_by { CLQ_CONVERT_BY_DESCRIPTOR = 0, CLQ_CONVERT_BY_VALUES_OF_X, CLQ_CONVERT_BY_VALUES_OF_Y } clq_convert_by;

typedef struct clq_convert_problem {
    clqnn_convert_desc desc;
    clq_tensor x, y;
    clq_nest nest;                              /* collapsed; operands as in convert_params */
    clq_convert_values x_values, y_values;
    int32_t low, high;                          /* of an integer y */
    clq_convert_by by;
    int32_t zero_low, zero_high;                /* what zero points in device memory are limited to */
} clq_convert_problem;

/* Adds the two operands of the nest that find a tensor's values; as many as its descriptor's counts say, whose arrays are not read. */
void clq_convert_add_values(const clqnn_tensor *tensor, const clq_tensor *resolved, clq_nest *nest, clq_convert_values *values);

/* Bytes for values that come from device memory; 0 for others. */
uint64_t clq_convert_workspace(const void *problem, const clq_capabilities *capabilities);

/* The tables and the steps for a kernel with the buffers of convert_portable. */
clqnn_status clq_convert_arrange(const clq_convert_problem *problem, const clq_op_program *program, int64_t chunk, clq_op_recipe *recipe);

/* f32, f16, bf16, f8e4m3, f8e5m2. */
bool clq_convert_is_float(clqnn_type type);

extern const clq_op_variant clq_convert_float_avx512, clq_convert_float_avx2, clq_convert_float_vector, clq_convert_table_avx512, clq_convert_table_avx2, clq_convert_avx512,
    clq_convert_avx2, clq_convert_vector, clq_convert_portable;

#endif
