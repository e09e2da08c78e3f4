/* SPDX-License-Identifier: Apache-2.0 */
#include "sequence_network.h"

#include <string.h>

enum { SIZE = 16, FIRST = 24, WIDE = 48, CLASSES = 11, PLACE = 8 * 1024 };

static int8_t weights[WIDE * WIDE * 9];
static const float x_scale = 0.02f, w_scale = 0.01f, y_scale = 0.2f;
static const int32_t x_zero = 7, y_zero = 120;

static clqnn_quantization one(const float *scale, const int32_t *zero)
{
    return (clqnn_quantization){.scales = scale, .scale_count = 1, .zero_points = zero, .zero_point_count = 1};
}

static clqnn_region place(const small_network *net, int index)
{
    return (clqnn_region){.memory = net->memory, .offset = (uint64_t)index * PLACE};
}

/* Step `index` reads place `index` and writes the next. */
static void add_conv(clqnn_context *context, small_network *net, int index, int64_t in, int64_t out, int64_t groups, int64_t kernel, int64_t stride, int64_t size,
                     int residual)
{
    clqnn_conv_desc desc = {
        .struct_size = sizeof desc, .groups = groups, .in_channels = in, .out_channels = out, .input = {size, size}, .kernel = {kernel, kernel},
        .stride = {stride, stride}, .pad_begin = {kernel / 2, kernel / 2}, .pad_end = {kernel / 2, kernel / 2},
        .x = {.type = CLQNN_U8, .quantization = one(&x_scale, &x_zero)}, .y = {.type = CLQNN_U8, .quantization = one(&y_scale, &y_zero)},
        .weight_type = CLQNN_S8, .weight_quantization = {.scales = &w_scale, .scale_count = 1}, .weight_data = weights};
    if (residual >= 0) {
        desc.residual = (clqnn_conv_tensor){.type = CLQNN_U8, .quantization = one(&x_scale, &x_zero)};
        desc.sum_quantization = one(&y_scale, &y_zero);
    }
    assert_int_equal(clqnn_conv_create(context, &desc, &net->conv[index]), CLQNN_OK);
    net->conv_args[index] = (clqnn_conv_args){.x = place(net, index), .y = place(net, index + 1)};
    if (residual >= 0) net->conv_args[index].residual = place(net, residual);
    net->steps[index] = (clqnn_step){.conv = net->conv[index], .conv_args = &net->conv_args[index]};
}

/* Reads place `from` too. */
static void add_pool(clqnn_context *context, small_network *net, int index, int from)
{
    const clqnn_tensor image = {.type = CLQNN_U8, .rank = 4, .shape = {1, SIZE / 2, SIZE / 2, WIDE}};
    clqnn_pool_desc desc = {.struct_size = sizeof desc, .kind = CLQNN_POOL_AVERAGE, .is_global = 1, .x = image, .y = image};
    desc.y.shape[1] = desc.y.shape[2] = 1;
    assert_int_equal(clqnn_pool_create(context, &desc, &net->pool), CLQNN_OK);
    net->image = place(net, from);
    net->pooled = place(net, index + 1);
    net->pool_args = (clqnn_op_args){.inputs = &net->image, .input_count = 1, .outputs = &net->pooled, .output_count = 1};
    net->steps[index] = (clqnn_step){.op = net->pool, .op_args = &net->pool_args};
}

static void add_product(clqnn_context *context, small_network *net, int index)
{
    const clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = 1, .n = CLASSES, .k = WIDE, .a = {.type = CLQNN_U8}, .b = {.type = CLQNN_S8},
                                  .c = {.type = CLQNN_S32}, .b_data = weights};
    assert_int_equal(clqnn_gemm_create(context, &desc, &net->gemm), CLQNN_OK);
    net->gemm_args = (clqnn_gemm_args){.a = place(net, index), .c = place(net, index + 1)};
    net->steps[index] = (clqnn_step){.gemm = net->gemm, .gemm_args = &net->gemm_args};
}

void network_open(clqnn_context *context, unsigned char poison, small_network *net)
{
    static unsigned char bytes[NETWORK_BYTES];
    cl_int code = CL_SUCCESS;
    memset(net, 0, sizeof *net);
    memset(bytes, poison, sizeof bytes);
    for (int i = 0; i < SIZE * SIZE * 3; i++) bytes[i] = (unsigned char)(i * 37 % 251);
    for (size_t i = 0; i < sizeof weights; i++) weights[i] = (int8_t)((int)(i * 29 % 255) - 127);
    net->memory = clCreateBuffer(clqnn_context_opencl_context(context), CL_MEM_READ_WRITE | CL_MEM_COPY_HOST_PTR, sizeof bytes, bytes, &code);
    assert_int_equal(code, CL_SUCCESS);
    add_conv(context, net, 0, 3, FIRST, 1, 3, 1, SIZE, -1);
    add_conv(context, net, 1, FIRST, FIRST, FIRST, 3, 1, SIZE, -1);
    add_conv(context, net, 2, FIRST, FIRST, 1, 3, 1, SIZE, 1);
    add_conv(context, net, 3, FIRST, WIDE, 1, 3, 2, SIZE, -1);
    add_conv(context, net, 4, WIDE, WIDE, 1, 1, 1, SIZE / 2, -1);
    add_conv(context, net, 5, WIDE, 12, 1, 1, 1, SIZE / 2, -1);
    net->conv_args[5].y = place(net, 0);
    add_pool(context, net, 6, 5);
    add_product(context, net, 7);
}

void network_close(small_network *net)
{
    for (int i = 0; i < NETWORK_STEPS; i++) clqnn_conv_destroy(net->conv[i]);
    clqnn_op_destroy(net->pool);
    clqnn_gemm_destroy(net->gemm);
    clReleaseMemObject(net->memory);
}

void network_run_steps(const small_network *net, cl_command_queue queue, int runs, unsigned char *bytes)
{
    for (int i = 0; i < runs * NETWORK_STEPS; i++) {
        const clqnn_step *step = &net->steps[i % NETWORK_STEPS];
        if (step->conv) assert_int_equal(clqnn_conv_enqueue(step->conv, queue, step->conv_args, 0, NULL, NULL), CLQNN_OK);
        if (step->gemm) assert_int_equal(clqnn_gemm_enqueue(step->gemm, queue, step->gemm_args, 0, NULL, NULL), CLQNN_OK);
        if (step->op) assert_int_equal(clqnn_op_enqueue(step->op, queue, step->op_args, 0, NULL, NULL), CLQNN_OK);
        assert_int_equal(clFinish(queue), CL_SUCCESS);
    }
    assert_int_equal(clEnqueueReadBuffer(queue, net->memory, CL_TRUE, 0, NETWORK_BYTES, bytes, 0, NULL, NULL), CL_SUCCESS);
}
