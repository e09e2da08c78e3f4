/* SPDX-License-Identifier: Apache-2.0 */
#include "quantize_plan.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COMMAND "quantize"
#define MAX_PATTERN 256

/* What a scheme may be given. bits: default, least and most; 0: it has none. */
typedef struct scheme_row {
    const char *name;
    int32_t bits, least_bits, most_bits;
    bool has_ranges, has_slots;
    clqnn_granularity granularity;   /* default */
} scheme_row;

static const scheme_row schemes[] = {
    [CLQ_QUANTIZE_AFFINE] = {"affine", 8, 1, 8, true, true, CLQNN_PER_TENSOR}, [CLQ_QUANTIZE_TWN] = {"twn", 0, 0, 0, false, true, CLQNN_PER_TENSOR},
    [CLQ_QUANTIZE_XNOR] = {"xnor", 0, 0, 0, false, true, CLQNN_PER_CHANNEL},   [CLQ_QUANTIZE_BNN] = {"bnn", 0, 0, 0, false, false, CLQNN_PER_TENSOR},
    [CLQ_QUANTIZE_DOREFA] = {"dorefa", 1, 1, 7, false, true, CLQNN_PER_TENSOR}, [CLQ_QUANTIZE_WRPN] = {"wrpn", 4, 2, 8, false, false, CLQNN_PER_TENSOR},
};
enum { SCHEMES = sizeof schemes / sizeof schemes[0] };

static const char *const methods[] = {
    [CLQNN_RANGE_MIN_MAX] = "min-max", [CLQNN_RANGE_MOVING_AVERAGE] = "moving-average", [CLQNN_RANGE_SAMPLE_AVERAGE] = "sample-average",
    [CLQNN_RANGE_STANDARD_DEVIATIONS] = "mean-std", [CLQNN_RANGE_GAUSSIAN] = "gauss", [CLQNN_RANGE_LAPLACE] = "laplace",
    [CLQNN_RANGE_PERCENTILE] = "percentile", [CLQNN_RANGE_LEAST_SQUARES] = "mse", [CLQNN_RANGE_ENTROPY] = "kl",
};
enum { METHODS = sizeof methods / sizeof methods[0] };

void clq_quantize_options(clq_quantize_words *words, clq_option options[CLQ_QUANTIZE_OPTIONS])
{
    const clq_option all[CLQ_QUANTIZE_OPTIONS] = {
        { "-o", CLQ_OPTION_TEXT, &words->output, "OUT", "the file to write; it is replaced only by a whole one" },
        { "--scheme", CLQ_OPTION_TEXT, &words->scheme, "S", "affine (default), twn, xnor, bnn, dorefa or wrpn" },
        { "--bits", CLQ_OPTION_COUNT, &words->bits, "K", "bits of a code: affine 1 to 8 (8), dorefa 1 to 7 (1), wrpn 2 to 8 (4)" },
        { "--granularity", CLQ_OPTION_TEXT, &words->granularity, "G", "what has one scale: tensor, channel or group:N (default: tensor; xnor: channel)" },
        { "--axis", CLQ_OPTION_TEXT, &words->axis, "A", "dimension of channels (default 0) or groups (default -1, the last)" },
        { "--symmetric", CLQ_OPTION_FLAG, &words->is_symmetric, NULL, "affine: signed codes, zero point 0" },
        { "--signed", CLQ_OPTION_FLAG, &words->is_signed, NULL, "affine: signed codes also where zero points differ from 0" },
        { "--restricted", CLQ_OPTION_FLAG, &words->is_restricted, NULL, "affine: as many codes on both sides of the middle, -127 to 127" },
        { "--method", CLQ_OPTION_TEXT, &words->method, "M", "range of affine: min-max (default), percentile[:P], mse, kl, gauss, laplace, mean-std[:N]" },
        { "--calibrate", CLQ_OPTION_TEXT, &words->calibrate, "DATA", "a safetensors file of activations, a tensor a layer: their ranges are written too" },
        { "--calibrate-method", CLQ_OPTION_TEXT, &words->calibrate_method, "M", "range of activations: as --method, and moving-average, sample-average" },
        { "--calibrate-bits", CLQ_OPTION_COUNT, &words->calibrate_bits, "K", "bits of a code of activations, 1 to 8 (8)" },
        { "--include", CLQ_OPTION_TEXT, &words->include, "GLOBS", "only tensors of these names, comma-separated patterns; also those of one dimension" },
        { "--exclude", CLQ_OPTION_TEXT, &words->exclude, "GLOBS", "no tensor of these names" },
    };
    memcpy(options, all, sizeof all);
}

