/* SPDX-License-Identifier: Apache-2.0 */
/* The enumeration has three parts, in this order: shapes (about tiles of 4 to 64, plain numbers, types in turn), features (one at a time), random
 * mixtures of everything. */
#include "mixed_case.h"

#include "plane_rows.h"

#include "seeded_random.h"

enum { QUICK_SHAPES = 40, NORMAL_SHAPES = 150, FULL_SHAPES = 1000, QUICK_RANDOM = 60, NORMAL_RANDOM = 350, FULL_RANDOM = 4000, FEATURES = 48, GROUP_FEATURES = 60,
       ALL_FEATURES = FEATURES + GROUP_FEATURES, FULL_FEATURE_ROUNDS = 4 };
static const int64_t quick_products = 300000, normal_products = 3000000;

static const int64_t tile_edges[] = {4, 8, 16, 32, 64};
static const int64_t depths[] = {0, 1, 2, 3, 5, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 257, 512, 1000};
static const struct { int64_t m, n, k; } large_shapes[] = {{1, 2048, 1024}, {128, 160, 100}, {16, 1000, 129}, {3, 33, 5000}, {65, 64, 512}, {200, 17, 300}};
static const int64_t group_sizes[] = {16, 32, 64, 128, 1 << 30, 8, 7, 1}; /* beyond k: all of it */
static const clqnn_type codes[] = {CLQNN_U4, CLQNN_S4, CLQNN_U8, CLQNN_S8, CLQNN_U2, CLQNN_S2, CLQNN_U3, CLQNN_S3, CLQNN_U6, CLQNN_S6};
static const clqnn_type floats[] = {CLQNN_F32, CLQNN_F16, CLQNN_BF16};
static const clqnn_type operands[] = {CLQNN_F32, CLQNN_F16, CLQNN_BF16, CLQNN_F8E4M3, CLQNN_F8E5M2};
static const clqnn_type outputs[] = {CLQNN_F32, CLQNN_F16, CLQNN_BF16, CLQNN_U8, CLQNN_S8};
static const clqnn_function activations[] = {CLQNN_RELU, CLQNN_RELU6, CLQNN_SIGMOID, CLQNN_HARD_SWISH, CLQNN_TANH, CLQNN_GELU, CLQNN_GELU_TANH, CLQNN_SILU};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static int64_t pick(clq_random *random, int64_t low, int64_t high)
{
    return clq_random_range(random, low, high);
}

static bool one_in(clq_random *random, int64_t n)
{
    return pick(random, 1, n) == 1;
}

static size_t rounds_of(const clq_sweep *sweep, size_t quick, size_t normal, size_t full)
{
    return sweep->level == CLQ_LEVEL_QUICK ? quick : sweep->level == CLQ_LEVEL_NORMAL ? normal : full;
}

static int64_t about_an_edge(clq_random *random, int64_t own)
{
    const int64_t edge = own > 1 && one_in(random, 2) ? own : tile_edges[pick(random, 0, COUNT(tile_edges) - 1)];
    const int64_t value = edge * pick(random, 1, 2) + pick(random, -1, 1);
    return value > 0 ? value : 1;
}

static void limit_products(const clq_sweep *sweep, clq_mixed_case *spec)
{
    const int64_t most = sweep->level == CLQ_LEVEL_QUICK ? quick_products : normal_products;
    while (spec->batch[0] * spec->batch[1] * spec->m * spec->n * spec->k > most) {
        if (spec->k > 300) spec->k = spec->k / 2 + 1;
        else if (spec->m >= spec->n) spec->m = spec->m / 2 + 1;
        else spec->n = spec->n / 2 + 1;
    }
}

static void random_shape(const clq_sweep *sweep, clq_random *random, clq_mixed_case *spec)
{
    spec->m = one_in(random, 2) ? pick(random, 1, 17) : about_an_edge(random, sweep->tile[0]);
    spec->n = one_in(random, 3) ? pick(random, 1, 20) : about_an_edge(random, sweep->tile[1]);
    spec->k = depths[pick(random, 0, COUNT(depths) - 1)];
    if (one_in(random, 12)) {
        const size_t which = (size_t)pick(random, 0, COUNT(large_shapes) - 1);
        spec->m = large_shapes[which].m, spec->n = large_shapes[which].n, spec->k = large_shapes[which].k;
    }
    limit_products(sweep, spec);
}

