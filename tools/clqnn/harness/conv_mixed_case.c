/* SPDX-License-Identifier: Apache-2.0 */
/* The enumeration has three parts, in this order: the listed shapes with types in turn, features (one at a time) on the base shapes, random mixtures. */
#include "conv_mixed_case.h"

#include "seeded_random.h"
#include "plane_rows.h"
#include "text_writer.h"

enum { QUICK_STEP = 3, QUICK_RANDOM = 40, NORMAL_RANDOM = 200, FULL_RANDOM = 2000, FEATURES = 40 };

#define MOST_PRODUCTS 1.5e6

static const clqnn_type floats[] = {CLQNN_F32, CLQNN_F16, CLQNN_BF16, CLQNN_F8E4M3, CLQNN_F8E5M2};
static const clqnn_type outputs[] = {CLQNN_F32, CLQNN_F16, CLQNN_BF16, CLQNN_U8, CLQNN_S8};
static const clqnn_function activations[] = {CLQNN_RELU, CLQNN_RELU6, CLQNN_SIGMOID, CLQNN_HARD_SWISH, CLQNN_TANH, CLQNN_GELU, CLQNN_GELU_TANH, CLQNN_SILU};
static const char *const data_names[] = {"random", "whole", "large", "tiny", "special"};

static int64_t pick(clq_random *random, int64_t low, int64_t high)
{
    return clq_random_range(random, low, high);
}

static bool one_in(clq_random *random, int64_t n)
{
    return pick(random, 1, n) == 1;
}

static size_t shape_count(const clq_sweep *sweep)
{
    return sweep->level == CLQ_LEVEL_QUICK ? clq_conv_listed_shapes() / QUICK_STEP : clq_conv_listed_shapes();
}

static size_t feature_count(const clq_sweep *sweep)
{
    return sweep->level == CLQ_LEVEL_QUICK ? FEATURES : FEATURES * clq_conv_base_shapes();
}

/* Clears what the other fields leave without meaning, so that each case is one that the contract accepts. */
static void make_consistent(clq_conv_mixed_case *spec)
{
    const bool to_bytes = spec->y_type == CLQNN_U8 || spec->y_type == CLQNN_S8;
    if (!to_bytes) spec->y_zero = false;
    if (to_bytes && spec->residual == CLQ_RESIDUAL_ALIAS) spec->residual = CLQ_RESIDUAL_OWN;
    if (spec->residual != CLQ_RESIDUAL_ALIAS) return;
    spec->residual_type = spec->y_type;
    spec->residual_place = spec->y;
}

static void random_place(clq_random *random, clq_image_place *place)
{
    place->layout = one_in(random, 3) ? CLQNN_CHANNELS_FIRST : CLQNN_CHANNELS_LAST;
    place->explicit_strides = one_in(random, 4);
    if (one_in(random, 3)) place->offset = (int32_t)pick(random, 1, 67);
    if (one_in(random, 3)) place->padding = (int32_t)pick(random, 1, 40);
    if (one_in(random, 4)) place->gap = (int32_t)pick(random, 1, 33);
}

static void random_case(clq_random *random, clq_conv_mixed_case *spec)
{
    do {
        spec->shape = clq_conv_random_shape(random);
    } while (clq_conv_shape_macs(&spec->shape) > MOST_PRODUCTS);
    spec->x_type = floats[pick(random, 0, one_in(random, 4) ? 4 : 2)];
    spec->w_type = one_in(random, 2) ? spec->x_type : floats[pick(random, 0, one_in(random, 4) ? 4 : 2)];
    spec->y_type = outputs[pick(random, 0, 4)];
    spec->residual_type = floats[pick(random, 0, 2)];
    if (one_in(random, 3)) spec->residual = one_in(random, 2) ? CLQ_RESIDUAL_OWN : CLQ_RESIDUAL_ALIAS;
    spec->channel_scale = one_in(random, 2) ? CLQ_PER_NONE : one_in(random, 3) ? CLQ_PER_TENSOR : CLQ_PER_VECTOR;
    spec->bias = one_in(random, 2);
    spec->clamp = one_in(random, 4);
    spec->y_zero = one_in(random, 2);
    if (one_in(random, 2)) spec->activation = activations[pick(random, 0, 7)];
    if (one_in(random, 3)) spec->x_data = (clq_floats)pick(random, CLQ_FLOATS_RANDOM, CLQ_FLOATS_SPECIAL);
    if (one_in(random, 3)) spec->w_data = (clq_floats)pick(random, CLQ_FLOATS_RANDOM, CLQ_FLOATS_SPECIAL);
    random_place(random, &spec->x);
    random_place(random, &spec->y);
    random_place(random, &spec->residual_place);
    spec->w_layout = one_in(random, 2) ? CLQNN_WEIGHTS_OIHW : CLQNN_WEIGHTS_OHWI;
    spec->packed = one_in(random, 3);
    spec->sub_buffers = one_in(random, 6);
    spec->wait_list = one_in(random, 6);
}

