/* SPDX-License-Identifier: Apache-2.0 */
#include "case_shape.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_internal.h"
#include "case_shape_fit.h"

static clqnn_status read_tensor(const clq_case *file, const char *name, clqnn_tensor *tensor, const void **data, clq_case_report report)
{
    const clq_case_tensor *const found = clq_case_find(file, name);
    clqnn_type type = CLQNN_TYPE_NONE;
    if (found == NULL) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' is missing", name);
    if (found->rank > CLQNN_MAX_RANK) return clq_case_fail(report, CLQNN_UNSUPPORTED, "'%s' has %d dimensions, at most %d are in this version", name, found->rank, CLQNN_MAX_RANK);
    const clqnn_status status = clq_case_element_type(file, found, &type, report);
    if (status != CLQNN_OK) return status;
    *tensor = (clqnn_tensor){.type = type, .rank = found->rank};
    for (int32_t i = 0; i < found->rank; i++) {
        if (found->shape[i] == 0) return clq_case_fail(report, CLQNN_UNSUPPORTED, "'%s' has a dimension of 0, which is not in this version", name);
        tensor->shape[i] = found->shape[i];
    }
    *data = found->data;
    const clq_case_quantization_request request = {.name = name, .channel_axis = -1, .group_axis = -1};
    return clq_case_read_quantization(file, &request, type, &tensor->quantization, report);
}

/* A list of `count` numbers from `low` on; left alone where the key is absent. */
static clqnn_status read_list(const clq_case *file, const char *key, int64_t low, int32_t count, int64_t *values, clq_case_report report)
{
    int32_t found = 0;
    const char *text = clq_case_metadata(file, key);
    if (text == NULL || (clq_case_parse_integers(text, low, INT32_MAX, values, count, &found) && found == count)) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "%s is '%s', not %" PRId32 " numbers of at least %" PRId64, key, text, count, low);
}

/* One of `names`, ended by NULL; 0 where the key is absent. */
static clqnn_status read_choice(const clq_case *file, const char *key, const char *const *names, int *choice, clq_case_report report)
{
    const char *text = clq_case_metadata(file, key);
    *choice = 0;
    if (text == NULL) return CLQNN_OK;
    for (int i = 0; names[i] != NULL; i++) {
        *choice = i;
        if (strcmp(names[i], text) == 0) return CLQNN_OK;
    }
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "%s is '%s'", key, text);
}

/* Checked when the case was read. */
static clqnn_rounding rounding_of(const clq_case *file)
{
    const char *text = clq_case_metadata(file, "requantize");
    clqnn_rounding rounding = CLQNN_FLOAT_EVEN;
    if (text != NULL) (void)clq_case_parse_rounding(text, &rounding);
    return rounding;
}

static const char *const flags[] = {"0", "1", NULL};
static const char *const layouts[] = {"nhwc", "nchw", NULL};

