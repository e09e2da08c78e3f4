/* SPDX-License-Identifier: Apache-2.0 */
/* The enumeration has three parts, in this order: shapes (one dimension at a time), features (one numeric feature at a time), random mixtures. */
#include "gemm_case.h"

#include <string.h>

#include "plane_rows.h"
#include "seeded_random.h"

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

enum { QUICK_SHAPES = 28, QUICK_RANDOM = 12, NORMAL_RANDOM = 160, FULL_RANDOM = 2400, FULL_SHAPE_ROUNDS = 4, FULL_FEATURE_ROUNDS = 6 };

static const int64_t small_primes[] = { 0, 1, 2, 3, 5, 7, 13, 31, 37, 61, 97 };
static const int64_t k_values[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 127, 129, 251, 256, 511, 1021 };
static const int64_t k_tail_base = 64; /* k tails 1..9 behind whole blocks */
static const int64_t long_k[] = { 2048, 4099, 16383, 32000 };

enum { TILE_VALUES = 7, K_TAILS = 9 };
enum { DIMENSION_VALUES = COUNT(small_primes) + TILE_VALUES, K_VALUES = COUNT(k_values) + K_TAILS + COUNT(long_k),
       SHAPES = 2 * DIMENSION_VALUES + K_VALUES };

/* tile-1, tile, tile+1, and the same around two and three tiles. */
static int64_t dimension_value(size_t index, int64_t tile)
{
    if (index < COUNT(small_primes)) return small_primes[index];
    switch (index - COUNT(small_primes)) {
    case 0: return tile > 1 ? tile - 1 : 1;
    case 1: return tile;
    case 2: return tile + 1;
    case 3: return 2 * tile - 1;
    case 4: return 2 * tile;
    case 5: return 2 * tile + 1;
    default: return 3 * tile + 1;
    }
}

static int64_t k_value(size_t index, int64_t tile_k)
{
    if (index < COUNT(k_values)) return k_values[index];
    index -= COUNT(k_values);
    if (index < K_TAILS) return (k_tail_base + tile_k - 1) / tile_k * tile_k + 1 + (int64_t)index;
    return long_k[index - K_TAILS];
}

static clq_gemm_sweep with_defaults(const clq_gemm_sweep *sweep)
{
    clq_gemm_sweep all = *sweep;
    if (all.tile_m <= 0) all.tile_m = 4;
    if (all.tile_n <= 0) all.tile_n = 16;
    if (all.tile_k <= 0) all.tile_k = 4;
    if (all.max_macs <= 0) all.max_macs = INT64_C(1) << (all.level == CLQ_LEVEL_QUICK ? 24 : 26);
    return all;
}

static clqnn_type pick_type(clq_random *random, const clqnn_type *types, size_t count)
{
    return types[clq_random_range(random, 0, (int64_t)count - 1)];
}

static bool one_in(clq_random *random, int64_t n) { return clq_random_range(random, 1, n) == 1; }

static clq_per pick_per(clq_random *random) { return (clq_per)clq_random_range(random, CLQ_PER_NONE, CLQ_PER_VECTOR); }

/* ---- Numerics ---- */

static const clqnn_type bytes_types[] = { CLQNN_U8, CLQNN_S8 };
static const clqnn_type output_types[] = { CLQNN_U8, CLQNN_S8, CLQNN_U8, CLQNN_S8, CLQNN_S32, CLQNN_F32, CLQNN_F16 };
static const clqnn_type float_types[] = { CLQNN_F32, CLQNN_F16 };

static bool is_byte(clqnn_type type) { return type == CLQNN_U8 || type == CLQNN_S8; }

/* Planes are constant, transposed, and have whole words to a row. */
static void make_planes_consistent(clq_gemm_case *spec)
{
    spec->b_transposed = true;
    if (spec->b_source == CLQ_B_RUNTIME) spec->b_source = CLQ_B_CONSTANT;
    spec->b_zero = CLQ_PER_NONE;
    spec->b_padding = (spec->b_padding + 15) / 16 * 32;
    spec->batch_gap = (spec->batch_gap + 31) / 32 * 32;
}

bool clq_gemm_takes_planes_only(const char *types)
{
    return strstr(types, "; b b1,t2;") != NULL;
}

