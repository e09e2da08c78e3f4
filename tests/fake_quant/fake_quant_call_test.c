/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of fake quantization: values are what the codes dequantize to, runs give the same bytes, a mask is as good as x, tensors beyond the caches are right; what is
 * refused. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference_fake_quant.h"
#include "op_fixture.h"

enum { ROWS = 48, COLUMNS = 2500, COUNT = ROWS * COLUMNS, LARGE = (18 << 20) / 4 };
static const char *const variants[] = {NULL, "vector", "portable"};

static const clqnn_tensor tensor = {.type = CLQNN_F32, .rank = 2, .shape = {ROWS, COLUMNS}};

/* "fake_quant" and "vector": the variant's name; NULL for the library's choice. */
static const char *name_of(const char *family, const char *form, char name[64])
{
    if (!form) return NULL;
    (void)snprintf(name, 64, "%s_%s", family, form);
    return name;
}

static float *values_of(uint64_t seed, int64_t count, float size)
{
    float *const x = malloc((size_t)count * sizeof *x);
    assert_non_null(x);
    for (int64_t i = 0; i < count; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        x[i] = ((float)(seed >> 40) * 0x1p-23f - 1.0f) * size;
    }
    return x;
}

static struct _cl_mem *random_buffer(uint64_t seed, int64_t count, float size)
{
    float *const x = values_of(seed, count, size);
    struct _cl_mem *memory = op_buffer(x, (size_t)count * sizeof *x);
    free(x);
    return memory;
}