static clqnn_status read_pool(clq_case *file, clq_case_shape_call *call, clq_case_report report)
{
    static const char *const kinds[] = {"max", "average", "global_average", "global_max", NULL}, *const roundings[] = {"even", "half_away", NULL};
    clqnn_pool_desc *const desc = &call->desc.pool;
    const int32_t rank = call->inputs[0].rank - 2;
    int kind = 0, layout = 0, include = 0, rounding = 0, ceil_mode = 0;
    int64_t pads[2 * CLQNN_POOL_MAX_SPATIAL] = {0};
    float low = 0.0f, high = 0.0f;
    if (rank < 1 || rank > CLQNN_POOL_MAX_SPATIAL) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'x' has %d dimensions, not 3, 4 or 5", call->inputs[0].rank);
    *desc = (clqnn_pool_desc){.struct_size = sizeof *desc, .spatial_rank = rank, .x = call->inputs[0], .y = call->y};
    clqnn_status status = read_choice(file, "kind", kinds, &kind, report);
    if (status == CLQNN_OK) status = read_choice(file, "layout", layouts, &layout, report);
    if (status == CLQNN_OK) status = read_choice(file, "count_include_pad", flags, &include, report);
    if (status == CLQNN_OK) status = read_choice(file, "ceil_mode", flags, &ceil_mode, report);
    if (status == CLQNN_OK) status = read_choice(file, "average.rounding", roundings, &rounding, report);
    if (status == CLQNN_OK) status = read_list(file, "kernel", 1, rank, desc->kernel, report);
    if (status == CLQNN_OK) status = read_list(file, "strides", 1, rank, desc->stride, report);
    if (status == CLQNN_OK) status = read_list(file, "dilations", 1, rank, desc->dilation, report);
    if (status == CLQNN_OK) status = read_list(file, "pads", 0, 2 * rank, pads, report);
    if (status == CLQNN_OK) status = clq_case_read_clamp(file, call->y.type, &desc->has_clamp, &low, &high, report);
    desc->kind = kind == 1 || kind == 2 ? CLQNN_POOL_AVERAGE : CLQNN_POOL_MAX;
    desc->is_global = kind >= 2;
    desc->layout = layout == 1 ? CLQNN_CHANNELS_FIRST : CLQNN_CHANNELS_LAST;
    desc->count_include_pad = include;
    desc->ceil_mode = ceil_mode;
    desc->rounding = rounding == 1 ? CLQNN_AVERAGE_HALF_AWAY : CLQNN_AVERAGE_FLOAT_EVEN;
    desc->clamp_min = (int32_t)low;
    desc->clamp_max = (int32_t)high;
    for (int32_t i = 0; i < rank; i++) {
        desc->pad_begin[i] = pads[i];
        desc->pad_end[i] = pads[rank + i];
    }
    return status;
}

static clqnn_status read_concat(clq_case *file, clq_case_shape_call *call, clq_case_report report)
{
    int64_t axis = 0;
    const char *text = clq_case_metadata(file, "axis");
    if (text == NULL || !clq_case_parse_integer(text, -CLQNN_MAX_RANK, CLQNN_MAX_RANK - 1, &axis)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "axis is '%s'", text != NULL ? text : "(absent)");
    }
    for (call->input_count = 0; ; call->input_count++) {
        char name[16];
        (void)snprintf(name, sizeof name, "x%d", (int)call->input_count);
        if (clq_case_find(file, name) == NULL) break;
        if (call->input_count == CLQNN_CONCAT_MAX) return clq_case_fail(report, CLQNN_UNSUPPORTED, "more than %d inputs are not in this version", CLQNN_CONCAT_MAX);
        const clqnn_status status = read_tensor(file, name, &call->inputs[call->input_count], &call->data[call->input_count], report);
        if (status != CLQNN_OK) return status;
    }
    call->desc.concat = (clqnn_concat_desc){sizeof call->desc.concat, call->inputs, call->input_count, (int32_t)axis, call->y, NULL};
    return CLQNN_OK;
}

/* The integers of the fixed rules; y is then quantized by 1/256 and its type's lowest value, given or not. */
static clqnn_status read_softmax_fixed(const clq_case *file, clqnn_softmax_desc *desc, clq_case_report report)
{
    static const float scale = 0x1p-8f;
    static const int32_t lowest[2] = {0, -128};
    static const char *const keys[3] = {"softmax.multiplier", "softmax.shift", "softmax.diff_min"};
    static const int64_t limits[3][2] = {{0, INT32_MAX}, {0, 30}, {INT32_MIN, 0}};
    int64_t values[3] = {0};
    clqnn_quantization *const y = &desc->y.quantization;
    for (int i = 0; i < 3; i++) {
        const char *text = clq_case_metadata(file, keys[i]);
        if (text != NULL && clq_case_parse_integer(text, limits[i][0], limits[i][1], &values[i])) continue;
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "%s is '%s'", keys[i], text != NULL ? text : "(absent)");
    }
    desc->multiplier = (int32_t)values[0];
    desc->shift = (int32_t)values[1];
    desc->diff_min = (int32_t)values[2];
    if (desc->is_log) return clq_case_fail(report, CLQNN_UNSUPPORTED, "fixed-point log-softmax is not in this version");
    if (y->scale_count == 0 && y->zero_point_count == 0) *y = (clqnn_quantization){&scale, 1, &lowest[desc->y.type == CLQNN_S8], 1};
    if (y->scale_count == 1 && y->scales[0] == scale && (y->zero_point_count ? y->zero_points[0] : 0) == lowest[desc->y.type == CLQNN_S8]) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "y.scale must be 1/256 and y.zero_point the lowest value of y's type");
}

