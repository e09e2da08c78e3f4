/* SPDX-License-Identifier: Apache-2.0 */
/* The enumeration has three parts, in this order: the listed shapes with types in turn, features (one at a time) on the base shapes and on shapes of whole
 * words, random mixtures. */
#include "conv_bits_case.h"

#include "seeded_random.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

enum { QUICK_STEP = 3, QUICK_RANDOM = 60, NORMAL_RANDOM = 300, FULL_RANDOM = 3000, OWN_FEATURES = 16, NORMAL_ROUNDS = 3, FULL_ROUNDS = 10 };

#define MOST_PRODUCTS 1.5e6

/* Around words of channels: what networks of bits have, and the edges of words. */
static const char *const word_shapes[] = {
    "ic32_ih7_iw9_oc32_kh3_ph1",      "ic64_ih8_iw8_oc64_kh3_ph1",        "ic64_ih9_iw9_oc96_kh3_sh2_ph1", "ic128_ih7_iw7_oc40_kh3_ph1",    "ic31_ih6_iw7_oc33_kh3_ph1",
    "ic33_ih6_iw7_oc31_kh3_ph1",      "ic65_ih5_iw6_oc64_kh3_ph1",        "ic96_ih5_iw5_oc65_kh1",         "ic256_ih4_iw4_oc32_kh3_ph1",    "ic64_ih6_iw6_oc64_kh3_ph1_g2",
    "ic48_ih6_iw6_oc24_kh3_ph1_g3",   "ic64_ih6_iw7_oc64_kh3_ph1_g64",    "ic40_ih7_iw6_oc40_kh3_sh2_ph1_g40", "ic64_ih7_iw7_oc32_kh3_dh2_ph2", "mb3_ic32_ih5_iw5_oc34_kh5_ph2",
    "ic64_ih5_iw5_oc32_kh4_sh2_ph1_t1", "ic32_ih4_iw5_oc64_kh3_sh2_ph1_ah1_t1", "ic64_iw20_oc64_kw5_pw2", "ic96_ih3_iw57_oc32_kh3_ph1", "ic512_ih3_iw3_oc64_kh3_ph1",
};

static int64_t pick(clq_random *random, int64_t low, int64_t high) { return clq_random_range(random, low, high); }

static bool one_in(clq_random *random, int64_t n) { return pick(random, 1, n) == 1; }

static size_t of_level(const clq_sweep *sweep, size_t quick, size_t normal, size_t full)
{
    return sweep->level == CLQ_LEVEL_QUICK ? quick : sweep->level == CLQ_LEVEL_NORMAL ? normal : full;
}

static size_t all_shapes(void) { return clq_conv_listed_shapes() + COUNT(word_shapes); }

static clq_conv_shape shape_at(size_t index)
{
    clq_conv_shape shape;
    char message[128];
    if (index < clq_conv_listed_shapes()) return clq_conv_listed_shape(index);
    (void)clq_conv_shape_parse(word_shapes[(index - clq_conv_listed_shapes()) % COUNT(word_shapes)], &shape, message, sizeof message);
    return shape;
}

static size_t shape_count(const clq_sweep *sweep) { return of_level(sweep, all_shapes() / QUICK_STEP, all_shapes(), 3 * all_shapes()); }

static size_t features_of_round(void) { return clq_bits_numerics_features() + OWN_FEATURES; }

static size_t feature_count(const clq_sweep *sweep) { return features_of_round() * of_level(sweep, 1, NORMAL_ROUNDS, FULL_ROUNDS); }