/* Runs a plan and destroys it; the last output is read back. */
static void run(clqnn_op *op, struct _cl_mem *const *inputs, uint32_t input_count, struct _cl_mem *const *outputs, uint32_t output_count, void *read, size_t bytes)
{
    struct _cl_command_queue *queue = NULL;
    struct _cl_mem *workspace = clqnn_op_workspace_size(op) ? op_buffer(NULL, (size_t)clqnn_op_workspace_size(op)) : NULL;
    clqnn_region in[4], out[2];
    for (uint32_t i = 0; i < input_count; i++) in[i] = (clqnn_region){inputs[i], 0};
    for (uint32_t i = 0; i < output_count; i++) out[i] = (clqnn_region){outputs[i], 0};
    const clqnn_op_args args = {.inputs = in, .outputs = out, .input_count = input_count, .output_count = output_count, .workspace = {workspace, 0}};
    assert_int_equal(clqnn_default_queue(op_context(), &queue), CLQNN_OK);
    if (clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    assert_int_equal(clqnn_finish(op_context()), CLQNN_OK);
    assert_int_equal(clqnn_download(op_context(), outputs[output_count - 1], 0, read, bytes), CLQNN_OK);
    clqnn_buffer_release(workspace);
    clqnn_op_destroy(op);
}

/* False where this device lacks the variant. */
static bool forward(clqnn_fake_quant_desc desc, const char *form, struct _cl_mem *const *inputs, uint32_t input_count, void *y, size_t bytes)
{
    char name[64];
    clqnn_op *op = NULL;
    desc.struct_size = sizeof desc;
    desc.variant = name_of("fake_quant", form, name);
    const clqnn_status status = clqnn_fake_quant_create(op_context(), &desc, &op);
    if (status == CLQNN_UNSUPPORTED && form) return false;
    if (status != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    struct _cl_mem *to = op_buffer(NULL, bytes);
    run(op, inputs, input_count, &to, 1, y, bytes);
    clqnn_buffer_release(to);
    return true;
}

/* The library's own conversions make the same: codes by quantize, values by dequantize, for each row's scale and zero point. */
static void values_are_what_codes_dequantize_to(void **state)
{
    (void)state;
    float scales[ROWS], *const y = malloc(COUNT * sizeof *y), *const expected = malloc(COUNT * sizeof *y);
    int32_t zeros[ROWS];
    int8_t *const codes = malloc(COUNT), *const quantized = malloc(COUNT);
    assert_true(y && expected && codes && quantized);
    for (int i = 0; i < ROWS; i++) scales[i] = 0.003f + 0.0005f * (float)i, zeros[i] = i * 3 - 60;
    struct _cl_mem *inputs[] = {random_buffer(1, COUNT, 1.0f), op_buffer(scales, sizeof scales), op_buffer(zeros, sizeof zeros)}, *middle = op_buffer(NULL, COUNT), *end = op_buffer(NULL, COUNT * sizeof *y);
    clqnn_tensor integer = tensor;
    integer.type = CLQNN_S8;
    integer.quantization = (clqnn_quantization){scales, ROWS, zeros, ROWS};
    const clqnn_convert_desc quantize = {.struct_size = sizeof quantize, .x = tensor, .y = integer}, dequantize = {.struct_size = sizeof dequantize, .x = integer, .y = tensor};
    clqnn_op *op = NULL;
    assert_int_equal(clqnn_convert_create(op_context(), &quantize, &op), CLQNN_OK);
    run(op, inputs, 1, &middle, 1, quantized, COUNT);
    assert_int_equal(clqnn_convert_create(op_context(), &dequantize, &op), CLQNN_OK);
    run(op, &middle, 1, &end, 1, expected, COUNT * sizeof *y);
    for (size_t v = 0; v < sizeof variants / sizeof variants[0]; v++) {
        clqnn_fake_quant_desc desc = {.scheme = CLQNN_AFFINE, .x = tensor, .y = tensor, .granularity = CLQNN_PER_CHANNEL, .qmin = -128, .qmax = 127};
        if (!forward(desc, variants[v], inputs, 3, y, COUNT * sizeof *y)) continue;
        assert_memory_equal(y, expected, COUNT * sizeof *y);
        desc.y.type = CLQNN_S8;
        assert_true(forward(desc, variants[v], inputs, 3, codes, COUNT));
        assert_memory_equal(codes, quantized, COUNT);
    }
    for (int i = 0; i < 3; i++) clqnn_buffer_release(inputs[i]);
    clqnn_buffer_release(middle);
    clqnn_buffer_release(end);
    free(quantized);
    free(codes);
    free(expected);
    free(y);
}

/* Signs, ternary values and odd levels as bit planes: what clqnn_pack_bits makes of the codes unpacks to the values. */
static void codes_pack_into_planes(void **state)
{
    (void)state;
    static const struct { clqnn_fake_quant_scheme scheme; int32_t bits; clqnn_type planes; uint32_t inputs; } rows[] = {
        {CLQNN_XNOR, 0, CLQNN_B1, 2}, {CLQNN_TWN, 0, CLQNN_T2, 3}, {CLQNN_DOREFA_WEIGHTS, 3, CLQNN_PO3, 2}, {CLQNN_DOREFA_WEIGHTS, 7, CLQNN_PO7, 2}};
    const float scale = 0.75f, threshold = 0.3f;
    float *const y = malloc(COUNT * sizeof *y), *const unpacked = malloc(COUNT * sizeof *y);
    int8_t *const codes = malloc(COUNT);
    assert_true(y && unpacked && codes);
    struct _cl_mem *inputs[] = {random_buffer(2, COUNT, 1.0f), op_buffer(&scale, sizeof scale), op_buffer(&threshold, sizeof threshold)};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        clqnn_fake_quant_desc desc = {.scheme = rows[i].scheme, .x = tensor, .y = tensor, .bits = rows[i].bits};
        const float real_scale = rows[i].bits ? 1.0f / (float)((1 << rows[i].bits) - 1) : scale, one = 1.0f;
        clqnn_pack_bits_desc pack = {.struct_size = sizeof pack, .x = tensor, .y = tensor};
        clqnn_unpack_bits_desc unpack = {.struct_size = sizeof unpack, .x = tensor, .y = tensor};
        clqnn_op *op = NULL;
        assert_true(forward(desc, NULL, inputs, rows[i].inputs, y, COUNT * sizeof *y));
        desc.y.type = pack.x.type = CLQNN_S8;
        assert_true(forward(desc, NULL, inputs, rows[i].inputs, codes, COUNT));
        pack.y.type = unpack.x.type = rows[i].planes;
        if (rows[i].bits) pack.y.quantization = (clqnn_quantization){.scales = &one, .scale_count = 1};
        unpack.x.quantization = (clqnn_quantization){.scales = &real_scale, .scale_count = 1};
        struct _cl_mem *const integers = op_buffer(codes, COUNT), *const words = op_buffer(NULL, COUNT), *const floats = op_buffer(NULL, COUNT * sizeof *y);
        assert_int_equal(clqnn_pack_bits_create(op_context(), &pack, &op), CLQNN_OK);
        run(op, &integers, 1, &words, 1, codes, 4);
        assert_int_equal(clqnn_unpack_bits_create(op_context(), &unpack, &op), CLQNN_OK);
        run(op, &words, 1, &floats, 1, unpacked, COUNT * sizeof *y);
        assert_memory_equal(y, unpacked, COUNT * sizeof *y);
        clqnn_buffer_release(integers);
        clqnn_buffer_release(words);
        clqnn_buffer_release(floats);
    }
    for (int i = 0; i < 3; i++) clqnn_buffer_release(inputs[i]);
    free(codes);
    free(unpacked);
    free(y);
}

/* dx from the mask is dx from x; two runs give the same bytes, and both variants do. */
static void backward_is_the_same_each_time(void **state)
{
    (void)state;
    const float scale = 0.01f;
    float *const first = malloc(COUNT * sizeof *first), *const again = malloc(COUNT * sizeof *first), gradients[6] = {0};
    uint8_t *const mask = malloc(COUNT);
    assert_true(first && again && mask);
    struct _cl_mem *inputs[] = {random_buffer(3, COUNT, 1.0f), random_buffer(4, COUNT, 1.0f), op_buffer(&scale, sizeof scale)}, *dx = op_buffer(NULL, COUNT * sizeof *first),
                   *gradient = op_buffer(NULL, sizeof scale), *bytes = op_buffer(NULL, COUNT);
    const clqnn_fake_quant_desc lsq = {.struct_size = sizeof lsq, .scheme = CLQNN_LSQ, .x = tensor, .y = tensor, .qmin = -64, .qmax = 63, .saves_mask = 1};
    clqnn_fake_quant_backward_desc desc = {.struct_size = sizeof desc, .scheme = CLQNN_LSQ, .dy = tensor, .x = tensor, .dx = tensor, .qmin = -64, .qmax = 63, .gradient_scale = 0.001f};
    int made = 0;
    for (size_t i = 0; i < 6; i++) {
        char name[64];
        clqnn_op *op = NULL;
        struct _cl_mem *const outputs[] = {dx, gradient};
        desc.variant = name_of("fake_back", variants[i % 3], name);
        const clqnn_status status = clqnn_fake_quant_backward_create(op_context(), &desc, &op);
        if (status == CLQNN_UNSUPPORTED && desc.variant) continue;
        assert_int_equal(status, CLQNN_OK);
        run(op, inputs, 3, outputs, 2, &gradients[made++], sizeof scale);
        assert_int_equal(clqnn_download(op_context(), dx, 0, i == 0 ? first : again, COUNT * sizeof *first), CLQNN_OK);
        if (i) assert_memory_equal(first, again, COUNT * sizeof *first);
    }
    for (int i = 1; i < made; i++) assert_memory_equal(&gradients[i], &gradients[0], sizeof scale);
    clqnn_op *op = NULL;
    struct _cl_mem *const forward_in[] = {inputs[1], inputs[2]}, *const forward_out[] = {dx, bytes}, *const masked[] = {inputs[0], bytes};
    assert_int_equal(clqnn_fake_quant_create(op_context(), &lsq, &op), CLQNN_OK);
    run(op, forward_in, 2, forward_out, 2, mask, COUNT);
    desc.x.type = CLQNN_U8, desc.reads_mask = desc.skips_parameters = 1, desc.variant = NULL;
    assert_int_equal(clqnn_fake_quant_backward_create(op_context(), &desc, &op), CLQNN_OK);
    run(op, masked, 2, &dx, 1, again, COUNT * sizeof *first);
    assert_memory_equal(first, again, COUNT * sizeof *first);
    for (int i = 0; i < 3; i++) clqnn_buffer_release(inputs[i]);
    clqnn_buffer_release(dx);
    clqnn_buffer_release(gradient);
    clqnn_buffer_release(bytes);
    free(mask);
    free(again);
    free(first);
}

/* Results beyond the caches are written past them; y begins at an address that does not allow whole vectors. */
static void large_results_are_right(void **state)
{
    (void)state;
    const clqnn_tensor x = {.type = CLQNN_F32, .rank = 1, .shape = {LARGE + 5}};
    const size_t bytes = (size_t)(LARGE + 5) * sizeof(float);
    float *const values = values_of(7, LARGE + 5, 2.0f), *const y = malloc(bytes), *const expected = malloc(bytes);
    assert_true(y && expected);
    struct _cl_mem *const from = op_buffer(values, bytes), *const to = op_buffer(NULL, bytes + 12);
    clqnn_fake_quant_desc desc = {.struct_size = sizeof desc, .scheme = CLQNN_DOREFA_ACTIVATIONS, .x = x, .y = x, .bits = 3};
    assert_int_equal(clqnn_reference_fake_quant(&desc, values, NULL, NULL, expected, NULL), CLQNN_OK);
    struct _cl_command_queue *queue = NULL;
    clqnn_op *op = NULL;
    const clqnn_region in = {from, 0}, out = {to, 12};
    const clqnn_op_args args = {.inputs = &in, .outputs = &out, .input_count = 1, .output_count = 1};
    assert_int_equal(clqnn_default_queue(op_context(), &queue), CLQNN_OK);
    assert_int_equal(clqnn_fake_quant_create(op_context(), &desc, &op), CLQNN_OK);
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_OK);
    assert_int_equal(clqnn_finish(op_context()), CLQNN_OK);
    assert_int_equal(clqnn_download(op_context(), to, 12, y, bytes), CLQNN_OK);
    assert_memory_equal(y, expected, bytes);
    clqnn_op_destroy(op);
    clqnn_buffer_release(from);
    clqnn_buffer_release(to);
    free(expected);
    free(y);
    free(values);
}