static bool make_scheme(const char *word, clq_quantize_scheme *scheme)
{
    *scheme = CLQ_QUANTIZE_AFFINE;
    if (word == NULL) return true;
    for (int i = 0; i < SCHEMES; i++) {
        *scheme = (clq_quantize_scheme)i;
        if (strcmp(word, schemes[i].name) == 0) return true;
    }
    return clq_bad_usage(COMMAND, "--scheme: unknown scheme \"%s\" (affine, twn, xnor, bnn, dorefa, wrpn)", word), false;
}

static bool make_bits(const char *option, uint64_t word, int32_t usual, int32_t least, int32_t most, int32_t *bits)
{
    *bits = usual;
    if (word == UINT64_MAX) return true;
    if (most == 0) return clq_bad_usage(COMMAND, "%s: the scheme has no bits to choose, %llu was given", option, (unsigned long long)word), false;
    if (word < (uint64_t)least || word > (uint64_t)most) {
        return clq_bad_usage(COMMAND, "%s: %llu bits are not in %d .. %d", option, (unsigned long long)word, (int)least, (int)most), false;
    }
    *bits = (int32_t)word;
    return true;
}

static bool make_slots(const clq_quantize_words *words, const scheme_row *row, clq_quantize_plan *plan)
{
    const char *word = words->granularity;
    char *end = NULL;
    plan->granularity = row->granularity;
    if (word != NULL && !row->has_slots && strcmp(word, "tensor") != 0) {
        return clq_bad_usage(COMMAND, "--granularity: scheme %s has no scales of its own, \"%s\" was given", row->name, word), false;
    }
    if (word != NULL && strcmp(word, "tensor") == 0) plan->granularity = CLQNN_PER_TENSOR;
    else if (word != NULL && strcmp(word, "channel") == 0) plan->granularity = CLQNN_PER_CHANNEL;
    else if (word != NULL) {
        plan->granularity = CLQNN_PER_GROUP;
        const bool is_group = strncmp(word, "group:", 6) == 0 && word[6] >= '1' && word[6] <= '9';
        const long long block = is_group ? strtoll(word + 6, &end, 10) : 0;
        if (!is_group || *end != '\0' || block > INT32_MAX) return clq_bad_usage(COMMAND, "--granularity: \"%s\" is not tensor, channel or group:N", word), false;
        plan->block = block;
    }
    plan->axis = plan->granularity == CLQNN_PER_GROUP ? -1 : 0;
    if (words->axis == NULL) return true;
    if (plan->granularity == CLQNN_PER_TENSOR) return clq_bad_usage(COMMAND, "--axis: \"%s\" has no meaning with one scale a tensor", words->axis), false;
    const long axis = strtol(words->axis, &end, 10);
    if (*end != '\0' || axis < -8 || axis > 7) return clq_bad_usage(COMMAND, "--axis: \"%s\" is not a dimension, -8 .. 7", words->axis), false;
    plan->axis = (int32_t)axis;
    return true;
}

