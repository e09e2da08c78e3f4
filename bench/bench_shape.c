/* SPDX-License-Identifier: Apache-2.0 */
#include "bench_shape.h"

#include <stdio.h>
#include <string.h>

bool clq_bench_op_parse(const char *word, clq_bench_op *op)
{
    *op = CLQ_BENCH_ANY;
    if (word == NULL) return true;
    for (*op = CLQ_BENCH_GEMM; *op < CLQ_BENCH_OP_COUNT; (*op)++) {
        if (strcmp(word, clq_bench_op_name(*op)) == 0) return true;
    }
    return false;
}

const char *clq_bench_op_name(clq_bench_op op)
{
    static const char *const names[] = { "any", "gemm", "conv",
#define X(NAME, name, family) #name,
#include "bench_operators.def"
#undef X
    };
    return names[op];
}

bool clq_bench_shape_parse(const char *text, clq_bench_op op, clq_bench_shape *shape, char *message, size_t size)
{
    const bool lettered = text[strcspn(text, "abcdefghijklmnopqrstuvwyz_")] != '\0';
    if (clq_bench_is_operator(op)) {
        shape->op = op;
        return clq_operator_shape_parse(text, op, &shape->call, message, size);
    }
    shape->op = op != CLQ_BENCH_ANY ? op : lettered ? CLQ_BENCH_CONV : CLQ_BENCH_GEMM;
    return shape->op == CLQ_BENCH_CONV ? clq_conv_shape_parse(text, &shape->conv, message, size)
                                       : clq_gemm_shape_parse(text, &shape->gemm, message, size);
}

const char *clq_bench_shape_print(const clq_bench_shape *shape, char *text, size_t size)
{
    if (clq_bench_is_operator(shape->op)) return clq_operator_shape_print(&shape->call, text, size);
    return shape->op == CLQ_BENCH_CONV ? clq_conv_shape_print(&shape->conv, text, size) : clq_gemm_shape_print(&shape->gemm, text, size);
}

static const char *take_type(const char *at, clqnn_type *type)
{
    for (*type = CLQNN_S8; *type <= CLQNN_PO8; (*type)++) {
        const char *const name = clqnn_type_name(*type);
        if (name != NULL && strncmp(at, name, strlen(name)) == 0) return at + strlen(name);
    }
    return NULL;
}

bool clq_bench_types_parse(const char *text, clq_bench_op op, clq_gemm_types *types, char *message, size_t size)
{
    if (!clq_bench_is_operator(op)) return clq_gemm_types_parse(text != NULL ? text : "u8s8u8", types, message, size);
    if (text == NULL) text = op == CLQ_BENCH_QUANTIZE ? "f32u8" : op == CLQ_BENCH_DEQUANTIZE ? "u8f32" : op == CLQ_BENCH_CAST ? "f32f16"
                          : op == CLQ_BENCH_PACK_BITS ? "f32b1" : op == CLQ_BENCH_UNPACK_BITS ? "b1f32" : "u8u8";
    *types = (clq_gemm_types){ .b = CLQNN_TYPE_NONE };
    const char *at = take_type(text, &types->a);
    if (at != NULL) at = take_type(at, &types->c);
    if (at != NULL && *at == '\0') return true;
    snprintf(message, size, "bad types \"%s\" (wanted input and output: u8u8, f32s4)", text);
    return false;
}

const char *clq_bench_types_print(const clq_gemm_types *types, char *text, size_t size)
{
    if (types->b != CLQNN_TYPE_NONE) return clq_gemm_types_print(types, text, size);
    snprintf(text, size, "%s%s", clqnn_type_name(types->a), clqnn_type_name(types->c));
    return text;
}