/* ---- What is refused ---- */

static clqnn_status create(clqnn_context *context, const void *desc, clqnn_op **op)
{
    return clqnn_fake_quant_create(context, desc, op);
}

static clqnn_status query(clqnn_context *context, const void *desc, clqnn_op_info *info)
{
    return clqnn_fake_quant_query(context, desc, info);
}

static clqnn_status create_measure(clqnn_context *context, const void *desc, clqnn_op **op)
{
    return clqnn_fake_quant_measure_create(context, desc, op);
}

static clqnn_status query_measure(clqnn_context *context, const void *desc, clqnn_op_info *info)
{
    return clqnn_fake_quant_measure_query(context, desc, info);
}

static clqnn_status create_back(clqnn_context *context, const void *desc, clqnn_op **op)
{
    return clqnn_fake_quant_backward_create(context, desc, op);
}

static clqnn_status query_back(clqnn_context *context, const void *desc, clqnn_op_info *info)
{
    return clqnn_fake_quant_backward_query(context, desc, info);
}

static clqnn_fake_quant_desc describe(clqnn_fake_quant_scheme scheme, int32_t bits, int32_t qmin, int32_t qmax)
{
    return (clqnn_fake_quant_desc){.struct_size = sizeof(clqnn_fake_quant_desc), .scheme = scheme, .x = tensor, .y = tensor, .bits = bits, .qmin = qmin, .qmax = qmax};
}

