/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of scale and unscale: one bad element anywhere raises the flag, calls share one, the product is by the rounded inverse; what is refused. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference_loss_scale.h"
#include "op_fixture.h"

enum { COUNT = 70001 };
static const char *const variants[] = {NULL, "loss_scale_vector", "loss_scale_portable"};

static clqnn_loss_scale_desc describe(clqnn_loss_scale_kind kind, const char *variant)
{
    const clqnn_tensor x = {.type = CLQNN_F32, .rank = 1, .shape = {COUNT}};
    return (clqnn_loss_scale_desc){.struct_size = sizeof(clqnn_loss_scale_desc), .kind = kind, .x = x, .y = x, .variant = variant};
}

/* A plan, or NULL where this device lacks the variant. */
static clqnn_op *plan_of(const char *variant)
{
    clqnn_op *op = NULL;
    const clqnn_loss_scale_desc desc = describe(CLQNN_LOSS_UNSCALE, variant);
    const clqnn_status status = clqnn_loss_scale_create(op_context(), &desc, &op);
    assert_true(status == CLQNN_OK || (variant && status == CLQNN_UNSUPPORTED));
    return op;
}

typedef struct gradients {
    struct _cl_mem *x, *y, *scale, *flag;
} gradients;

static gradients make(const float *x, float scale)
{
    const int32_t clear = 0;
    return (gradients){op_buffer(x, COUNT * sizeof *x), op_buffer(NULL, COUNT * sizeof *x), op_buffer(&scale, sizeof scale), op_buffer(&clear, sizeof clear)};
}

static void release(gradients *g)
{
    struct _cl_mem *const all[] = {g->x, g->y, g->scale, g->flag};
    for (size_t i = 0; i < 4; i++) clqnn_buffer_release(all[i]);
}

/* Runs the plan; the flag afterwards. */
static int32_t run(const clqnn_op *op, const gradients *g)
{
    struct _cl_command_queue *queue = NULL;
    int32_t flag = -1;
    const clqnn_region inputs[] = {{g->x, 0}, {g->scale, 0}}, outputs[] = {{g->y, 0}, {g->flag, 0}};
    const clqnn_op_args args = {.inputs = inputs, .outputs = outputs, .input_count = 2, .output_count = 2};
    assert_int_equal(clqnn_default_queue(op_context(), &queue), CLQNN_OK);
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_OK);
    assert_int_equal(clqnn_finish(op_context()), CLQNN_OK);
    assert_int_equal(clqnn_download(op_context(), g->flag, 0, &flag, sizeof flag), CLQNN_OK);
    return flag;
}

static void one_bad_element_anywhere_raises_the_flag(void **state)
{
    (void)state;
    static const int places[] = {0, 1, 15, 16, 8191, 8192, 35000, COUNT - 17, COUNT - 1};
    float *const x = calloc(COUNT, sizeof *x);
    assert_non_null(x);
    for (size_t v = 0; v < sizeof variants / sizeof variants[0]; v++) {
        clqnn_op *op = plan_of(variants[v]);
        if (!op) continue;
        gradients clean = make(x, 1024.0f);
        assert_int_equal(run(op, &clean), 0);
        for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
            const int32_t clear = 0;
            x[places[i]] = i % 3 == 0 ? NAN : i % 3 == 1 ? INFINITY : -INFINITY;
            gradients bad = make(x, 1024.0f);
            x[places[i]] = 0.0f;
            assert_int_equal(run(op, &bad), 1);
            struct _cl_mem *const own = bad.flag;
            bad.flag = clean.flag;
            assert_int_equal(run(op, &bad), 1);   /* a flag of several calls */
            assert_int_equal(run(op, &clean), 1); /* which a good one does not clear */
            assert_int_equal(clqnn_upload(op_context(), clean.flag, 0, &clear, sizeof clear), CLQNN_OK);
            assert_int_equal(run(op, &clean), 0);
            bad.flag = own;
            release(&bad);
        }
        release(&clean);
        clqnn_op_destroy(op);
    }
    free(x);
}

static void the_inverse_is_rounded_first(void **state)
{
    (void)state;
    const clqnn_loss_scale_desc desc = describe(CLQNN_LOSS_UNSCALE, NULL);
    float *const x = malloc(COUNT * sizeof *x), *const y = malloc(COUNT * sizeof *y), *const expected = malloc(COUNT * sizeof *y);
    int32_t flag = 0, differ = 0;
    assert_true(x && y && expected);
    for (int i = 0; i < COUNT; i++) x[i] = (float)(i - COUNT / 2) * 0.37f;
    assert_int_equal(clqnn_reference_loss_scale(&desc, x, 49.0f, expected, &flag), CLQNN_OK);
    for (int i = 0; i < COUNT; i++) {
        assert_true(expected[i] == x[i] * (1.0f / 49.0f));
        differ += expected[i] != x[i] / 49.0f;
    }
    assert_true(differ > 0 && flag == 0);
    for (size_t v = 0; v < sizeof variants / sizeof variants[0]; v++) {
        clqnn_op *op = plan_of(variants[v]);
        if (!op) continue;
        gradients g = make(x, 49.0f);
        assert_int_equal(run(op, &g), 0);
        assert_int_equal(clqnn_download(op_context(), g.y, 0, y, COUNT * sizeof *y), CLQNN_OK);
        assert_memory_equal(y, expected, COUNT * sizeof *y);
        release(&g);
        clqnn_op_destroy(op);
    }
    free(expected);
    free(y);
    free(x);
}

