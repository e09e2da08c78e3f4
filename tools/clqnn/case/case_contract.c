/* SPDX-License-Identifier: Apache-2.0 */
/* What docs/case-format.md allows in a file: one row an operator. */
#include "case_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BIT(dtype) (1u << (dtype))
#define QUANTIZED (BIT(CLQ_CASE_U8) | BIT(CLQ_CASE_I8))
#define INTEGERS (QUANTIZED | BIT(CLQ_CASE_I16))
#define FLOATS (BIT(CLQ_CASE_F32) | BIT(CLQ_CASE_F16) | BIT(CLQ_CASE_BF16))
#define DATA (QUANTIZED | FLOATS)
#define FLOATS_OF_8 (BIT(CLQ_CASE_F8E4M3) | BIT(CLQ_CASE_F8E5M2))
#define RESULT (DATA | BIT(CLQ_CASE_I32))
#define BIAS (BIT(CLQ_CASE_I32) | BIT(CLQ_CASE_F32))

/* A tensor of an operator. A name that ends in '#' stands for it with a number, of which number 0 must be present. Without dtypes there is no such
 * tensor: only its parameters, NAME.scale and NAME.zero_point, may occur. */
typedef struct tensor_rule {
    const char *name;
    uint32_t dtypes;
    bool required;
} tensor_rule;

struct clq_case_contract {
    const char *op;
    const char *keys;      /* of metadata, between spaces */
    bool function_keys;    /* any plain lower-case key is a parameter of `function` */
    tensor_rule tensors[10];
};

static const char common_keys[] = " clqnn.case op requantize clamp tolerance source ";

static const clq_case_contract contracts[] = {
    {"gemm", " b.layout a.dynamic a.dynamic_type activation ", false,
     {{"a", DATA | FLOATS_OF_8, true}, {"b", DATA | FLOATS_OF_8, true}, {"bias", BIAS, false}, {"residual", FLOATS, false}, {"threshold", BIT(CLQ_CASE_I32), false},
      {"direction", BIT(CLQ_CASE_I32), false}, {"row_scale", BIT(CLQ_CASE_F32), false}, {"y", RESULT, true}}},
    {"conv", " layout w.layout strides pads dilations groups transposed output_padding y.layout residual.layout sum.clamp activation ", false,
     {{"x", DATA | FLOATS_OF_8, true}, {"w", DATA | FLOATS_OF_8, true}, {"bias", BIAS, false}, {"table", QUANTIZED, false}, {"residual", DATA, false}, {"sum", 0, false},
      {"y", RESULT, true}}},
    {"pool", " kind kernel strides pads dilations ceil_mode count_include_pad layout average.rounding ", false,
     {{"x", DATA, true}, {"y", RESULT, true}}},
    {"add", " add.left_shift a.multiplier a.shift b.multiplier b.shift ", false,
     {{"a", DATA, true}, {"b", DATA, true}, {"y", RESULT, true}}},
    {"sub", " add.left_shift a.multiplier a.shift b.multiplier b.shift ", false,
     {{"a", DATA, true}, {"b", DATA, true}, {"y", RESULT, true}}},
    {"mul", "", false, {{"a", DATA, true}, {"b", DATA, true}, {"y", RESULT, true}}},
    {"min", "", false, {{"a", DATA, true}, {"b", DATA, true}, {"y", RESULT, true}}},
    {"max", "", false, {{"a", DATA, true}, {"b", DATA, true}, {"y", RESULT, true}}},
    {"lut", " function ", true, {{"x", DATA, true}, {"table", QUANTIZED, false}, {"y", RESULT, true}}},
    {"concat", " axis ", false, {{"x#", DATA, true}, {"y", RESULT, true}}},
    {"softmax", " axis log softmax.multiplier softmax.shift softmax.diff_min ", false, {{"x", DATA, true}, {"y", RESULT, true}}},
    {"reduce", " kind axes ", false, {{"x", DATA, true}, {"y", RESULT, true}}},
    {"resize", " mode coordinates nearest layout ", false, {{"x", DATA, true}, {"y", RESULT, true}}},
    {"quantize", " axis block ", false, {{"x", FLOATS, true}, {"y", INTEGERS, true}}},
    {"dequantize", " axis block ", false, {{"x", INTEGERS | BIT(CLQ_CASE_I32), true}, {"y", FLOATS, true}}},
    {"requantize", " axis block ", false, {{"x", INTEGERS | BIT(CLQ_CASE_I32), true}, {"y", INTEGERS, true}}},
    {"pack_bits", "", false,
     {{"x", DATA, true}, {"threshold", BIT(CLQ_CASE_F32), false}, {"y", BIT(CLQ_CASE_U8), true}}},
    {"unpack_bits", "", false, {{"x", BIT(CLQ_CASE_U8), true}, {"y", DATA, true}}},
    {"dynamic_quantize", " axis ", false, {{"x", FLOATS, true}, {"y", QUANTIZED, true}}},
};

const char *clq_case_contract_name(const clq_case_contract *contract)
{
    return contract->op;
}