/* Planes are constant, transposed, and have whole words to a row. */
static void make_planes_consistent(clq_mixed_case *spec)
{
    spec->b_transposed = true;
    if (spec->b_source == CLQ_B_RUNTIME) spec->b_source = CLQ_B_CONSTANT;
    spec->b_padding = (spec->b_padding + 15) / 16 * 32;
    spec->batch_gap = (spec->batch_gap + 31) / 32 * 32;
}

/* Clears what the other fields leave without meaning, so that each case is one that the contract accepts. */
static void make_consistent(clq_mixed_case *spec)
{
    const bool to_bytes = spec->c_type == CLQNN_U8 || spec->c_type == CLQNN_S8;
    if (to_bytes && spec->residual == CLQ_MIXED_RESIDUAL_IN_C) spec->residual = CLQ_MIXED_OWN_RESIDUAL;
    if (spec->residual == CLQ_MIXED_RESIDUAL_IN_C) {
        spec->residual_type = spec->c_type;
        spec->residual_padding = spec->c_padding;
        spec->residual_broadcast = false;
    }
    if (!to_bytes) spec->c_zero = false;
    if (clq_is_planes(spec->b_type)) make_planes_consistent(spec);
    if (spec->b_source != CLQ_B_RUNTIME) spec->b_offset = 0;
    if (spec->group == 0) return;
    if (spec->group > spec->k) spec->group = spec->k > 0 ? spec->k : 1;
    if (spec->dynamic != CLQNN_STATIC) {
        if (spec->a_type != CLQNN_F32) spec->a_type = CLQNN_F16;
        if (spec->a_data == CLQ_FLOATS_SPECIAL || spec->a_data == CLQ_FLOATS_LARGE || spec->a_data == CLQ_FLOATS_TINY) spec->a_data = CLQ_FLOATS_RANDOM;
    }
    spec->column_scale = CLQ_PER_NONE;
    if (spec->b_source == CLQ_B_RUNTIME) spec->b_source = CLQ_B_CONSTANT;
    spec->b_padding = 0;
    spec->b_broadcast[0] = spec->b_broadcast[1] = true;
}

static void random_numerics(clq_random *random, clq_mixed_case *spec)
{
    spec->a_type = one_in(random, 3) ? operands[pick(random, 0, 4)] : floats[pick(random, 0, 2)];
    spec->b_type = one_in(random, 2) ? spec->a_type : operands[pick(random, 0, 4)];
    spec->c_type = outputs[pick(random, 0, 4)];
    if (one_in(random, 3)) spec->residual = one_in(random, 2) ? CLQ_MIXED_OWN_RESIDUAL : CLQ_MIXED_RESIDUAL_IN_C;
    spec->residual_type = floats[pick(random, 0, 2)];
    spec->residual_broadcast = one_in(random, 4);
    spec->column_scale = one_in(random, 2) ? CLQ_PER_NONE : one_in(random, 3) ? CLQ_PER_TENSOR : CLQ_PER_VECTOR;
    spec->bias = one_in(random, 2);
    spec->clamp = one_in(random, 4);
    spec->c_zero = one_in(random, 2);
    if (one_in(random, 2)) spec->activation = activations[pick(random, 0, COUNT(activations) - 1)];
    if (one_in(random, 3)) spec->a_data = (clq_floats)pick(random, CLQ_FLOATS_RANDOM, CLQ_FLOATS_SPECIAL);
    if (one_in(random, 3)) spec->b_data = (clq_floats)pick(random, CLQ_FLOATS_RANDOM, CLQ_FLOATS_SPECIAL);
    if (one_in(random, 8)) spec->a_data = spec->b_data = CLQ_FLOATS_WHOLE;
}

