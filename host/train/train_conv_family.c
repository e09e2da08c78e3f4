/* SPDX-License-Identifier: Apache-2.0 */
#include "core/descriptor.h"
#include "core/message.h"
#include "gemm/gemm_validate.h"
#include "train/train_problem.h"

static clqnn_status check_count(const char *name, int index, int64_t value, int64_t least, int64_t most)
{
    if (value >= least && value <= most) return CLQNN_OK;
    char place[4] = "";
    if (index >= 0) place[0] = '[', place[1] = (char)('0' + index), place[2] = ']', place[3] = 0;
    return clq_fail(CLQNN_INVALID_SHAPE, "%s%s is %lld, must be in %lld..%lld", name, place, (long long)value, (long long)least, (long long)most);
}

static int64_t or_one(int64_t value)
{
    return value == 0 ? 1 : value;
}

static clqnn_status check_channels(const clqnn_train_conv_desc *desc, clq_train_conv_problem *problem)
{
    const int64_t groups = or_one(desc->groups);
    CLQ_FORWARD(check_count("batch", -1, desc->batch, 1, INT32_MAX));
    CLQ_FORWARD(check_count("channels", -1, desc->channels, 1, INT32_MAX));
    CLQ_FORWARD(check_count("output_channels", -1, desc->output_channels, 1, INT32_MAX));
    CLQ_FORWARD(check_count("groups", -1, groups, 1, INT32_MAX));
    if (desc->channels % groups) {
        return clq_fail(CLQNN_INVALID_SHAPE, "channels is %lld, not a multiple of groups = %lld", (long long)desc->channels, (long long)groups);
    }
    if (desc->output_channels % groups) {
        return clq_fail(CLQNN_INVALID_SHAPE, "output_channels is %lld, not a multiple of groups = %lld", (long long)desc->output_channels, (long long)groups);
    }
    problem->batch = desc->batch;
    problem->channels = desc->channels;
    problem->output_channels = desc->output_channels;
    problem->groups = groups;
    return CLQNN_OK;
}

/* Every product below is of two values under 2^31. */
static clqnn_status check_dimension(const clqnn_train_conv_desc *desc, int d, clq_train_conv_problem *problem)
{
    const int64_t input = d ? desc->width : desc->height, kernel = desc->kernel[d], stride = or_one(desc->stride[d]), dilation = or_one(desc->dilation[d]);
    CLQ_FORWARD(check_count(d ? "width" : "height", -1, input, 1, INT32_MAX));
    CLQ_FORWARD(check_count("kernel", d, kernel, 1, INT32_MAX));
    CLQ_FORWARD(check_count("stride", d, stride, 1, INT32_MAX));
    CLQ_FORWARD(check_count("dilation", d, dilation, 1, INT32_MAX));
    const int64_t extent = (kernel - 1) * dilation + 1;
    CLQ_FORWARD(check_count("the kernel's extent", d, extent, 1, INT32_MAX));
    CLQ_FORWARD(check_count("pad_begin", d, desc->pad_begin[d], 0, extent - 1));
    CLQ_FORWARD(check_count("pad_end", d, desc->pad_end[d], 0, extent - 1));
    const int64_t padded = input + desc->pad_begin[d] + desc->pad_end[d];
    CLQ_FORWARD(check_count("the padded image's extent", d, padded, 1, INT32_MAX));
    if (padded < extent) {
        return clq_fail(CLQNN_INVALID_SHAPE, "kernel[%d] is %lld, which with its dilation covers %lld and does not fit the padded image's extent of %lld", d,
                        (long long)kernel, (long long)extent, (long long)padded);
    }
    problem->input[d] = input;
    problem->output[d] = (padded - extent) / stride + 1;
    problem->kernel[d] = kernel;
    problem->stride[d] = stride;
    problem->dilation[d] = dilation;
    problem->pad[d] = desc->pad_begin[d];
    return CLQNN_OK;
}

static clqnn_status resolve(const void *given, clqnn_train_conv_desc *desc, clq_train_conv_problem *problem)
{
    CLQ_FORWARD(clq_descriptor_copy("clqnn_train_conv_desc", given, desc, sizeof *desc, sizeof *desc));
    if (desc->kind != CLQNN_TRAIN_FORWARD && desc->kind != CLQNN_TRAIN_BY_DATA && desc->kind != CLQNN_TRAIN_BY_WEIGHT) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "kind is %d, must be 0 (forward), 1 (by data) or 2 (by weight)", (int)desc->kind);
    }
    CLQ_FORWARD(clq_check_flag("has_bias", desc->has_bias));
    if (desc->has_bias && desc->kind == CLQNN_TRAIN_BY_DATA) return clq_fail(CLQNN_INVALID_ARGUMENT, "has_bias is 1, but dx depends on no bias");
    problem->kind = desc->kind;
    problem->has_bias = desc->has_bias;
    CLQ_FORWARD(check_channels(desc, problem));
    CLQ_FORWARD(check_dimension(desc, 0, problem));
    return check_dimension(desc, 1, problem);
}