/* Clears what the descriptor's other fields leave without meaning, so that each case is one that the contract accepts. */
static void make_consistent(clq_gemm_case *spec)
{
    if (spec->dynamic != CLQNN_STATIC) {
        if (spec->a_type != CLQNN_F16) spec->a_type = CLQNN_F32;
        if (spec->c_type != CLQNN_F16) spec->c_type = CLQNN_F32;
        spec->a_zero = spec->a_scale = CLQ_PER_NONE;
    }
    const bool to_bytes = is_byte(spec->c_type), to_float = spec->c_type == CLQNN_F32 || spec->c_type == CLQNN_F16;
    if (!to_bytes) {
        spec->rounding = CLQNN_FLOAT_EVEN;
        spec->c_zero = CLQ_PER_NONE;
    } else if (spec->c_zero == CLQ_PER_VECTOR) {
        spec->c_zero = CLQ_PER_TENSOR;
    }
    if (spec->rounding != CLQNN_FLOAT_EVEN) {
        spec->a_scale = spec->b_scale = CLQ_PER_NONE;
        if (spec->fixed == CLQ_PER_NONE) spec->fixed = CLQ_PER_TENSOR;
    } else {
        spec->fixed = CLQ_PER_NONE;
    }
    if (spec->c_type == CLQNN_S32) {
        spec->clamp = false;
        spec->a_scale = spec->b_scale = CLQ_PER_NONE;
    }
    if (!to_bytes || spec->dynamic != CLQNN_STATIC) spec->aim = CLQ_AIM_SPREAD;
    if (spec->aim != CLQ_AIM_SPREAD) {
        spec->a_data = spec->b_data = CLQ_DATA_SMALL;
        spec->a_zero = spec->b_zero = CLQ_PER_NONE;
        spec->bias_type = CLQNN_S32;
    }
    if (spec->bias_type == CLQNN_F32 && !to_float) spec->bias_type = CLQNN_S32;
    for (int d = 0; d < 2; d++) {
        if (spec->batch[d] == 1) spec->a_broadcast[d] = spec->b_broadcast[d] = false;
    }
    if (clq_is_planes(spec->b_type)) make_planes_consistent(spec);
    if (spec->b_source != CLQ_B_RUNTIME) spec->b_offset = 0;
}

static void random_numerics(clq_random *random, clq_gemm_case *spec)
{
    spec->a_type = pick_type(random, bytes_types, COUNT(bytes_types));
    spec->b_type = pick_type(random, bytes_types, COUNT(bytes_types));
    spec->c_type = pick_type(random, output_types, COUNT(output_types));
    spec->a_zero = pick_per(random);
    spec->b_zero = pick_per(random);
    spec->c_zero = pick_per(random);
    spec->extreme_zero = one_in(random, 4);
    spec->a_scale = pick_per(random);
    spec->b_scale = pick_per(random);
    static const clqnn_type bias_types[] = { CLQNN_TYPE_NONE, CLQNN_S32, CLQNN_S32, CLQNN_F32 };
    spec->bias_type = pick_type(random, bias_types, COUNT(bias_types));
    spec->rounding = (clqnn_rounding)clq_random_range(random, CLQNN_FLOAT_EVEN, CLQNN_FIXED_SINGLE);
    spec->fixed = pick_per(random);
    spec->clamp = one_in(random, 3);
    if (one_in(random, 8)) {
        spec->dynamic = one_in(random, 2) ? CLQNN_DYNAMIC_PER_TENSOR : CLQNN_DYNAMIC_PER_ROW;
        spec->dynamic_type = one_in(random, 3) ? CLQNN_S8 : CLQNN_U8;
        spec->a_type = pick_type(random, float_types, COUNT(float_types));
    }
    spec->a_data = one_in(random, 2) ? CLQ_DATA_RANDOM : (clq_data)clq_random_range(random, CLQ_DATA_RANDOM, CLQ_DATA_HIGHEST);
    spec->b_data = one_in(random, 2) ? CLQ_DATA_RANDOM : (clq_data)clq_random_range(random, CLQ_DATA_RANDOM, CLQ_DATA_HIGHEST);
    if (one_in(random, 4)) spec->aim = one_in(random, 2) ? CLQ_AIM_TIES : CLQ_AIM_BOUNDARY;
}

