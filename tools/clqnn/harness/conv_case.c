/* SPDX-License-Identifier: Apache-2.0 */
/* The enumeration has three parts, in this order: shapes (listed ones, plain numbers), features (one numeric feature at a time, on one shape of each
 * kind of kernel), random mixtures. */
#include "conv_case.h"

#include "plane_rows.h"

enum {
    QUICK_SHAPES = 34,
    QUICK_RANDOM = 24,
    NORMAL_RANDOM = 200,
    FULL_RANDOM = 2400,
    PLAIN_ROUNDS = 2,
    FULL_SHAPE_ROUNDS = 5,
    FULL_FEATURE_ROUNDS = 3,
    QUICK_BASES = 4
};
static const double quick_macs = 4e6, normal_macs = 3e7;

static bool one_in(clq_random *random, int64_t n) { return clq_random_range(random, 1, n) == 1; }

static clqnn_type pick_byte(clq_random *random) { return one_in(random, 2) ? CLQNN_S8 : CLQNN_U8; }

static bool is_byte(clqnn_type type) { return type == CLQNN_U8 || type == CLQNN_S8; }

/* Clears what the descriptor's other fields leave without meaning, so that each case is one that the contract accepts. */
static void make_consistent(clq_conv_case *spec)
{
    const bool to_bytes = is_byte(spec->y_type), to_float = spec->y_type == CLQNN_F32 || spec->y_type == CLQNN_F16;
    if (spec->x_zero == CLQ_PER_VECTOR) spec->x_zero = CLQ_PER_TENSOR;
    if (spec->y_zero == CLQ_PER_VECTOR) spec->y_zero = CLQ_PER_TENSOR;
    if (spec->x_scale == CLQ_PER_VECTOR) spec->x_scale = CLQ_PER_TENSOR;
    if (!to_bytes) {
        spec->rounding = CLQNN_FLOAT_EVEN;
        spec->y_zero = CLQ_PER_NONE;
        spec->table = false;
        spec->residual = CLQ_RESIDUAL_NONE;
        spec->aim = CLQ_AIM_SPREAD;
    }
    if (spec->residual != CLQ_RESIDUAL_NONE) spec->rounding = CLQNN_FLOAT_EVEN;
    if (spec->residual == CLQ_RESIDUAL_NONE) spec->sum_clamp = false;
    if (spec->residual == CLQ_RESIDUAL_ALIAS) {
        spec->residual_type = spec->y_type;
        spec->residual_place = spec->y;
    }
    if (spec->rounding != CLQNN_FLOAT_EVEN) {
        spec->x_scale = spec->w_scale = CLQ_PER_NONE;
        if (spec->fixed == CLQ_PER_NONE) spec->fixed = CLQ_PER_TENSOR;
    } else {
        spec->fixed = CLQ_PER_NONE;
    }
    if (spec->y_type == CLQNN_S32) {
        spec->clamp = false;
        spec->x_scale = spec->w_scale = CLQ_PER_NONE;
    }
    if (spec->aim != CLQ_AIM_SPREAD) {
        spec->x_data = spec->w_data = CLQ_DATA_SMALL;
        spec->x_zero = spec->w_zero = CLQ_PER_NONE;
        spec->bias_type = CLQNN_S32;
    }
    if (spec->bias_type == CLQNN_F32 && !to_float) spec->bias_type = CLQNN_S32;
    if (!clq_is_planes(spec->w_type)) return;
    spec->w_layout = CLQNN_WEIGHTS_OHWI;
    spec->w_zero = CLQ_PER_NONE;
}

