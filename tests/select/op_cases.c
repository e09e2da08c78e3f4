/* SPDX-License-Identifier: Apache-2.0 */
#include "op_cases.h"

#include <string.h>

#include "clqnn/clqnn.h"
#include "bits/bits_family.h"
#include "mixed/conv_mixed_problem.h"
#include "mixed/mixed_family.h"

static const float half = 0.5f, quarter = 0.25f, four_scales[] = {0.5f, 0.25f, 1.0f, 2.0f};
static const int32_t ten = 10;

#define SIZED(type) .struct_size = sizeof(clqnn_##type##_desc)
#define QUANTIZED(scale) .quantization = {&(scale), 1, &ten, 1}
#define IMAGE(t, scale, ...) {.type = CLQNN_##t, .rank = 4, .shape = {1, __VA_ARGS__}, QUANTIZED(scale)}
#define LINES(t, scale, rows, columns) {.type = CLQNN_##t, .rank = 2, .shape = {rows, columns}, QUANTIZED(scale)}
#define PLAIN(t, rows, columns) {.type = CLQNN_##t, .rank = 2, .shape = {rows, columns}}

static const clqnn_tensor halves[] = {IMAGE(U8, half, 28, 28, 96), IMAGE(U8, quarter, 28, 28, 32)};

static const clqnn_binary_desc add = {SIZED(binary), .a = IMAGE(U8, half, 56, 56, 256), .b = IMAGE(U8, quarter, 56, 56, 256), .y = IMAGE(U8, half, 56, 56, 256)},
    add_element = {SIZED(binary), .a = LINES(S8, half, 1, 1), .b = LINES(S8, quarter, 1, 1), .y = LINES(S8, half, 1, 1)},
    mul_channels = {SIZED(binary), .kind = CLQNN_MUL, .a = IMAGE(U8, half, 28, 28, 96), .b = IMAGE(U8, quarter, 1, 1, 96), .y = IMAGE(U8, half, 28, 28, 96)},
    add_fixed = {SIZED(binary), .a = LINES(S8, half, 49, 960), .b = LINES(S8, half, 49, 960), .y = LINES(S8, half, 49, 960), .rounding = CLQNN_FIXED_DOUBLE,
                 .a_fixed = {1 << 30, 0}, .b_fixed = {1 << 30, 0}, .y_fixed = {1 << 30, -19}, .left_shift = 20};

static const clqnn_table_desc sigmoid = {SIZED(table), .x = LINES(U8, half, 784, 240), .y = LINES(U8, quarter, 784, 240), .function = CLQNN_SIGMOID},
    relu_slice = {SIZED(table), .x = {.type = CLQNN_S8, .rank = 2, .shape = {784, 24}, .strides = {96, 1}, QUANTIZED(half)}, .y = LINES(S8, half, 784, 24),
                  .function = CLQNN_RELU};

static const clqnn_convert_desc quantize = {SIZED(convert), .x = PLAIN(F32, 224, 672), .y = LINES(U8, half, 224, 672)},
    dequantize = {SIZED(convert), .x = LINES(U8, half, 1, 1000), .y = PLAIN(F32, 1, 1000)},
    requantize = {SIZED(convert), .x = LINES(U8, half, 56, 3584), .y = LINES(S8, quarter, 56, 3584)},
    quantize_axis = {SIZED(convert), .x = PLAIN(F32, 4, 5000), .y = {.type = CLQNN_S8, .rank = 2, .shape = {4, 5000}, .quantization = {four_scales, 4, NULL, 0}}},
    dequantize_nibbles = {SIZED(convert), .x = {.type = CLQNN_S4, .rank = 2, .shape = {64, 128}, .quantization = {&half, 1, NULL, 0}}, .y = PLAIN(F16, 64, 128)},
    cast_halves = {SIZED(convert), .x = PLAIN(F32, 128, 768), .y = PLAIN(BF16, 128, 768)};
static const clqnn_quantize_by_desc quantize_channels_by = {SIZED(quantize_by), .x = PLAIN(F32, 784, 512), .y = {.type = CLQNN_S8, .rank = 2, .shape = {784, 512}, .axis = 1},
                                                            .granularity = CLQNN_PER_CHANNEL, .codes = {8, 1, 1}},
    dequantize_by = {SIZED(quantize_by), .x = PLAIN(U4, 784, 512), .y = PLAIN(F16, 784, 512)};
