/* SPDX-License-Identifier: Apache-2.0 */
/* The enumeration has three parts, in this order: shapes (about tiles and words, plain numbers, types in turn), features (one at a time), random mixtures of
 * everything. */
#include "bits_case.h"

#include <inttypes.h>

#include "seeded_random.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

enum { QUICK_SHAPES = 90, NORMAL_SHAPES = 300, FULL_SHAPES = 1500, QUICK_RANDOM = 100, NORMAL_RANDOM = 500, FULL_RANDOM = 5000, MEMORY_FEATURES = 16, NORMAL_ROUNDS = 3,
       FULL_ROUNDS = 8 };
static const int64_t quick_products = 400000, normal_products = 4000000;

static const int64_t tile_edges[] = {4, 6, 8, 16, 32, 64};
static const int64_t depths[] = {1, 31, 32, 33, 63, 64, 65, 95, 96, 97, 127, 128, 129, 160, 255, 256, 257, 288, 480, 511, 512, 513, 1000, 1023, 1024, 1025, 2, 7};
static const struct { int64_t m, n, k; } large_shapes[] = {{1, 1000, 4096}, {64, 96, 2048}, {3, 33, 20000}, {130, 70, 300}, {17, 257, 576}, {1, 1, 65536}, {33, 1, 4097}};

static int64_t pick(clq_random *random, int64_t low, int64_t high) { return clq_random_range(random, low, high); }

static bool one_in(clq_random *random, int64_t n) { return pick(random, 1, n) == 1; }

static size_t of_level(const clq_sweep *sweep, size_t quick, size_t normal, size_t full)
{
    return sweep->level == CLQ_LEVEL_QUICK ? quick : sweep->level == CLQ_LEVEL_NORMAL ? normal : full;
}

static int64_t about_an_edge(clq_random *random, int64_t own)
{
    const int64_t edge = own > 1 && one_in(random, 2) ? own : tile_edges[pick(random, 0, COUNT(tile_edges) - 1)];
    const int64_t value = edge * pick(random, 1, 3) + pick(random, -1, 1);
    return value > 0 ? value : 1;
}

static void random_shape(const clq_sweep *sweep, clq_random *random, clq_bits_case *spec)
{
    spec->m = one_in(random, 2) ? pick(random, 1, 17) : about_an_edge(random, sweep->tile[0]);
    spec->n = one_in(random, 3) ? pick(random, 1, 40) : about_an_edge(random, sweep->tile[1]);
    spec->k = one_in(random, 4) ? pick(random, 1, 700) : depths[pick(random, 0, COUNT(depths) - 1)];
    if (!one_in(random, 12)) return;
    const size_t which = (size_t)pick(random, 0, COUNT(large_shapes) - 1);
    spec->m = large_shapes[which].m, spec->n = large_shapes[which].n, spec->k = large_shapes[which].k;
}

/* The first shapes walk one dimension at a time, whatever the seed. */
static void shape_in_turn(const clq_sweep *sweep, clq_random *random, size_t index, clq_bits_case *spec)
{
    if (index < COUNT(depths)) {
        spec->m = 5, spec->n = 35, spec->k = depths[index];
    } else if (index < COUNT(depths) + 4) {
        const size_t empty = index - COUNT(depths);
        spec->m = empty != 0 ? 3 : 0, spec->n = empty != 1 ? 34 : 0, spec->k = empty > 1 ? 0 : 70;
        spec->numerics.bias_type = empty == 3 ? CLQNN_S32 : CLQNN_TYPE_NONE;
    } else {
        random_shape(sweep, random, spec);
    }
}

/* Slow devices count a product for each pair of planes. */
static void limit_products(const clq_sweep *sweep, clq_bits_case *spec)
{
    const int64_t most = sweep->most_products ? sweep->most_products : sweep->level == CLQ_LEVEL_QUICK ? quick_products : normal_products;
    const int64_t most_k = clq_bits_numerics_most_k(&spec->numerics);
    const int64_t planes = sweep->most_products ? clq_bits_numerics_planes(&spec->numerics) : 1;
    if (spec->k > most_k) spec->k = most_k;
    while (planes * spec->batch[0] * spec->batch[1] * spec->m * spec->n * spec->k > most) {
        if (spec->m * spec->n * spec->k == 1) return;
        if (spec->k > 300) spec->k = spec->k / 2 + 1;
        else if (spec->m >= spec->n && spec->m > 1) spec->m = (spec->m + 1) / 2;
        else if (spec->n > 1) spec->n = (spec->n + 1) / 2;
        else spec->k = (spec->k + 1) / 2;
    }
}

