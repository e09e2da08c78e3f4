/* SPDX-License-Identifier: Apache-2.0 */
/* The operators of clqnn/quantizer.h one after the other on the device, nothing read back between; codes that are those of clqnn_convert; two runs that give the
 * same bytes; what is refused. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference_quantizer.h"
#include "op_fixture.h"

enum { ROWS = 300, COLUMNS = 70, COUNT = ROWS * COLUMNS };

static const clqnn_tensor x_tensor = {.type = CLQNN_F32, .rank = 2, .shape = {ROWS, COLUMNS}, .axis = 1};

static float *values(void)
{
    float *x = malloc(COUNT * sizeof *x);
    assert_non_null(x);
    uint32_t seed = 7;
    for (int i = 0; i < COUNT; i++) {
        seed = seed * 1664525u + 1013904223u;
        x[i] = (float)((int32_t)seed >> 8) * 0x1p-22f * (float)(1 + i % COLUMNS % 5);
        if (i % COLUMNS == 3) x[i] = 0.0f;             /* a channel of nothing, */
        if (i % COLUMNS == 4) x[i] = 0.75f;            /* a constant one, */
        if (i % COLUMNS == 5) x[i] = i % 2 ? NAN : INFINITY;   /* one that is not finite */
    }
    return x;
}

static void run(clqnn_op *op, const clqnn_region *inputs, uint32_t input_count, const clqnn_region *outputs, uint32_t output_count)
{
    struct _cl_command_queue *queue = NULL;
    struct _cl_mem *workspace = NULL;
    const uint64_t size = clqnn_op_workspace_size(op);
    if (size) workspace = op_buffer(NULL, (size_t)size);
    const clqnn_op_args args = {inputs, outputs, input_count, output_count, {workspace, 0}};
    assert_int_equal(clqnn_default_queue(op_context(), &queue), CLQNN_OK);
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_OK);
    clqnn_buffer_release(workspace);   /* OpenCL keeps what the call uses */
    clqnn_op_destroy(op);
}

typedef struct calibration {
    struct _cl_mem *x, *state, *counts, *ranges, *scales, *zeros, *codes, *again;
    float scale[COLUMNS];
    int32_t zero[COLUMNS];
    int8_t q[COUNT];
    float back[COUNT];
} calibration;

static void observe(calibration *c)
{
    clqnn_op *op = NULL;
    const clqnn_region x = {c->x, 0}, state = {c->state, 0}, counts = {c->counts, 0}, both[] = {x, state};
    assert_int_equal(clqnn_statistics_create(op_context(), &(clqnn_statistics_desc){.struct_size = sizeof(clqnn_statistics_desc), .x = x_tensor, .granularity = CLQNN_PER_CHANNEL}, &op), CLQNN_OK);
    run(op, &x, 1, &state, 1);
    assert_int_equal(clqnn_histogram_create(op_context(), &(clqnn_histogram_desc){.struct_size = sizeof(clqnn_histogram_desc), .x = x_tensor, .granularity = CLQNN_PER_CHANNEL, .bins = 512}, &op), CLQNN_OK);
    run(op, both, 2, &counts, 1);
}

static void quantize(calibration *c)
{
    clqnn_op *op = NULL;
    const clqnn_codes codes = {8, 1, 0};
    const clqnn_region state = {c->state, 0}, ranges = {c->ranges, 0}, scales = {c->scales, 0}, zeros = {c->zeros, 0}, q = {c->codes, 0}, again = {c->again, 0};
    const clqnn_region known[] = {state, {c->counts, 0}}, made[] = {scales, zeros}, given[] = {{c->x, 0}, scales, zeros}, back[] = {q, scales, zeros};
    const clqnn_range_desc range = {.struct_size = sizeof range, .slots = COLUMNS, .method = CLQNN_RANGE_LEAST_SQUARES, .codes = codes, .bins = 512};
    assert_int_equal(clqnn_range_create(op_context(), &range, &op), CLQNN_OK);
    run(op, known, 2, &ranges, 1);
    const clqnn_range_parameters_desc parameters = {.struct_size = sizeof parameters, .slots = COLUMNS, .codes = codes};
    assert_int_equal(clqnn_range_parameters_create(op_context(), &parameters, &op), CLQNN_OK);
    run(op, &ranges, 1, made, 2);
    clqnn_quantize_by_desc by = {.struct_size = sizeof by, .x = x_tensor, .y = x_tensor, .granularity = CLQNN_PER_CHANNEL};
    by.y.type = CLQNN_S8;
    assert_int_equal(clqnn_quantize_by_create(op_context(), &by, &op), CLQNN_OK);
    run(op, given, 3, &q, 1);
    by.x = by.y;
    by.y = x_tensor;
    assert_int_equal(clqnn_quantize_by_create(op_context(), &by, &op), CLQNN_OK);
    run(op, back, 3, &again, 1);
}