static void apply_feature(clq_conv_mixed_case *spec, size_t feature)
{
    const bool odd = feature & 1;
    if (feature < 16) {
        spec->activation = activations[feature / 2];
        spec->y_type = odd ? CLQNN_U8 : spec->y_type;
        spec->y_zero = odd;
        return;
    }
    switch (feature) {
    case 16: spec->bias = true; break;
    case 17: case 18: spec->channel_scale = odd ? CLQ_PER_VECTOR : CLQ_PER_TENSOR; break;
    case 19: spec->clamp = true; break;
    case 20: case 21: spec->residual = CLQ_RESIDUAL_OWN; spec->residual_place.layout = odd ? CLQNN_CHANNELS_FIRST : CLQNN_CHANNELS_LAST; break;
    case 22: spec->residual = CLQ_RESIDUAL_ALIAS; break;
    case 23: spec->x_data = spec->w_data = CLQ_FLOATS_LARGE; break;
    case 24: spec->x_data = spec->w_data = CLQ_FLOATS_TINY; break;
    case 25: case 26: spec->x_data = CLQ_FLOATS_SPECIAL; spec->activation = odd ? CLQNN_RELU6 : CLQNN_IDENTITY; break;
    case 27: spec->w_data = CLQ_FLOATS_SPECIAL; break;
    case 28: spec->x_data = spec->w_data = CLQ_FLOATS_WHOLE; spec->y_type = CLQNN_S8; break;
    case 29: spec->x_data = CLQ_FLOATS_SPECIAL; spec->y_type = CLQNN_U8; spec->y_zero = spec->clamp = true; break;
    case 30: case 31: spec->x.layout = CLQNN_CHANNELS_FIRST; spec->y.layout = odd ? CLQNN_CHANNELS_FIRST : CLQNN_CHANNELS_LAST; break;
    case 32: spec->y.layout = CLQNN_CHANNELS_FIRST; spec->residual = CLQ_RESIDUAL_ALIAS; break;
    case 33: case 34: spec->packed = true; spec->w_layout = odd ? CLQNN_WEIGHTS_OIHW : CLQNN_WEIGHTS_OHWI; break;
    case 35: spec->w_layout = CLQNN_WEIGHTS_OIHW; break;
    case 36: spec->shape.batch = 3; spec->x.gap = 5; spec->y.gap = 7; break;
    case 37: spec->x_type = CLQNN_F8E4M3; spec->w_type = CLQNN_F8E5M2; break;
    case 38: spec->x_type = CLQNN_F8E5M2; spec->w_type = CLQNN_F8E4M3; break;
    default: spec->x.padding = 3; spec->x.offset = 1; spec->y.padding = 5; spec->y.offset = 2; break;
    }
}

size_t clq_conv_mixed_case_count(const clq_sweep *sweep)
{
    const size_t random = sweep->level == CLQ_LEVEL_QUICK ? QUICK_RANDOM : sweep->level == CLQ_LEVEL_NORMAL ? NORMAL_RANDOM : FULL_RANDOM;
    return shape_count(sweep) + feature_count(sweep) + random;
}

