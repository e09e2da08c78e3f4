/* SPDX-License-Identifier: Apache-2.0 */
/* What descriptors and calls of the operators of training are refused for, each with the field and its value; and what shows only in several calls: the same bytes in
 * every run, a raised flag that keeps a step from happening. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "op_fixture.h"

#define CREATE_AND_QUERY(family)                                                                                       \
    static clqnn_status create_##family(clqnn_context *context, const void *desc, clqnn_op **op)                       \
    {                                                                                                                  \
        return clqnn_##family##_create(context, desc, op);                                                             \
    }                                                                                                                  \
    static clqnn_status query_##family(clqnn_context *context, const void *desc, clqnn_op_info *info)                  \
    {                                                                                                                  \
        return clqnn_##family##_query(context, desc, info);                                                            \
    }
CREATE_AND_QUERY(train_pool)
CREATE_AND_QUERY(batch_norm)
CREATE_AND_QUERY(clamp)
CREATE_AND_QUERY(cross_entropy)
CREATE_AND_QUERY(column_sums)
CREATE_AND_QUERY(sgd)
CREATE_AND_QUERY(adam)

/* refuse(family, {fields}, status, text): fields on top of good ones. */
#define SIZED(family) .struct_size = sizeof(clqnn_##family##_desc)
#define refuse(family, status, text, ...) \
    op_expect_refused(create_##family, query_##family, &(clqnn_##family##_desc){SIZED(family), __VA_ARGS__}, status, text)

static void bad_pools_are_refused(void **state)
{
    (void)state;
#define GOOD .batch = 1, .height = 8, .width = 8, .channels = 4
    refuse(train_pool, CLQNN_INVALID_ARGUMENT, "kind is 2", GOOD, .kernel = {2, 2}, .kind = (clqnn_train_pool_kind)2);
    refuse(train_pool, CLQNN_INVALID_ARGUMENT, "direction is 7", GOOD, .kernel = {2, 2}, .direction = (clqnn_layer_direction)7);
    refuse(train_pool, CLQNN_INVALID_SHAPE, "batch is 0", .height = 8, .width = 8, .channels = 4, .kernel = {2, 2});
    refuse(train_pool, CLQNN_INVALID_SHAPE, "width is -1", .batch = 1, .height = 8, .width = -1, .channels = 4, .kernel = {2, 2});
    refuse(train_pool, CLQNN_INVALID_SHAPE, "kernel[1] is 0", GOOD, .kernel = {2, 0});
    refuse(train_pool, CLQNN_INVALID_SHAPE, "kernel[0] is 9", GOOD, .kernel = {9, 1});
    refuse(train_pool, CLQNN_INVALID_SHAPE, "stride[1] is -2", GOOD, .kernel = {2, 2}, .stride = {1, -2});
    refuse(train_pool, CLQNN_INVALID_SHAPE, "pad_begin[0] is 2, must be in 0..1", GOOD, .kernel = {2, 2}, .pad_begin = {2, 0});
    refuse(train_pool, CLQNN_INVALID_SHAPE, "pad_end[1] is 5", GOOD, .kernel = {2, 2}, .pad_end = {0, 5});
    refuse(train_pool, CLQNN_INVALID_SHAPE, "more than 2^40 elements", .batch = 1 << 30, .height = 8, .width = 8, .channels = 1 << 30, .kernel = {2, 2});
    refuse(train_pool, CLQNN_UNSUPPORTED, "kernel has 289 taps", .batch = 1, .height = 17, .width = 17, .channels = 1, .is_global = 1);
    refuse(train_pool, CLQNN_INVALID_ARGUMENT, "saves_taps is 1", GOOD, .kernel = {2, 2}, .kind = CLQNN_TRAIN_POOL_AVERAGE, .saves_taps = 1);
    refuse(train_pool, CLQNN_INVALID_ARGUMENT, "saves_taps is 1", GOOD, .kernel = {2, 2}, .direction = CLQNN_LAYER_BACKWARD, .saves_taps = 1);
    refuse(train_pool, CLQNN_INVALID_ARGUMENT, "counts_padding is 1", GOOD, .kernel = {2, 2}, .counts_padding = 1);
    refuse(train_pool, CLQNN_UNSUPPORTED, "train_pool_none", GOOD, .kernel = {2, 2}, .variant = "train_pool_none");
#undef GOOD
}

static void bad_norms_are_refused(void **state)
{
    (void)state;
    refuse(batch_norm, CLQNN_INVALID_ARGUMENT, "mode is 3", .rows = 8, .channels = 4, .mode = (clqnn_batch_norm_mode)3);
    refuse(batch_norm, CLQNN_INVALID_SHAPE, "rows is 0", .channels = 4);
    refuse(batch_norm, CLQNN_INVALID_SHAPE, "channels is -4", .rows = 8, .channels = -4);
    refuse(batch_norm, CLQNN_INVALID_SHAPE, "more than 2^40 elements", .rows = 1 << 30, .channels = 1 << 30);
    refuse(batch_norm, CLQNN_INVALID_ARGUMENT, "epsilon is -1", .rows = 8, .channels = 4, .epsilon = -1.0f);
    refuse(batch_norm, CLQNN_INVALID_ARGUMENT, "epsilon is nan", .rows = 8, .channels = 4, .epsilon = NAN);
    refuse(batch_norm, CLQNN_INVALID_ARGUMENT, "momentum is 1.5", .rows = 8, .channels = 4, .momentum = 1.5f);
    refuse(batch_norm, CLQNN_INVALID_ARGUMENT, "clamp_min is 6, must be below clamp_max, which is 0", .rows = 8, .channels = 4, .has_clamp = 1, .clamp_min = 6.0f);
    refuse(batch_norm, CLQNN_INVALID_ARGUMENT, "clamp_min is nan", .rows = 8, .channels = 4, .has_clamp = 1, .clamp_min = NAN, .clamp_max = 1.0f);
    refuse(batch_norm, CLQNN_UNSUPPORTED, "batch_norm_none", .rows = 8, .channels = 4, .variant = "batch_norm_none");
}

static void bad_others_are_refused(void **state)
{
    (void)state;
    refuse(clamp, CLQNN_INVALID_SHAPE, "count is 0", .clamp_max = 6.0f);
    refuse(clamp, CLQNN_INVALID_SHAPE, "count is 1099511627777", .count = ((int64_t)1 << 40) + 1);
    refuse(clamp, CLQNN_INVALID_ARGUMENT, "direction is 2", .count = 4, .direction = (clqnn_layer_direction)2);
    refuse(clamp, CLQNN_INVALID_ARGUMENT, "adds is 1", .count = 4, .direction = CLQNN_LAYER_BACKWARD, .adds = 1);
    refuse(clamp, CLQNN_INVALID_ARGUMENT, "clamp_min is 1", .count = 4, .clamp_min = 1.0f, .clamp_max = 1.0f);
    refuse(cross_entropy, CLQNN_INVALID_SHAPE, "classes is 0", .rows = 4);
    refuse(cross_entropy, CLQNN_INVALID_SHAPE, "classes is 16777217", .rows = 4, .classes = (1 << 24) + 1);
    refuse(cross_entropy, CLQNN_INVALID_SHAPE, "rows is -1", .rows = -1, .classes = 10);
    refuse(column_sums, CLQNN_INVALID_SHAPE, "rows is 0", .channels = 10);
    refuse(column_sums, CLQNN_INVALID_SHAPE, "channels is 2147483648", .rows = 1, .channels = (int64_t)1 << 31);
    refuse(sgd, CLQNN_INVALID_SHAPE, "count is 0", .momentum = 0.5f);
    refuse(sgd, CLQNN_INVALID_ARGUMENT, "momentum is 1", .count = 4, .momentum = 1.0f);
    refuse(sgd, CLQNN_INVALID_ARGUMENT, "momentum is nan", .count = 4, .momentum = NAN);
    refuse(sgd, CLQNN_INVALID_ARGUMENT, "weight_decay is -1", .count = 4, .weight_decay = -1.0f);
    refuse(sgd, CLQNN_INVALID_ARGUMENT, "nesterov is 1", .count = 4, .nesterov = 1);
    refuse(adam, CLQNN_INVALID_SHAPE, "count is -3", .count = -3);
    refuse(adam, CLQNN_INVALID_ARGUMENT, "beta1 is 1", .count = 4, .beta1 = 1.0f);
    refuse(adam, CLQNN_INVALID_ARGUMENT, "beta2 is -0.5", .count = 4, .beta2 = -0.5f);
    refuse(adam, CLQNN_INVALID_ARGUMENT, "epsilon is 2", .count = 4, .epsilon = 2.0f);
    refuse(adam, CLQNN_INVALID_ARGUMENT, "weight_decay is inf", .count = 4, .weight_decay = INFINITY);
}

static void bad_steps_are_refused(void **state)
{
    (void)state;
    float step[3] = {7.0f, 7.0f, 7.0f};
    clqnn_adam_desc desc = {.count = 1};
    assert_int_equal(clqnn_adam_step(NULL, 0.1f, 1, step), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_adam_step(&desc, 0.1f, 1, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_adam_step(&desc, 0.1f, 0, step), CLQNN_INVALID_ARGUMENT);
    op_expect_message("t is 0");
    assert_int_equal(clqnn_adam_step(&desc, NAN, 1, step), CLQNN_INVALID_ARGUMENT);
    op_expect_message("learning_rate is nan");
    desc.beta1 = 1.0f;
    assert_int_equal(clqnn_adam_step(&desc, 0.1f, 1, step), CLQNN_INVALID_ARGUMENT);
    op_expect_message("beta1 is 1");
    assert_true(step[0] == 7.0f && step[1] == 7.0f && step[2] == 7.0f);
}

/* ---- Calls ---- */

/* Runs a plan with all its regions at the beginning of buffers. */
static clqnn_status run(const clqnn_op *op, struct _cl_mem *const *buffers, uint32_t input_count, uint32_t output_count, struct _cl_mem *workspace)
{
    struct _cl_command_queue *queue = NULL;
    clqnn_region regions[16];
    for (uint32_t i = 0; i < input_count + output_count; i++) regions[i] = (clqnn_region){buffers[i], 0};
    const clqnn_op_args args = {.inputs = regions, .outputs = regions + input_count, .input_count = input_count, .output_count = output_count, .workspace = {workspace, 0}};
    assert_int_equal(clqnn_default_queue(op_context(), &queue), CLQNN_OK);
    const clqnn_status status = clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL);
    assert_int_equal(clqnn_finish(op_context()), CLQNN_OK);
    return status;
}

enum { ROWS = 40000, CHANNELS = 24 };

/* Sums over many work-groups: the bytes of the first run are those of all others. */
static void runs_give_the_same_bytes(void **state)
{
    (void)state;
    const clqnn_column_sums_desc desc = {SIZED(column_sums), .rows = ROWS, .channels = CHANNELS};
    float *const x = malloc(sizeof(float) * ROWS * CHANNELS), first[CHANNELS], again[CHANNELS];
    clqnn_op *op = NULL;
    assert_non_null(x);
    for (int i = 0; i < ROWS * CHANNELS; i++) x[i] = sinf((float)i) * 1000.0f;
    assert_int_equal(clqnn_column_sums_create(op_context(), &desc, &op), CLQNN_OK);
    struct _cl_mem *const buffers[] = {op_buffer(x, sizeof(float) * ROWS * CHANNELS), op_buffer(NULL, sizeof first)};
    struct _cl_mem *const workspace = op_buffer(NULL, (size_t)clqnn_op_workspace_size(op));
    for (int i = 0; i < 20; i++) {
        assert_int_equal(run(op, buffers, 1, 1, workspace), CLQNN_OK);
        assert_int_equal(clqnn_download(op_context(), buffers[1], 0, i ? again : first, sizeof first), CLQNN_OK);
        if (i) assert_memory_equal(again, first, sizeof first);
    }
    clqnn_buffer_release(buffers[0]);
    clqnn_buffer_release(buffers[1]);
    clqnn_buffer_release(workspace);
    clqnn_op_destroy(op);
    free(x);
}

/* Two steps of one plan, lr changed between them, then one that is skipped. */
static void a_flag_skips_a_step(void **state)
{
    (void)state;
    const clqnn_sgd_desc desc = {SIZED(sgd), .count = 2, .momentum = 0.5f, .has_skip = 1};
    const float g[] = {1.0f, -2.0f}, rates[] = {1.0f, 0.25f, 1.0f}, expected[3][2] = {{9.0f, 12.0f}, {8.625f, 12.75f}, {8.625f, 12.75f}};
    const int32_t flags[] = {0, 0, 1};
    float w[] = {10.0f, 10.0f}, v[] = {0.0f, 0.0f};
    clqnn_op *op = NULL;
    assert_int_equal(clqnn_sgd_create(op_context(), &desc, &op), CLQNN_OK);
    struct _cl_mem *const buffers[] = {op_buffer(g, sizeof g), op_buffer(NULL, 4), op_buffer(NULL, 4), op_buffer(w, sizeof w), op_buffer(v, sizeof v)};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(clqnn_upload(op_context(), buffers[1], 0, &rates[i], sizeof rates[i]), CLQNN_OK);
        assert_int_equal(clqnn_upload(op_context(), buffers[2], 0, &flags[i], sizeof flags[i]), CLQNN_OK);
        assert_int_equal(run(op, buffers, 3, 2, NULL), CLQNN_OK);
        assert_int_equal(clqnn_download(op_context(), buffers[3], 0, w, sizeof w), CLQNN_OK);
        assert_memory_equal(w, expected[i], sizeof w);
    }
    for (int i = 0; i < 5; i++) clqnn_buffer_release(buffers[i]);
    clqnn_op_destroy(op);
}