/* A case that would take too long loses images, then output channels of each group, then rows (or planes) as long as there is an output. */
static void limit_work(const clq_sweep *sweep, clq_conv_bits_case *spec)
{
    const double most = sweep->most_products ? (double)sweep->most_products / (double)clq_bits_numerics_planes(&spec->numerics) : MOST_PRODUCTS;
    clq_conv_shape *const shape = &spec->shape;
    while (clq_conv_shape_macs(shape) > most) {
        const int64_t outputs = shape->out_channels / shape->groups;
        if (shape->batch > 1) {
            shape->batch--;
        } else if (outputs > 1) {
            shape->out_channels = shape->groups * ((outputs + 1) / 2);
        } else {
            const int last = shape->spatial_rank - 1, long_one = shape->input[last] > shape->input[0] ? last : 0;
            if (shape->input[long_one] == 1) return;
            shape->input[long_one]--;
            if (clq_conv_shape_output(shape, long_one) >= 1) continue;
            shape->input[long_one]++;
            return;
        }
    }
}

/* Clears what the other fields leave without meaning, so that each case is one that the contract accepts. */
static void settle(const clq_sweep *sweep, clq_conv_bits_case *spec)
{
    clq_bits_numerics_settle(&spec->numerics);
    limit_work(sweep, spec);
    if (spec->numerics.a_type != CLQNN_B1 || spec->shape.transposed) spec->pad = CLQNN_BIT_PAD_ZERO;
    if (spec->numerics.residual_type == CLQNN_TYPE_NONE) spec->residual_in_y = false;
    if (sweep->plain_buffers) spec->sub_buffers = false;
    if (!spec->residual_in_y) return;
    spec->numerics.residual_type = spec->numerics.c_type;
    spec->residual_place = spec->y;
}

static void random_place(clq_random *random, clq_image_place *place)
{
    place->explicit_strides = one_in(random, 4);
    if (one_in(random, 3)) place->offset = (int32_t)pick(random, 1, 9);
    if (one_in(random, 3)) place->padding = (int32_t)pick(random, 1, 5);
    if (one_in(random, 4)) place->gap = (int32_t)pick(random, 1, 5);
}

static void random_case(clq_random *random, clq_conv_bits_case *spec)
{
    spec->shape = one_in(random, 3) ? shape_at(clq_conv_listed_shapes() + (size_t)pick(random, 0, COUNT(word_shapes) - 1)) : clq_conv_random_shape(random);
    spec->numerics = clq_bits_numerics_random(random);
    spec->pad = one_in(random, 2) ? CLQNN_BIT_PAD_PLUS_ONE : CLQNN_BIT_PAD_ZERO;
    random_place(random, &spec->x);
    random_place(random, &spec->y);
    random_place(random, &spec->residual_place);
    spec->packed = one_in(random, 3);
    spec->sub_buffers = one_in(random, 6);
    spec->wait_list = one_in(random, 6);
    spec->residual_in_y = one_in(random, 2);
}

static void own_feature(clq_conv_bits_case *spec, size_t feature)
{
    clq_bits_numerics *const numerics = &spec->numerics;
    switch (feature) {
    case 0: case 1: case 2: numerics->a_type = CLQNN_B1; spec->pad = CLQNN_BIT_PAD_PLUS_ONE; break;
    case 3: numerics->a_type = CLQNN_B1; numerics->b_type = CLQNN_T2; spec->pad = CLQNN_BIT_PAD_PLUS_ONE; break;
    case 4: numerics->a_type = CLQNN_B1; numerics->b_type = CLQNN_PU3; numerics->b_zero = CLQ_PER_VECTOR; spec->pad = CLQNN_BIT_PAD_PLUS_ONE; break;
    case 5: numerics->a_type = numerics->b_type = CLQNN_B1; numerics->c_type = CLQNN_B1; numerics->directions = CLQ_DIRECTIONS_MIXED; break;
    case 6: numerics->a_type = CLQNN_PO2; numerics->b_type = CLQNN_B1; break; /* no value is 0: taps outside are corrected */
    case 7: numerics->a_type = CLQNN_PU2; numerics->a_zero = true; numerics->b_type = CLQNN_PO1; break;
    case 8: case 9: spec->packed = true; break;
    case 10: spec->x.padding = 2; spec->x.offset = 1; spec->y.padding = 3; spec->y.offset = 2; numerics->c_type = CLQNN_B1; break;
    case 11: spec->shape.batch = 2; spec->x.gap = 2; spec->y.gap = 3; numerics->c_type = CLQNN_F32; numerics->row_scales = true; break;
    case 12: case 13: spec->residual_in_y = true; numerics->residual_type = CLQNN_F32; numerics->c_type = feature & 1 ? CLQNN_F16 : CLQNN_F32; break;
    case 14: spec->y.padding = 1; numerics->c_type = CLQNN_PU3; spec->sub_buffers = true; break;
    default: spec->wait_list = true; numerics->residual_type = CLQNN_F16; numerics->c_type = CLQNN_F32; spec->residual_place.padding = 5; spec->residual_place.gap = 3; break;
    }
}