static void random_memory(clq_random *random, clq_gemm_case *spec)
{
    spec->a_transposed = one_in(random, 4);
    spec->b_transposed = one_in(random, 3);
    if (one_in(random, 3)) spec->a_padding = (int32_t)clq_random_range(random, 1, 19);
    if (one_in(random, 3)) spec->b_padding = (int32_t)clq_random_range(random, 1, 19);
    if (one_in(random, 3)) spec->c_padding = (int32_t)clq_random_range(random, 1, 19);
    if (one_in(random, 3)) spec->a_offset = (int32_t)clq_random_range(random, 1, 67);
    if (one_in(random, 3)) spec->b_offset = (int32_t)clq_random_range(random, 1, 67);
    if (one_in(random, 3)) spec->c_offset = (int32_t)clq_random_range(random, 1, 67);
    spec->b_source = (clq_b_source)clq_random_range(random, CLQ_B_CONSTANT, CLQ_B_RUNTIME);
    spec->sub_buffers = one_in(random, 5);
    spec->wait_list = one_in(random, 5);
    if (one_in(random, 4)) {
        for (int d = 0; d < 2; d++) {
            spec->batch[d] = clq_random_range(random, 1, 3);
            spec->a_broadcast[d] = one_in(random, 4);
            spec->b_broadcast[d] = one_in(random, 3);
        }
        if (one_in(random, 2)) spec->batch_gap = (int32_t)clq_random_range(random, 1, 21);
    }
}

/* ---- Features: each alone, on data that is otherwise plain ---- */

enum { BYTE_FEATURES = 58, PLANE_FEATURES = 12, FEATURES = BYTE_FEATURES + PLANE_FEATURES };

/* b of planes: both types in turn. */
static void apply_plane_feature(clq_gemm_case *spec, size_t feature)
{
    spec->b_type = feature & 1 ? CLQNN_B1 : CLQNN_T2;
    switch (feature) {
    case 0: case 1: spec->c_type = CLQNN_S32; break;
    case 2: case 3: spec->a_type = CLQNN_U8; spec->a_zero = spec->c_zero = CLQ_PER_TENSOR; spec->b_source = CLQ_B_PACKED; break;
    case 4: case 5: spec->a_data = CLQ_DATA_EXTREMES; spec->b_data = feature & 1 ? CLQ_DATA_LOWEST : CLQ_DATA_HIGHEST; spec->c_type = CLQNN_S32; break;
    case 6: spec->dynamic = CLQNN_DYNAMIC_PER_ROW; spec->dynamic_type = CLQNN_S8; break;
    case 7: spec->dynamic = CLQNN_DYNAMIC_PER_ROW; spec->dynamic_type = CLQNN_U8; spec->a_type = CLQNN_F16; break;
    case 8: spec->dynamic = CLQNN_DYNAMIC_PER_TENSOR; spec->dynamic_type = CLQNN_S8; spec->a_transposed = true; break;
    case 9: spec->batch[0] = 2; spec->batch[1] = 3; spec->b_broadcast[0] = true; spec->a_zero = CLQ_PER_VECTOR; break;
    case 10: spec->batch[1] = 2; spec->b_padding = 1; spec->batch_gap = 1; spec->b_source = CLQ_B_PACKED; spec->rounding = CLQNN_FIXED_DOUBLE; break;
    default: spec->aim = CLQ_AIM_TIES; break;
    }
}