static const clqnn_statistics_desc statistics_of_pixels = {SIZED(statistics), .x = {.type = CLQNN_F32, .rank = 4, .shape = {64, 28, 28, 32}}, .samples = 64};
static const clqnn_histogram_desc histogram_of_pixels = {SIZED(histogram), .x = {.type = CLQNN_F32, .rank = 4, .shape = {64, 28, 28, 32}}};
static const clqnn_range_desc entropy_range = {SIZED(range), .slots = 1, .method = CLQNN_RANGE_ENTROPY, .codes = {8, 1, 0}, .is_magnitude = 1};
static const clqnn_range_parameters_desc parameters_of_ranges = {SIZED(range_parameters), .slots = 512, .codes = {8, 1, 1}, .is_symmetric = 1};
static const float channel_thresholds[64];
static const clqnn_pack_bits_desc pack_signs = {SIZED(pack_bits), .x = PLAIN(F32, 3136, 64), .y = PLAIN(B1, 3136, 64)},
    pack_thresholds = {SIZED(pack_bits), .x = PLAIN(F16, 3136, 64), .y = PLAIN(T2, 3136, 64), .thresholds = channel_thresholds, .threshold_count = 64},
    pack_levels = {SIZED(pack_bits), .x = LINES(U8, half, 784, 100), .y = PLAIN(PU2, 784, 100)};
static const clqnn_unpack_bits_desc unpack_signs = {SIZED(unpack_bits), .x = PLAIN(B1, 3136, 64), .y = PLAIN(F32, 3136, 64)},
    unpack_levels = {SIZED(unpack_bits), .x = PLAIN(PS4, 784, 100), .y = LINES(S8, half, 784, 100)};
static const clqnn_window_mean_desc k_map = {SIZED(window_mean), .x = {.type = CLQNN_F32, .rank = 4, .shape = {1, 28, 28, 128}}, .y = {.type = CLQNN_F32, .rank = 3, .shape = {1, 28, 28}},
                                             .kernel = {3, 3}, .pad_begin = {1, 1}, .pad_end = {1, 1}};
static const clqnn_loss_scale_desc unscale = {SIZED(loss_scale), .kind = CLQNN_LOSS_UNSCALE, .x = PLAIN(F16, 768, 768), .y = PLAIN(F32, 768, 768)};

static const clqnn_pool_desc max_pool = {SIZED(pool), .x = IMAGE(U8, half, 112, 112, 64), .y = IMAGE(U8, half, 56, 56, 64), .kernel = {3, 3}, .stride = {2, 2},
                                         .pad_begin = {1, 1}, .pad_end = {1, 1}},
    max_pool_first = {SIZED(pool), .layout = CLQNN_CHANNELS_FIRST, .x = IMAGE(U8, half, 64, 112, 112), .y = IMAGE(U8, half, 64, 56, 56), .kernel = {3, 3},
                      .stride = {2, 2}, .pad_begin = {1, 1}, .pad_end = {1, 1}},
    average_pool = {SIZED(pool), .kind = CLQNN_POOL_AVERAGE, .x = IMAGE(U8, half, 28, 28, 192), .y = IMAGE(U8, quarter, 28, 28, 192), .kernel = {3, 3},
                    .pad_begin = {1, 1}, .pad_end = {1, 1}, .count_include_pad = 1},
    pool_signs = {SIZED(pool), .x = {.type = CLQNN_B1, .rank = 4, .shape = {1, 28, 28, 192}}, .y = {.type = CLQNN_B1, .rank = 4, .shape = {1, 14, 14, 192}}, .kernel = {2, 2}, .stride = {2, 2}},
    global_pool = {SIZED(pool), .kind = CLQNN_POOL_AVERAGE, .x = IMAGE(U8, half, 7, 7, 2048), .y = IMAGE(U8, quarter, 1, 1, 2048), .is_global = 1};