static void random_numerics(clq_random *random, clq_conv_case *spec)
{
    static const clqnn_type outputs[] = { CLQNN_U8, CLQNN_S8, CLQNN_U8, CLQNN_S8, CLQNN_S32, CLQNN_F32, CLQNN_F16 };
    static const clqnn_type biases[] = { CLQNN_TYPE_NONE, CLQNN_S32, CLQNN_S32, CLQNN_F32 };
    spec->x_type = pick_byte(random);
    spec->w_type = one_in(random, 4) ? CLQNN_U8 : CLQNN_S8;
    spec->y_type = outputs[clq_random_range(random, 0, 6)];
    spec->x_zero = one_in(random, 4) ? CLQ_PER_NONE : CLQ_PER_TENSOR;
    spec->w_zero = one_in(random, 3) ? (clq_per)clq_random_range(random, CLQ_PER_TENSOR, CLQ_PER_VECTOR) : CLQ_PER_NONE;
    spec->y_zero = one_in(random, 3) ? CLQ_PER_NONE : CLQ_PER_TENSOR;
    spec->extreme_zero = one_in(random, 4);
    spec->x_scale = one_in(random, 2) ? CLQ_PER_NONE : CLQ_PER_TENSOR;
    spec->w_scale = (clq_per)clq_random_range(random, CLQ_PER_NONE, CLQ_PER_VECTOR);
    spec->bias_type = biases[clq_random_range(random, 0, 3)];
    spec->rounding = (clqnn_rounding)clq_random_range(random, CLQNN_FLOAT_EVEN, CLQNN_FIXED_SINGLE);
    spec->fixed = (clq_per)clq_random_range(random, CLQ_PER_TENSOR, CLQ_PER_VECTOR);
    spec->clamp = one_in(random, 3);
    spec->table = one_in(random, 5);
    if (one_in(random, 4)) spec->residual = one_in(random, 2) ? CLQ_RESIDUAL_OWN : CLQ_RESIDUAL_ALIAS;
    spec->residual_type = pick_byte(random);
    spec->sum_clamp = one_in(random, 2);
    spec->x_data = one_in(random, 2) ? CLQ_DATA_RANDOM : (clq_data)clq_random_range(random, CLQ_DATA_RANDOM, CLQ_DATA_HIGHEST);
    spec->w_data = one_in(random, 2) ? CLQ_DATA_RANDOM : (clq_data)clq_random_range(random, CLQ_DATA_RANDOM, CLQ_DATA_HIGHEST);
    if (one_in(random, 4)) spec->aim = one_in(random, 2) ? CLQ_AIM_TIES : CLQ_AIM_BOUNDARY;
}

static void random_place(clq_random *random, clq_image_place *place)
{
    place->layout = one_in(random, 5) ? CLQNN_CHANNELS_FIRST : CLQNN_CHANNELS_LAST;
    place->explicit_strides = one_in(random, 4);
    if (one_in(random, 3)) place->offset = (int32_t)clq_random_range(random, 1, 67);
    if (one_in(random, 3)) place->padding = (int32_t)clq_random_range(random, 1, 40);
    if (one_in(random, 4)) place->gap = (int32_t)clq_random_range(random, 1, 33);
}

static void random_memory(clq_random *random, clq_conv_case *spec)
{
    random_place(random, &spec->x);
    random_place(random, &spec->y);
    random_place(random, &spec->residual_place);
    spec->w_layout = one_in(random, 3) ? CLQNN_WEIGHTS_OIHW : CLQNN_WEIGHTS_OHWI;
    spec->packed = one_in(random, 3);
    spec->sub_buffers = one_in(random, 5);
    spec->wait_list = one_in(random, 5);
}

/* ---- Features: each alone, on data that is otherwise plain ---- */

enum { FEATURES = 72 };