static void random_groups(clq_random *random, clq_mixed_case *spec)
{
    spec->b_type = codes[one_in(random, 2) ? pick(random, 0, 3) : pick(random, 0, COUNT(codes) - 1)];
    spec->group = group_sizes[pick(random, 0, COUNT(group_sizes) - 1)];
    spec->scale_type = floats[pick(random, 0, 2)];
    spec->zeros = (clq_group_zeros)pick(random, CLQ_GROUP_NO_ZEROS, CLQ_GROUP_OFFSETS);
    spec->group_index = one_in(random, 4);
    if (one_in(random, 5)) spec->dynamic = CLQNN_DYNAMIC_PER_ROW;
    spec->dynamic_type = one_in(random, 2) ? CLQNN_S8 : CLQNN_U8;
}

static void random_memory(clq_random *random, clq_mixed_case *spec)
{
    spec->a_transposed = one_in(random, 3);
    spec->b_transposed = one_in(random, 2);
    if (one_in(random, 4)) spec->a_padding = (int32_t)pick(random, 1, 19);
    if (one_in(random, 4)) spec->b_padding = (int32_t)pick(random, 1, 19);
    if (one_in(random, 4)) spec->c_padding = (int32_t)pick(random, 1, 19);
    if (one_in(random, 4)) spec->residual_padding = (int32_t)pick(random, 1, 19);
    if (one_in(random, 3)) spec->a_offset = (int32_t)pick(random, 1, 33);
    if (one_in(random, 3)) spec->b_offset = (int32_t)pick(random, 1, 33);
    if (one_in(random, 3)) spec->c_offset = (int32_t)pick(random, 1, 33);
    spec->sub_buffers = one_in(random, 6);
    spec->wait_list = one_in(random, 6);
    spec->b_source = (clq_b_source)pick(random, CLQ_B_CONSTANT, CLQ_B_RUNTIME);
    if (!one_in(random, 4)) return;
    for (int d = 0; d < 2; d++) {
        spec->batch[d] = pick(random, 1, 3);
        spec->a_broadcast[d] = one_in(random, 4);
        spec->b_broadcast[d] = one_in(random, 2);
    }
    if (one_in(random, 3)) spec->batch_gap = (int32_t)pick(random, 1, 21);
}

/* ---- Features: each alone, on data that is otherwise plain ---- */

static void apply_feature(clq_mixed_case *spec, size_t feature)
{
    const bool odd = feature & 1;
    if (feature < 16) {
        spec->activation = activations[feature / 2];
        spec->c_type = odd ? CLQNN_U8 : spec->c_type;
        spec->c_zero = odd;
        return;
    }
    switch (feature) {
    case 16: case 17: spec->bias = true; break;
    case 18: case 19: spec->column_scale = odd ? CLQ_PER_VECTOR : CLQ_PER_TENSOR; break;
    case 20: case 21: spec->clamp = true; break;
    case 22: case 23: spec->residual = CLQ_MIXED_OWN_RESIDUAL; break;
    case 24: case 25: spec->residual = CLQ_MIXED_RESIDUAL_IN_C; break;
    case 26: case 27: spec->a_data = spec->b_data = CLQ_FLOATS_LARGE; break;
    case 28: case 29: spec->a_data = spec->b_data = CLQ_FLOATS_TINY; break;
    case 30: case 31: spec->a_data = CLQ_FLOATS_SPECIAL; break;
    case 32: case 33: spec->b_data = CLQ_FLOATS_SPECIAL; break;
    case 34: case 35: spec->c_type = odd ? CLQNN_S8 : CLQNN_U8; spec->clamp = true; spec->c_zero = true; break;
    case 36: case 37: spec->a_data = CLQ_FLOATS_SPECIAL; spec->activation = odd ? CLQNN_RELU6 : CLQNN_RELU; spec->clamp = odd; break;
    case 38: spec->a_data = spec->b_data = CLQ_FLOATS_WHOLE; spec->c_type = CLQNN_S8; spec->c_zero = true; break;
    case 39: spec->a_data = CLQ_FLOATS_SPECIAL; spec->c_type = CLQNN_U8; spec->c_zero = true; spec->clamp = true; break;
    case 40: case 41: spec->a_transposed = true; spec->b_transposed = odd; break;
    case 42: case 43: spec->b_source = CLQ_B_PACKED; spec->b_transposed = odd; break;
    case 44: case 45: spec->b_source = CLQ_B_RUNTIME; spec->b_transposed = odd; break;
    case 46: spec->batch[0] = 2; spec->batch[1] = 3; spec->a_broadcast[0] = spec->b_broadcast[1] = true; break;
    default: spec->batch[1] = 3; spec->residual = CLQ_MIXED_OWN_RESIDUAL; spec->residual_broadcast = true; break;
    }
}

