/* SPDX-License-Identifier: Apache-2.0 */
/* Products of training: what is refused, and with which words; what infinities and NaN become. */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "op_fixture.h"

static clqnn_status create_gemm(clqnn_context *context, const void *desc, clqnn_op **op)
{
    return clqnn_train_gemm_create(context, desc, op);
}

static clqnn_status query_gemm(clqnn_context *context, const void *desc, clqnn_op_info *info)
{
    return clqnn_train_gemm_query(context, desc, info);
}

static clqnn_status create_conv(clqnn_context *context, const void *desc, clqnn_op **op)
{
    return clqnn_train_conv_create(context, desc, op);
}

static clqnn_status query_conv(clqnn_context *context, const void *desc, clqnn_op_info *info)
{
    return clqnn_train_conv_query(context, desc, info);
}

static const clqnn_train_gemm_desc product = {.struct_size = sizeof product, .m = 8, .n = 4, .k = 6};

#define REFUSE_GEMM(change, status, text)                                    \
    {                                                                        \
        clqnn_train_gemm_desc desc = product;                                \
        desc.change;                                                         \
        op_expect_refused(create_gemm, query_gemm, &desc, status, text);     \
    }

static void bad_products_are_refused(void **state)
{
    (void)state;
    REFUSE_GEMM(struct_size = 8, CLQNN_INVALID_ARGUMENT, "struct_size")
    REFUSE_GEMM(m = 0, CLQNN_INVALID_SHAPE, "m is 0")
    REFUSE_GEMM(n = -1, CLQNN_INVALID_SHAPE, "n is -1")
    REFUSE_GEMM(k = (int64_t)INT32_MAX + 1, CLQNN_INVALID_SHAPE, "k is 2147483648")
    REFUSE_GEMM(lda = 5, CLQNN_INVALID_SHAPE, "lda is 5, must be in 6..")
    REFUSE_GEMM(ldb = 3, CLQNN_INVALID_SHAPE, "ldb is 3, must be in 4..")
    REFUSE_GEMM(ldc = -4, CLQNN_INVALID_SHAPE, "ldc is -4, must be in 4..")
    REFUSE_GEMM(transpose_a = 2, CLQNN_INVALID_ARGUMENT, "transpose_a is 2")
    REFUSE_GEMM(transpose_b = -1, CLQNN_INVALID_ARGUMENT, "transpose_b is -1")
    REFUSE_GEMM(has_bias = 3, CLQNN_INVALID_ARGUMENT, "has_bias is 3")
    REFUSE_GEMM(adds = 2, CLQNN_INVALID_ARGUMENT, "adds is 2")
    REFUSE_GEMM(variant = "train_gemm_none", CLQNN_UNSUPPORTED, "train_gemm_none")
}

static const clqnn_train_conv_desc layer = {.struct_size = sizeof layer, .batch = 2, .height = 6, .width = 5, .channels = 4, .output_channels = 6,
                                            .kernel = {3, 3}};

#define REFUSE_CONV(change, status, text)                                    \
    {                                                                        \
        clqnn_train_conv_desc desc = layer;                                  \
        desc.change;                                                         \
        op_expect_refused(create_conv, query_conv, &desc, status, text);     \
    }

static void bad_convolutions_are_refused(void **state)
{
    (void)state;
    REFUSE_CONV(struct_size = 8, CLQNN_INVALID_ARGUMENT, "struct_size")
    REFUSE_CONV(kind = (clqnn_train_conv_kind)3, CLQNN_INVALID_ARGUMENT, "kind is 3")
    REFUSE_CONV(batch = 0, CLQNN_INVALID_SHAPE, "batch is 0")
    REFUSE_CONV(height = -1, CLQNN_INVALID_SHAPE, "height is -1")
    REFUSE_CONV(width = 0, CLQNN_INVALID_SHAPE, "width is 0")
    REFUSE_CONV(channels = 0, CLQNN_INVALID_SHAPE, "channels is 0")
    REFUSE_CONV(output_channels = -7, CLQNN_INVALID_SHAPE, "output_channels is -7")
    REFUSE_CONV(groups = -1, CLQNN_INVALID_SHAPE, "groups is -1")
    REFUSE_CONV(groups = 3, CLQNN_INVALID_SHAPE, "channels is 4, not a multiple of groups = 3")
    REFUSE_CONV(groups = 4, CLQNN_INVALID_SHAPE, "output_channels is 6, not a multiple of groups = 4")
    REFUSE_CONV(kernel[0] = 0, CLQNN_INVALID_SHAPE, "kernel[0] is 0")
    REFUSE_CONV(kernel[1] = 6, CLQNN_INVALID_SHAPE, "kernel[1] is 6, which with its dilation covers 6")
    REFUSE_CONV(stride[1] = -2, CLQNN_INVALID_SHAPE, "stride[1] is -2")
    REFUSE_CONV(dilation[0] = -2, CLQNN_INVALID_SHAPE, "dilation[0] is -2")
    REFUSE_CONV(dilation[0] = INT32_MAX, CLQNN_INVALID_SHAPE, "the kernel's extent[0] is 4294967295")
    REFUSE_CONV(pad_begin[0] = 3, CLQNN_INVALID_SHAPE, "pad_begin[0] is 3, must be in 0..2")
    REFUSE_CONV(pad_end[1] = -1, CLQNN_INVALID_SHAPE, "pad_end[1] is -1")
    REFUSE_CONV(has_bias = 2, CLQNN_INVALID_ARGUMENT, "has_bias is 2")
    REFUSE_CONV(variant = "train_conv_none", CLQNN_UNSUPPORTED, "train_conv_none")
    clqnn_train_conv_desc desc = layer;
    desc.kind = CLQNN_TRAIN_BY_DATA;
    desc.has_bias = 1;
    op_expect_refused(create_conv, query_conv, &desc, CLQNN_INVALID_ARGUMENT, "has_bias is 1");
    desc = layer;
    desc.batch = desc.height = desc.width = desc.channels = INT32_MAX;
    op_expect_refused(create_conv, query_conv, &desc, CLQNN_INVALID_SHAPE, NULL);
}