static bool is_listed(const char *list, const char *word, size_t length)
{
    if (memchr(word, ' ', length) != NULL) return false;
    for (const char *at = strstr(list, " "); at != NULL && at[1] != '\0'; at = strstr(at + 1, " ")) {
        if (strncmp(at + 1, word, length) == 0 && at[1 + length] == ' ') return true;
    }
    return false;
}

/* The rule of an operand's name, given as the first `length` bytes of `name`. */
static const tensor_rule *find_rule(const clq_case_contract *contract, const char *name, size_t length)
{
    for (const tensor_rule *rule = contract->tensors; rule->name != NULL; rule++) {
        const size_t size = strlen(rule->name);
        if (rule->name[size - 1] != '#') {
            if (size == length && strncmp(rule->name, name, length) == 0) return rule;
        } else if (length >= size && strncmp(rule->name, name, size - 1) == 0) {
            if (strspn(name + size - 1, "0123456789") >= length - (size - 1)) return rule;
        }
    }
    return NULL;
}

static bool is_operand_key(const clq_case_contract *contract, const char *key)
{
    const char *dot = strchr(key, '.');
    if (dot == NULL || find_rule(contract, key, (size_t)(dot - key)) == NULL) return false;
    return is_listed(" axis group type shape ", dot + 1, strlen(dot + 1));
}

static bool is_function_key(const clq_case_contract *contract, const char *key)
{
    return contract->function_keys && *key != '\0' && strspn(key, "abcdefghijklmnopqrstuvwxyz_") == strlen(key);
}

static clqnn_status check_keys(const clq_case *file, clq_case_report report)
{
    for (size_t i = 0; i < file->metadata_count; i++) {
        const char *key = file->metadata[i].key;
        if (is_listed(common_keys, key, strlen(key)) || is_listed(file->contract->keys, key, strlen(key))) continue;
        if (is_operand_key(file->contract, key) || is_function_key(file->contract, key)) continue;
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "unknown metadata key '%s' for operator %s", key, file->contract->op);
    }
    return CLQNN_OK;
}

/* Values that mean the same for every operator. */
static clqnn_status check_common_values(const clq_case *file, clq_case_report report)
{
    clqnn_rounding rounding;
    clq_case_tolerance tolerance;
    double low, high;
    const char *text = clq_case_metadata(file, "requantize");
    if (text != NULL && !clq_case_parse_rounding(text, &rounding)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "requantize is '%s', not float_even, fixed_double or fixed_single", text);
    }
    text = clq_case_metadata(file, "tolerance");
    if (text != NULL && !clq_case_parse_tolerance(text, &tolerance)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tolerance is '%s', not exact, abs=X, rel=X or ulp=N", text);
    }
    text = clq_case_metadata(file, "clamp");
    if (text != NULL && !clq_case_parse_clamp(text, &low, &high)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "clamp is '%s', not two ascending numbers 'lo,hi'", text);
    }
    return CLQNN_OK;
}

static uint32_t parameter_dtypes(const char *part, clq_case_dtype operand)
{
    if (strcmp(part, "scale") == 0) return BIT(CLQ_CASE_F32);
    if (strcmp(part, "zero_point") == 0) return BIT(CLQ_CASE_I32) | BIT(operand);
    return 0;
}

/* What b of a gemm has besides, with b.group. */
static uint32_t group_dtypes(const char *part)
{
    if (strcmp(part, "scale") == 0 || strcmp(part, "zero_point") == 0 || strcmp(part, "offset") == 0) return FLOATS;
    return strcmp(part, "index") == 0 ? BIT(CLQ_CASE_I32) : 0;
}

/* A tensor that is no operand: T.scale, T.zero_point, multiplier, shift. */
static clqnn_status check_parameter(const clq_case *file, const clq_case_tensor *tensor, clq_case_report report)
{
    uint32_t allowed = 0;
    const char *dot = strchr(tensor->name, '.');
    if (strcmp(tensor->name, "multiplier") == 0 || strcmp(tensor->name, "shift") == 0) {
        allowed = BIT(CLQ_CASE_I32);
    } else if (dot != NULL && find_rule(file->contract, tensor->name, (size_t)(dot - tensor->name)) != NULL) {
        char operand[CLQ_CASE_TEXT];
        snprintf(operand, sizeof operand, "%.*s", (int)(dot - tensor->name), tensor->name);
        const clq_case_tensor *owner = clq_case_find(file, operand);
        const tensor_rule *rule = find_rule(file->contract, operand, strlen(operand));
        if (owner == NULL && rule->dtypes != 0) {
            return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' without tensor '%s'", tensor->name, operand);
        }
        allowed = parameter_dtypes(dot + 1, owner != NULL ? owner->dtype : CLQ_CASE_I32) & (BIAS | INTEGERS);
        if (strcmp(file->contract->op, "gemm") == 0 && strcmp(operand, "b") == 0) allowed |= group_dtypes(dot + 1);
    }
    if (allowed == 0) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "unknown tensor '%s' for operator %s", tensor->name, file->contract->op);
    if ((allowed & BIT(tensor->dtype)) != 0) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' has dtype %s, which is not allowed for it", tensor->name,
                         clq_case_dtype_name(tensor->dtype));
}

