/* SPDX-License-Identifier: Apache-2.0 */
/* Values of metadata keys. */
#include "case_internal.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One number at `text`, without the leading space that strtod would skip; `end` is what follows it. */
static bool parse_number(const char *text, double *value, const char **end)
{
    if (*text == ' ' || *text == '\t' || *text == '\n' || *text == '\r' || *text == '\v' || *text == '\f') return false;
    char *after = NULL;
    *value = strtod(text, &after);
    *end = after;
    return after != text && isfinite(*value);
}

static bool parse_whole(const char *text, int64_t *value, const char **end)
{
    if (*text != '-' && (*text < '0' || *text > '9')) return false;
    char *after = NULL;
    errno = 0;
    const long long parsed = strtoll(text, &after, 10);
    *end = after;
    *value = parsed;
    return after != text && errno == 0;
}

bool clq_case_parse_integers(const char *text, int64_t low, int64_t high, int64_t *values, int32_t capacity, int32_t *count)
{
    *count = 0;
    if (*text == '\0') return true;
    for (const char *next = text;; next++) {
        if (*count == capacity || !parse_whole(next, &values[*count], &next)) return false;
        if (values[*count] < low || values[*count] > high) return false;
        (*count)++;
        if (*next == '\0') return true;
        if (*next != ',') return false;
    }
}

bool clq_case_parse_integer(const char *text, int64_t low, int64_t high, int64_t *value)
{
    int32_t count = 0;
    return clq_case_parse_integers(text, low, high, value, 1, &count) && count == 1;
}

bool clq_case_parse_clamp(const char *text, double *low, double *high)
{
    const char *end = NULL;
    if (!parse_number(text, low, &end) || *end != ',') return false;
    if (!parse_number(end + 1, high, &end) || *end != '\0') return false;
    return *low <= *high;
}

bool clq_case_parse_tolerance(const char *text, clq_case_tolerance *tolerance)
{
    static const struct {
        const char *prefix;
        clq_case_tolerance_kind kind;
    } kinds[] = {{"abs=", CLQ_CASE_ABS}, {"rel=", CLQ_CASE_REL}, {"ulp=", CLQ_CASE_ULP}};
    *tolerance = (clq_case_tolerance){.kind = CLQ_CASE_EXACT};
    if (strcmp(text, "exact") == 0) return true;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const size_t length = strlen(kinds[i].prefix);
        if (strncmp(text, kinds[i].prefix, length) != 0) continue;
        const char *end = NULL;
        tolerance->kind = kinds[i].kind;
        if (!parse_number(text + length, &tolerance->limit, &end) || *end != '\0' || tolerance->limit < 0) return false;
        return kinds[i].kind != CLQ_CASE_ULP || tolerance->limit == floor(tolerance->limit);
    }
    return false;
}

bool clq_case_parse_rounding(const char *text, clqnn_rounding *rounding)
{
    static const struct {
        const char *name;
        clqnn_rounding value;
    } names[] = {{"float_even", CLQNN_FLOAT_EVEN}, {"fixed_double", CLQNN_FIXED_DOUBLE}, {"fixed_single", CLQNN_FIXED_SINGLE}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(text, names[i].name) != 0) continue;
        *rounding = names[i].value;
        return true;
    }
    return false;
}

const char *clq_case_metadata(const clq_case *file, const char *key)
{
    for (size_t i = 0; i < file->metadata_count; i++) {
        if (strcmp(file->metadata[i].key, key) == 0) return file->metadata[i].value;
    }
    return NULL;
}

const char *clq_case_metadata_of(const clq_case *file, const char *tensor, const char *key)
{
    char name[CLQ_CASE_TEXT];
    const int length = snprintf(name, sizeof name, "%s.%s", tensor, key);
    return length > 0 && (size_t)length < sizeof name ? clq_case_metadata(file, name) : NULL;
}