/* The reference by hand: what an f16 rounds to infinity counts, what it just holds does not. */
static void the_flag_is_about_what_is_stored(void **state)
{
    (void)state;
    static const float x[] = {0x1.ffdffep15f, 0x1.ffep15f};   /* the last float below 65520, and 65520 */
    uint16_t y = 0;
    for (int i = 0; i < 2; i++) {
        const clqnn_loss_scale_desc desc = {.kind = CLQNN_LOSS_UNSCALE, .x = {.type = CLQNN_F32}, .y = {.type = CLQNN_F16}};
        int32_t flag = 4;
        assert_int_equal(clqnn_reference_loss_scale(&desc, &x[i], 1.0f, &y, &flag), CLQNN_OK);
        assert_int_equal(y, i ? 0x7c00 : 0x7bff);
        assert_int_equal(flag, i ? 5 : 4);
    }
}

static clqnn_status create(clqnn_context *context, const void *desc, clqnn_op **op)
{
    return clqnn_loss_scale_create(context, desc, op);
}

static clqnn_status query(clqnn_context *context, const void *desc, clqnn_op_info *info)
{
    return clqnn_loss_scale_query(context, desc, info);
}

static void bad_descriptors_are_refused(void **state)
{
    (void)state;
    static const float one = 1.0f;
    clqnn_loss_scale_desc desc = describe((clqnn_loss_scale_kind)2, NULL);
    op_expect_refused(create, query, &desc, CLQNN_INVALID_ARGUMENT, "kind is 2");
    desc = describe(CLQNN_LOSS_SCALE, NULL), desc.x.type = CLQNN_S8;
    op_expect_refused(create, query, &desc, CLQNN_INVALID_ARGUMENT, "x.type is s8");
    desc = describe(CLQNN_LOSS_SCALE, NULL), desc.y.type = CLQNN_F8E5M2;
    op_expect_refused(create, query, &desc, CLQNN_INVALID_ARGUMENT, "y.type is f8e5m2");
    desc = describe(CLQNN_LOSS_SCALE, NULL), desc.y.shape[0] = 7;
    op_expect_refused(create, query, &desc, CLQNN_INVALID_SHAPE, "y.shape[0] is 7");
    desc = describe(CLQNN_LOSS_SCALE, NULL), desc.x.quantization = (clqnn_quantization){.scales = &one, .scale_count = 1};
    op_expect_refused(create, query, &desc, CLQNN_INVALID_QUANTIZATION, "x.quantization is given");
    desc = describe(CLQNN_LOSS_SCALE, "loss_scale_none");
    op_expect_refused(create, query, &desc, CLQNN_UNSUPPORTED, "loss_scale_none");
}

static void wrong_regions_are_refused(void **state)
{
    (void)state;
    clqnn_op *op = plan_of(NULL);
    struct _cl_command_queue *queue = NULL;
    float *const x = calloc(COUNT, sizeof *x);
    assert_non_null(x);
    gradients g = make(x, 2.0f);
    const clqnn_region inputs[] = {{g.x, 0}, {g.scale, 0}}, inside[] = {{g.y, 0}, {g.y, 8}}, short_flag[] = {{g.y, 0}, {g.flag, 4}};
    clqnn_op_args args = {.inputs = inputs, .outputs = inside, .input_count = 2, .output_count = 1};
    assert_int_equal(clqnn_default_queue(op_context(), &queue), CLQNN_OK);
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    op_expect_message("must have 2 and 2");
    args.output_count = 2;
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    op_expect_message("flag overlaps y");
    args.outputs = short_flag;
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_BUFFER_TOO_SMALL);
    op_expect_message("flag needs 4 bytes");
    release(&g);
    clqnn_op_destroy(op);
    free(x);
}

int main(void)
{
    if (!op_fixture_open()) return OP_FIXTURE_SKIPPED;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_bad_element_anywhere_raises_the_flag), cmocka_unit_test(the_inverse_is_rounded_first), cmocka_unit_test(the_flag_is_about_what_is_stored),
        cmocka_unit_test(bad_descriptors_are_refused),              cmocka_unit_test(wrong_regions_are_refused),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    op_fixture_close();
    return failed;
}