/* NAME or NAME:NUMBER. Methods that look at single samples are for activations. */
static bool make_method(const char *option, const char *word, bool has_samples, clq_quantize_method *method)
{
    *method = (clq_quantize_method){CLQNN_RANGE_MIN_MAX, 0.0f};
    if (word == NULL) return true;
    const size_t length = strcspn(word, ":");
    int at = 0;
    while (at < METHODS && (strlen(methods[at]) != length || strncmp(methods[at], word, length) != 0)) at++;
    method->method = (clqnn_range_method)at;
    const bool is_of_samples = at == CLQNN_RANGE_MOVING_AVERAGE || at == CLQNN_RANGE_SAMPLE_AVERAGE;
    if (at == METHODS) return clq_bad_usage(COMMAND, "%s: unknown method \"%s\"", option, word), false;
    if (is_of_samples && !has_samples) return clq_bad_usage(COMMAND, "%s: \"%s\" is for activations, which have samples", option, word), false;
    if (word[length] == '\0') return true;
    char *end = NULL;
    const double value = strtod(word + length + 1, &end);
    const bool is_share = at == CLQNN_RANGE_PERCENTILE, is_count = at == CLQNN_RANGE_STANDARD_DEVIATIONS;
    const double most = is_share ? 100.0 : 1000.0;
    if ((!is_share && !is_count) || end == word + length + 1 || *end != '\0' || !(value > 0.0) || value > most) {
        return clq_bad_usage(COMMAND, "%s: bad number in \"%s\" (percentile:P with P of 100 kept, mean-std:N with N standard deviations)", option, word), false;
    }
    method->parameter = (float)(is_share ? value / 100.0 : value);
    return true;
}

static bool make_codes(const clq_quantize_words *words, const scheme_row *row, clq_quantize_plan *plan)
{
    const struct { const char *option; bool is_given; } flags[] = {
        { "--symmetric", words->is_symmetric }, { "--signed", words->is_signed }, { "--restricted", words->is_restricted }, { "--method", words->method != NULL } };
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (flags[i].is_given && !row->has_ranges) return clq_bad_usage(COMMAND, "%s: scheme %s takes no range", flags[i].option, row->name), false;
    }
    plan->is_symmetric = words->is_symmetric;
    plan->codes.is_signed = words->is_symmetric || words->is_signed;
    plan->codes.is_restricted = words->is_restricted;
    if (words->is_restricted && plan->codes.bits < 2) return clq_bad_usage(COMMAND, "--restricted: needs 2 bits, not %d", (int)plan->codes.bits), false;
    return true;
}

bool clq_quantize_plan_make(const clq_quantize_words *words, const char *input, clq_quantize_plan *plan)
{
    *plan = (clq_quantize_plan){.input = input, .output = words->output, .include = words->include, .exclude = words->exclude, .calibrate = words->calibrate};
    if (words->output == NULL) return clq_bad_usage(COMMAND, "-o is missing: where shall the result go?"), false;
    if (!make_scheme(words->scheme, &plan->scheme)) return false;
    const scheme_row *row = &schemes[plan->scheme];
    if (!make_bits("--bits", words->bits, row->bits, row->least_bits, row->most_bits, &plan->codes.bits)) return false;
    if (!make_slots(words, row, plan) || !make_codes(words, row, plan) || !make_method("--method", words->method, false, &plan->method)) return false;
    if (words->calibrate == NULL && (words->calibrate_method != NULL || words->calibrate_bits != UINT64_MAX)) {
        return clq_bad_usage(COMMAND, "%s: there is no --calibrate", words->calibrate_method != NULL ? "--calibrate-method" : "--calibrate-bits"), false;
    }
    plan->calibrate_codes.is_signed = plan->codes.is_signed;
    return make_method("--calibrate-method", words->calibrate_method, true, &plan->calibrate_method) &&
           make_bits("--calibrate-bits", words->calibrate_bits, 8, 1, 8, &plan->calibrate_codes.bits);
}

const char *clq_quantize_scheme_name(clq_quantize_scheme scheme)
{
    return schemes[scheme].name;
}

const char *clq_quantize_method_name(clqnn_range_method method)
{
    return methods[method];
}

bool clq_quantize_fits(const char *patterns, const char *name)
{
    char pattern[MAX_PATTERN];
    for (const char *at = patterns; *at != '\0';) {
        const size_t length = strcspn(at, ",");
        snprintf(pattern, sizeof pattern, "%.*s", (int)(length < MAX_PATTERN ? length : MAX_PATTERN - 1), at);
        if (length < MAX_PATTERN && fnmatch(pattern, name, 0) == 0) return true;
        at += length + (at[length] == ',');
    }
    return false;
}
