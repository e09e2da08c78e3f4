/* SPDX-License-Identifier: Apache-2.0 */
/* Conversions whose scales and zero points are inputs: the kernels of convert, behind one that brings those into the form that they read. */
#include "convert/convert_problem.h"
#include "core/descriptor.h"
#include "core/message.h"
#include "quantizer/quantizer_slots.h"

#define FLOATS (CLQ_TYPES_FLOAT | CLQ_TYPE_BIT(CLQNN_BF16))
#define INTEGERS (CLQ_TYPES_BYTE | CLQ_TYPES_NIBBLE)

/* Which of x and y has codes. */
static clqnn_status find_side(const clqnn_quantize_by_desc *desc, clq_convert_by *by)
{
    const bool quantizes = clq_convert_is_float(desc->x.type);
    if (quantizes) CLQ_FORWARD(clq_tensor_check_type("x", desc->x.type, FLOATS));
    else CLQ_FORWARD(clq_tensor_check_type("x", desc->x.type, FLOATS | INTEGERS));
    CLQ_FORWARD(clq_tensor_check_type("y", desc->y.type, quantizes ? INTEGERS : FLOATS));
    *by = quantizes ? CLQ_CONVERT_BY_VALUES_OF_Y : CLQ_CONVERT_BY_VALUES_OF_X;
    return CLQNN_OK;
}

/* Codes within the type. */
static clqnn_status find_codes(const clqnn_codes *codes, const char *name, clqnn_type type, int32_t *least, int32_t *most)
{
    int32_t low = 0, high = 0;
    (void)clq_type_range(type, &low, &high);
    *least = low;
    *most = high;
    if (codes->bits == 0 && codes->is_signed == 0 && codes->is_restricted == 0) return CLQNN_OK;
    CLQ_FORWARD(clq_codes_resolve(codes, least, most));
    if (*least >= low && *most <= high) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "codes are %d..%d, but %s.type is %s, %d..%d", (int)*least, (int)*most, name, clqnn_type_name(type), (int)low, (int)high);
}

/* The operands that find values: as many as there are slots, from the call. */
static void add_values(const clqnn_quantize_by_desc *desc, int64_t slots, clq_convert_problem *problem)
{
    const bool quantizes = problem->by == CLQ_CONVERT_BY_VALUES_OF_Y;
    clqnn_tensor x = desc->x, y = desc->y, *const codes = quantizes ? &y : &x;
    codes->quantization.scale_count = slots;
    if (desc->granularity != CLQNN_PER_GROUP) codes->block = 0;
    clq_convert_add_values(&x, &problem->x, &problem->nest, &problem->x_values);
    clq_convert_add_values(&y, &problem->y, &problem->nest, &problem->y_values);
}

static clqnn_status add_operands(const clqnn_quantize_by_desc *desc, int64_t slots, const clq_convert_problem *problem, clq_op_signature *signature)
{
    const clq_tensor scales = clq_words(CLQNN_F32, slots), zero_points = clq_words(CLQNN_S32, slots);
    signature->wanted = desc->variant;
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &problem->x, clq_tensor_same_layout(&problem->x, &problem->y)));
    CLQ_FORWARD(clq_op_add_input(signature, "scales", -1, &scales, false));
    CLQ_FORWARD(clq_op_add_input(signature, "zero_points", -1, &zero_points, false));
    return clq_op_add_output(signature, "y", -1, &problem->y);
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_convert_problem *problem = problem_memory;
    clqnn_quantize_by_desc desc;
    clq_slots slots;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_quantize_by_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(find_side(&desc, &problem->by));
    CLQ_FORWARD(clq_tensor_resolve("x", &desc.x, FLOATS | INTEGERS, false, &problem->x));
    CLQ_FORWARD(clq_tensor_resolve("y", &desc.y, FLOATS | INTEGERS, true, &problem->y));
    CLQ_FORWARD(clq_tensor_check_same_shape("x", &problem->x, "y", &problem->y));
    CLQ_FORWARD(clq_tensor_check_quantization("x", &desc.x, CLQ_QUANTIZED_NOT));
    CLQ_FORWARD(clq_tensor_check_quantization("y", &desc.y, CLQ_QUANTIZED_NOT));
    const bool quantizes = problem->by == CLQ_CONVERT_BY_VALUES_OF_Y;
    const clqnn_tensor *codes = quantizes ? &desc.y : &desc.x;
    CLQ_FORWARD(clq_slots_resolve(quantizes ? "y" : "x", codes, desc.granularity, &slots));
    CLQ_FORWARD(find_codes(&desc.codes, quantizes ? "y" : "x", codes->type, &problem->zero_low, &problem->zero_high));
    problem->low = problem->zero_low;
    problem->high = problem->zero_high;
    problem->nest = clq_nest_begin(problem->y.rank, problem->y.shape);
    clq_nest_add(&problem->nest, &problem->x);
    clq_nest_add(&problem->nest, &problem->y);
    add_values(&desc, slots.count, problem);
    clq_nest_collapse(&problem->nest);
    return add_operands(&desc, slots.count, problem, signature);
}

const clq_op_family clq_op_quantize_by = {
    .kind = "quantize_by",
    .problem_size = sizeof(clq_convert_problem),
    .validate = validate,
    .variants = {&clq_convert_avx512, &clq_convert_avx2, &clq_convert_vector, &clq_convert_portable},
};

clqnn_status clqnn_quantize_by_create(clqnn_context *context, const clqnn_quantize_by_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_quantize_by, desc, op);
}

clqnn_status clqnn_quantize_by_query(clqnn_context *context, const clqnn_quantize_by_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_quantize_by, desc, info);
}
