/* SPDX-License-Identifier: Apache-2.0 */
#include "case_pointwise.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "case_internal.h"

static const struct {
    const char *name;
    clqnn_binary_kind kind;
} binary_names[] = {{"add", CLQNN_ADD}, {"sub", CLQNN_SUB}, {"mul", CLQNN_MUL}, {"min", CLQNN_MIN}, {"max", CLQNN_MAX}};

static const char *const function_names[] = {
    [CLQNN_IDENTITY] = "identity", [CLQNN_RELU] = "relu", [CLQNN_RELU6] = "relu6", [CLQNN_LEAKY_RELU] = "leaky_relu", [CLQNN_ELU] = "elu", [CLQNN_SIGMOID] = "sigmoid",
    [CLQNN_HARD_SIGMOID] = "hard_sigmoid", [CLQNN_HARD_SWISH] = "hard_swish", [CLQNN_TANH] = "tanh", [CLQNN_GELU] = "gelu", [CLQNN_GELU_TANH] = "gelu_tanh",
    [CLQNN_EXP] = "exp",
    [CLQNN_SILU] = "silu",
};

/* This library is linked without libclqnn. */
static size_t bits_of(clqnn_type type)
{
    return type == CLQNN_S4 || type == CLQNN_U4 ? 4 : 8 * clq_case_dtype_size(clq_case_dtype_of(type));
}

size_t clq_case_pointwise_bytes(const clqnn_tensor *tensor)
{
    const size_t planes = (size_t)clq_case_plane_bits(tensor->type);
    size_t count = 1;
    for (int32_t i = 0; i < tensor->rank; i++) {
        const bool is_row = planes != 0 && i == tensor->rank - 1; /* whole words */
        count *= is_row ? ((size_t)tensor->shape[i] + 31) / 32 * 32 : (size_t)tensor->shape[i];
    }
    return (count * (planes ? planes : bits_of(tensor->type)) + 7) / 8;
}

/* Type, rank and shape. */
static clqnn_status read_tensor(const clq_case *file, const clq_case_tensor *tensor, clqnn_tensor *out, clq_case_report report)
{
    const char *packed = clq_case_metadata_of(file, tensor->name, "type");
    const clq_case_shape shape = clq_case_logical_shape(file, tensor);
    *out = (clqnn_tensor){.type = clq_case_dtype_type(tensor->dtype), .rank = shape.rank};
    if (packed != NULL) out->type = strcmp(packed, "s4") == 0 ? CLQNN_S4 : strcmp(packed, "u4") == 0 ? CLQNN_U4 : clq_case_plane_type(packed);
    if (out->type == CLQNN_TYPE_NONE) {
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "'%s' of type %s is not in this version", tensor->name, packed ? packed : clq_case_dtype_name(tensor->dtype));
    }
    if (shape.rank > CLQNN_MAX_RANK) return clq_case_fail(report, CLQNN_UNSUPPORTED, "'%s' has %d dimensions, more than %d", tensor->name, shape.rank, CLQNN_MAX_RANK);
    for (int32_t i = 0; i < shape.rank; i++) {
        out->shape[i] = shape.size[i];
        if (shape.size[i] == 0) return clq_case_fail(report, CLQNN_UNSUPPORTED, "'%s' is empty, which is not in this version", tensor->name);
    }
    return CLQNN_OK;
}

/* The number of values of `parameter`, which must be 1, one for each index of the axis, or one for each block. */
static clqnn_status count_values(const clqnn_tensor *tensor, const clq_case_tensor *parameter, int64_t *count, clq_case_report report)
{
    const int32_t axis = tensor->axis < 0 ? tensor->axis + tensor->rank : tensor->axis;
    char text[CLQ_CASE_TEXT];
    bool fits = clq_case_count(parameter->shape, parameter->rank, count);
    if (fits && *count == 1) return CLQNN_OK;
    if (tensor->block == 0) {
        fits = fits && parameter->rank == 1 && axis >= 0 && axis < tensor->rank && parameter->shape[0] == tensor->shape[axis];
    } else {
        fits = fits && parameter->rank == tensor->rank;
        for (int32_t i = 0; fits && i < tensor->rank; i++) {
            fits = parameter->shape[i] == (i == axis ? (tensor->shape[i] - 1) / tensor->block + 1 : tensor->shape[i]);
        }
    }
    if (fits) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' has shape %s, which fits neither the axis nor the blocks", parameter->name,
                         clq_case_shape_text(parameter->shape, parameter->rank, text));
}

