/* SPDX-License-Identifier: Apache-2.0 */
#include "onednn_primitive.h"

/* Matrices without a batch dimension have two dimensions. */
static void set_dims(dnnl_dims_t dims, int rank, int64_t batches, int64_t rows, int64_t columns)
{
    const int64_t all[] = { batches, rows, columns };
    for (int i = 0; i < rank; i++) dims[i] = all[i + 3 - rank];
}

typedef struct matmul_types { dnnl_data_type_t a, b, c; } matmul_types;

static bool make(const clq_bench_problem *problem, const matmul_types *types, dnnl_engine_t engine, clq_onednn_primitive *made)
{
    const clq_gemm_shape *const shape = &problem->shape;
    const clqnn_gemm_desc *const desc = &problem->desc;
    const int64_t batches = shape->batch[0] * shape->batch[1];
    const int rank = batches > 1 ? 3 : 2;
    dnnl_dims_t a_dims, b_dims, c_dims, bias_dims;
    set_dims(a_dims, rank, batches, shape->m, shape->k);
    set_dims(b_dims, rank, batches, shape->k, shape->n);
    set_dims(c_dims, rank, batches, shape->m, shape->n);
    set_dims(bias_dims, rank, 1, 1, shape->n);
    const dnnl_format_tag_t plain = rank == 3 ? dnnl_abc : dnnl_ab;
    dnnl_memory_desc_t a, b, c, bias;
    dnnl_matmul_desc_t matmul;
    const bool described =
        dnnl_memory_desc_init_by_tag(&a, rank, a_dims, types->a, plain) == dnnl_success &&
        dnnl_memory_desc_init_by_tag(&b, rank, b_dims, types->b, dnnl_format_tag_any) == dnnl_success &&
        dnnl_memory_desc_init_by_tag(&made->plain_weights, rank, b_dims, types->b, plain) == dnnl_success &&
        dnnl_memory_desc_init_by_tag(&c, rank, c_dims, types->c, plain) == dnnl_success &&
        dnnl_memory_desc_init_by_tag(&bias, rank, bias_dims, dnnl_s32, plain) == dnnl_success &&
        dnnl_matmul_desc_init(&matmul, &a, &b, desc->bias ? &bias : NULL, &c) == dnnl_success;
    const clqnn_quantization none = { .scale_count = 0 };
    const clq_onednn_quantization quantization = {
        .a = &desc->a.quantization, .b = &desc->b.quantization, .c = problem->floats ? &none : &desc->c.quantization, .axis = rank - 1
    };
    const dnnl_primitive_attr_t attributes = described ? clq_onednn_attributes(&quantization) : NULL;
    const bool done = attributes != NULL && dnnl_primitive_desc_create(&made->description, &matmul, attributes, engine, NULL) == dnnl_success;
    if (attributes != NULL) dnnl_primitive_attr_destroy(attributes);
    return done;
}

bool clq_onednn_matmul(const clq_bench_problem *problem, dnnl_engine_t engine, clq_onednn_primitive *made)
{
    const clq_gemm_types *const given = &problem->types;
    const matmul_types types = { clq_onednn_type(given->a), clq_onednn_type(given->b), clq_onednn_type(given->c) }, values = { dnnl_f32, dnnl_f32, dnnl_f32 };
    if (!problem->floats || (types.a == dnnl_bf16 && types.b == dnnl_bf16 && (types.c == dnnl_bf16 || types.c == dnnl_f32))) {
        if (make(problem, &types, engine, made) || !problem->floats) return made->description != NULL;
    }
    made->of_values = true;
    return make(problem, &values, engine, made);
}