static void wrong_regions_are_refused(void **state)
{
    (void)state;
    const clqnn_cross_entropy_desc desc = {SIZED(cross_entropy), .rows = 4, .classes = 3, .has_gradient = 1};
    clqnn_op *op = NULL;
    assert_int_equal(clqnn_cross_entropy_create(op_context(), &desc, &op), CLQNN_OK);
    struct _cl_mem *const x = op_buffer(NULL, 48), *const labels = op_buffer(NULL, 16), *const loss = op_buffer(NULL, 4), *const counts = op_buffer(NULL, 8);
    struct _cl_mem *const dx = op_buffer(NULL, 48), *const small = op_buffer(NULL, 12), *const workspace = op_buffer(NULL, (size_t)clqnn_op_workspace_size(op));
    assert_int_equal(run(op, (struct _cl_mem *const[]){x, small, loss, counts, dx}, 2, 3, workspace), CLQNN_BUFFER_TOO_SMALL);
    op_expect_message("labels needs 16 bytes");
    assert_int_equal(run(op, (struct _cl_mem *const[]){x, labels, loss, counts, x}, 2, 3, workspace), CLQNN_INVALID_ARGUMENT);
    op_expect_message("dx overlaps x");
    assert_int_equal(run(op, (struct _cl_mem *const[]){x, labels, loss, counts, dx}, 2, 3, small), CLQNN_BUFFER_TOO_SMALL);
    op_expect_message("workspace");
    assert_int_equal(run(op, (struct _cl_mem *const[]){x, labels, loss, counts, dx}, 2, 2, workspace), CLQNN_INVALID_ARGUMENT);
    op_expect_message("must have 2 and 3");
    struct _cl_mem *const all[] = {x, labels, loss, counts, dx, small, workspace};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) clqnn_buffer_release(all[i]);
    clqnn_op_destroy(op);
}

int main(void)
{
    if (!op_fixture_open()) return OP_FIXTURE_SKIPPED;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_pools_are_refused), cmocka_unit_test(bad_norms_are_refused),    cmocka_unit_test(bad_others_are_refused), cmocka_unit_test(bad_steps_are_refused),
        cmocka_unit_test(a_flag_skips_a_step),   cmocka_unit_test(runs_give_the_same_bytes), cmocka_unit_test(wrong_regions_are_refused),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    op_fixture_close();
    return failed;
}
