/* SPDX-License-Identifier: Apache-2.0 */
/* A program outside the tree, in C: c = a b with u8 a, constant s8 b and s32 c on the default device, compared with the reference and with sums worked
 * by hand. Exit status 0 if both agree; links libclqnn and libclqnn_reference as a user would. */
#include <stdio.h>
#include <string.h>

#include <clqnn/clqnn.h>
#include <clqnn/opencl.h>
#include <clqnn/reference.h>

enum { M = 2, N = 3, K = 5 };

static int fail(const char *what)
{
    fprintf(stderr, "package_consumer: %s: %s\n", what, clqnn_last_error());
    return 1;
}

static clqnn_status multiply(clqnn_context *context, const clqnn_gemm *gemm, const uint8_t *a, int32_t *c)
{
    cl_command_queue queue = NULL;
    cl_mem a_buffer = NULL, c_buffer = NULL;
    clqnn_status status = clqnn_default_queue(context, &queue);
    if (status == CLQNN_OK) status = clqnn_buffer_create(context, M * K, &a_buffer);
    if (status == CLQNN_OK) status = clqnn_buffer_create(context, M * N * sizeof *c, &c_buffer);
    if (status == CLQNN_OK) status = clqnn_upload(context, a_buffer, 0, a, M * K);
    const clqnn_gemm_args args = {.a = {.memory = a_buffer}, .c = {.memory = c_buffer}};
    if (status == CLQNN_OK) status = clqnn_gemm_enqueue(gemm, queue, &args, 0, NULL, NULL);
    if (status == CLQNN_OK) status = clqnn_download(context, c_buffer, 0, c, M * N * sizeof *c);
    clqnn_buffer_release(c_buffer);
    clqnn_buffer_release(a_buffer);
    return status;
}

int main(void)
{
    const uint8_t a[M * K] = {1, 2, 3, 4, 5, 250, 251, 252, 253, 255};
    const int8_t b[K * N] = {1, -128, 7, -2, 127, 0, 3, -1, 9, -4, 64, 2, 5, 100, -6};
    const int32_t worked[M * N] = {15, 879, 12, 767, 41317, 2994};
    clqnn_context *context = NULL;
    if (clqnn_context_create(NULL, &context) != CLQNN_OK) return fail("context");
    const clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = M, .n = N, .k = K, .a.type = CLQNN_U8, .b.type = CLQNN_S8, .c.type = CLQNN_S32, .b_data = b};
    clqnn_gemm *gemm = NULL;
    int32_t got[M * N] = {0}, expected[M * N] = {0};
    int status = 0;
    if (clqnn_gemm_create(context, &desc, &gemm) != CLQNN_OK) status = fail("plan");
    else if (multiply(context, gemm, a, got) != CLQNN_OK) status = fail("product");
    else if (clqnn_reference_gemm(&desc, a, NULL, expected, NULL) != CLQNN_OK) status = fail("reference");
    clqnn_gemm_destroy(gemm);
    clqnn_context_release(context);
    if (status != 0) return status;
    if (memcmp(got, expected, sizeof got) != 0 || memcmp(got, worked, sizeof got) != 0) {
        for (int i = 0; i < M * N; i++) fprintf(stderr, "element %d: got %d, reference %d, worked by hand %d\n", i, (int)got[i], (int)expected[i], (int)worked[i]);
        return 1;
    }
    printf("package_consumer (C): clqnn %s, 6 sums as expected\n", clqnn_version());
    return 0;
}