static const clqnn_tensor planes[] = {{.type = CLQNN_U8, .rank = 4, .shape = {1, 28, 28, 96}, .strides = {75264, 28, 1, 784}, QUANTIZED(half)},
                                      {.type = CLQNN_U8, .rank = 4, .shape = {1, 28, 28, 32}, .strides = {25088, 28, 1, 784}, QUANTIZED(quarter)}};
static const clqnn_concat_desc concat_planes = {SIZED(concat), .inputs = planes, .input_count = 2, .axis = -1, .y = IMAGE(U8, half, 28, 28, 128)};
static const clqnn_concat_desc concat = {SIZED(concat), .inputs = halves, .input_count = 2, .axis = -1, .y = IMAGE(U8, half, 28, 28, 128)};
static const clqnn_split_desc split = {SIZED(split), .x = IMAGE(U8, half, 28, 28, 128), .outputs = halves, .output_count = 2, .axis = -1};
static const clqnn_split_desc split_planes = {SIZED(split), .x = IMAGE(U8, half, 28, 28, 128), .outputs = planes, .output_count = 2, .axis = -1};
static const clqnn_tensor lines[] = {IMAGE(U8, half, 28, 28, 64), IMAGE(U8, quarter, 28, 28, 128)};
static const clqnn_concat_desc concat_lines = {SIZED(concat), .inputs = lines, .input_count = 2, .axis = -1, .y = IMAGE(U8, half, 28, 28, 192)};
static const clqnn_split_desc split_lines = {SIZED(split), .x = IMAGE(U8, half, 28, 28, 192), .outputs = lines, .output_count = 2, .axis = -1};
static const clqnn_pad_desc pad = {SIZED(pad), .x = IMAGE(U8, half, 56, 56, 64), .y = IMAGE(U8, half, 58, 58, 64), .begin = {0, 1, 1, 0}, .end = {0, 1, 1, 0}};
static const clqnn_transpose_desc to_channels_last = {SIZED(transpose), .x = IMAGE(U8, half, 64, 56, 56), .y = IMAGE(U8, half, 56, 56, 64), .permutation = {0, 2, 3, 1}},
    swap_rows = {SIZED(transpose), .x = {.type = CLQNN_F32, .rank = 3, .shape = {8, 12, 64}}, .y = {.type = CLQNN_F32, .rank = 3, .shape = {12, 8, 64}}, .permutation = {1, 0, 2}},
    swap_large = {SIZED(transpose), .x = {.type = CLQNN_S16, .rank = 3, .shape = {64, 128, 1024}}, .y = {.type = CLQNN_S16, .rank = 3, .shape = {128, 64, 1024}}, .permutation = {1, 0, 2}};

static const clqnn_resize_desc nearest = {SIZED(resize), .x = IMAGE(U8, half, 13, 13, 256), .y = IMAGE(U8, half, 26, 26, 256)},
    linear = {SIZED(resize), .mode = CLQNN_RESIZE_LINEAR, .x = IMAGE(U8, half, 32, 32, 21), .y = IMAGE(U8, half, 64, 64, 21)};

static const clqnn_reduce_desc mean_pixels = {SIZED(reduce), .x = IMAGE(U8, half, 14, 14, 480), .y = IMAGE(U8, half, 1, 1, 480), .axes = {1, 2}, .axis_count = 2},
    sum_lines = {SIZED(reduce), .kind = CLQNN_REDUCE_SUM, .x = LINES(S8, half, 128, 768), .y = LINES(S8, half, 128, 1), .axes = {1}, .axis_count = 1},
    least_rows = {SIZED(reduce), .kind = CLQNN_REDUCE_MIN, .x = LINES(S8, half, 128, 768), .y = LINES(S8, half, 1, 768), .axes = {0}, .axis_count = 1};
static const clqnn_argmax_desc argmax = {SIZED(argmax), .x = LINES(U8, half, 1, 1000), .y = PLAIN(S32, 1, 1), .axis = 1},
    argmax_rows = {SIZED(argmax), .x = LINES(U8, half, 21, 4096), .y = PLAIN(S32, 1, 4096), .axis = 0};