static void refuse(clqnn_fake_quant_desc desc, clqnn_status status, const char *text)
{
    op_expect_refused(create, query, &desc, status, text);
}

static void bad_forward_descriptors_are_refused(void **state)
{
    (void)state;
    clqnn_fake_quant_desc desc;
    refuse(describe((clqnn_fake_quant_scheme)12, 0, 0, 0), CLQNN_INVALID_ARGUMENT, "scheme is 12");
    refuse(describe((clqnn_fake_quant_scheme)-1, 0, 0, 0), CLQNN_INVALID_ARGUMENT, "scheme is -1");
    refuse(describe(CLQNN_PACT, 0, 0, 0), CLQNN_INVALID_ARGUMENT, "bits is 0, must be in 1..8 of pact");
    refuse(describe(CLQNN_DOREFA_ACTIVATIONS, 33, 0, 0), CLQNN_INVALID_ARGUMENT, "bits is 33");
    refuse(describe(CLQNN_WRPN_WEIGHTS, 1, 0, 0), CLQNN_INVALID_ARGUMENT, "bits is 1, must be in 2..8");
    refuse(describe(CLQNN_AFFINE, 8, 0, 255), CLQNN_INVALID_ARGUMENT, "bits is 8, must be 0 of affine");
    refuse(describe(CLQNN_AFFINE, 0, 0, 0), CLQNN_INVALID_ARGUMENT, "qmin and qmax are 0 and 0");
    refuse(describe(CLQNN_AFFINE, 0, -128, 128), CLQNN_INVALID_ARGUMENT, "qmin and qmax are -128 and 128");
    refuse(describe(CLQNN_AFFINE, 0, 5, 4), CLQNN_INVALID_ARGUMENT, "qmin and qmax are 5 and 4");
    refuse(describe(CLQNN_LSQ, 0, 1, 15), CLQNN_INVALID_ARGUMENT, "qmin and qmax are 1 and 15");
    refuse(describe(CLQNN_BNN, 0, -1, 1), CLQNN_INVALID_ARGUMENT, "qmin and qmax are -1 and 1, must be 0 of bnn");
    desc = describe(CLQNN_AFFINE, 0, 0, 255), desc.y.type = CLQNN_S8;
    refuse(desc, CLQNN_INVALID_ARGUMENT, "y.type is s8, which does not hold the codes 0..255");
    desc = describe(CLQNN_DOREFA_WEIGHTS, 8, 0, 0), desc.y.type = CLQNN_S8;
    refuse(desc, CLQNN_INVALID_ARGUMENT, "y.type is s8, which does not hold the codes -255..255");
    desc = describe(CLQNN_BNN, 0, 0, 0), desc.y.type = CLQNN_U8;
    refuse(desc, CLQNN_INVALID_ARGUMENT, "y.type is u8");
    desc = describe(CLQNN_DOREFA_GRADIENTS, 4, 0, 0), desc.y.type = CLQNN_S8;
    refuse(desc, CLQNN_INVALID_ARGUMENT, "must be a float of dorefa_gradients");
    desc = describe(CLQNN_BNN, 0, 0, 0), desc.x.type = CLQNN_S8;
    refuse(desc, CLQNN_INVALID_ARGUMENT, "x.type is s8");
    desc = describe(CLQNN_BNN, 0, 0, 0), desc.y.shape[1] = 7;
    refuse(desc, CLQNN_INVALID_SHAPE, "y.shape[1] is 7");
    desc = describe(CLQNN_BNN, 0, 0, 0), desc.granularity = CLQNN_PER_CHANNEL;
    refuse(desc, CLQNN_INVALID_ARGUMENT, "granularity is 1, must be 0 of bnn");
    desc = describe(CLQNN_XNOR, 0, 0, 0), desc.granularity = (clqnn_granularity)3;
    refuse(desc, CLQNN_INVALID_ARGUMENT, "granularity is 3");
    desc.granularity = CLQNN_PER_CHANNEL, desc.x.axis = 2;
    refuse(desc, CLQNN_INVALID_ARGUMENT, "x.axis is 2");
    desc.granularity = CLQNN_PER_GROUP, desc.x.axis = 1;
    refuse(desc, CLQNN_INVALID_ARGUMENT, "x.block is 0");
    desc = describe(CLQNN_XNOR, 0, 0, 0), desc.saves_mask = 1;
    refuse(desc, CLQNN_INVALID_ARGUMENT, "saves_mask is 1, but the gradient of xnor");
    desc = describe(CLQNN_BNN, 0, 0, 0), desc.saves_mask = 2;
    refuse(desc, CLQNN_INVALID_ARGUMENT, "saves_mask is 2");
    desc = describe(CLQNN_BNN, 0, 0, 0), desc.variant = "fake_quant_none";
    refuse(desc, CLQNN_UNSUPPORTED, "fake_quant_none");
}