size_t clq_conv_bits_case_count(const clq_sweep *sweep)
{
    return shape_count(sweep) + feature_count(sweep) + of_level(sweep, QUICK_RANDOM, NORMAL_RANDOM, FULL_RANDOM);
}

clq_conv_bits_case clq_conv_bits_case_make(const clq_sweep *sweep, size_t index)
{
    clq_random random = clq_random_seed(sweep->seed, index + 1);
    clq_conv_bits_case spec = {.seed = clq_random_bits(&random), .numerics = clq_bits_numerics_plain(index)};
    if (index < shape_count(sweep)) {
        spec.shape = shape_at(sweep->level == CLQ_LEVEL_QUICK ? (index * QUICK_STEP + sweep->seed % QUICK_STEP) % all_shapes() : index % all_shapes());
        if (one_in(&random, 3)) spec.pad = CLQNN_BIT_PAD_PLUS_ONE;
    } else if (index < shape_count(sweep) + feature_count(sweep)) {
        const size_t feature = (index - shape_count(sweep)) % features_of_round(), round = (index - shape_count(sweep)) / features_of_round();
        const size_t base = feature + 3 * round, shapes = clq_conv_base_shapes() + COUNT(word_shapes), at = base % shapes;
        const bool is_numeric = feature < clq_bits_numerics_features();
        spec.shape = at < clq_conv_base_shapes() ? clq_conv_base_shape(at) : shape_at(clq_conv_listed_shapes() + at - clq_conv_base_shapes());
        spec.numerics = is_numeric ? clq_bits_numerics_feature(feature, round) : clq_bits_numerics_plain(feature + round);
        if (!is_numeric) own_feature(&spec, feature - clq_bits_numerics_features());
    } else {
        random_case(&random, &spec);
    }
    settle(sweep, &spec);
    return spec;
}

/* ---- Text ---- */

static void append_place(clq_text_writer *writer, const char *name, const clq_image_place *place)
{
    if (place->offset != 0) clq_text_append(writer, " %s-offset:%d", name, place->offset);
    if (place->padding != 0) clq_text_append(writer, " %s-padding:%d", name, place->padding);
    if (place->gap != 0) clq_text_append(writer, " %s-gap:%d", name, place->gap);
    if (place->explicit_strides) clq_text_append(writer, " %s-strides", name);
}

const char *clq_conv_bits_case_describe(const clq_conv_bits_case *spec, char *text, size_t size)
{
    char shape[192];
    clq_text_writer writer = clq_text_start(text, size);
    clq_text_append(&writer, "%s", clq_conv_shape_print(&spec->shape, shape, sizeof shape));
    clq_bits_numerics_append(&writer, &spec->numerics);
    if (spec->pad == CLQNN_BIT_PAD_PLUS_ONE) clq_text_append(&writer, " pad:+1");
    append_place(&writer, "x", &spec->x);
    append_place(&writer, "y", &spec->y);
    if (spec->packed) clq_text_append(&writer, " w-packed");
    if (spec->sub_buffers) clq_text_append(&writer, " sub-buffers");
    if (spec->wait_list) clq_text_append(&writer, " wait-list");
    if (spec->residual_in_y) clq_text_append(&writer, " residual-in-y");
    else if (spec->numerics.residual_type != CLQNN_TYPE_NONE) append_place(&writer, "residual", &spec->residual_place);
    return text;
}