static const clqnn_softmax_desc softmax = {SIZED(softmax), .x = LINES(U8, half, 1536, 128), .y = LINES(U8, quarter, 1536, 128), .axis = 1},
    log_softmax_columns = {SIZED(softmax), .x = LINES(U8, half, 128, 300), .y = LINES(S8, quarter, 128, 300), .axis = 0, .is_log = 1};
static const clqnn_layer_norm_desc layer_norm = {SIZED(layer_norm), .x = LINES(S8, half, 128, 768), .y = LINES(S8, quarter, 128, 768), .axis = 1};

static const uint16_t half_weights[64 * 48];
static clqnn_gemm_desc half_product = {SIZED(gemm), .m = 32, .n = 48, .k = 64, .a = {.type = CLQNN_F16}, .b = {.type = CLQNN_F16}, .c = {.type = CLQNN_F32},
                                       .b_data = half_weights};
static const clq_mixed_call product_halves = {&half_product, NULL};
static clqnn_gemm_desc each_call = {SIZED(gemm), .m = 1024, .n = 1024, .k = 1024, .a = {.type = CLQNN_F32}, .b = {.type = CLQNN_F32}, .c = {.type = CLQNN_F32}},
    bf16_rows = {SIZED(gemm), .m = 4, .n = 48, .k = 64, .a = {.type = CLQNN_BF16}, .b = {.type = CLQNN_BF16}, .c = {.type = CLQNN_BF16}, .b_data = half_weights};
static const clq_mixed_call product_each_call = {&each_call, NULL}, product_bf16_rows = {&bf16_rows, NULL};
static const uint8_t nibble_weights[4096 * 2048];
static const uint16_t nibble_scales[4096 * 32];
static clqnn_gemm_desc nibble_row = {SIZED(gemm), .m = 1, .n = 4096, .k = 4096, .a = {.type = CLQNN_F16}, .b = {.type = CLQNN_S4}, .c = {.type = CLQNN_F16},
                                     .b_data = nibble_weights, .groups = {.size = 128, .scales = nibble_scales, .scale_type = CLQNN_F16}},
    nibble_rows = {SIZED(gemm), .m = 128, .n = 4096, .k = 4096, .a = {.type = CLQNN_F16}, .b = {.type = CLQNN_S4}, .c = {.type = CLQNN_F16}, .b_data = nibble_weights,
                   .groups = {.size = 128, .scales = nibble_scales, .scale_type = CLQNN_F16}};
static clqnn_gemm_desc float_row = {SIZED(gemm), .m = 1, .n = 4096, .k = 4096, .a = {.type = CLQNN_F16}, .b = {.type = CLQNN_F16}, .c = {.type = CLQNN_F16}},
                       half_sums = {SIZED(gemm), .m = 1024, .n = 1024, .k = 1024, .a = {.type = CLQNN_F16}, .b = {.type = CLQNN_F16}, .c = {.type = CLQNN_F16},
                                    .accumulation = CLQNN_ACCUMULATE_F16};
static const clq_mixed_call product_row = {&float_row, NULL}, product_half_sums = {&half_sums, NULL};
static const clq_mixed_call row_by_nibbles = {&nibble_row, NULL}, rows_by_nibbles = {&nibble_rows, NULL};
static clqnn_gemm_desc quantized_row = {SIZED(gemm), .m = 1, .n = 4096, .k = 4096, .a = {.type = CLQNN_F16}, .b = {.type = CLQNN_S4}, .c = {.type = CLQNN_F16},
                                        .dynamic = CLQNN_DYNAMIC_PER_ROW, .b_data = nibble_weights, .groups = {.size = 128, .scales = nibble_scales, .scale_type = CLQNN_F16}},
    quantized_rows = {SIZED(gemm), .m = 128, .n = 4096, .k = 2048, .a = {.type = CLQNN_F16}, .b = {.type = CLQNN_S8}, .c = {.type = CLQNN_F16},
                      .dynamic = CLQNN_DYNAMIC_PER_ROW, .b_data = nibble_weights, .groups = {.size = 128, .scales = nibble_scales, .scale_type = CLQNN_F16}};
static const clq_mixed_call quantized_row_by_nibbles = {&quantized_row, NULL}, quantized_rows_by_bytes = {&quantized_rows, NULL};