static clqnn_status read_softmax(clq_case *file, clq_case_shape_call *call, clq_case_report report)
{
    int64_t axis = -1;
    int is_log = 0;
    const char *text = clq_case_metadata(file, "axis");
    if (text != NULL && !clq_case_parse_integer(text, -CLQNN_MAX_RANK, CLQNN_MAX_RANK - 1, &axis)) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "axis is '%s'", text);
    const clqnn_status status = read_choice(file, "log", flags, &is_log, report);
    if (status != CLQNN_OK) return status;
    call->desc.softmax = (clqnn_softmax_desc){
        .struct_size = sizeof call->desc.softmax, .x = call->inputs[0], .y = call->y, .axis = (int32_t)axis, .is_log = is_log, .rounding = rounding_of(file),
    };
    if (call->desc.softmax.rounding != CLQNN_FLOAT_EVEN) return read_softmax_fixed(file, &call->desc.softmax, report);
    return CLQNN_OK;
}

static clqnn_status read_axes(const clq_case *file, clqnn_reduce_desc *desc, clq_case_report report)
{
    int64_t axes[CLQNN_MAX_RANK] = {0};
    const char *text = clq_case_metadata(file, "axes");
    if (text == NULL) return CLQNN_OK;
    if (!clq_case_parse_integers(text, -desc->x.rank, desc->x.rank - 1, axes, CLQNN_MAX_RANK, &desc->axis_count) || desc->axis_count == 0) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "axes is '%s', not axes of %d dimensions", text, (int)desc->x.rank);
    }
    for (int32_t i = 0; i < desc->axis_count; i++) desc->axes[i] = (int32_t)axes[i];
    return CLQNN_OK;
}

static clqnn_status read_reduce(clq_case *file, clq_case_shape_call *call, clq_case_report report)
{
    static const char *const kinds[] = {"mean", "sum", "max", "min", NULL};
    clqnn_reduce_desc *const desc = &call->desc.reduce;
    const int32_t *multipliers = NULL, *shifts = NULL;
    int64_t count = 0;
    int kind = 0;
    *desc = (clqnn_reduce_desc){.struct_size = sizeof *desc, .x = call->inputs[0], .y = call->y};
    const char *rule = clq_case_metadata(file, "requantize");
    if (rule != NULL) clq_case_parse_rounding(rule, &desc->rounding);
    clqnn_status status = read_choice(file, "kind", kinds, &kind, report);
    desc->kind = (clqnn_reduce_kind)kind;
    if (status == CLQNN_OK) status = read_axes(file, desc, report);
    if (status != CLQNN_OK) return status;
    if (desc->rounding == CLQNN_FLOAT_EVEN) {
        if (clq_case_find(file, "multiplier") == NULL && clq_case_find(file, "shift") == NULL) return CLQNN_OK;
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'multiplier' and 'shift' need requantize fixed_double or fixed_single");
    }
    status = clq_case_read_fixed(file, 1, &multipliers, &shifts, &count, report);
    if (status != CLQNN_OK) return status;
    desc->multiplier = multipliers[0];
    desc->shift = shifts[0];
    return CLQNN_OK;
}

/* One scale and one zero point at most each. */
static bool is_quantized_alike(const clqnn_quantization *a, const clqnn_quantization *b)
{
    const float a_scale = a->scale_count ? a->scales[0] : 1.0f, b_scale = b->scale_count ? b->scales[0] : 1.0f;
    return a_scale == b_scale && (a->zero_point_count ? a->zero_points[0] : 0) == (b->zero_point_count ? b->zero_points[0] : 0);
}