static void sizes_of_outputs(void **state)
{
    (void)state;
    clqnn_train_conv_desc desc = layer;
    int64_t size[2] = {0, 0};
    desc.stride[0] = 2;
    desc.dilation[1] = 2;
    desc.pad_end[1] = 1;
    assert_int_equal(clqnn_train_conv_output_size(&desc, size), CLQNN_OK);
    assert_int_equal(size[0], 2);   /* (6 - 3) / 2 + 1 */
    assert_int_equal(size[1], 2);   /* 5 + 1 - 5 + 1 */
    assert_int_equal(clqnn_train_conv_output_size(&desc, NULL), CLQNN_INVALID_ARGUMENT);
    desc.batch = 0;
    assert_int_equal(clqnn_train_conv_output_size(&desc, size), CLQNN_INVALID_SHAPE);
}

/* A row of a holds a NaN, another an infinity: their rows of c do, and no other. */
static void what_is_not_finite_stays_so(void **state)
{
    (void)state;
    enum { M = 20, N = 17, K = 40 };
    static const char *const variants[] = {NULL, "train_gemm_avx512", "train_gemm_avx2", "train_gemm_vec16", "train_gemm_portable"};
    float a[M * K], b[N * K], c[M * N];
    for (int i = 0; i < M * K; i++) a[i] = (float)(i % 5);
    for (int i = 0; i < N * K; i++) b[i] = (float)(1 + i % 3);
    a[3 * K + 7] = NAN;
    a[19 * K + 39] = INFINITY;
    for (size_t v = 0; v < sizeof variants / sizeof variants[0]; v++) {
        const clqnn_train_gemm_desc desc = {.struct_size = sizeof desc, .m = M, .n = N, .k = K, .transpose_b = 1, .variant = variants[v]};
        clqnn_op *op = NULL;
        struct _cl_command_queue *queue = NULL;
        const clqnn_status status = clqnn_train_gemm_create(op_context(), &desc, &op);
        assert_true(status == CLQNN_OK || (variants[v] && status == CLQNN_UNSUPPORTED));
        if (status != CLQNN_OK) continue;
        struct _cl_mem *const from = op_buffer(a, sizeof a), *const by = op_buffer(b, sizeof b), *const to = op_buffer(NULL, sizeof c);
        const clqnn_region inputs[] = {{from, 0}, {by, 0}}, output = {to, 0};
        const clqnn_op_args args = {.inputs = inputs, .outputs = &output, .input_count = 2, .output_count = 1};
        assert_int_equal(clqnn_op_workspace_size(op), 0);
        assert_int_equal(clqnn_default_queue(op_context(), &queue), CLQNN_OK);
        assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_OK);
        assert_int_equal(clqnn_download(op_context(), to, 0, c, sizeof c), CLQNN_OK);
        for (int i = 0; i < M * N; i++) {
            const int row = i / N;
            if (row == 3 ? !isnan(c[i]) : row == 19 ? !isinf(c[i]) : !isfinite(c[i])) fail_msg("row %d is %g", row, (double)c[i]);
        }
        clqnn_buffer_release(from);
        clqnn_buffer_release(by);
        clqnn_buffer_release(to);
        clqnn_op_destroy(op);
    }
}

static void outputs_apart_from_inputs(void **state)
{
    (void)state;
    clqnn_op *op = NULL;
    struct _cl_command_queue *queue = NULL;
    struct _cl_mem *const all = op_buffer(NULL, 1024);
    const clqnn_region inputs[] = {{all, 0}, {all, 256}}, inside = {all, 64}, late = {all, 1000};
    clqnn_op_args args = {.inputs = inputs, .outputs = &inside, .input_count = 2, .output_count = 1};
    assert_int_equal(clqnn_train_gemm_create(op_context(), &product, &op), CLQNN_OK);
    assert_int_equal(clqnn_default_queue(op_context(), &queue), CLQNN_OK);
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    op_expect_message("c overlaps a");
    args.outputs = &late;
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_BUFFER_TOO_SMALL);
    op_expect_message("c needs 128 bytes");
    clqnn_op_destroy(op);
    clqnn_buffer_release(all);
}

int main(void)
{
    if (!op_fixture_open()) return OP_FIXTURE_SKIPPED;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_products_are_refused),     cmocka_unit_test(bad_convolutions_are_refused), cmocka_unit_test(sizes_of_outputs),
        cmocka_unit_test(what_is_not_finite_stays_so),  cmocka_unit_test(outputs_apart_from_inputs),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    op_fixture_close();
    return failed;
}