static void apply_feature(clq_conv_case *spec, size_t feature)
{
    const bool odd = feature & 1;
    spec->x_type = odd ? CLQNN_S8 : CLQNN_U8;
    spec->w_type = CLQNN_S8;
    spec->y_type = odd ? CLQNN_S8 : CLQNN_U8;
    spec->x_zero = CLQ_PER_TENSOR;
    spec->w_scale = CLQ_PER_VECTOR;
    spec->bias_type = CLQNN_S32;
    spec->residual_type = odd ? CLQNN_U8 : CLQNN_S8;
    switch (feature) {
    case 0: case 1: break;
    case 2: case 3: spec->y_type = CLQNN_S32; spec->bias_type = CLQNN_TYPE_NONE; break;
    case 4: spec->x_type = CLQNN_S8; spec->w_type = CLQNN_U8; spec->y_type = CLQNN_S32; break;
    case 5: spec->x_type = CLQNN_U8; spec->w_type = CLQNN_U8; spec->y_type = CLQNN_S32; break;
    case 6: case 7: spec->w_zero = spec->y_zero = CLQ_PER_TENSOR; spec->x_scale = CLQ_PER_TENSOR; break;
    case 8: case 9: spec->extreme_zero = true; break;
    case 10: case 11: spec->w_zero = CLQ_PER_VECTOR; spec->extreme_zero = true; break;
    case 12: spec->w_zero = CLQ_PER_VECTOR; spec->w_type = CLQNN_U8; break;
    case 13: spec->w_zero = CLQ_PER_VECTOR; spec->y_type = CLQNN_S32; break;
    case 14: case 15: spec->w_scale = CLQ_PER_TENSOR; spec->x_zero = CLQ_PER_NONE; break;
    case 16: case 17: spec->rounding = CLQNN_FIXED_DOUBLE; break;
    case 18: case 19: spec->rounding = CLQNN_FIXED_DOUBLE; spec->fixed = CLQ_PER_VECTOR; spec->y_zero = CLQ_PER_TENSOR; break;
    case 20: case 21: spec->rounding = CLQNN_FIXED_SINGLE; break;
    case 22: case 23: spec->rounding = CLQNN_FIXED_SINGLE; spec->fixed = CLQ_PER_VECTOR; spec->y_zero = CLQ_PER_TENSOR; break;
    case 24: case 25: spec->clamp = true; spec->y_zero = CLQ_PER_TENSOR; break;
    case 26: case 27: spec->x_data = spec->w_data = CLQ_DATA_LOWEST; spec->y_type = CLQNN_S32; break;
    case 28: case 29: spec->x_data = CLQ_DATA_HIGHEST; spec->w_data = odd ? CLQ_DATA_HIGHEST : CLQ_DATA_LOWEST; spec->y_type = CLQNN_S32; break;
    case 30: case 31: spec->x_data = spec->w_data = CLQ_DATA_EXTREMES; break;
    case 32: spec->y_type = CLQNN_F32; spec->bias_type = CLQNN_F32; spec->x_scale = CLQ_PER_TENSOR; break;
    case 33: spec->y_type = CLQNN_F32; spec->clamp = true; break;
    case 34: spec->y_type = CLQNN_F16; spec->bias_type = CLQNN_F32; break;
    case 35: spec->y_type = CLQNN_F16; break;
    case 36: case 37: spec->table = true; spec->y_zero = CLQ_PER_TENSOR; break;
    case 38: case 39: spec->residual = CLQ_RESIDUAL_OWN; spec->y_zero = CLQ_PER_TENSOR; break;
    case 40: case 41: spec->residual = CLQ_RESIDUAL_ALIAS; spec->y_zero = CLQ_PER_TENSOR; spec->sum_clamp = odd; break;
    case 42: case 43: spec->residual = CLQ_RESIDUAL_OWN; spec->table = true; spec->sum_clamp = true; spec->clamp = odd; break;
    case 44: case 45: spec->table = true; spec->rounding = odd ? CLQNN_FIXED_SINGLE : CLQNN_FIXED_DOUBLE; break;
    case 46: spec->w_layout = CLQNN_WEIGHTS_OIHW; spec->packed = true; break;
    case 47: spec->x.layout = CLQNN_CHANNELS_FIRST; spec->y.layout = CLQNN_CHANNELS_FIRST; spec->w_layout = CLQNN_WEIGHTS_OIHW; break;
    case 48: spec->x.layout = CLQNN_CHANNELS_FIRST; break;
    case 49: spec->y.layout = CLQNN_CHANNELS_FIRST; spec->residual = CLQ_RESIDUAL_OWN; break;
    case 50: case 51: spec->y.padding = 24; spec->y.offset = 16; spec->x.padding = odd ? 5 : 0; spec->x.offset = odd ? 3 : 0; break;
    case 52: spec->residual = CLQ_RESIDUAL_ALIAS; spec->y.padding = 7; spec->y.offset = 5; spec->y.gap = 9; break;
    case 53:
        spec->residual = CLQ_RESIDUAL_OWN;
        spec->residual_place.padding = 11;
        spec->residual_place.offset = 4;
        spec->residual_place.layout = CLQNN_CHANNELS_FIRST;
        break;
    case 54: case 55: spec->aim = CLQ_AIM_TIES; break;
    case 56: case 57: spec->aim = CLQ_AIM_TIES; spec->rounding = CLQNN_FIXED_DOUBLE; spec->fixed = CLQ_PER_VECTOR; break;
    case 58: case 59: spec->aim = CLQ_AIM_TIES; spec->rounding = CLQNN_FIXED_SINGLE; spec->fixed = CLQ_PER_VECTOR; break;
    case 60: case 61: spec->aim = CLQ_AIM_BOUNDARY; break;
    case 62: case 63: spec->aim = CLQ_AIM_BOUNDARY; spec->rounding = CLQNN_FIXED_DOUBLE; spec->fixed = CLQ_PER_VECTOR; break;
    case 64: case 65: spec->aim = CLQ_AIM_BOUNDARY; spec->rounding = CLQNN_FIXED_SINGLE; spec->fixed = CLQ_PER_VECTOR; break;
    case 66: case 67: spec->w_type = odd ? CLQNN_B1 : CLQNN_T2; spec->y_type = CLQNN_S32; break;
    case 68: case 69: spec->w_type = odd ? CLQNN_B1 : CLQNN_T2; spec->packed = true; spec->residual = CLQ_RESIDUAL_OWN; break;
    default: spec->w_type = odd ? CLQNN_B1 : CLQNN_T2; spec->x_data = CLQ_DATA_EXTREMES; spec->x_zero = CLQ_PER_TENSOR; spec->extreme_zero = true; break;
    }
}

