// SPDX-License-Identifier: Apache-2.0
// A program outside the tree, in C++: c = a b with u8 a, constant s8 b and s32 c, in an OpenCL context of its own, compared with the reference and with
// sums worked by hand. Exit status 0 if both agree.
#include <cstdio>
#include <vector>

#include <clqnn/clqnn.h>
#include <clqnn/opencl.h>
#include <clqnn/reference.h>

namespace {

int fail(const char *what)
{
    std::fprintf(stderr, "package_consumer_cpp: %s: %s\n", what, clqnn_last_error());
    return 1;
}

int multiply(cl_context cl, cl_device_id device, clqnn_context *context)
{
    const std::vector<uint8_t> a = {7, 0, 255, 1};
    const std::vector<int8_t> b = {3, -1, -128, 127};
    const std::vector<int32_t> worked = {21, -7, 637, -128};
    clqnn_gemm_desc desc = {};
    desc.struct_size = sizeof desc;
    desc.m = desc.n = desc.k = 2;
    desc.a.type = CLQNN_U8;
    desc.b.type = CLQNN_S8;
    desc.c.type = CLQNN_S32;
    desc.b_data = b.data();
    clqnn_gemm *gemm = nullptr;
    if (clqnn_gemm_create(context, &desc, &gemm) != CLQNN_OK) return fail("plan");
    std::vector<int32_t> got(4), expected(4);
    cl_command_queue queue = clCreateCommandQueue(cl, device, 0, nullptr);
    cl_mem a_buffer = clCreateBuffer(cl, CL_MEM_READ_ONLY, a.size(), nullptr, nullptr);
    cl_mem c_buffer = clCreateBuffer(cl, CL_MEM_READ_WRITE, got.size() * sizeof got[0], nullptr, nullptr);
    clqnn_gemm_args args = {};
    args.a.memory = a_buffer;
    args.c.memory = c_buffer;
    cl_event written = nullptr, multiplied = nullptr;
    clEnqueueWriteBuffer(queue, a_buffer, CL_FALSE, 0, a.size(), a.data(), 0, nullptr, &written);
    const clqnn_status status = clqnn_gemm_enqueue(gemm, queue, &args, 1, &written, &multiplied);
    if (status == CLQNN_OK) clEnqueueReadBuffer(queue, c_buffer, CL_TRUE, 0, got.size() * sizeof got[0], got.data(), 1, &multiplied, nullptr);
    if (multiplied) clReleaseEvent(multiplied);
    clReleaseEvent(written);
    clReleaseMemObject(c_buffer);
    clReleaseMemObject(a_buffer);
    clReleaseCommandQueue(queue);
    clqnn_gemm_destroy(gemm);
    if (status != CLQNN_OK) return fail("product");
    if (clqnn_reference_gemm(&desc, a.data(), nullptr, expected.data(), nullptr) != CLQNN_OK) return fail("reference");
    if (got != expected || got != worked) {
        for (size_t i = 0; i < got.size(); i++) std::fprintf(stderr, "element %zu: got %d, reference %d, worked by hand %d\n", i, got[i], expected[i], worked[i]);
        return 1;
    }
    std::printf("package_consumer_cpp: clqnn %s, 4 sums as expected\n", clqnn_version());
    return 0;
}

}

int main()
{
    cl_platform_id platform = nullptr;
    cl_device_id device = nullptr;
    if (clGetPlatformIDs(1, &platform, nullptr) != CL_SUCCESS || clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 1, &device, nullptr) != CL_SUCCESS) {
        std::fprintf(stderr, "package_consumer_cpp: no OpenCL device\n");
        return 1;
    }
    cl_context cl = clCreateContext(nullptr, 1, &device, nullptr, nullptr, nullptr);
    clqnn_context *context = nullptr;
    if (clqnn_context_create_from_opencl(cl, device, nullptr, &context) != CLQNN_OK) return fail("context");
    const int status = multiply(cl, device, context);
    clqnn_context_release(context);
    clReleaseContext(cl);
    return status;
}