static clqnn_status read_quantization(const clq_case *file, const char *name, clqnn_tensor *tensor, clq_case_report report)
{
    const clq_case_entry *scale = clq_case_find_part(file, name, "scale"), *zero_point = clq_case_find_part(file, name, "zero_point");
    clqnn_quantization *q = &tensor->quantization;
    clqnn_status status = CLQNN_OK;
    if (scale != NULL) {
        q->scales = scale->tensor.data;
        status = count_values(tensor, &scale->tensor, &q->scale_count, report);
    }
    if (zero_point != NULL && status == CLQNN_OK) {
        q->zero_points = zero_point->integers;
        status = count_values(tensor, &zero_point->tensor, &q->zero_point_count, report);
    }
    return status;
}

/* Metadata `axis` and `block`, or those of the tensor itself. */
static clqnn_status read_axis(const clq_case *file, const char *name, clqnn_tensor *tensor, clq_case_report report)
{
    const char *own = clq_case_metadata_of(file, name, "axis"), *axis = own ? own : clq_case_metadata(file, "axis"), *block = clq_case_metadata(file, "block");
    int64_t number = tensor->rank > 1 ? 1 : 0; /* ONNX's default */
    if (axis != NULL && tensor->rank > 0 && !clq_case_parse_integer(axis, -tensor->rank, tensor->rank - 1, &number)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "axis is '%s', which is no axis of %d dimensions", axis, (int)tensor->rank);
    }
    tensor->axis = (int32_t)number;
    if (block != NULL && !clq_case_parse_integer(block, 0, INT32_MAX, &tensor->block)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "block is '%s', not a number", block);
    }
    return CLQNN_OK;
}

static clqnn_status read_operand(const clq_case *file, const char *name, clqnn_tensor *tensor, const void **data, clq_case_report report)
{
    const clq_case_tensor *found = clq_case_find(file, name);
    if (data != NULL) *data = found->data;
    clqnn_status status = read_tensor(file, found, tensor, report);
    if (status == CLQNN_OK) status = read_axis(file, name, tensor, report);
    return status == CLQNN_OK ? read_quantization(file, name, tensor, report) : status;
}

/* A number under `key`; `value` stays where there is none. */
static clqnn_status read_number(const clq_case *file, const char *key, int32_t *value, clq_case_report report)
{
    int64_t number = 0;
    const char *text = clq_case_metadata(file, key);
    if (text == NULL) return CLQNN_OK;
    if (!clq_case_parse_integer(text, INT32_MIN, INT32_MAX, &number)) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "%s is '%s', not a 32-bit number", key, text);
    *value = (int32_t)number;
    return CLQNN_OK;
}

static clqnn_status read_binary_fixed(clq_case *file, clqnn_binary_desc *desc, clq_case_report report)
{
    const int32_t *multipliers = NULL, *shifts = NULL;
    int64_t count = 0;
    clqnn_status status = clq_case_read_fixed(file, 1, &multipliers, &shifts, &count, report);
    if (status != CLQNN_OK) return status;
    desc->y_fixed = (clqnn_fixed){multipliers[0], shifts[0]};
    if (desc->kind == CLQNN_MUL) return CLQNN_OK;
    status = read_number(file, "add.left_shift", &desc->left_shift, report);
    if (status == CLQNN_OK) status = read_number(file, "a.multiplier", &desc->a_fixed.multiplier, report);
    if (status == CLQNN_OK) status = read_number(file, "a.shift", &desc->a_fixed.shift, report);
    if (status == CLQNN_OK) status = read_number(file, "b.multiplier", &desc->b_fixed.multiplier, report);
    return status == CLQNN_OK ? read_number(file, "b.shift", &desc->b_fixed.shift, report) : status;
}