/* The whole way, twice from the same x. */
static void calibrate(const float *x, calibration *c)
{
    static const char nothing[COLUMNS * 512 * 4];
    c->x = op_buffer(x, COUNT * sizeof *x);
    c->state = op_buffer(nothing, COLUMNS * sizeof(clqnn_slot_statistics));
    c->counts = op_buffer(nothing, COLUMNS * 512 * 4);
    c->ranges = op_buffer(NULL, COLUMNS * 8), c->scales = op_buffer(NULL, COLUMNS * 4), c->zeros = op_buffer(NULL, COLUMNS * 4);
    c->codes = op_buffer(NULL, COUNT), c->again = op_buffer(NULL, COUNT * 4);
    observe(c);
    quantize(c);
    assert_int_equal(clqnn_finish(op_context()), CLQNN_OK);
    assert_int_equal(clqnn_download(op_context(), c->scales, 0, c->scale, sizeof c->scale), CLQNN_OK);
    assert_int_equal(clqnn_download(op_context(), c->zeros, 0, c->zero, sizeof c->zero), CLQNN_OK);
    assert_int_equal(clqnn_download(op_context(), c->codes, 0, c->q, sizeof c->q), CLQNN_OK);
    assert_int_equal(clqnn_download(op_context(), c->again, 0, c->back, sizeof c->back), CLQNN_OK);
    struct _cl_mem *const all[] = {c->x, c->state, c->counts, c->ranges, c->scales, c->zeros, c->codes, c->again};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) clqnn_buffer_release(all[i]);
    memset(c, 0, offsetof(calibration, scale));
}

static void the_whole_way_is_that_of_convert_and_the_same_twice(void **state)
{
    (void)state;
    static calibration first, second;
    static int8_t q[COUNT];
    float *x = values();
    calibrate(x, &first);
    calibrate(x, &second);
    assert_memory_equal(&first, &second, sizeof first);
    for (int c = 0; c < COLUMNS; c++) assert_true(first.scale[c] >= 0x1p-125f && isfinite(first.scale[c]));
    assert_true(first.scale[3] == 1.0f && first.scale[5] == 1.0f && first.back[3] == 0.0f && first.back[4] == 0.75f);
    clqnn_convert_desc desc = {.struct_size = sizeof desc, .x = x_tensor, .y = x_tensor};
    desc.y.type = CLQNN_S8;
    desc.y.quantization = (clqnn_quantization){first.scale, COLUMNS, first.zero, COLUMNS};
    struct _cl_mem *in = op_buffer(x, COUNT * sizeof *x), *out = op_buffer(NULL, COUNT);
    clqnn_op *op = NULL;
    assert_int_equal(clqnn_convert_create(op_context(), &desc, &op), CLQNN_OK);
    run(op, &(clqnn_region){in, 0}, 1, &(clqnn_region){out, 0}, 1);
    assert_int_equal(clqnn_download(op_context(), out, 0, q, sizeof q), CLQNN_OK);
    assert_memory_equal(q, first.q, sizeof q);
    double error = 0.0, power = 0.0;
    for (int i = 0; i < COUNT; i++) {
        if (!isfinite(x[i])) continue;
        error += ((double)x[i] - (double)first.back[i]) * ((double)x[i] - (double)first.back[i]);
        power += (double)x[i] * (double)x[i];
    }
    assert_true(error < 1e-4 * power);   /* 8 bits: 40 dB and more */
    clqnn_buffer_release(in);
    clqnn_buffer_release(out);
    free(x);
}