/* Rows of bit planes: whole words of 32 values of each plane. -1: beyond what can be. */
static int64_t plane_bytes(const clq_case_shape *shape, int32_t planes)
{
    clq_case_shape words = *shape;
    int64_t count = 0;
    if (shape->rank < 1 || shape->size[shape->rank - 1] > INT64_MAX / 64) return -1;
    words.size[shape->rank - 1] = (shape->size[shape->rank - 1] + 31) / 32 * planes;
    return clq_case_count(words.size, words.rank, &count) ? count * 4 : -1;
}

/* T.type, T.shape, T.axis, T.group of an operand. */
static clqnn_status check_operand_keys(const clq_case *file, const clq_case_tensor *tensor, clq_case_report report)
{
    const char *type = clq_case_metadata_of(file, tensor->name, "type"), *shape = clq_case_metadata_of(file, tensor->name, "shape");
    clq_case_shape logical = {.rank = tensor->rank};
    int64_t elements = 0, bytes = 0, number = 0;
    char text[CLQ_CASE_TEXT];
    if ((type == NULL) != (shape == NULL)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' has one of %s.type and %s.shape, not both", tensor->name, tensor->name, tensor->name);
    }
    if (type != NULL) {
        const int32_t planes = clq_case_plane_bits(clq_case_plane_type(type)), bits = planes ? planes : clq_case_packed_bits(type);
        if (bits == 0 || tensor->dtype != CLQ_CASE_U8) {
            return clq_case_fail(report, CLQNN_CORRUPT_DATA, "%s.type is '%s' with dtype %s, not s4 u4 s2 u2 s3 u3 s6 u6, b1 t2 pu1..pu8 ps2..ps8 po1..po8 with U8", tensor->name, type,
                                 clq_case_dtype_name(tensor->dtype));
        }
        if (!clq_case_parse_integers(shape, 0, INT64_MAX, logical.size, CLQ_CASE_MAX_RANK, &logical.rank) ||
            !clq_case_count(logical.size, logical.rank, &elements) || !clq_case_count(tensor->shape, tensor->rank, &bytes) ||
            (planes ? plane_bytes(&logical, planes) : (elements * bits + 7) / 8) != bytes) {
            return clq_case_fail(report, CLQNN_CORRUPT_DATA, "%s.shape is '%s', which does not fit %s bytes of %s", tensor->name, shape,
                                 clq_case_shape_text(tensor->shape, tensor->rank, text), type);
        }
    }
    const char *axis = clq_case_metadata_of(file, tensor->name, "axis"), *group = clq_case_metadata_of(file, tensor->name, "group");
    if (axis != NULL && !clq_case_parse_integer(axis, -logical.rank, logical.rank - 1, &number)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "%s.axis is '%s', which is no axis of %d dimensions", tensor->name, axis, logical.rank);
    }
    if (group != NULL && !clq_case_parse_integer(group, 1, INT32_MAX, &number)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "%s.group is '%s', not a positive number", tensor->name, group);
    }
    return CLQNN_OK;
}

static clqnn_status check_tensors(const clq_case *file, clq_case_report report)
{
    for (size_t i = 0; i < file->entry_count; i++) {
        const clq_case_tensor *tensor = &file->entries[i].tensor;
        const tensor_rule *rule = find_rule(file->contract, tensor->name, strlen(tensor->name));
        clqnn_status status = CLQNN_OK;
        if (rule == NULL) status = check_parameter(file, tensor, report);
        else if ((rule->dtypes & BIT(tensor->dtype)) == 0) {
            status = clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' has dtype %s, which is not allowed for it", tensor->name,
                                   clq_case_dtype_name(tensor->dtype));
        } else status = check_operand_keys(file, tensor, report);
        if (status != CLQNN_OK) return status;
    }
    for (const tensor_rule *rule = file->contract->tensors; rule->name != NULL; rule++) {
        char name[CLQ_CASE_TEXT];
        const size_t size = strlen(rule->name);
        snprintf(name, sizeof name, "%s", rule->name);
        if (name[size - 1] == '#') name[size - 1] = '0';
        if (rule->required && clq_case_find(file, name) == NULL) {
            return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' is missing", name);
        }
    }
    return CLQNN_OK;
}

clqnn_status clq_case_check_contract(clq_case *file, clq_case_report report)
{
    const char *version = clq_case_metadata(file, "clqnn.case"), *op = clq_case_metadata(file, "op");
    if (version == NULL) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "metadata 'clqnn.case' is missing: not a case file");
    if (strcmp(version, "1") != 0) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "clqnn.case is '%s', not 1", version);
    if (op == NULL) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "metadata 'op' is missing");
    for (size_t i = 0; i < sizeof contracts / sizeof contracts[0]; i++) {
        if (strcmp(op, contracts[i].op) == 0) file->contract = &contracts[i];
    }
    if (file->contract == NULL) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "op is '%s', which is no operator of case files", op);
    clqnn_status status = check_keys(file, report);
    if (status == CLQNN_OK) status = check_common_values(file, report);
    return status == CLQNN_OK ? check_tensors(file, report) : status;
}