typedef struct conv_tensors {
    clq_tensor x, w, y, bias;
} conv_tensors;

static clqnn_status resolve_tensor(const char *name, bool is_result, const int64_t shape[4], clq_tensor *tensor)
{
    const clqnn_tensor given = {.type = CLQNN_F32, .rank = 4, .shape = {shape[0], shape[1], shape[2], shape[3]}};
    return clq_tensor_resolve(name, &given, CLQ_TYPE_BIT(CLQNN_F32), is_result, tensor);
}

static clqnn_status resolve_tensors(const clq_train_conv_problem *p, conv_tensors *tensors)
{
    CLQ_FORWARD(resolve_tensor("x", p->kind == CLQNN_TRAIN_BY_DATA, (const int64_t[]){p->batch, p->input[0], p->input[1], p->channels}, &tensors->x));
    CLQ_FORWARD(resolve_tensor("w", p->kind == CLQNN_TRAIN_BY_WEIGHT, (const int64_t[]){p->output_channels, p->kernel[0], p->kernel[1],
                                                                                        p->channels / p->groups}, &tensors->w));
    CLQ_FORWARD(resolve_tensor("y", p->kind == CLQNN_TRAIN_FORWARD, (const int64_t[]){p->batch, p->output[0], p->output[1], p->output_channels}, &tensors->y));
    if (tensors->w.count / p->output_channels > INT32_MAX) {
        return clq_fail(CLQNN_INVALID_SHAPE, "the weights of an output channel are %lld, more than 2147483647",
                        (long long)(tensors->w.count / p->output_channels));
    }
    const clqnn_tensor vector = {.type = CLQNN_F32, .rank = 1, .shape = {p->output_channels}};
    return clq_tensor_resolve("bias", &vector, CLQ_TYPE_BIT(CLQNN_F32), p->kind == CLQNN_TRAIN_BY_WEIGHT, &tensors->bias);
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_train_conv_problem *problem = problem_memory;
    clqnn_train_conv_desc desc;
    conv_tensors tensors;
    CLQ_FORWARD(resolve(given, &desc, problem));
    CLQ_FORWARD(resolve_tensors(problem, &tensors));
    signature->wanted = desc.variant;
    switch (problem->kind) {
    case CLQNN_TRAIN_FORWARD:
        CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &tensors.x, false));
        CLQ_FORWARD(clq_op_add_input(signature, "w", -1, &tensors.w, false));
        if (problem->has_bias) CLQ_FORWARD(clq_op_add_input(signature, "bias", -1, &tensors.bias, false));
        return clq_op_add_output(signature, "y", -1, &tensors.y);
    case CLQNN_TRAIN_BY_DATA:
        CLQ_FORWARD(clq_op_add_input(signature, "dy", -1, &tensors.y, false));
        CLQ_FORWARD(clq_op_add_input(signature, "w", -1, &tensors.w, false));
        return clq_op_add_output(signature, "dx", -1, &tensors.x);
    default:
        CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &tensors.x, false));
        CLQ_FORWARD(clq_op_add_input(signature, "dy", -1, &tensors.y, false));
        CLQ_FORWARD(clq_op_add_output(signature, "dw", -1, &tensors.w));
        return problem->has_bias ? clq_op_add_output(signature, "dbias", -1, &tensors.bias) : CLQNN_OK;
    }
}

double clq_train_conv_products(const clq_train_conv_problem *p)
{
    return (double)p->batch * (double)(p->output[0] * p->output[1]) * (double)(p->kernel[0] * p->kernel[1]) * (double)p->output_channels
        * (double)(p->channels / p->groups);
}

const clq_op_family clq_op_train_conv = {
    .kind = "train_conv",
    .problem_size = sizeof(clq_train_conv_problem),
    .validate = validate,
    .variants = {&clq_train_conv_avx512, &clq_train_conv_avx2, &clq_train_conv_vec16, &clq_train_conv_depthwise, &clq_train_conv_portable},
};
_Static_assert(sizeof(clq_train_conv_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_train_conv_create(clqnn_context *context, const clqnn_train_conv_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_train_conv, desc, op);
}

clqnn_status clqnn_train_conv_query(clqnn_context *context, const clqnn_train_conv_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_train_conv, desc, info);
}

clqnn_status clqnn_train_conv_output_size(const clqnn_train_conv_desc *given, int64_t size[2])
{
    clqnn_train_conv_desc desc;
    clq_train_conv_problem problem = {0};
    if (!size) return clq_fail(CLQNN_INVALID_ARGUMENT, "size is NULL");
    CLQ_FORWARD(resolve(given, &desc, &problem));
    size[0] = problem.output[0];
    size[1] = problem.output[1];
    return CLQNN_OK;
}