/* Clears what the other fields leave without meaning, so that each case is one that the contract accepts. */
static void settle(const clq_sweep *sweep, clq_bits_case *spec)
{
    clq_bits_numerics *const numerics = &spec->numerics;
    clq_bits_numerics_settle(numerics);
    limit_products(sweep, spec);
    if (spec->b_source != CLQ_B_RUNTIME) spec->b_offset = 0;
    if (numerics->residual_type == CLQNN_TYPE_NONE) spec->residual_in_c = spec->residual_broadcast = false;
    for (int d = 0; d < 2; d++) {
        if (spec->batch[d] == 1) spec->a_broadcast[d] = spec->b_broadcast[d] = false;
    }
    if (sweep->plain_buffers) spec->sub_buffers = false;
    if (!spec->residual_in_c) return;
    numerics->residual_type = numerics->c_type;
    spec->residual_padding = spec->c_padding;
    spec->residual_broadcast = false;
}

static void random_memory(clq_random *random, clq_bits_case *spec)
{
    if (one_in(random, 4)) spec->a_padding = (int32_t)pick(random, 1, 5);
    if (one_in(random, 4)) spec->b_padding = (int32_t)pick(random, 1, 5);
    if (one_in(random, 4)) spec->c_padding = (int32_t)pick(random, 1, 5);
    if (one_in(random, 4)) spec->residual_padding = (int32_t)pick(random, 1, 19);
    if (one_in(random, 3)) spec->a_offset = (int32_t)pick(random, 1, 9);
    if (one_in(random, 3)) spec->b_offset = (int32_t)pick(random, 1, 9);
    if (one_in(random, 3)) spec->c_offset = (int32_t)pick(random, 1, 9);
    spec->sub_buffers = one_in(random, 6);
    spec->wait_list = one_in(random, 6);
    spec->b_source = (clq_b_source)pick(random, CLQ_B_CONSTANT, CLQ_B_RUNTIME);
    spec->residual_in_c = one_in(random, 2);
    spec->residual_broadcast = one_in(random, 4);
    if (!one_in(random, 4)) return;
    for (int d = 0; d < 2; d++) {
        spec->batch[d] = pick(random, 1, 3);
        spec->a_broadcast[d] = one_in(random, 4);
        spec->b_broadcast[d] = one_in(random, 2);
    }
    if (one_in(random, 3)) spec->batch_gap = (int32_t)pick(random, 1, 7);
}

static void memory_feature(clq_bits_case *spec, size_t feature)
{
    switch (feature) {
    case 0: spec->a_padding = 2; break;
    case 1: spec->b_padding = 1; spec->b_source = CLQ_B_RUNTIME; break;
    case 2: spec->c_padding = 3; spec->numerics.c_type = CLQNN_B1; break;
    case 3: spec->a_offset = 3; spec->c_offset = 5; spec->sub_buffers = true; break;
    case 4: spec->b_source = CLQ_B_PACKED; break;
    case 5: spec->b_source = CLQ_B_PACKED; spec->numerics.b_type = CLQNN_PU3; spec->numerics.b_zero = CLQ_PER_VECTOR; break;
    case 6: spec->b_source = CLQ_B_RUNTIME; spec->b_offset = 4; break;
    case 7: spec->b_source = CLQ_B_RUNTIME; spec->numerics.a_type = CLQNN_PU2; spec->numerics.b_type = CLQNN_PO2; spec->numerics.a_zero = true; break;
    case 8: spec->b_source = CLQ_B_RUNTIME; spec->numerics.b_type = CLQNN_PS3; spec->numerics.b_zero = CLQ_PER_VECTOR; break;
    case 9: spec->batch[0] = 2; spec->batch[1] = 3; spec->a_broadcast[0] = spec->b_broadcast[1] = true; break;
    case 10: spec->batch[1] = 3; spec->batch_gap = 2; spec->numerics.row_scales = true; spec->numerics.c_type = CLQNN_F32; break;
    case 11: spec->batch[1] = 2; spec->residual_broadcast = true; spec->numerics.residual_type = CLQNN_F32; spec->numerics.c_type = CLQNN_F16; break;
    case 12: case 13: spec->residual_in_c = true; spec->numerics.residual_type = CLQNN_F32; spec->numerics.c_type = feature & 1 ? CLQNN_F16 : CLQNN_F32; break;
    case 14: spec->c_padding = 2; spec->c_offset = 1; spec->numerics.c_type = CLQNN_PU3; spec->sub_buffers = true; break;
    default: spec->wait_list = true; spec->residual_padding = 4; spec->numerics.residual_type = CLQNN_F16; spec->numerics.c_type = CLQNN_F32; break;
    }
}

