/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptors that pooling, reductions, softmax, moves, resizing and layer normalization must refuse, with a message that names the field. Queries and creations agree. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/clqnn.h"

static clqnn_context *context;

static int open_context(void **state)
{
    (void)state;
    return clqnn_context_create(NULL, &context) == CLQNN_OK ? 0 : -1;
}

static int close_context(void **state)
{
    (void)state;
    clqnn_context_release(context);
    return 0;
}

static clqnn_tensor tensor(clqnn_type type, int32_t rank, const int64_t *shape)
{
    clqnn_tensor made = {.type = type, .rank = rank};
    memcpy(made.shape, shape, (size_t)rank * sizeof *shape);
    return made;
}

#define TENSOR(type, ...) tensor(type, sizeof((int64_t[]){__VA_ARGS__}) / sizeof(int64_t), (int64_t[]){__VA_ARGS__})

/* Creation and query refuse with this status, and the message holds `words`. */
#define REFUSES(family, desc, status, words) \
    do { \
        clqnn_op *op = NULL; \
        clqnn_op_info info; \
        assert_int_equal(clqnn_##family##_create(context, desc, &op), status); \
        assert_null(op); \
        if (!strstr(clqnn_last_error(), words)) fail_msg("'%s' does not say '%s'", clqnn_last_error(), words); \
        assert_int_equal(clqnn_##family##_query(context, desc, &info), status); \
    } while (0)

#define TAKES(family, desc) \
    do { \
        clqnn_op *op = NULL; \
        if (clqnn_##family##_create(context, desc, &op) != CLQNN_OK) fail_msg("%s", clqnn_last_error()); \
        clqnn_op_destroy(op); \
    } while (0)

static clqnn_pool_desc good_pool(void)
{
    return (clqnn_pool_desc){.struct_size = sizeof(clqnn_pool_desc), .x = TENSOR(CLQNN_U8, 1, 8, 8, 16), .y = TENSOR(CLQNN_U8, 1, 4, 4, 16), .kernel = {2, 2}, .stride = {2, 2}};
}

static void pool_shapes(void **state)
{
    (void)state;
    clqnn_pool_desc desc = good_pool();
    TAKES(pool, &desc);
    desc.struct_size = 8;
    REFUSES(pool, &desc, CLQNN_INVALID_ARGUMENT, "struct_size");
    desc = good_pool();
    desc.kernel[1] = 0;
    REFUSES(pool, &desc, CLQNN_INVALID_SHAPE, "kernel[1] is 0");
    desc = good_pool();
    desc.kernel[0] = 9;
    REFUSES(pool, &desc, CLQNN_INVALID_SHAPE, "kernel[0] spans 9");
    desc = good_pool();
    desc.stride[0] = -1;
    REFUSES(pool, &desc, CLQNN_INVALID_SHAPE, "stride[0] is -1");
    desc = good_pool();
    desc.pad_begin[0] = 2;
    desc.y.shape[1] = 5;
    REFUSES(pool, &desc, CLQNN_INVALID_SHAPE, "sees no pixel");
    desc = good_pool();
    desc.y.shape[2] = 5;
    REFUSES(pool, &desc, CLQNN_INVALID_SHAPE, "y.shape[2] is 5");
    desc = good_pool();
    desc.x.shape[1] = 0;
    REFUSES(pool, &desc, CLQNN_INVALID_SHAPE, "x.shape[1] is 0");
    desc = good_pool();
    desc.spatial_rank = 3;
    REFUSES(pool, &desc, CLQNN_INVALID_SHAPE, "must be 5");
    desc = good_pool();
    desc.spatial_rank = 4;
    REFUSES(pool, &desc, CLQNN_INVALID_SHAPE, "spatial_rank is 4");
    desc = good_pool();
    desc.kernel[0] = desc.kernel[1] = INT64_MAX;
    REFUSES(pool, &desc, CLQNN_INVALID_SHAPE, "kernel[0]");
    desc = good_pool();
    desc.y.strides[0] = 16, desc.y.strides[1] = 16, desc.y.strides[2] = 16, desc.y.strides[3] = 1;
    REFUSES(pool, &desc, CLQNN_INVALID_SHAPE, "overlaps itself");
}

static void pool_values(void **state)
{
    (void)state;
    clqnn_pool_desc desc = good_pool();
    desc.kind = (clqnn_pool_kind)7;
    REFUSES(pool, &desc, CLQNN_INVALID_ARGUMENT, "kind is 7");
    desc = good_pool();
    desc.x.type = desc.y.type = CLQNN_F32;
    REFUSES(pool, &desc, CLQNN_INVALID_ARGUMENT, "x.type is f32");
    desc = good_pool();
    desc.y.type = CLQNN_S8;
    REFUSES(pool, &desc, CLQNN_INVALID_ARGUMENT, "y.type is s8");
    desc = good_pool();
    desc.has_clamp = 1;
    desc.clamp_min = 9;
    desc.clamp_max = 3;
    REFUSES(pool, &desc, CLQNN_INVALID_ARGUMENT, "clamp_min is 9");
    desc = good_pool();
    desc.ceil_mode = 2;
    REFUSES(pool, &desc, CLQNN_INVALID_ARGUMENT, "ceil_mode is 2");
    desc = good_pool();
    desc.variant = "pool_magic";
    REFUSES(pool, &desc, CLQNN_UNSUPPORTED, "pool_magic");
    desc = good_pool();
    desc.kind = CLQNN_POOL_AVERAGE;
    desc.rounding = CLQNN_AVERAGE_HALF_AWAY;
    TAKES(pool, &desc);
    desc.count_include_pad = 1;
    REFUSES(pool, &desc, CLQNN_UNSUPPORTED, "count_include_pad");
    desc.count_include_pad = 0;
    desc.y.quantization = (clqnn_quantization){.zero_points = (int32_t[]){3}, .zero_point_count = 1};
    REFUSES(pool, &desc, CLQNN_INVALID_QUANTIZATION, "quantized differently");
    desc.rounding = CLQNN_AVERAGE_FLOAT_EVEN;
    desc.y.quantization = (clqnn_quantization){.scales = (float[]){1e38f}, .scale_count = 1};
    desc.x.quantization = (clqnn_quantization){.scales = (float[]){1e-5f}, .scale_count = 1};
    REFUSES(pool, &desc, CLQNN_INVALID_QUANTIZATION, "normal range");
    desc = good_pool();
    desc.x.quantization = (clqnn_quantization){.zero_points = (int32_t[]){256}, .zero_point_count = 1};
    REFUSES(pool, &desc, CLQNN_INVALID_QUANTIZATION, "x.zero_points[0] is 256");
    desc = good_pool();
    desc.kind = CLQNN_POOL_AVERAGE;
    desc.is_global = 1;
    desc.x = TENSOR(CLQNN_U8, 1, 4096, 4096, 1);
    desc.y = TENSOR(CLQNN_U8, 1, 1, 1, 1);
    REFUSES(pool, &desc, CLQNN_OVERFLOW, "32 bits");
}

static void reductions(void **state)
{
    (void)state;
    const clqnn_reduce_desc good = {.struct_size = sizeof good, .x = TENSOR(CLQNN_S8, 2, 3, 4), .y = TENSOR(CLQNN_S8, 2, 4), .axes = {1}, .axis_count = 1};
    clqnn_reduce_desc desc = good;
    TAKES(reduce, &desc);
    desc.axes[0] = 3;
    REFUSES(reduce, &desc, CLQNN_INVALID_ARGUMENT, "axes is 3");
    desc = good;
    desc.axes[1] = -2;
    desc.axis_count = 2;
    REFUSES(reduce, &desc, CLQNN_INVALID_ARGUMENT, "reduced already");
    desc = good;
    desc.y = TENSOR(CLQNN_S8, 2, 3);
    REFUSES(reduce, &desc, CLQNN_INVALID_SHAPE, "y.shape[1] is 3");
    desc = good;
    desc.axis_count = 7;
    REFUSES(reduce, &desc, CLQNN_INVALID_ARGUMENT, "axis_count is 7");
    desc = good;
    desc.rounding = CLQNN_FIXED_DOUBLE;
    desc.shift = 31;
    REFUSES(reduce, &desc, CLQNN_INVALID_QUANTIZATION, "shift is 31");
    desc = good;
    desc.x = TENSOR(CLQNN_S8, 2, 1 << 24, 4);
    REFUSES(reduce, &desc, CLQNN_OVERFLOW, "32 bits");
    const clqnn_argmax_desc fine = {.struct_size = sizeof fine, .x = TENSOR(CLQNN_U8, 2, 5), .y = TENSOR(CLQNN_S32, 2), .axis = -1};
    clqnn_argmax_desc argmax = fine;
    TAKES(argmax, &argmax);
    argmax.axis = 2;
    REFUSES(argmax, &argmax, CLQNN_INVALID_ARGUMENT, "axis is 2");
    argmax = fine;
    argmax.y.type = CLQNN_U8;
    REFUSES(argmax, &argmax, CLQNN_INVALID_ARGUMENT, "y.type is u8");
    argmax = fine;
    argmax.select_last = 5;
    REFUSES(argmax, &argmax, CLQNN_INVALID_ARGUMENT, "select_last is 5");
}

static void moves(void **state)
{
    (void)state;
    const clqnn_tensor parts[2] = {TENSOR(CLQNN_U8, 2, 3), TENSOR(CLQNN_U8, 2, 5)}, floats[2] = {TENSOR(CLQNN_F32, 2, 3), TENSOR(CLQNN_U8, 2, 5)};
    const clqnn_concat_desc good = {.struct_size = sizeof good, .inputs = parts, .input_count = 2, .axis = 1, .y = TENSOR(CLQNN_U8, 2, 8)};
    clqnn_concat_desc desc = good;
    TAKES(concat, &desc);
    desc.axis = 2;
    REFUSES(concat, &desc, CLQNN_INVALID_ARGUMENT, "axis is 2");
    desc = good;
    desc.axis = 0;
    REFUSES(concat, &desc, CLQNN_INVALID_SHAPE, "inputs[0].shape[1] is 3");
    desc = good;
    desc.y = TENSOR(CLQNN_U8, 2, 9);
    REFUSES(concat, &desc, CLQNN_INVALID_SHAPE, "8 together");
    desc = good;
    desc.input_count = 0;
    REFUSES(concat, &desc, CLQNN_INVALID_ARGUMENT, "input_count is 0");
    desc = good;
    desc.inputs = NULL;
    REFUSES(concat, &desc, CLQNN_INVALID_ARGUMENT, "inputs is NULL");
    desc = good;
    desc.inputs = floats;
    REFUSES(concat, &desc, CLQNN_INVALID_ARGUMENT, "inputs[0].type is f32");
    clqnn_split_desc split = {.struct_size = sizeof split, .x = TENSOR(CLQNN_U8, 2, 8), .outputs = parts, .output_count = 1, .axis = 1};
    REFUSES(split, &split, CLQNN_INVALID_SHAPE, "3 together");
    split.output_count = 2;
    TAKES(split, &split);
    clqnn_transpose_desc transpose = {.struct_size = sizeof transpose, .x = TENSOR(CLQNN_U8, 2, 3), .y = TENSOR(CLQNN_U8, 3, 2), .permutation = {1, 0}};
    TAKES(transpose, &transpose);
    transpose.permutation[1] = 1;
    REFUSES(transpose, &transpose, CLQNN_INVALID_ARGUMENT, "permutation[1] is 1");
    transpose.permutation[1] = 2;
    REFUSES(transpose, &transpose, CLQNN_INVALID_ARGUMENT, "permutation[1] is 2");
    transpose.permutation[0] = 0, transpose.permutation[1] = 1;
    REFUSES(transpose, &transpose, CLQNN_INVALID_SHAPE, "y.shape[0] is 3");
    transpose.permutation[0] = 1, transpose.permutation[1] = 0;
    transpose.x.type = transpose.y.type = CLQNN_S16;
    transpose.y.quantization = (clqnn_quantization){.scales = (float[]){2.0f}, .scale_count = 1};
    REFUSES(transpose, &transpose, CLQNN_UNSUPPORTED, "quantized differently");
}

static void pads(void **state)
{
    (void)state;
    const clqnn_pad_desc good = {.struct_size = sizeof good, .x = TENSOR(CLQNN_S8, 2, 4), .y = TENSOR(CLQNN_S8, 3, 6), .begin = {1, 0}, .end = {0, 2}};
    clqnn_pad_desc desc = good;
    TAKES(pad, &desc);
    desc.begin[1] = 1;
    REFUSES(pad, &desc, CLQNN_INVALID_SHAPE, "y.shape[1] is 6");
    desc = good;
    desc.mode = CLQNN_PAD_REFLECT;
    TAKES(pad, &desc);
    desc.begin[0] = 2;
    desc.y.shape[0] = 4;
    REFUSES(pad, &desc, CLQNN_INVALID_SHAPE, "begin[0] is 2");
    desc = good;
    desc.mode = CLQNN_PAD_EDGE;
    desc.begin[0] = -1;
    desc.y.shape[0] = 1;
    REFUSES(pad, &desc, CLQNN_INVALID_SHAPE, "begin[0] is -1");
    desc.mode = CLQNN_PAD_CONSTANT;
    TAKES(pad, &desc);
    desc = good;
    desc.has_value = 1;
    desc.value = 128;
    REFUSES(pad, &desc, CLQNN_INVALID_ARGUMENT, "value is 128");
}

static void the_others(void **state)
{
    (void)state;
    clqnn_softmax_desc softmax = {.struct_size = sizeof softmax, .x = TENSOR(CLQNN_U8, 2, 5), .y = TENSOR(CLQNN_U8, 2, 5), .axis = -1};
    TAKES(softmax, &softmax);
    softmax.axis = -3;
    REFUSES(softmax, &softmax, CLQNN_INVALID_ARGUMENT, "axis is -3");
    softmax.axis = 1;
    softmax.y.shape[1] = 4;
    REFUSES(softmax, &softmax, CLQNN_INVALID_SHAPE, "y.shape[1] is 4");
    softmax.y.shape[1] = 5;
    softmax.y.quantization = (clqnn_quantization){.scales = (float[]){1e20f}, .scale_count = 1};
    REFUSES(softmax, &softmax, CLQNN_INVALID_QUANTIZATION, "2^32");
    softmax.rounding = CLQNN_FIXED_DOUBLE;
    softmax.multiplier = 1 << 30;
    softmax.y.quantization = (clqnn_quantization){.scales = (float[]){0x1p-8f}, .scale_count = 1, .zero_points = (int32_t[]){1}, .zero_point_count = 1};
    REFUSES(softmax, &softmax, CLQNN_INVALID_QUANTIZATION, "must be 1/256");
    softmax.y.quantization = (clqnn_quantization){.scales = (float[]){0x1p-8f}, .scale_count = 1};
    TAKES(softmax, &softmax);
    softmax.shift = -1;
    REFUSES(softmax, &softmax, CLQNN_INVALID_QUANTIZATION, "shift is -1");
    softmax.shift = 31;
    REFUSES(softmax, &softmax, CLQNN_INVALID_QUANTIZATION, "shift is 31");
    softmax.shift = 20;
    softmax.diff_min = 1;
    REFUSES(softmax, &softmax, CLQNN_INVALID_QUANTIZATION, "diff_min is 1");
    softmax.diff_min = -255;
    softmax.is_log = 1;
    REFUSES(softmax, &softmax, CLQNN_UNSUPPORTED, "is_log is 1");
    softmax.is_log = 0;
    softmax.x.shape[1] = softmax.y.shape[1] = 4096;
    REFUSES(softmax, &softmax, CLQNN_OVERFLOW, "4096 elements");
    softmax.x.shape[1] = softmax.y.shape[1] = 4095;
    TAKES(softmax, &softmax);
    softmax.multiplier = -1;
    REFUSES(softmax, &softmax, CLQNN_INVALID_QUANTIZATION, "multiplier is -1");
    softmax.rounding = (clqnn_rounding)7;
    REFUSES(softmax, &softmax, CLQNN_INVALID_ARGUMENT, "rounding is 7");
    clqnn_resize_desc resize = {.struct_size = sizeof resize, .x = TENSOR(CLQNN_U8, 1, 2, 2, 3), .y = TENSOR(CLQNN_U8, 1, 4, 4, 3)};
    TAKES(resize, &resize);
    resize.scale[0] = -2.0f;
    REFUSES(resize, &resize, CLQNN_INVALID_ARGUMENT, "scale[0] is -2");
    resize.scale[0] = NAN;
    REFUSES(resize, &resize, CLQNN_INVALID_ARGUMENT, "scale[0] is");
    resize.scale[0] = 0.0f;
    resize.y.shape[3] = 4;
    REFUSES(resize, &resize, CLQNN_INVALID_SHAPE, "y.shape[3] is 4");
    resize.y.shape[3] = 3;
    resize.x.rank = 3;
    REFUSES(resize, &resize, CLQNN_INVALID_SHAPE, "x.rank is 3");
    resize.x.rank = 4;
    resize.rounding = (clqnn_rounding)3;
    REFUSES(resize, &resize, CLQNN_INVALID_ARGUMENT, "rounding is 3");
    resize.rounding = CLQNN_FIXED_DOUBLE;
    resize.mode = CLQNN_RESIZE_LINEAR;
    TAKES(resize, &resize);
    resize.scale[1] = 2.0f;
    REFUSES(resize, &resize, CLQNN_UNSUPPORTED, "scale is not 0");
    resize.scale[1] = 0.0f;
    resize.y.quantization = (clqnn_quantization){.zero_points = (int32_t[]){3}, .zero_point_count = 1};
    REFUSES(resize, &resize, CLQNN_INVALID_QUANTIZATION, "quantized differently");
    clqnn_layer_norm_desc norm = {.struct_size = sizeof norm, .x = TENSOR(CLQNN_S8, 3, 8), .y = TENSOR(CLQNN_S8, 3, 8), .axis = 1};
    TAKES(layer_norm, &norm);
    norm.epsilon = -1.0f;
    REFUSES(layer_norm, &norm, CLQNN_INVALID_ARGUMENT, "epsilon is -1");
    norm.epsilon = 1e-30f;
    norm.x.quantization = (clqnn_quantization){.scales = (float[]){1.0f}, .scale_count = 1};
    REFUSES(layer_norm, &norm, CLQNN_INVALID_QUANTIZATION, "epsilon");
    norm.epsilon = 0.0f;
    norm.gamma = (float[]){1, 1, 1, 1, 1, 1, INFINITY, 1};
    REFUSES(layer_norm, &norm, CLQNN_INVALID_ARGUMENT, "gamma[6] is inf");
    norm.gamma = NULL;
    norm.axis = 2;
    REFUSES(layer_norm, &norm, CLQNN_INVALID_ARGUMENT, "axis is 2");
}

static void regions(void **state)
{
    (void)state;
    clqnn_pool_desc desc = good_pool();
    clqnn_op *op = NULL;
    struct _cl_mem *memory = NULL;
    struct _cl_command_queue *queue = NULL;
    assert_int_equal(clqnn_pool_create(context, &desc, &op), CLQNN_OK);
    assert_int_equal(clqnn_buffer_create(context, 8 * 8 * 16 + 4 * 4 * 16, &memory), CLQNN_OK);
    assert_int_equal(clqnn_default_queue(context, &queue), CLQNN_OK);
    clqnn_region x = {memory, 0}, y = {memory, 8 * 8 * 16};
    const clqnn_op_args args = {.inputs = &x, .outputs = &y, .input_count = 1, .output_count = 1};
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_OK);
    y.offset--;
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    assert_non_null(strstr(clqnn_last_error(), "y overlaps x"));
    y.offset += 2;
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_BUFFER_TOO_SMALL);
    clqnn_op_destroy(op);
    clqnn_buffer_release(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pool_shapes), cmocka_unit_test(pool_values), cmocka_unit_test(reductions), cmocka_unit_test(moves),
        cmocka_unit_test(pads),        cmocka_unit_test(the_others),  cmocka_unit_test(regions),
    };
    return cmocka_run_group_tests(tests, open_context, close_context);
}