static clqnn_status read_clamp(const clq_case *file, clqnn_type type, int32_t *has, int32_t *low, int32_t *high, clq_case_report report)
{
    float from = 0, to = 0;
    const clqnn_status status = clq_case_read_clamp(file, type, has, &from, &to, report);
    *low = from < -32768.0f ? -32768 : from > 32767.0f ? 32767 : (int32_t)from; /* beyond the ranges of 8 bits, infinities too */
    *high = to < -32768.0f ? -32768 : to > 32767.0f ? 32767 : (int32_t)to;
    return status;
}

static clqnn_status make_binary(clq_case *file, clqnn_binary_kind kind, clq_case_pointwise *out, clq_case_report report)
{
    clqnn_binary_desc *desc = &out->desc.binary;
    const char *rounding = clq_case_metadata(file, "requantize");
    out->kind = CLQ_CASE_BINARY;
    out->input_count = 2;
    *desc = (clqnn_binary_desc){.struct_size = sizeof *desc, .kind = kind};
    clqnn_status status = read_operand(file, "a", &out->inputs[0], &out->data[0], report);
    if (status == CLQNN_OK) status = read_operand(file, "b", &out->inputs[1], &out->data[1], report);
    if (status == CLQNN_OK) status = read_operand(file, "y", &out->y, NULL, report);
    if (status == CLQNN_OK) status = read_clamp(file, out->y.type, &desc->has_clamp, &desc->clamp_min, &desc->clamp_max, report);
    if (rounding != NULL) (void)clq_case_parse_rounding(rounding, &desc->rounding); /* checked when the case was read */
    if (status == CLQNN_OK && desc->rounding != CLQNN_FLOAT_EVEN) status = read_binary_fixed(file, desc, report);
    desc->a = out->inputs[0];
    desc->b = out->inputs[1];
    desc->y = out->y;
    return status;
}

static clqnn_status read_parameter(const clq_case *file, const char *key, float *value, clq_case_report report)
{
    const char *text = clq_case_metadata(file, key);
    char *end = NULL;
    if (text == NULL) return CLQNN_OK;
    *value = strtof(text, &end);
    if (end != text && *end == '\0') return CLQNN_OK;
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "%s is '%s', not a number", key, text);
}

/* The function, with ONNX's defaults of its parameters. */
static clqnn_status read_function(const clq_case *file, clqnn_table_desc *desc, clq_case_report report)
{
    const char *name = clq_case_metadata(file, "function");
    size_t index = 0;
    if (name == NULL) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "neither metadata 'function' nor tensor 'table'");
    while (index < sizeof function_names / sizeof function_names[0] && strcmp(name, function_names[index]) != 0) index++;
    if (index == sizeof function_names / sizeof function_names[0]) return clq_case_fail(report, CLQNN_UNSUPPORTED, "function '%s' is not in this version", name);
    desc->function = (clqnn_function)index;
    desc->alpha = desc->function == CLQNN_LEAKY_RELU ? 0.01f : desc->function == CLQNN_HARD_SIGMOID ? 0.2f : 1.0f;
    desc->beta = 0.5f;
    const clqnn_status status = read_parameter(file, "alpha", &desc->alpha, report);
    return status == CLQNN_OK ? read_parameter(file, "beta", &desc->beta, report) : status;
}

