/* SPDX-License-Identifier: Apache-2.0 */
#include "fake_quant/fake_scheme.h"

#define LEAST_SCALE 0x1p-125f
#define LEAST_MAGNITUDE 0x1p-100f
#define MOST_SLOTS ((int64_t)INT32_MAX)

/* What does not depend on bits. */
typedef struct scheme_row {
    const char *name;
    int form, gradient, sum;
    bool has_scales, has_zeros, has_thresholds, has_two, has_mask;
    int32_t least_bits;          /* 0: bits must be 0 */
} scheme_row;

static const scheme_row rows[] = {
    [CLQNN_AFFINE] = {"affine", FAKE_LEVELS, FAKE_ROUNDED, -1, .has_scales = true, .has_zeros = true, .has_mask = true},
    [CLQNN_LSQ] = {"lsq", FAKE_LEVELS, FAKE_STEP, FAKE_SUM_STEP, .has_scales = true, .has_mask = true},
    [CLQNN_PACT] = {"pact", FAKE_LEVELS, FAKE_CLIP, FAKE_SUM_CLIP, .has_scales = true, .has_mask = true, .least_bits = 1},
    [CLQNN_DOREFA_WEIGHTS] = {"dorefa_weights", FAKE_ODD, FAKE_TANH, -1, .has_scales = true, .least_bits = 1},
    [CLQNN_DOREFA_ACTIVATIONS] = {"dorefa_activations", FAKE_LEVELS, FAKE_INSIDE, -1, .has_mask = true, .least_bits = 1},
    [CLQNN_DOREFA_GRADIENTS] = {"dorefa_gradients", FAKE_NOISY, FAKE_ONE, -1, .has_scales = true, .least_bits = 1},
    [CLQNN_BNN] = {"bnn", FAKE_SIGN, FAKE_INSIDE, -1, .has_mask = true},
    [CLQNN_XNOR] = {"xnor", FAKE_SIGN, FAKE_FILTER, -1, .has_scales = true},
    [CLQNN_TWN] = {"twn", FAKE_TERNARY, FAKE_ONE, -1, .has_scales = true, .has_thresholds = true},
    [CLQNN_TTQ] = {"ttq", FAKE_TERNARY, FAKE_TWO_SCALES, FAKE_SUM_SCALES, .has_scales = true, .has_thresholds = true, .has_two = true},
    [CLQNN_WRPN_WEIGHTS] = {"wrpn_weights", FAKE_LEVELS, FAKE_INSIDE, -1, .has_mask = true, .least_bits = 2},
    [CLQNN_WRPN_ACTIVATIONS] = {"wrpn_activations", FAKE_LEVELS, FAKE_INSIDE, -1, .has_mask = true, .least_bits = 1},
};
#define SCHEMES (sizeof rows / sizeof rows[0])

const char *clq_fake_scheme_name(clqnn_fake_quant_scheme scheme)
{
    return (size_t)scheme < SCHEMES ? rows[scheme].name : "unknown";
}

static clqnn_status check_levels(const scheme_row *row, int32_t bits, int32_t qmin, int32_t qmax, bool is_given)
{
    if (row->least_bits == 0 && bits != 0) return clq_fail(CLQNN_INVALID_ARGUMENT, "bits is %d, must be 0 of %s", (int)bits, row->name);
    if (row->least_bits > 0 && (bits < row->least_bits || bits > 8)) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "bits is %d, must be in %d..8 of %s", (int)bits, (int)row->least_bits, row->name);
    }
    if (!is_given) {
        if (qmin == 0 && qmax == 0) return CLQNN_OK;
        return clq_fail(CLQNN_INVALID_ARGUMENT, "qmin and qmax are %d and %d, must be 0 of %s", (int)qmin, (int)qmax, row->name);
    }
    if (qmin >= -128 && qmin < qmax && qmax <= 255 && qmax - qmin <= 255) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "qmin and qmax are %d and %d, must be in -128..255, rising, at most 255 apart", (int)qmin, (int)qmax);
}

/* The range of levels, the scale that goes with it, and where x may be. */
static void set_levels(clq_fake_scheme *made, int32_t bits)
{
    fake_rule *rule = &made->rule;
    const int32_t n = made->scheme == CLQNN_WRPN_WEIGHTS ? (1 << (bits - 1)) - 1 : (1 << bits) - 1;
    rule->scale = 1.0f;
    rule->least_x = -1.0f;
    rule->most_x = 1.0f;
    if (bits == 0) return;
    const bool is_signed = made->scheme == CLQNN_WRPN_WEIGHTS;
    rule->low = is_signed ? -n : 0;
    rule->high = n;
    rule->scale = 1.0f / (float)n;
    if (!is_signed) rule->least_x = 0.0f;
    if (made->scheme == CLQNN_PACT) rule->divisor = (float)n;
}