/* Every type, size and kind of zero point in turn; then what else an integer b may have. */
static void apply_group_feature(clq_mixed_case *spec, size_t feature)
{
    spec->b_type = codes[feature % COUNT(codes)];
    spec->group = group_sizes[feature % 5];
    spec->scale_type = floats[feature / 3 % 3];
    spec->zeros = (clq_group_zeros)(feature / 2 % 4);
    spec->b_transposed = feature & 1;
    switch (feature / 4) {
    case 5: spec->group_index = true; break;
    case 6: spec->b_source = CLQ_B_PACKED; spec->group_index = feature & 1; break;
    case 7: spec->dynamic = CLQNN_DYNAMIC_PER_ROW; spec->dynamic_type = feature & 2 ? CLQNN_S8 : CLQNN_U8; break;
    case 8: spec->group = group_sizes[5 + feature % 3]; break;
    case 9: spec->bias = true; spec->residual = CLQ_MIXED_OWN_RESIDUAL; spec->activation = activations[feature % COUNT(activations)]; break;
    case 10: case 11: case 12: case 13: case 14:
        spec->dynamic = CLQNN_DYNAMIC_PER_ROW;
        spec->dynamic_type = feature & 2 ? CLQNN_S8 : CLQNN_U8;
        spec->group = group_sizes[feature % COUNT(group_sizes)];
        spec->group_index = feature % 7 == 0;
        break;
    default: break;
    }
}

size_t clq_mixed_case_count(const clq_sweep *sweep)
{
    return rounds_of(sweep, QUICK_SHAPES, NORMAL_SHAPES, FULL_SHAPES) + ALL_FEATURES * rounds_of(sweep, 1, 1, FULL_FEATURE_ROUNDS)
           + rounds_of(sweep, QUICK_RANDOM, NORMAL_RANDOM, FULL_RANDOM);
}

clq_mixed_case clq_mixed_case_make(const clq_sweep *sweep, size_t index)
{
    clq_random random = clq_random_seed(sweep->seed, index + 1);
    const size_t shapes = rounds_of(sweep, QUICK_SHAPES, NORMAL_SHAPES, FULL_SHAPES), features = ALL_FEATURES * rounds_of(sweep, 1, 1, FULL_FEATURE_ROUNDS);
    clq_mixed_case spec = {.batch = {1, 1}, .seed = clq_random_bits(&random)};
    const bool is_shape = index < shapes, is_feature = !is_shape && index < shapes + features;
    if (is_shape || is_feature) {
        spec.a_type = operands[index % 5];
        spec.b_type = operands[index / 5 % 5];
        spec.c_type = floats[index / 2 % 3];
        spec.residual_type = floats[index / 2 % 3];
        random_shape(sweep, &random, &spec);
        spec.bias = is_shape && one_in(&random, 2);
        spec.b_transposed = is_shape && one_in(&random, 3);
    }
    if (is_feature) {
        const size_t feature = (index - shapes) % ALL_FEATURES;
        if (spec.k == 0) spec.k = 40;
        if (feature < FEATURES) apply_feature(&spec, feature);
        else apply_group_feature(&spec, feature - FEATURES);
    }
    if (!is_shape && !is_feature) {
        random_numerics(&random, &spec);
        random_memory(&random, &spec);
        random_shape(sweep, &random, &spec);
        if (one_in(&random, 3)) random_groups(&random, &spec);
    }
    limit_products(sweep, &spec);
    if (index % 7 == 3 && spec.group == 0) spec.b_type = index & 1 ? CLQNN_B1 : CLQNN_T2;
    if (clq_sweep_has_half_sums(sweep)) {
        spec.half_sums = true;
        spec.a_type = spec.b_type = CLQNN_F16;
        spec.group = 0;
        spec.dynamic = CLQNN_STATIC;
    }
    make_consistent(&spec);
    return spec;
}