static void bad_measurements_are_refused(void **state)
{
    (void)state;
    const clqnn_fake_quant_measure_desc good = {.struct_size = sizeof good, .scheme = CLQNN_TWN, .x = tensor};
    clqnn_fake_quant_measure_desc desc = good;
    desc.scheme = CLQNN_PACT;
    op_expect_refused(create_measure, query_measure, &desc, CLQNN_INVALID_ARGUMENT, "scheme is 2 (pact)");
    desc = good, desc.threshold_factor = NAN;
    op_expect_refused(create_measure, query_measure, &desc, CLQNN_INVALID_ARGUMENT, "threshold_factor is nan");
    desc = good, desc.threshold_factor = 1.5f;
    op_expect_refused(create_measure, query_measure, &desc, CLQNN_INVALID_ARGUMENT, "threshold_factor is 1.5");
    desc = good, desc.bits = 2;
    op_expect_refused(create_measure, query_measure, &desc, CLQNN_INVALID_ARGUMENT, "bits is 2, must be 0 of twn");
    desc = good, desc.scheme = CLQNN_LSQ;
    op_expect_refused(create_measure, query_measure, &desc, CLQNN_INVALID_ARGUMENT, "qmax is 0, must be in 1..255");
    desc = good, desc.scheme = CLQNN_DOREFA_WEIGHTS, desc.bits = 33;
    op_expect_refused(create_measure, query_measure, &desc, CLQNN_INVALID_ARGUMENT, "bits is 33");
    desc = good, desc.granularity = CLQNN_PER_GROUP, desc.x.axis = 1, desc.x.block = 7;
    op_expect_refused(create_measure, query_measure, &desc, CLQNN_UNSUPPORTED, "x.block is 7, which does not divide x.shape[1], 2500");
}

