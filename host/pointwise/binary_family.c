/* SPDX-License-Identifier: Apache-2.0 */
#include <float.h>
#include <string.h>

#include "core/descriptor.h"
#include "core/message.h"
#include "pointwise/binary_problem.h"
#include "pointwise/fixed_point.h"
#include "pointwise/pointwise_programs.h"

#define LEAST_SUM_SCALE 0x1p-103f   /* the least difference of two multiples of such scales is still a normal number */

static clqnn_status check_kind(const clqnn_binary_desc *desc)
{
    if ((unsigned)desc->kind > CLQNN_MAX) return clq_fail(CLQNN_INVALID_ARGUMENT, "kind is %d, not a clqnn_binary_kind", (int)desc->kind);
    if ((unsigned)desc->rounding > CLQNN_FIXED_SINGLE) return clq_fail(CLQNN_INVALID_ARGUMENT, "rounding is %d, not a clqnn_rounding", (int)desc->rounding);
    if (desc->rounding != CLQNN_FLOAT_EVEN && desc->kind > CLQNN_MUL) {
        return clq_fail(CLQNN_UNSUPPORTED, "rounding is a fixed-point rule, which kind %d (min or max) does not have", (int)desc->kind);
    }
    return CLQNN_OK;
}

static clqnn_status check_tensors(clq_binary_problem *problem)
{
    const clqnn_binary_desc *desc = &problem->desc;
    CLQ_FORWARD(clq_tensor_resolve("a", &desc->a, CLQ_TYPES_BYTE, false, &problem->a));
    CLQ_FORWARD(clq_tensor_resolve("b", &desc->b, CLQ_TYPES_BYTE, false, &problem->b));
    CLQ_FORWARD(clq_tensor_resolve("y", &desc->y, CLQ_TYPES_BYTE, true, &problem->y));
    CLQ_FORWARD(clq_tensor_check_quantization("a", &desc->a, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(clq_tensor_check_quantization("b", &desc->b, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(clq_tensor_check_quantization("y", &desc->y, CLQ_QUANTIZED_WHOLE));
    int32_t rank = 0;
    int64_t shape[CLQNN_MAX_RANK];
    CLQ_FORWARD(clq_tensor_broadcast_shape(&problem->a, &problem->b, &rank, shape));
    if (problem->y.rank != rank) return clq_fail(CLQNN_INVALID_SHAPE, "y.rank is %d, but a and b broadcast to rank %d", (int)problem->y.rank, (int)rank);
    for (int i = 0; i < rank; i++) {
        if (problem->y.shape[i] == shape[i]) continue;
        return clq_fail(CLQNN_INVALID_SHAPE, "y.shape[%d] is %lld, but a and b broadcast to %lld", i, (long long)problem->y.shape[i], (long long)shape[i]);
    }
    return CLQNN_OK;
}

/* Every intermediate result is 0 or a normal number, so that devices that flush denormals agree. */
static clqnn_status check_scales(const clqnn_binary_desc *desc)
{
    const float a = clq_quantization_scale(&desc->a.quantization, 0), b = clq_quantization_scale(&desc->b.quantization, 0);
    if (desc->kind == CLQNN_MUL) {
        if (a <= FLT_MAX / 255.0f && b <= FLT_MAX / 255.0f && a * b >= FLT_MIN && a * 255.0f * (b * 255.0f) <= FLT_MAX) return CLQNN_OK;
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "the product of a's scale %g and b's scale %g leaves float's normal range", (double)a, (double)b);
    }
    if (a < LEAST_SUM_SCALE || b < LEAST_SUM_SCALE || a > FLT_MAX / 512.0f || b > FLT_MAX / 512.0f) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "a's scale is %g and b's %g: sums could be denormal or infinite", (double)a, (double)b);
    }
    return CLQNN_OK;
}

/* The largest magnitude of one input's rescaled values. */
static int64_t largest_rescaled(const clqnn_binary_desc *desc, const clqnn_tensor *tensor, const clqnn_fixed *fixed)
{
    int32_t low = 0, high = 0;
    (void)clq_type_range(tensor->type, &low, &high);
    const int32_t zero = clq_quantization_zero_point(&tensor->quantization, 0);
    const int64_t below = clq_fixed_rescale(desc->rounding, (low - zero) * (1 << desc->left_shift), fixed);
    const int64_t above = clq_fixed_rescale(desc->rounding, (high - zero) * (1 << desc->left_shift), fixed);
    return -below > above ? -below : above; /* rescaling is monotonic */
}

static clqnn_status check_fixed(const clqnn_binary_desc *desc)
{
    if (desc->rounding == CLQNN_FLOAT_EVEN) return check_scales(desc);
    CLQ_FORWARD(clq_fixed_check("y_fixed", &desc->y_fixed));
    if (desc->kind == CLQNN_MUL) return CLQNN_OK;
    CLQ_FORWARD(clq_fixed_check("a_fixed", &desc->a_fixed));
    CLQ_FORWARD(clq_fixed_check("b_fixed", &desc->b_fixed));
    if (desc->left_shift < 0 || desc->left_shift > 22) return clq_fail(CLQNN_INVALID_QUANTIZATION, "left_shift is %d, must be in 0..22", (int)desc->left_shift);
    const int64_t bound = largest_rescaled(desc, &desc->a, &desc->a_fixed) + largest_rescaled(desc, &desc->b, &desc->b_fixed);
    if (bound > INT32_MAX) return clq_fail(CLQNN_OVERFLOW, "the rescaled sum reaches %lld, beyond 32 bits", (long long)bound);
    return CLQNN_OK;
}

static clqnn_status validate(const void *desc, void *problem_memory, clq_op_signature *signature)
{
    clq_binary_problem *problem = problem_memory;
    const clqnn_binary_desc *full = &problem->desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_binary_desc", desc, &problem->desc, sizeof problem->desc, sizeof problem->desc));
    CLQ_FORWARD(check_kind(full));
    CLQ_FORWARD(check_tensors(problem));
    CLQ_FORWARD(check_fixed(full));
    CLQ_FORWARD(clq_clamp_range(full->y.type, full->has_clamp, full->clamp_min, full->clamp_max, &problem->low, &problem->high));
    problem->nest = clq_nest_begin(problem->y.rank, problem->y.shape);
    clq_nest_add(&problem->nest, &problem->a);
    clq_nest_add(&problem->nest, &problem->b);
    clq_nest_add(&problem->nest, &problem->y);
    clq_nest_collapse(&problem->nest);
    signature->wanted = full->variant;
    CLQ_FORWARD(clq_op_add_input(signature, "a", -1, &problem->a, clq_tensor_same_layout(&problem->a, &problem->y)));
    CLQ_FORWARD(clq_op_add_input(signature, "b", -1, &problem->b, clq_tensor_same_layout(&problem->b, &problem->y)));
    return clq_op_add_output(signature, "y", -1, &problem->y);
}

static int32_t flip_of(clqnn_type type)
{
    return type == CLQNN_S8 ? 0x80 : 0;
}

binary_params clq_binary_scalars(const clq_binary_problem *problem)
{
    const clqnn_binary_desc *desc = &problem->desc;
    const int32_t a_flip = flip_of(desc->a.type), b_flip = flip_of(desc->b.type), y_flip = flip_of(desc->y.type);
    return (binary_params){
        .kind = (clq_int)desc->kind,
        .rule = (clq_int)desc->rounding,
        .a_flip = a_flip,
        .b_flip = b_flip,
        .y_flip = y_flip,
        .a_zero = clq_quantization_zero_point(&desc->a.quantization, 0) + a_flip,
        .b_zero = clq_quantization_zero_point(&desc->b.quantization, 0) + b_flip,
        .y_zero = clq_quantization_zero_point(&desc->y.quantization, 0) + y_flip,
        .low = problem->low + y_flip,
        .high = problem->high + y_flip,
        .a_scale = clq_quantization_scale(&desc->a.quantization, 0),
        .b_scale = clq_quantization_scale(&desc->b.quantization, 0),
        .y_scale = clq_quantization_scale(&desc->y.quantization, 0),
        .left_shift = desc->left_shift,
        .streams = clq_op_streams(&problem->y),
        .multiplier = {desc->a_fixed.multiplier, desc->b_fixed.multiplier, desc->y_fixed.multiplier},
        .shift = {desc->a_fixed.shift, desc->b_fixed.shift, desc->y_fixed.shift},
    };
}

clqnn_status clq_binary_arrange(const clq_binary_problem *problem, const clq_op_program *program, int64_t chunk, clq_op_recipe *recipe)
{
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    binary_params params = clq_binary_scalars(problem);
    params.nest = clq_op_nest(&problem->nest, chunk);
    memcpy(step->params, &params, sizeof params);
    step->kernel = CLQ_POINTWISE_BINARY;
    step->buffers[0] = CLQ_OP_INPUT;
    step->buffers[1] = CLQ_OP_INPUT + 1;
    step->buffers[2] = CLQ_OP_OUTPUT;
    clq_pointwise_geometry(step, program, problem->nest.count, chunk);
    return CLQNN_OK;
}

const clq_op_family clq_op_binary = {
    .kind = "binary",
    .problem_size = sizeof(clq_binary_problem),
    .validate = validate,
    .variants = {&clq_binary_avx512, &clq_binary_rescaled_avx512, &clq_binary_rescaled_avx2, &clq_binary_avx2, &clq_binary_vector, &clq_binary_portable},
};
_Static_assert(sizeof(clq_binary_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_binary_create(clqnn_context *context, const clqnn_binary_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_binary, desc, op);
}

clqnn_status clqnn_binary_query(clqnn_context *context, const clqnn_binary_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_binary, desc, info);
}