static void apply_feature(clq_gemm_case *spec, size_t feature)
{
    spec->a_type = feature & 1 ? CLQNN_S8 : CLQNN_U8;
    spec->b_type = CLQNN_S8;
    spec->c_type = feature & 1 ? CLQNN_S8 : CLQNN_U8;
    spec->b_scale = CLQ_PER_VECTOR;
    spec->bias_type = CLQNN_S32;
    if (feature >= BYTE_FEATURES) {
        apply_plane_feature(spec, feature - BYTE_FEATURES);
        return;
    }
    switch (feature) {
    case 0: case 1: break;
    case 2: case 3: spec->c_type = CLQNN_S32; spec->bias_type = CLQNN_TYPE_NONE; break;
    case 4: spec->a_type = CLQNN_S8; spec->b_type = CLQNN_U8; spec->c_type = CLQNN_S32; break;
    case 5: spec->a_type = CLQNN_U8; spec->b_type = CLQNN_U8; spec->c_type = CLQNN_S32; break;
    case 6: case 7: spec->a_zero = spec->b_zero = spec->c_zero = CLQ_PER_TENSOR; spec->a_scale = CLQ_PER_TENSOR; break;
    case 8: case 9: spec->a_zero = CLQ_PER_TENSOR; spec->extreme_zero = true; break;
    case 10: case 11: spec->b_zero = CLQ_PER_VECTOR; spec->extreme_zero = true; break;
    case 12: spec->a_zero = CLQ_PER_VECTOR; break;
    case 13: spec->a_zero = spec->b_zero = CLQ_PER_VECTOR; spec->c_type = CLQNN_S32; break;
    case 14: case 15: spec->a_scale = CLQ_PER_VECTOR; break;
    case 16: case 17: spec->rounding = CLQNN_FIXED_DOUBLE; break;
    case 18: case 19: spec->rounding = CLQNN_FIXED_DOUBLE; spec->fixed = CLQ_PER_VECTOR; spec->c_zero = CLQ_PER_TENSOR; break;
    case 20: case 21: spec->rounding = CLQNN_FIXED_SINGLE; break;
    case 22: case 23: spec->rounding = CLQNN_FIXED_SINGLE; spec->fixed = CLQ_PER_VECTOR; spec->c_zero = CLQ_PER_TENSOR; break;
    case 24: case 25: spec->clamp = true; spec->c_zero = CLQ_PER_TENSOR; break;
    case 26: case 27: spec->a_data = CLQ_DATA_LOWEST; spec->b_data = CLQ_DATA_LOWEST; spec->c_type = CLQNN_S32; break;
    case 28: case 29: spec->a_data = CLQ_DATA_HIGHEST; spec->b_data = feature & 1 ? CLQ_DATA_HIGHEST : CLQ_DATA_LOWEST; spec->c_type = CLQNN_S32; break;
    case 30: case 31: spec->a_data = spec->b_data = CLQ_DATA_EXTREMES; break;
    case 32: spec->c_type = CLQNN_F32; spec->bias_type = CLQNN_F32; spec->a_scale = CLQ_PER_VECTOR; break;
    case 33: spec->c_type = CLQNN_F32; spec->clamp = true; break;
    case 34: spec->c_type = CLQNN_F16; spec->bias_type = CLQNN_F32; break;
    case 35: spec->c_type = CLQNN_F16; spec->a_zero = CLQ_PER_TENSOR; break;
    case 36: case 37: spec->b_source = CLQ_B_RUNTIME; spec->b_zero = CLQ_PER_TENSOR; break;
    case 38: spec->batch[1] = 3; spec->b_broadcast[1] = true; break;
    case 39: spec->batch[0] = 2; spec->batch[1] = 3; spec->batch_gap = 5; spec->b_source = CLQ_B_RUNTIME; break;
    case 40: spec->dynamic = CLQNN_DYNAMIC_PER_TENSOR; spec->dynamic_type = CLQNN_U8; break;
    case 41: spec->dynamic = CLQNN_DYNAMIC_PER_ROW; spec->dynamic_type = CLQNN_U8; spec->b_zero = CLQ_PER_TENSOR; break;
    case 42: spec->dynamic = CLQNN_DYNAMIC_PER_ROW; spec->dynamic_type = CLQNN_S8; spec->a_type = CLQNN_F16; break;
    case 43: spec->a_transposed = spec->b_transposed = true; spec->b_source = CLQ_B_PACKED; break;
    case 44: case 45: spec->aim = CLQ_AIM_TIES; break;
    case 46: case 47: spec->aim = CLQ_AIM_TIES; spec->rounding = CLQNN_FIXED_DOUBLE; spec->fixed = CLQ_PER_VECTOR; break;
    case 48: case 49: spec->aim = CLQ_AIM_TIES; spec->rounding = CLQNN_FIXED_SINGLE; spec->fixed = CLQ_PER_VECTOR; break;
    case 50: case 51: spec->aim = CLQ_AIM_BOUNDARY; break;
    case 52: case 53: spec->aim = CLQ_AIM_BOUNDARY; spec->a_scale = CLQ_PER_VECTOR; break;
    case 54: case 55: spec->aim = CLQ_AIM_BOUNDARY; spec->rounding = CLQNN_FIXED_DOUBLE; spec->fixed = CLQ_PER_VECTOR; break;
    default: spec->aim = CLQ_AIM_BOUNDARY; spec->rounding = CLQNN_FIXED_SINGLE; spec->fixed = CLQ_PER_VECTOR; break;
    }
}

/* ---- Shapes ---- */