static size_t features_of_round(void) { return clq_bits_numerics_features() + MEMORY_FEATURES; }

size_t clq_bits_case_count(const clq_sweep *sweep)
{
    return of_level(sweep, QUICK_SHAPES, NORMAL_SHAPES, FULL_SHAPES) + features_of_round() * of_level(sweep, 1, NORMAL_ROUNDS, FULL_ROUNDS)
           + of_level(sweep, QUICK_RANDOM, NORMAL_RANDOM, FULL_RANDOM);
}

clq_bits_case clq_bits_case_make(const clq_sweep *sweep, size_t index)
{
    clq_random random = clq_random_seed(sweep->seed, index + 1);
    clq_bits_case spec = {.batch = {1, 1}, .seed = clq_random_bits(&random)};
    const size_t shapes = of_level(sweep, QUICK_SHAPES, NORMAL_SHAPES, FULL_SHAPES), features = features_of_round() * of_level(sweep, 1, NORMAL_ROUNDS, FULL_ROUNDS);
    if (index < shapes) {
        spec.numerics = clq_bits_numerics_plain(index);
        shape_in_turn(sweep, &random, index, &spec);
    } else if (index < shapes + features) {
        const size_t feature = (index - shapes) % features_of_round(), round = (index - shapes) / features_of_round();
        const bool is_numeric = feature < clq_bits_numerics_features();
        spec.numerics = is_numeric ? clq_bits_numerics_feature(feature, round) : clq_bits_numerics_plain(feature + round);
        random_shape(sweep, &random, &spec);
        if (!is_numeric) memory_feature(&spec, feature - clq_bits_numerics_features());
    } else {
        spec.numerics = clq_bits_numerics_random(&random);
        random_memory(&random, &spec);
        random_shape(sweep, &random, &spec);
    }
    settle(sweep, &spec);
    return spec;
}

/* ---- Text ---- */

static void append_number(clq_text_writer *writer, const char *name, int64_t value)
{
    if (value != 0) clq_text_append(writer, " %s:%" PRId64, name, value);
}

static void append_flag(clq_text_writer *writer, const char *name, bool flag)
{
    if (flag) clq_text_append(writer, " %s", name);
}

const char *clq_bits_case_describe(const clq_bits_case *spec, char *text, size_t size)
{
    clq_text_writer writer = clq_text_start(text, size);
    if (spec->batch[0] != 1) clq_text_append(&writer, "%" PRId64 ":", spec->batch[0]);
    if (spec->batch[0] != 1 || spec->batch[1] != 1) clq_text_append(&writer, "%" PRId64 ":", spec->batch[1]);
    clq_text_append(&writer, "%" PRId64 "x%" PRId64 "x%" PRId64, spec->m, spec->n, spec->k);
    clq_bits_numerics_append(&writer, &spec->numerics);
    append_flag(&writer, "residual-in-c", spec->residual_in_c);
    append_flag(&writer, "residual-broadcast", spec->residual_broadcast);
    append_number(&writer, "a-padding", spec->a_padding);
    append_number(&writer, "b-padding", spec->b_padding);
    append_number(&writer, "c-padding", spec->c_padding);
    append_number(&writer, "residual-padding", spec->residual_padding);
    append_number(&writer, "a-offset", spec->a_offset);
    append_number(&writer, "b-offset", spec->b_offset);
    append_number(&writer, "c-offset", spec->c_offset);
    append_number(&writer, "batch-gap", spec->batch_gap);
    for (int d = 0; d < 2; d++) {
        if (spec->a_broadcast[d]) clq_text_append(&writer, " a-broadcast:%d", d);
        if (spec->b_broadcast[d]) clq_text_append(&writer, " b-broadcast:%d", d);
    }
    append_flag(&writer, "sub-buffers", spec->sub_buffers);
    append_flag(&writer, "wait-list", spec->wait_list);
    append_flag(&writer, "b-packed", spec->b_source == CLQ_B_PACKED);
    append_flag(&writer, "b-at-run-time", spec->b_source == CLQ_B_RUNTIME);
    return text;
}