static clqnn_status make_table(clq_case *file, clq_case_pointwise *out, clq_case_report report)
{
    clqnn_table_desc *desc = &out->desc.table;
    const clq_case_tensor *table = clq_case_find(file, "table");
    int64_t entries = 0;
    out->kind = CLQ_CASE_TABLE;
    out->input_count = 1;
    *desc = (clqnn_table_desc){.struct_size = sizeof *desc};
    clqnn_status status = read_operand(file, "x", &out->inputs[0], &out->data[0], report);
    if (status == CLQNN_OK) status = read_operand(file, "y", &out->y, NULL, report);
    if (status == CLQNN_OK) status = read_clamp(file, out->y.type, &desc->has_clamp, &desc->clamp_min, &desc->clamp_max, report);
    if (status == CLQNN_OK && table == NULL) status = read_function(file, desc, report);
    if (table != NULL && clq_case_count(table->shape, table->rank, &entries)) {
        desc->table = table->data;
        desc->table_length = entries; /* the library refuses another number than 256 */
    }
    desc->x = out->inputs[0];
    desc->y = out->y;
    return status;
}

static clqnn_status make_convert(clq_case *file, clq_case_pointwise *out, clq_case_report report)
{
    clqnn_convert_desc *desc = &out->desc.convert;
    out->kind = CLQ_CASE_CONVERT;
    out->input_count = 1;
    *desc = (clqnn_convert_desc){.struct_size = sizeof *desc};
    clqnn_status status = read_operand(file, "x", &out->inputs[0], &out->data[0], report);
    if (status == CLQNN_OK) status = read_operand(file, "y", &out->y, NULL, report);
    desc->x = out->inputs[0];
    desc->y = out->y;
    return status;
}

static clqnn_status make_pack_bits(clq_case *file, clq_case_pointwise *out, clq_case_report report)
{
    clqnn_pack_bits_desc *desc = &out->desc.pack_bits;
    const clq_case_tensor *threshold = clq_case_find(file, "threshold");
    out->kind = CLQ_CASE_PACK_BITS;
    out->input_count = 1;
    *desc = (clqnn_pack_bits_desc){.struct_size = sizeof *desc};
    clqnn_status status = read_operand(file, "x", &out->inputs[0], &out->data[0], report);
    if (status == CLQNN_OK) status = read_operand(file, "y", &out->y, NULL, report);
    if (threshold != NULL && clq_case_count(threshold->shape, threshold->rank, &desc->threshold_count)) desc->thresholds = threshold->data;
    desc->x = out->inputs[0];
    desc->y = out->y;
    return status;
}

static clqnn_status make_unpack_bits(clq_case *file, clq_case_pointwise *out, clq_case_report report)
{
    clqnn_unpack_bits_desc *desc = &out->desc.unpack_bits;
    out->kind = CLQ_CASE_UNPACK_BITS;
    out->input_count = 1;
    *desc = (clqnn_unpack_bits_desc){.struct_size = sizeof *desc};
    clqnn_status status = read_operand(file, "x", &out->inputs[0], &out->data[0], report);
    if (status == CLQNN_OK) status = read_operand(file, "y", &out->y, NULL, report);
    desc->x = out->inputs[0];
    desc->y = out->y;
    return status;
}

clqnn_status clq_case_make_pointwise(clq_case *file, clq_case_pointwise *out, char *message, size_t capacity)
{
    const clq_case_report report = {message, capacity};
    if (file == NULL || out == NULL) return clq_case_fail(report, CLQNN_INVALID_ARGUMENT, "null pointer");
    *out = (clq_case_pointwise){.input_count = 0};
    const char *name = clq_case_operator_name(file);
    for (size_t i = 0; i < sizeof binary_names / sizeof binary_names[0]; i++) {
        if (strcmp(name, binary_names[i].name) == 0) return make_binary(file, binary_names[i].kind, out, report);
    }
    if (strcmp(name, "lut") == 0) return make_table(file, out, report);
    if (strcmp(name, "quantize") == 0 || strcmp(name, "dequantize") == 0 || strcmp(name, "requantize") == 0) return make_convert(file, out, report);
    if (strcmp(name, "pack_bits") == 0) return make_pack_bits(file, out, report);
    if (strcmp(name, "unpack_bits") == 0) return make_unpack_bits(file, out, report);
    return clq_case_fail(report, CLQNN_UNSUPPORTED, "'%s' does not work element by element", name);
}