clqnn_status clq_fake_scheme_make(clqnn_fake_quant_scheme scheme, int32_t bits, int32_t qmin, int32_t qmax, clq_fake_scheme *made)
{
    if ((size_t)scheme >= SCHEMES) return clq_fail(CLQNN_INVALID_ARGUMENT, "scheme is %d, not a clqnn_fake_quant_scheme", (int)scheme);
    const scheme_row *row = &rows[scheme];
    const bool is_given = scheme == CLQNN_AFFINE || scheme == CLQNN_LSQ;
    CLQ_FORWARD(check_levels(row, bits, qmin, qmax, is_given));
    if (scheme == CLQNN_LSQ && (qmin > 0 || qmax < 1)) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "qmin and qmax are %d and %d, must be 0 or less, and 1 or more, of lsq", (int)qmin, (int)qmax);
    }
    *made = (clq_fake_scheme){.scheme = scheme, .bits = bits, .form = row->form, .gradient = row->gradient, .sum = row->sum, .has_mask = row->has_mask};
    made->rule.has_scales = row->has_scales;
    made->rule.has_zeros = row->has_zeros;
    made->rule.has_thresholds = row->has_thresholds;
    made->rule.has_two = row->has_two;
    made->rule.least = scheme == CLQNN_PACT || scheme == CLQNN_DOREFA_WEIGHTS || scheme == CLQNN_DOREFA_GRADIENTS ? LEAST_MAGNITUDE : LEAST_SCALE;
    set_levels(made, bits);
    if (is_given) {
        made->rule.low = qmin;
        made->rule.high = qmax;
    }
    if (scheme == CLQNN_DOREFA_WEIGHTS && bits == 1) {
        made->form = FAKE_SIGN;
        made->gradient = FAKE_ONE;
    }
    return CLQNN_OK;
}

clqnn_status clq_fake_check_slots(const clq_fake_scheme *scheme, clqnn_granularity granularity)
{
    if (scheme->rule.has_scales || granularity == CLQNN_PER_TENSOR) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "granularity is %d, must be 0 of %s, which has no parameters", (int)granularity, clq_fake_scheme_name(scheme->scheme));
}

clqnn_status clq_fake_slots_make(const clqnn_tensor *given, const clq_tensor *resolved, clqnn_granularity granularity, clq_fake_slots *slots)
{
    *slots = (clq_fake_slots){.count = 1, .axis = -1};
    if ((unsigned)granularity > CLQNN_PER_GROUP) return clq_fail(CLQNN_INVALID_ARGUMENT, "granularity is %d, not a clqnn_granularity", (int)granularity);
    if (granularity == CLQNN_PER_TENSOR) return CLQNN_OK;
    CLQ_FORWARD(clq_tensor_axis("x.axis", given->axis, resolved->rank, &slots->axis));
    if (granularity == CLQNN_PER_GROUP && given->block < 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "x.block is %lld, must be positive", (long long)given->block);
    slots->block = granularity == CLQNN_PER_GROUP ? given->block : 0;
    for (int i = resolved->rank - 1; i >= 0; i--) {
        const bool is_axis = i == slots->axis;
        if (!is_axis && !slots->block) continue;
        if (is_axis && slots->block) slots->block_step = slots->count;
        else slots->value_strides[i] = slots->count;
        slots->count *= is_axis && slots->block ? (resolved->shape[i] - 1) / slots->block + 1 : resolved->shape[i];
    }
    if (slots->block) slots->axis_strides[slots->axis] = 1;
    for (int i = 0; i < resolved->rank; i++) {
        if (resolved->shape[i] == 1) slots->value_strides[i] = slots->axis_strides[i] = 0;
    }
    if (slots->count <= MOST_SLOTS) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "x has %lld slots, at most 2147483647 are possible", (long long)slots->count);
}

clq_tensor clq_fake_row(clqnn_type type, int64_t count)
{
    return (clq_tensor){.type = type, .rank = 1, .shape = {count}, .strides = {1}, .count = count, .span = count, .is_dense = true};
}

clqnn_status clq_fake_add_inputs(const clq_fake_scheme *scheme, const clq_fake_slots *slots, clq_op_signature *signature)
{
    const fake_rule *rule = &scheme->rule;
    const clq_tensor scales = clq_fake_row(CLQNN_F32, rule->has_two ? 2 * slots->count : slots->count), zeros = clq_fake_row(CLQNN_S32, slots->count),
                     thresholds = clq_fake_row(CLQNN_F32, slots->count), count = clq_fake_row(CLQNN_S32, 1);
    if (rule->has_scales) CLQ_FORWARD(clq_op_add_input(signature, "scales", -1, &scales, false));
    if (rule->has_zeros) CLQ_FORWARD(clq_op_add_input(signature, "zero_points", -1, &zeros, false));
    if (rule->has_thresholds) CLQ_FORWARD(clq_op_add_input(signature, "thresholds", -1, &thresholds, false));
    if (scheme->form == FAKE_NOISY) CLQ_FORWARD(clq_op_add_input(signature, "count", -1, &count, false));
    return CLQNN_OK;
}

void clq_fake_place_inputs(const clq_fake_scheme *scheme, uint8_t first, uint8_t *scales, uint8_t *others)
{
    const fake_rule *rule = &scheme->rule;
    uint8_t next = (uint8_t)(first + 1);
    *scales = rule->has_scales ? next++ : first;
    *others = rule->has_zeros || rule->has_thresholds || scheme->form == FAKE_NOISY ? next : first;
}