static const uint32_t sign_weights[1024 * 1024 / 32];
static clqnn_gemm_desc sign_product = {SIZED(gemm), .m = 512, .n = 1024, .k = 1024, .a = {.type = CLQNN_B1}, .b = {.type = CLQNN_B1, .transposed = 1}, .c = {.type = CLQNN_S32},
                                       .b_data = sign_weights},
    sign_row = {SIZED(gemm), .m = 1, .n = 1024, .k = 1024, .a = {.type = CLQNN_B1}, .b = {.type = CLQNN_B1, .transposed = 1}, .c = {.type = CLQNN_F32}, .b_data = sign_weights},
    level_product = {SIZED(gemm), .m = 256, .n = 256, .k = 1024, .a = {.type = CLQNN_PU2}, .b = {.type = CLQNN_PS4, .transposed = 1}, .c = {.type = CLQNN_U8}};
static const clq_bits_call product_of_signs = {&sign_product, NULL}, row_of_signs = {&sign_row, NULL}, levels_each_call = {&level_product, NULL};

/* 3 x 3 with pads of 1 over 56 x 56 pixels. */
#define PIXELS (56 * 56)
#define PLACE_LAST(t, channels) {.type = CLQNN_##t, .batch_stride = PIXELS * (channels), .step = {PIXELS * (channels), 56 * (channels), channels}, .channel_step = 1}
#define PLACE_FIRST(t, channels) {.type = CLQNN_##t, .batch_stride = PIXELS * (channels), .step = {PIXELS, 56, 1}, .channel_step = PIXELS}
#define CONVOLUTION(t, group_count, in, out, place) \
    {.desc = {.weight_type = CLQNN_##t}, .x_span = PIXELS * (in), .y_span = PIXELS * (out), \
     .problem = {.weights = {group_count, (out) / (group_count), (in) / (group_count), {1, 3, 3}}, .batch = 1, .in_channels = in, .out_channels = out, .input = {1, 56, 56}, \
                 .output = {1, 56, 56}, .stride = {1, 1, 1}, .dilation = {1, 1, 1}, .pad = {0, 1, 1}, .pad_end = {0, 1, 1}, .x = place(t, in), .y = place(t, out)}}
static const clq_conv_spec halves_last = CONVOLUTION(F16, 1, 64, 64, PLACE_LAST), depthwise_last = CONVOLUTION(F32, 128, 128, 128, PLACE_LAST),
                           depthwise_first = CONVOLUTION(F32, 128, 128, 128, PLACE_FIRST), signs_last = CONVOLUTION(B1, 1, 64, 64, PLACE_LAST),
                           signs_depthwise = CONVOLUTION(B1, 128, 128, 128, PLACE_LAST);
static const clq_conv_call conv_halves = {&halves_last, NULL}, conv_depthwise = {&depthwise_last, NULL}, conv_planes = {&depthwise_first, NULL},
                           conv_signs = {&signs_last, NULL}, conv_signs_depthwise = {&signs_depthwise, NULL};

static const clq_conv_spec half_window_sums = {.desc = {.weight_type = CLQNN_F16, .accumulation = CLQNN_ACCUMULATE_F16}, .x_span = PIXELS * 64, .y_span = PIXELS * 64,
    .problem = {.weights = {1, 64, 64, {1, 3, 3}}, .batch = 1, .in_channels = 64, .out_channels = 64, .input = {1, 56, 56}, .output = {1, 56, 56}, .stride = {1, 1, 1},
                .dilation = {1, 1, 1}, .pad = {0, 1, 1}, .pad_end = {0, 1, 1}, .x = PLACE_LAST(F16, 64), .y = PLACE_LAST(F16, 64)}};
static const clq_conv_call conv_half_sums = {&half_window_sums, NULL};

/* Of a small network in training, a batch of 64. */
#define TRAIN_CONV(kind_, size_, in, out, groups_, step)                                                                                                      \
    {SIZED(train_conv), .kind = CLQNN_TRAIN_##kind_, .batch = 64, .height = size_, .width = size_, .channels = in, .output_channels = out, .groups = groups_, \
     .kernel = {3, 3}, .stride = {step, step}, .pad_begin = {1, 1}, .pad_end = {1, 1}}
static const clqnn_train_gemm_desc train_rows = {SIZED(train_gemm), .m = 64, .n = 128, .k = 3136, .transpose_b = 1, .has_bias = 1},
                                   train_weights = {SIZED(train_gemm), .m = 128, .n = 3136, .k = 64, .transpose_a = 1},
                                   train_long = {SIZED(train_gemm), .m = 32, .n = 64, .k = 50176, .transpose_a = 1};
static const clqnn_train_conv_desc train_forward = TRAIN_CONV(FORWARD, 28, 32, 64, 1, 1), train_by_data = TRAIN_CONV(BY_DATA, 28, 32, 64, 1, 1),
                                   train_by_weight = TRAIN_CONV(BY_WEIGHT, 28, 32, 64, 1, 1), train_first = TRAIN_CONV(FORWARD, 28, 1, 32, 1, 1),
                                   train_by_data_strided = TRAIN_CONV(BY_DATA, 28, 32, 64, 1, 2), train_depthwise = TRAIN_CONV(FORWARD, 14, 64, 64, 64, 1),
                                   train_depthwise_by_data = TRAIN_CONV(BY_DATA, 14, 64, 64, 64, 2), train_depthwise_by_weight = TRAIN_CONV(BY_WEIGHT, 14, 64, 64, 64, 1);
static const clqnn_train_pool_desc pool_forward = {SIZED(train_pool), .batch = 128, .height = 28, .width = 28, .channels = 32, .kernel = {2, 2}, .stride = {2, 2}, .saves_taps = 1},
    pool_backward = {SIZED(train_pool), .kind = CLQNN_TRAIN_POOL_AVERAGE, .direction = CLQNN_LAYER_BACKWARD, .batch = 128, .height = 7, .width = 7, .channels = 512, .is_global = 1};
static const clqnn_cross_entropy_desc ten_classes = {SIZED(cross_entropy), .rows = 128, .classes = 10, .has_gradient = 1};
static const clqnn_column_sums_desc bias_sums = {SIZED(column_sums), .rows = 128, .channels = 10};
static const clqnn_batch_norm_desc norm_train = {SIZED(batch_norm), .rows = 100352, .channels = 64, .has_clamp = 1, .clamp_max = 6.0f},
    norm_infer = {SIZED(batch_norm), .mode = CLQNN_BATCH_NORM_INFER, .rows = 128, .channels = 10},
    norm_backward = {SIZED(batch_norm), .mode = CLQNN_BATCH_NORM_BACKWARD, .rows = 100352, .channels = 24};
static const clqnn_clamp_desc residual_sum = {SIZED(clamp), .count = 6422528, .adds = 1, .clamp_max = 6.0f};
static const clqnn_sgd_desc sgd_step = {SIZED(sgd), .count = 1000000, .momentum = 0.9f, .has_skip = 1};
static const clqnn_adam_desc adam_step = {SIZED(adam), .count = 1000000};
static const clqnn_fake_quant_desc fake_activations = {SIZED(fake_quant), .scheme = CLQNN_DOREFA_ACTIVATIONS, .x = PLAIN(F32, 78400, 32), .y = PLAIN(F32, 78400, 32), .bits = 3},
    fake_filters = {SIZED(fake_quant), .scheme = CLQNN_AFFINE, .x = PLAIN(F32, 64, 288), .y = PLAIN(S8, 64, 288), .granularity = CLQNN_PER_CHANNEL, .qmin = -127, .qmax = 127};
static const clqnn_fake_quant_measure_desc ternary_filters = {SIZED(fake_quant_measure), .scheme = CLQNN_TWN, .x = PLAIN(F32, 64, 288), .granularity = CLQNN_PER_CHANNEL};
static const clqnn_fake_quant_backward_desc learned_clip = {SIZED(fake_quant_backward), .scheme = CLQNN_PACT, .dy = PLAIN(F32, 78400, 32), .x = PLAIN(F32, 78400, 32),
                                                            .dx = PLAIN(F32, 78400, 32), .bits = 4};

#define CASE(family, desc) {#desc, &clq_op_##family, &(desc)}
const op_case op_cases[] = {
    CASE(binary, add),           CASE(binary, add_element),     CASE(binary, mul_channels),  CASE(binary, add_fixed),           CASE(table, sigmoid),
    CASE(table, relu_slice),     CASE(convert, quantize),       CASE(convert, dequantize),   CASE(convert, requantize),         CASE(convert, quantize_axis),
    CASE(convert, dequantize_nibbles), CASE(convert, cast_halves), CASE(loss_scale, unscale), CASE(quantize_by, quantize_channels_by), CASE(quantize_by, dequantize_by),
    CASE(range_parameters, parameters_of_ranges), CASE(statistics, statistics_of_pixels), CASE(histogram, histogram_of_pixels), CASE(range, entropy_range), CASE(pack_bits, pack_signs), CASE(pack_bits, pack_thresholds), CASE(pack_bits, pack_levels),
    CASE(unpack_bits, unpack_signs), CASE(unpack_bits, unpack_levels), CASE(window_mean, k_map), CASE(pool_bits, pool_signs), CASE(pool, max_pool),    CASE(pool, max_pool_first),  CASE(pool, average_pool),          CASE(pool, global_pool),
    CASE(concat, concat),        CASE(concat, concat_planes), CASE(concat, concat_lines),    CASE(split, split),                CASE(split, split_planes),
    CASE(split, split_lines),    CASE(pad, pad),                CASE(transpose, to_channels_last), CASE(transpose, swap_rows), CASE(transpose, swap_large),
    CASE(resize, nearest),       CASE(resize, linear),          CASE(reduce, mean_pixels),   CASE(reduce, sum_lines),           CASE(reduce, least_rows),
    CASE(argmax, argmax),        CASE(argmax, argmax_rows),
    CASE(softmax, softmax),      CASE(softmax, log_softmax_columns), CASE(layer_norm, layer_norm),
    CASE(gemm_mixed, product_row), CASE(gemm_mixed, product_half_sums),
    CASE(gemm_mixed, product_halves), CASE(gemm_mixed, product_each_call), CASE(gemm_mixed, product_bf16_rows), CASE(gemm_mixed, row_by_nibbles), CASE(gemm_mixed, rows_by_nibbles),
    CASE(gemm_bits, product_of_signs), CASE(gemm_bits, row_of_signs), CASE(gemm_bits, levels_each_call),
    CASE(gemm_mixed, quantized_row_by_nibbles), CASE(gemm_mixed, quantized_rows_by_bytes),
    CASE(conv_mixed, conv_half_sums), CASE(conv_mixed, conv_halves), CASE(conv_mixed, conv_depthwise), CASE(conv_mixed, conv_planes),
    CASE(conv_bits, conv_signs), CASE(conv_bits, conv_signs_depthwise),
    CASE(train_gemm, train_rows), CASE(train_gemm, train_weights), CASE(train_gemm, train_long), CASE(train_conv, train_forward), CASE(train_conv, train_by_data),
    CASE(train_conv, train_by_weight), CASE(train_conv, train_first), CASE(train_conv, train_by_data_strided), CASE(train_conv, train_depthwise),
    CASE(train_conv, train_depthwise_by_data), CASE(train_conv, train_depthwise_by_weight),
    CASE(train_pool, pool_forward), CASE(train_pool, pool_backward), CASE(cross_entropy, ten_classes),
    CASE(column_sums, bias_sums), CASE(batch_norm, norm_train), CASE(batch_norm, norm_infer), CASE(batch_norm, norm_backward), CASE(clamp, residual_sum),
    CASE(sgd, sgd_step), CASE(adam, adam_step),
    CASE(fake_quant, fake_activations), CASE(fake_quant, fake_filters), CASE(fake_quant_measure, ternary_filters), CASE(fake_quant_backward, learned_clip),
};
const size_t op_case_count = sizeof op_cases / sizeof *op_cases;

const op_case *op_case_find(const char *name)
{
    for (size_t i = 0; i < op_case_count; i++) {
        if (strcmp(op_cases[i].name, name) == 0) return &op_cases[i];
    }
    return NULL;
}