static clqnn_status read_resize(clq_case *file, clq_case_shape_call *call, clq_case_report report)
{
    static const char *const modes[] = {"nearest", "linear", NULL}, *const positions[] = {"half_pixel", "asymmetric", "align_corners", NULL};
    static const char *const roundings[] = {"round_prefer_floor", "round_prefer_ceil", "floor", "ceil", NULL};
    clqnn_resize_desc *const desc = &call->desc.resize;
    int mode = 0, layout = 0, coordinates = 0, nearest = 0;
    clqnn_status status = read_choice(file, "mode", modes, &mode, report);
    if (status == CLQNN_OK) status = read_choice(file, "layout", layouts, &layout, report);
    if (status == CLQNN_OK) status = read_choice(file, "coordinates", positions, &coordinates, report);
    if (status == CLQNN_OK) status = read_choice(file, "nearest", roundings, &nearest, report);
    *desc = (clqnn_resize_desc){
        .struct_size = sizeof *desc,
        .mode = (clqnn_resize_mode)mode,
        .layout = layout == 1 ? CLQNN_CHANNELS_FIRST : CLQNN_CHANNELS_LAST,
        .x = call->inputs[0],
        .y = call->y,
        .coordinates = (clqnn_resize_coordinates)coordinates,
        .nearest = (clqnn_resize_nearest)nearest,
        .rounding = rounding_of(file),
    };
    if (status == CLQNN_OK && mode == 1 && desc->rounding != CLQNN_FLOAT_EVEN && !is_quantized_alike(&desc->x.quantization, &desc->y.quantization)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'x' and 'y' are quantized differently, which the fixed rules do not have");
    }
    return status;
}

static clqnn_status read_call(clq_case *file, const char *name, clq_case_shape_call *call, clq_case_report report)
{
    clqnn_status status = CLQNN_OK;
    if (strcmp(name, "concat") == 0) {
        status = read_concat(file, call, report);
        return status == CLQNN_OK ? clq_case_fit_concat(&call->desc.concat, report) : status;
    }
    if (strcmp(name, "softmax") == 0) {
        status = read_softmax(file, call, report);
        return status == CLQNN_OK ? clq_case_fit_softmax(&call->desc.softmax, report) : status;
    }
    if (strcmp(name, "reduce") == 0) {
        status = read_reduce(file, call, report);
        return status == CLQNN_OK ? clq_case_fit_reduce(&call->desc.reduce, report) : status;
    }
    if (strcmp(name, "pool") == 0) {
        status = read_pool(file, call, report);
        return status == CLQNN_OK ? clq_case_fit_pool(&call->desc.pool, report) : status;
    }
    status = read_resize(file, call, report);
    return status == CLQNN_OK ? clq_case_fit_resize(&call->desc.resize, report) : status;
}

clqnn_status clq_case_make_shape(clq_case *file, clq_case_shape_call *out, char *message, size_t capacity)
{
    const clq_case_report report = {message, capacity};
    const char *const name = clq_case_operator_name(file);
    const bool is_concat = strcmp(name, "concat") == 0, is_softmax = strcmp(name, "softmax") == 0;
    const void *expected = NULL;
    *out = (clq_case_shape_call){.input_count = is_concat ? 0 : 1};
    if (!is_concat && !is_softmax && strcmp(name, "pool") != 0 && strcmp(name, "reduce") != 0 && strcmp(name, "resize") != 0) {
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "cases of the operator \"%s\" are not in this version", name);
    }
    clqnn_status status = read_tensor(file, "y", &out->y, &expected, report);
    if (status == CLQNN_OK && !is_concat) status = read_tensor(file, "x", &out->inputs[0], &out->data[0], report);
    if (status == CLQNN_OK) status = read_call(file, name, out, report);
    for (int32_t i = 0; i < out->input_count && status == CLQNN_OK; i++) status = clq_case_fit_types(&out->inputs[i], &out->y, is_concat || is_softmax, report);
    return status;
}
