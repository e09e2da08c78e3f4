/* SPDX-License-Identifier: Apache-2.0 */
/* A result against the expected tensor. */
#include "case_internal.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* One element, three ways. `order` counts representable values, so that a difference of orders is a distance in units in the last place. */
typedef struct element {
    double value;
    int64_t order;
    bool is_float;
} element;

/* Sign-magnitude bits as a count that ascends with the value; both zeros give 0. */
static int64_t order_of(uint32_t bits, uint32_t sign)
{
    const int64_t magnitude = bits & (sign - 1);
    return (bits & sign) != 0 ? -magnitude : magnitude;
}

static double half_value(uint16_t bits)
{
    const int exponent = bits >> 10 & 31, fraction = bits & 1023;
    const double sign = (bits & 0x8000) != 0 ? -1.0 : 1.0;
    if (exponent == 31) return fraction != 0 ? (double)NAN : sign * (double)INFINITY;
    return sign * (exponent == 0 ? ldexp(fraction, -24) : ldexp(1024 + fraction, exponent - 25));
}

static double float_value(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static element element_at(clq_case_dtype dtype, const void *data, int64_t index)
{
    uint32_t word;
    uint16_t half;
    switch (dtype) {
    case CLQ_CASE_F32:
        memcpy(&word, (const char *)data + index * 4, sizeof word);
        return (element){float_value(word), order_of(word, 0x80000000u), true};
    case CLQ_CASE_F16:
        memcpy(&half, (const char *)data + index * 2, sizeof half);
        return (element){half_value(half), order_of(half, 0x8000u), true};
    case CLQ_CASE_BF16:
        memcpy(&half, (const char *)data + index * 2, sizeof half);
        return (element){float_value((uint32_t)half << 16), order_of(half, 0x8000u), true};
    case CLQ_CASE_I16: return (element){((const int16_t *)data)[index], ((const int16_t *)data)[index], false};
    case CLQ_CASE_U8: return (element){((const uint8_t *)data)[index], ((const uint8_t *)data)[index], false};
    case CLQ_CASE_I8: return (element){((const int8_t *)data)[index], ((const int8_t *)data)[index], false};
    default: return (element){((const int32_t *)data)[index], ((const int32_t *)data)[index], false};
    }
}

static bool is_same(const element *expected, const element *got, const clq_case_tolerance *tolerance)
{
    if (expected->is_float && (isnan(expected->value) || isnan(got->value))) return isnan(expected->value) && isnan(got->value);
    if (expected->order == got->order) return tolerance->kind != CLQ_CASE_EXACT || signbit(expected->value) == signbit(got->value);
    if (expected->is_float && (isinf(expected->value) || isinf(got->value))) return false;
    const double distance = fabs(got->value - expected->value);
    switch (tolerance->kind) {
    case CLQ_CASE_ABS: return distance <= tolerance->limit;
    case CLQ_CASE_REL: return distance <= tolerance->limit * fabs(expected->value);
    case CLQ_CASE_ULP: return fabs((double)(got->order - expected->order)) <= tolerance->limit;
    default: return false;
    }
}

/* The index of element `position` in `tensor`, "[3,7]", into `text`. */
static const char *index_text(const clq_case_tensor *tensor, int64_t position, char *text)
{
    int64_t index[CLQ_CASE_MAX_RANK] = {0};
    for (int32_t i = tensor->rank - 1; i >= 0; i--) {
        index[i] = position % tensor->shape[i];
        position /= tensor->shape[i];
    }
    return clq_case_shape_text(index, tensor->rank, text);
}

static void write_difference(const clq_case_tensor *tensor, int64_t position, const element *expected, const element *got, clq_case_report report)
{
    char text[CLQ_CASE_TEXT];
    index_text(tensor, position, text);
    if (expected->is_float) {
        clq_case_fail(report, CLQNN_OK, "first difference at %s expected %.9g got %.9g", text, expected->value, got->value);
    } else {
        clq_case_fail(report, CLQNN_OK, "first difference at %s expected %" PRId64 " got %" PRId64, text, expected->order, got->order);
    }
}

int64_t clq_case_compare(const clq_case *file, const char *name, const void *got, char *message, size_t capacity)
{
    const clq_case_report report = {message, capacity};
    const clq_case_entry *entry = clq_case_find_entry(file, name);
    int64_t count = 0, different = 0;
    if (entry == NULL || !clq_case_count(entry->tensor.shape, entry->tensor.rank, &count)) {
        clq_case_fail(report, CLQNN_INVALID_ARGUMENT, "the case has no tensor '%s'", name);
        return -1;
    }
    clq_case_tolerance tolerance = {.kind = CLQ_CASE_EXACT};
    const char *text = clq_case_metadata(file, "tolerance");
    if (text != NULL && !clq_case_parse_tolerance(text, &tolerance)) tolerance.kind = CLQ_CASE_EXACT;
    const clq_case_dtype dtype = entry->integers != NULL ? CLQ_CASE_I32 : entry->tensor.dtype;
    const void *expected_data = entry->integers != NULL ? entry->integers : entry->tensor.data;
    for (int64_t i = 0; i < count; i++) {
        const element expected = element_at(dtype, expected_data, i), actual = element_at(dtype, got, i);
        if (is_same(&expected, &actual, &tolerance)) continue;
        if (different++ == 0) write_difference(&entry->tensor, i, &expected, &actual, report);
    }
    return different;
}