static void shape_case(clq_gemm_case *spec, const clq_gemm_sweep *sweep, size_t shape)
{
    spec->m = sweep->tile_m + 1;
    spec->n = sweep->tile_n + 3;
    spec->k = 4 * (int64_t)sweep->tile_k + 3;
    if (shape < DIMENSION_VALUES) {
        spec->m = dimension_value(shape, sweep->tile_m);
    } else if (shape < 2 * DIMENSION_VALUES) {
        spec->n = dimension_value(shape - DIMENSION_VALUES, sweep->tile_n);
    } else {
        spec->k = k_value(shape - 2 * DIMENSION_VALUES, sweep->tile_k);
    }
}

static void random_shape(clq_random *random, clq_gemm_case *spec, const clq_gemm_sweep *sweep)
{
    spec->m = one_in(random, 4) ? clq_random_range(random, 1, 80)
                                : dimension_value((size_t)clq_random_range(random, 0, DIMENSION_VALUES - 1), sweep->tile_m);
    spec->n = one_in(random, 4) ? clq_random_range(random, 1, 200)
                                : dimension_value((size_t)clq_random_range(random, 0, DIMENSION_VALUES - 1), sweep->tile_n);
    spec->k = one_in(random, 4) ? clq_random_range(random, 1, 700) : k_value((size_t)clq_random_range(random, 0, K_VALUES - 1), sweep->tile_k);
}

/* Where the accumulator could overflow by type alone, or the case would take too long, k shrinks; what remains too long loses rows. */
static void limit_work(clq_gemm_case *spec, int64_t max_macs)
{
    const int64_t batches = spec->batch[0] * spec->batch[1];
    int64_t columns = batches * spec->m * spec->n;
    if (columns > 0 && spec->k > max_macs / columns) spec->k = max_macs / columns > 0 ? max_macs / columns : 1;
    while (spec->m > 1 && batches * spec->m * spec->n * spec->k > max_macs) spec->m = (spec->m + 1) / 2;
}

static size_t shape_rounds(clq_level level) { return level == CLQ_LEVEL_FULL ? FULL_SHAPE_ROUNDS : 1; }
static size_t feature_rounds(clq_level level) { return level == CLQ_LEVEL_FULL ? FULL_FEATURE_ROUNDS : 1; }
static size_t shape_count(clq_level level) { return level == CLQ_LEVEL_QUICK ? QUICK_SHAPES : SHAPES * shape_rounds(level); }

static size_t random_count(clq_level level)
{
    return level == CLQ_LEVEL_QUICK ? QUICK_RANDOM : level == CLQ_LEVEL_NORMAL ? NORMAL_RANDOM : FULL_RANDOM;
}

size_t clq_gemm_case_count(const clq_gemm_sweep *sweep)
{
    return shape_count(sweep->level) + FEATURES * feature_rounds(sweep->level) + random_count(sweep->level);
}

clq_gemm_case clq_gemm_case_make(const clq_gemm_sweep *given, size_t index)
{
    const clq_gemm_sweep sweep = with_defaults(given);
    clq_random random = clq_random_seed(sweep.seed, index);
    clq_gemm_case spec = { .seed = clq_random_bits(&random), .batch = { 1, 1 } };
    const size_t shapes = shape_count(sweep.level), features = FEATURES * feature_rounds(sweep.level);
    if (index < shapes) {
        /* quick: evenly spaced, shifted by the seed, so that other seeds see other shapes */
        const size_t shape = sweep.level == CLQ_LEVEL_QUICK ? (index * SHAPES / QUICK_SHAPES + (size_t)(sweep.seed % SHAPES)) % SHAPES : index % SHAPES;
        apply_feature(&spec, index % 8);
        if (index >= SHAPES) random_numerics(&random, &spec);
        random_memory(&random, &spec);
        shape_case(&spec, &sweep, shape);
    } else if (index < shapes + features) {
        const size_t round = (index - shapes) / FEATURES;
        spec.m = sweep.tile_m > 16 ? 2 * (int64_t)sweep.tile_m + 1 : 33;
        spec.n = sweep.tile_n > 36 ? 2 * (int64_t)sweep.tile_n + 5 : 77;
        spec.k = 67;
        if (round > 0) random_shape(&random, &spec, &sweep);
        apply_feature(&spec, (index - shapes) % FEATURES);
    } else {
        random_shape(&random, &spec, &sweep);
        random_numerics(&random, &spec);
        random_memory(&random, &spec);
    }
    if (sweep.planes_only || (index % 5 == 2 && (index < shapes || index >= shapes + features))) spec.b_type = index & 1 ? CLQNN_B1 : CLQNN_T2;
    make_consistent(&spec);
    limit_work(&spec, sweep.max_macs);
    return spec;
}
