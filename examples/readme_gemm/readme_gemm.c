/* SPDX-License-Identifier: Apache-2.0 */
#include <clqnn/clqnn.h>
#include <stdio.h>

#define CHECK(call) if ((call) != CLQNN_OK) return fprintf(stderr, "%s\n", clqnn_last_error()), 1

int main(void)
{
    const uint8_t a[2 * 3] = {130, 126, 128, 255, 130, 126}; /* activations: real a = 0.5 * (a - 128) */
    const int8_t b[3 * 2] = {1, -2, 3, 4, 5, -6};            /* weights: real b = 0.25 * b */
    const float sa = 0.5f, sb = 0.25f, sc = 0.25f;           /* output: real c = 0.25 * (c - 10) */
    const int32_t za = 128, zc = 10;
    const clqnn_gemm_desc desc = {
        .struct_size = sizeof desc, .m = 2, .n = 2, .k = 3, .b_data = b,
        .a = {.type = CLQNN_U8, .quantization = {&sa, 1, &za, 1}},
        .b = {.type = CLQNN_S8, .quantization = {.scales = &sb, .scale_count = 1}},
        .c = {.type = CLQNN_U8, .quantization = {&sc, 1, &zc, 1}}};
    uint8_t c[2 * 2];
    clqnn_context *context;
    clqnn_gemm *gemm;
    clqnn_gemm_args args = {0};
    struct _cl_command_queue *queue;

    CHECK(clqnn_context_create(NULL, &context));            /* the first GPU, else the first device */
    CHECK(clqnn_gemm_create(context, &desc, &gemm));        /* selects, compiles or loads a kernel, packs b */
    CHECK(clqnn_default_queue(context, &queue));
    CHECK(clqnn_buffer_create(context, sizeof a, &args.a.memory));
    CHECK(clqnn_buffer_create(context, sizeof c, &args.c.memory));
    const uint64_t workspace = clqnn_gemm_workspace_size(gemm);
    if (workspace > 0) CHECK(clqnn_buffer_create(context, workspace, &args.workspace.memory));
    CHECK(clqnn_upload(context, args.a.memory, 0, a, sizeof a));
    CHECK(clqnn_gemm_enqueue(gemm, queue, &args, 0, NULL, NULL));
    CHECK(clqnn_download(context, args.c.memory, 0, c, sizeof c));
    printf("%d %d\n%d %d\n", c[0], c[1], c[2], c[3]);
    clqnn_buffer_release(args.workspace.memory);
    clqnn_buffer_release(args.a.memory);
    clqnn_buffer_release(args.c.memory);
    clqnn_gemm_destroy(gemm);
    clqnn_context_release(context);
    return 0;
}