static void bad_backward_descriptors_are_refused(void **state)
{
    (void)state;
    const clqnn_fake_quant_backward_desc good = {.struct_size = sizeof good, .scheme = CLQNN_LSQ, .dy = tensor, .x = tensor, .dx = tensor, .qmin = -8, .qmax = 7};
    clqnn_fake_quant_backward_desc desc = good;
    desc.scheme = CLQNN_DOREFA_GRADIENTS, desc.bits = 4, desc.qmin = desc.qmax = 0;
    op_expect_refused(create_back, query_back, &desc, CLQNN_INVALID_ARGUMENT, "which has no backward pass");
    desc = good, desc.reads_mask = 1, desc.x.type = CLQNN_U8;
    op_expect_refused(create_back, query_back, &desc, CLQNN_INVALID_ARGUMENT, "skips_parameters is 0");
    desc.skips_parameters = 1, desc.x.type = CLQNN_F32;
    op_expect_refused(create_back, query_back, &desc, CLQNN_INVALID_ARGUMENT, "x.type is f32");
    desc.x.type = CLQNN_U8, desc.x.strides[0] = 3000, desc.x.strides[1] = 1;
    op_expect_refused(create_back, query_back, &desc, CLQNN_INVALID_SHAPE, "x is a mask");
    desc = good, desc.gradient_scale = INFINITY;
    op_expect_refused(create_back, query_back, &desc, CLQNN_INVALID_ARGUMENT, "gradient_scale is inf");
    desc = good, desc.scheme = CLQNN_TWN, desc.qmin = desc.qmax = 0, desc.gradient_scale = 1.0f;
    op_expect_refused(create_back, query_back, &desc, CLQNN_INVALID_ARGUMENT, "gradient_scale is 1, must be 0 of twn");
    desc.gradient_scale = 0.0f, desc.reads_mask = 1;
    op_expect_refused(create_back, query_back, &desc, CLQNN_INVALID_ARGUMENT, "reads_mask is 1, but the gradient of twn");
    desc = good, desc.dx.shape[0] = 5;
    op_expect_refused(create_back, query_back, &desc, CLQNN_INVALID_SHAPE, "dx.shape[0] is 5");
    desc = good, desc.granularity = CLQNN_PER_GROUP, desc.x.axis = 1, desc.x.block = 7;
    op_expect_refused(create_back, query_back, &desc, CLQNN_UNSUPPORTED, "x.block is 7");
}

int main(void)
{
    if (!op_fixture_open()) return OP_FIXTURE_SKIPPED;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_what_codes_dequantize_to), cmocka_unit_test(codes_pack_into_planes),        cmocka_unit_test(backward_is_the_same_each_time),
        cmocka_unit_test(large_results_are_right),             cmocka_unit_test(bad_forward_descriptors_are_refused), cmocka_unit_test(bad_measurements_are_refused),
        cmocka_unit_test(bad_backward_descriptors_are_refused),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    op_fixture_close();
    return failed;
}