/* ---- Parts ---- */

/* A case that would take too long loses images, then rows, then output channels of each group. */
static void limit_work(clq_conv_shape *shape, double max_macs)
{
    while (clq_conv_shape_macs(shape) > max_macs) {
        const int64_t outputs = shape->out_channels / shape->groups;
        int32_t outer = 0;
        while (outer < shape->spatial_rank && (shape->input[outer] <= 2 * shape->kernel[outer] * shape->dilation[outer])) outer++;
        if (shape->batch > 1) {
            shape->batch--;
        } else if (outer < shape->spatial_rank) {
            shape->input[outer]--;
        } else if (outputs > 1) {
            shape->out_channels = shape->groups * ((outputs + 1) / 2);
        } else {
            return;
        }
    }
}

static size_t shape_count(clq_level level)
{
    return level == CLQ_LEVEL_QUICK ? QUICK_SHAPES : clq_conv_listed_shapes() * (level == CLQ_LEVEL_FULL ? FULL_SHAPE_ROUNDS : PLAIN_ROUNDS);
}

static size_t feature_count(clq_level level)
{
    return level == CLQ_LEVEL_QUICK ? FEATURES * QUICK_BASES
                                    : FEATURES * clq_conv_base_shapes() * (level == CLQ_LEVEL_FULL ? FULL_FEATURE_ROUNDS : 1);
}

size_t clq_conv_case_count(const clq_sweep *sweep)
{
    const size_t random = sweep->level == CLQ_LEVEL_QUICK ? QUICK_RANDOM : sweep->level == CLQ_LEVEL_NORMAL ? NORMAL_RANDOM : FULL_RANDOM;
    return shape_count(sweep->level) + feature_count(sweep->level) + random;
}

static void shape_case(clq_random *random, clq_conv_case *spec, const clq_sweep *sweep, size_t index)
{
    /* quick: evenly spaced, shifted by the seed, so that other seeds see other shapes */
    const size_t all = clq_conv_listed_shapes();
    const bool quick = sweep->level == CLQ_LEVEL_QUICK;
    apply_feature(spec, index % 8);
    if (index >= PLAIN_ROUNDS * all) random_numerics(random, spec);
    if (quick || index >= PLAIN_ROUNDS * all) {
        random_memory(random, spec);
    } else if (index >= all) { /* the second plain round: channels first, as ONNX has them */
        spec->x.layout = spec->y.layout = CLQNN_CHANNELS_FIRST;
        spec->w_layout = CLQNN_WEIGHTS_OIHW;
    }
    spec->shape = clq_conv_listed_shape(quick ? (index * all / QUICK_SHAPES + (size_t)(sweep->seed % all)) % all : index % all);
}

/* Quick tries each feature on some of the base shapes, all of them in turn. */
static void feature_case(clq_random *random, clq_conv_case *spec, clq_level level, size_t index)
{
    const size_t bases = clq_conv_base_shapes(), feature = index % FEATURES, round = index / FEATURES;
    spec->shape = clq_conv_base_shape(level == CLQ_LEVEL_QUICK ? (round * 3 + feature / 2) % bases : round % bases);
    if (round >= bases) {
        random_memory(random, spec);
        spec->shape = clq_conv_random_shape(random);
    }
    apply_feature(spec, feature);
}

clq_conv_case clq_conv_case_make(const clq_sweep *sweep, size_t index)
{
    clq_random random = clq_random_seed(sweep->seed, index);
    clq_conv_case spec = { .seed = clq_random_bits(&random) };
    const size_t shapes = shape_count(sweep->level), features = feature_count(sweep->level);
    if (index < shapes) {
        shape_case(&random, &spec, sweep, index);
    } else if (index < shapes + features) {
        feature_case(&random, &spec, sweep->level, index - shapes);
    } else {
        random_numerics(&random, &spec);
        random_memory(&random, &spec);
        spec.shape = clq_conv_random_shape(&random);
    }
    if (index % 5 == 2 && (index < shapes || index >= shapes + features)) spec.w_type = index & 1 ? CLQNN_B1 : CLQNN_T2;
    limit_work(&spec.shape, sweep->level == CLQ_LEVEL_QUICK ? quick_macs : normal_macs);
    make_consistent(&spec);
    return spec;
}