#define CALLS(family) \
    static clqnn_status create_##family(clqnn_context *context, const void *desc, clqnn_op **op) \
    { \
        return clqnn_##family##_create(context, desc, op); \
    } \
    static clqnn_status query_##family(clqnn_context *context, const void *desc, clqnn_op_info *info) \
    { \
        return clqnn_##family##_query(context, desc, info); \
    } \
    static void refuse_##family(clqnn_##family##_desc desc, clqnn_status status, const char *text) \
    { \
        desc.struct_size = sizeof desc; \
        op_expect_refused(create_##family, query_##family, &desc, status, text); \
    }
CALLS(statistics)
CALLS(histogram)
CALLS(range)
CALLS(range_parameters)
CALLS(quantize_by)
#undef CALLS

static void bad_tensors_are_refused(void **state)
{
    (void)state;
    const clqnn_tensor s8 = {.type = CLQNN_S8, .rank = 1, .shape = {8}}, strided = {.type = CLQNN_F32, .rank = 2, .shape = {4, 4}, .strides = {8, 1}}, x = {.type = CLQNN_F32, .rank = 1, .shape = {10}, .axis = 2, .block = -1};
    refuse_statistics((clqnn_statistics_desc){.x = s8}, CLQNN_INVALID_ARGUMENT, "x.type is s8");
    refuse_statistics((clqnn_statistics_desc){.x = strided}, CLQNN_UNSUPPORTED, "must be dense");
    refuse_statistics((clqnn_statistics_desc){.x = x, .granularity = CLQNN_PER_CHANNEL}, CLQNN_INVALID_ARGUMENT, "x.axis is 2");
    refuse_statistics((clqnn_statistics_desc){.x = x, .granularity = (clqnn_granularity)3}, CLQNN_INVALID_ARGUMENT, "granularity is 3");
    refuse_statistics((clqnn_statistics_desc){.x = x, .samples = 3}, CLQNN_INVALID_ARGUMENT, "samples is 3, must divide the 10");
    refuse_statistics((clqnn_statistics_desc){.x = x, .samples = -1}, CLQNN_INVALID_ARGUMENT, "samples is -1");
    refuse_statistics((clqnn_statistics_desc){.x = x, .momentum = 1.0f}, CLQNN_INVALID_ARGUMENT, "momentum is 1");
    refuse_statistics((clqnn_statistics_desc){.x = x, .momentum = NAN}, CLQNN_INVALID_ARGUMENT, "momentum is");
    refuse_statistics((clqnn_statistics_desc){.x = x, .extremes_only = 2}, CLQNN_INVALID_ARGUMENT, "extremes_only is 2");
    refuse_statistics((clqnn_statistics_desc){.x = x, .variant = "statistics_none"}, CLQNN_UNSUPPORTED, "statistics_none");
    clqnn_tensor group = x;
    group.axis = 0;
    refuse_statistics((clqnn_statistics_desc){.x = group, .granularity = CLQNN_PER_GROUP}, CLQNN_INVALID_ARGUMENT, "x.block is -1");
    group.block = 4;
    refuse_statistics((clqnn_statistics_desc){.x = group, .granularity = CLQNN_PER_GROUP, .samples = 4}, CLQNN_INVALID_ARGUMENT, "the last group's too");
    refuse_histogram((clqnn_histogram_desc){.x = group, .bins = 15}, CLQNN_INVALID_ARGUMENT, "bins is 15");
    refuse_histogram((clqnn_histogram_desc){.x = group, .bins = 4097}, CLQNN_INVALID_ARGUMENT, "bins is 4097");
    refuse_histogram((clqnn_histogram_desc){.x = group, .is_magnitude = 3}, CLQNN_INVALID_ARGUMENT, "is_magnitude is 3");
}

static void bad_ranges_are_refused(void **state)
{
    (void)state;
    const clqnn_codes eight = {8, 1, 0};
    refuse_range((clqnn_range_desc){.slots = 0}, CLQNN_INVALID_ARGUMENT, "slots is 0");
    refuse_range((clqnn_range_desc){.slots = 1, .method = (clqnn_range_method)9}, CLQNN_INVALID_ARGUMENT, "method is 9");
    refuse_range((clqnn_range_desc){.slots = 1, .method = CLQNN_RANGE_GAUSSIAN}, CLQNN_INVALID_ARGUMENT, "codes.bits is 0");
    refuse_range((clqnn_range_desc){.slots = 1, .method = CLQNN_RANGE_LAPLACE, .codes = {33, 0, 0}}, CLQNN_INVALID_ARGUMENT, "codes.bits is 33");
    refuse_range((clqnn_range_desc){.slots = 1, .method = CLQNN_RANGE_STANDARD_DEVIATIONS, .deviations = -1.0f}, CLQNN_INVALID_ARGUMENT, "deviations is -1");
    refuse_range((clqnn_range_desc){.slots = 1, .method = CLQNN_RANGE_PERCENTILE, .kept = 1.5f}, CLQNN_INVALID_ARGUMENT, "kept is 1.5");
    refuse_range((clqnn_range_desc){.slots = 1, .method = CLQNN_RANGE_PERCENTILE, .kept = NAN}, CLQNN_INVALID_ARGUMENT, "kept is");
    refuse_range((clqnn_range_desc){.slots = 1, .method = CLQNN_RANGE_ENTROPY, .codes = eight}, CLQNN_INVALID_ARGUMENT, "is_magnitude is 0");
    refuse_range((clqnn_range_desc){.slots = 1, .method = CLQNN_RANGE_ENTROPY, .codes = eight, .is_magnitude = 1, .bins = 128}, CLQNN_INVALID_ARGUMENT, "bins is 128, must be 256");
    refuse_range((clqnn_range_desc){.slots = 1, .method = CLQNN_RANGE_LEAST_SQUARES, .codes = eight, .is_symmetric = 2}, CLQNN_INVALID_ARGUMENT, "is_symmetric is 2");
    refuse_range_parameters((clqnn_range_parameters_desc){.slots = 1}, CLQNN_INVALID_ARGUMENT, "codes.bits is 0");
    refuse_range_parameters((clqnn_range_parameters_desc){.slots = 1, .codes = {33, 1, 0}}, CLQNN_INVALID_ARGUMENT, "codes.bits is 33");
    refuse_range_parameters((clqnn_range_parameters_desc){.slots = -1, .codes = eight}, CLQNN_INVALID_ARGUMENT, "slots is -1");
}

static void bad_codes_are_refused(void **state)
{
    (void)state;
    static const float one = 1.0f;
    const clqnn_tensor x = {.type = CLQNN_F32, .rank = 1, .shape = {8}}, u4 = {.type = CLQNN_U4, .rank = 1, .shape = {8}}, b1 = {.type = CLQNN_B1, .rank = 1, .shape = {8}};
    clqnn_tensor scaled = u4, longer = u4;
    scaled.quantization = (clqnn_quantization){.scales = &one, .scale_count = 1};
    longer.shape[0] = 9;
    refuse_quantize_by((clqnn_quantize_by_desc){.x = x, .y = x}, CLQNN_INVALID_ARGUMENT, "y.type is f32");
    refuse_quantize_by((clqnn_quantize_by_desc){.x = u4, .y = u4}, CLQNN_INVALID_ARGUMENT, "y.type is u4");
    refuse_quantize_by((clqnn_quantize_by_desc){.x = x, .y = b1}, CLQNN_INVALID_ARGUMENT, "y.type is b1");
    refuse_quantize_by((clqnn_quantize_by_desc){.x = x, .y = longer}, CLQNN_INVALID_SHAPE, "y.shape[0] is 9");
    refuse_quantize_by((clqnn_quantize_by_desc){.x = x, .y = scaled}, CLQNN_INVALID_QUANTIZATION, "y.quantization is given");
    refuse_quantize_by((clqnn_quantize_by_desc){.x = x, .y = u4, .codes = {8, 0, 0}}, CLQNN_INVALID_ARGUMENT, "codes are 0..255, but y.type is u4, 0..15");
    refuse_quantize_by((clqnn_quantize_by_desc){.x = x, .y = u4, .codes = {0, 1, 0}}, CLQNN_INVALID_ARGUMENT, "codes.bits is 0");
    refuse_quantize_by((clqnn_quantize_by_desc){.x = x, .y = u4, .codes = {33, 0, 0}}, CLQNN_INVALID_ARGUMENT, "codes.bits is 33");
}

int main(void)
{
    if (!op_fixture_open()) return OP_FIXTURE_SKIPPED;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_way_is_that_of_convert_and_the_same_twice), cmocka_unit_test(bad_tensors_are_refused),
        cmocka_unit_test(bad_ranges_are_refused), cmocka_unit_test(bad_codes_are_refused),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    op_fixture_close();
    return failed;
}