clq_conv_mixed_case clq_conv_mixed_case_make(const clq_sweep *sweep, size_t index)
{
    clq_random random = clq_random_seed(sweep->seed, index + 1);
    clq_conv_mixed_case spec = {.seed = clq_random_bits(&random), .x_type = floats[index % 3], .w_type = floats[index / 3 % 3], .y_type = floats[index / 9 % 3],
                                .residual_type = floats[index / 2 % 3]};
    if (index < shape_count(sweep)) {
        spec.shape = clq_conv_listed_shape(sweep->level == CLQ_LEVEL_QUICK ? index * QUICK_STEP + sweep->seed % QUICK_STEP : index);
        spec.bias = one_in(&random, 2);
    } else if (index < shape_count(sweep) + feature_count(sweep)) {
        const size_t feature = index - shape_count(sweep);
        spec.shape = clq_conv_base_shape((feature + feature / FEATURES) % clq_conv_base_shapes());
        apply_feature(&spec, feature % FEATURES);
    } else {
        random_case(&random, &spec);
    }
    if (index % 6 == 4) spec.w_type = index & 2 ? CLQNN_B1 : CLQNN_T2;
    if (clq_sweep_has_half_sums(sweep)) {
        spec.half_sums = true;
        spec.x_type = spec.w_type = CLQNN_F16;
    }
    make_consistent(&spec);
    if (clq_is_planes(spec.w_type)) spec.w_layout = CLQNN_WEIGHTS_OHWI;
    return spec;
}

/* ---- Text ---- */

static void append_place(clq_text_writer *writer, const char *name, const clq_image_place *place)
{
    if (place->layout == CLQNN_CHANNELS_FIRST) clq_text_append(writer, " %s-nchw", name);
    if (place->offset != 0) clq_text_append(writer, " %s-offset:%d", name, place->offset);
    if (place->padding != 0) clq_text_append(writer, " %s-padding:%d", name, place->padding);
    if (place->gap != 0) clq_text_append(writer, " %s-gap:%d", name, place->gap);
    if (place->explicit_strides) clq_text_append(writer, " %s-strides", name);
}

const char *clq_conv_mixed_case_describe(const clq_conv_mixed_case *spec, char *text, size_t size)
{
    char shape[192];
    clq_text_writer writer = clq_text_start(text, size);
    clq_text_append(&writer, "%s %s:%s:%s", clq_conv_shape_print(&spec->shape, shape, sizeof shape), clqnn_type_name(spec->x_type),
                    clqnn_type_name(spec->w_type),
                    clqnn_type_name(spec->y_type));
    append_place(&writer, "x", &spec->x);
    append_place(&writer, "y", &spec->y);
    if (spec->w_layout == CLQNN_WEIGHTS_OIHW) clq_text_append(&writer, " w-oihw");
    if (spec->packed) clq_text_append(&writer, " w-packed");
    if (spec->sub_buffers) clq_text_append(&writer, " sub-buffers");
    if (spec->wait_list) clq_text_append(&writer, " wait-list");
    if (spec->channel_scale != CLQ_PER_NONE) clq_text_append(&writer, " scale:%s", spec->channel_scale == CLQ_PER_TENSOR ? "one" : "each");
    if (spec->bias) clq_text_append(&writer, " bias");
    if (spec->residual != CLQ_RESIDUAL_NONE) {
        clq_text_append(&writer, " residual:%s%s", clqnn_type_name(spec->residual_type), spec->residual == CLQ_RESIDUAL_ALIAS ? ":in-y" : "");
        if (spec->residual == CLQ_RESIDUAL_OWN) append_place(&writer, "residual", &spec->residual_place);
    }
    if (spec->activation != CLQNN_IDENTITY) clq_text_append(&writer, " activation:%d", (int)spec->activation);
    if (spec->half_sums) clq_text_append(&writer, " half-sums");
    if (spec->clamp) clq_text_append(&writer, " clamp");
    if (spec->y_zero) clq_text_append(&writer, " y-zero");
    if (spec->x_data != CLQ_FLOATS_RANDOM) clq_text_append(&writer, " x-data:%s", data_names[spec->x_data]);
    if (spec->w_data != CLQ_FLOATS_RANDOM) clq_text_append(&writer, " w-data:%s", data_names[spec->w_data]);
    return text;
}
