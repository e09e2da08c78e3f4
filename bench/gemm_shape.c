/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm_shape.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One number without sign, at *at; moves *at behind it. */
static bool take_number(const char **at, int64_t *value)
{
    char *end = NULL;
    if (**at < '0' || **at > '9') return false;
    errno = 0;
    const long long number = strtoll(*at, &end, 10);
    if (errno != 0 || number > INT32_MAX) return false;
    *at = end;
    *value = number;
    return true;
}

bool clq_gemm_shape_parse(const char *text, clq_gemm_shape *shape, char *message, size_t size)
{
    int64_t numbers[5] = { 0 };
    size_t count = 0, batches = 0, dimensions = 0;
    const char *at = text;
    bool good = true;
    while (good && count < 5 && (good = take_number(&at, &numbers[count]))) {
        count++;
        if (*at == ':' && dimensions == 0 && batches < 2) {
            batches++;
            at++;
        } else if (*at == 'x' && dimensions < 2) {
            dimensions++;
            at++;
        } else {
            break;
        }
    }
    if (!good || *at != '\0' || dimensions != 2 || count != batches + 3) {
        snprintf(message, size, "bad shape \"%s\" (wanted MxNxK or BATCH:MxNxK, each number below 2^31)", text);
        return false;
    }
    *shape = (clq_gemm_shape){ .batch = { batches == 2 ? numbers[0] : 1, batches > 0 ? numbers[batches - 1] : 1 }, .m = numbers[batches],
                               .n = numbers[batches + 1], .k = numbers[batches + 2] };
    if (shape->batch[0] > 0 && shape->batch[1] > 0) return true;
    snprintf(message, size, "bad shape \"%s\" (a batch of 0)", text);
    return false;
}

/* A name that begins with another comes before it. */
static const clqnn_type all_types[] = { CLQNN_S8, CLQNN_U8, CLQNN_S32, CLQNN_F32, CLQNN_F16, CLQNN_BF16, CLQNN_F8E4M3, CLQNN_F8E5M2, CLQNN_S2,
                                        CLQNN_U2, CLQNN_S3, CLQNN_U3, CLQNN_S4, CLQNN_U4, CLQNN_S6, CLQNN_U6, CLQNN_B1, CLQNN_T2,
                                        CLQNN_PU1, CLQNN_PU2, CLQNN_PU3, CLQNN_PU4, CLQNN_PU5, CLQNN_PU6, CLQNN_PU7, CLQNN_PU8, CLQNN_PS2, CLQNN_PS3, CLQNN_PS4,
                                        CLQNN_PS5, CLQNN_PS6, CLQNN_PS7, CLQNN_PS8, CLQNN_PO1, CLQNN_PO2, CLQNN_PO3, CLQNN_PO4, CLQNN_PO5, CLQNN_PO6, CLQNN_PO7, CLQNN_PO8 };

static const char *take_type(const char *at, clqnn_type *type)
{
    for (size_t i = 0; i < sizeof all_types / sizeof *all_types; i++) {
        const char *const name = clqnn_type_name(all_types[i]);
        if (strncmp(at, name, strlen(name)) != 0) continue;
        *type = all_types[i];
        return at + strlen(name);
    }
    return NULL;
}

static bool is_low_bit(clqnn_type type) { return type == CLQNN_B1 || type == CLQNN_T2; }

/* u2 as pu2, s4 as ps4; other types as they are. */
static clqnn_type as_planes(clqnn_type type)
{
    char name[8];
    const size_t bits = clqnn_type_bits(type);
    snprintf(name, sizeof name, "p%s", clqnn_type_name(type));
    for (size_t i = 0; bits < 8 && i < sizeof all_types / sizeof *all_types; i++) {
        if (strcmp(clqnn_type_name(all_types[i]), name) == 0) return all_types[i];
    }
    return type;
}

/* What has other names for people. */
static void settle_names(clq_gemm_types *types)
{
    if (clqnn_type_bits(types->a) < 8 && as_planes(types->a) != types->a) {
        types->a = as_planes(types->a);
        types->b = as_planes(types->b);
    }
    if (!is_low_bit(types->a) || clqnn_type_size(types->b) == 0) return;
    const clqnn_type weights = types->a;
    types->a = types->b;
    types->b = weights;
}

/* ":g128", ":g128:a8", ":a8" of weights of b1 and t2, or nothing. */
static const char *take_group(const char *at, clq_gemm_types *types)
{
    if (is_low_bit(types->b) && strcmp(at, ":a8") == 0) {
        types->quantize_a = true;
        return at + 3;
    }
    if (strncmp(at, ":g", 2) != 0) return at;
    at += 2;
    if (!take_number(&at, &types->group) || types->group == 0) return NULL;
    if (strcmp(at, ":a8") != 0) return at;
    types->quantize_a = true;
    return at + 3;
}

bool clq_gemm_types_parse(const char *text, clq_gemm_types *types, char *message, size_t size)
{
    types->group = 0;
    types->quantize_a = false;
    const char *at = take_type(text, &types->a);
    if (at != NULL) at = take_type(at, &types->b);
    if (at != NULL) at = take_type(at, &types->c);
    if (at != NULL) settle_names(types);
    if (at != NULL) at = take_group(at, types);
    if (at != NULL && *at == '\0') return true;
    snprintf(message, size, "bad types \"%s\" (wanted input, weight and output: u8s8u8, f16bf16f32; weights in groups: f16u4f16:g128, f16u4f16:g128:a8; bits: b1b1s32, pu2pu2b1, s8t2s32)", text);
    return false;
}

static bool is_float(clqnn_type type)
{
    return type == CLQNN_F32 || type == CLQNN_F16 || type == CLQNN_BF16 || type == CLQNN_F8E4M3 || type == CLQNN_F8E5M2;
}

bool clq_gemm_types_are_floats(const clq_gemm_types *types) { return is_float(types->a) && (is_float(types->b) || types->group != 0 || (is_low_bit(types->b) && !types->quantize_a)); }

bool clq_gemm_types_equal(const clq_gemm_types *x, const clq_gemm_types *y)
{
    return x->a == y->a && x->b == y->b && x->c == y->c && x->group == y->group && x->quantize_a == y->quantize_a;
}

const char *clq_gemm_shape_print(const clq_gemm_shape *shape, char *text, size_t size)
{
    size_t used = 0;
    if (shape->batch[0] != 1) used = (size_t)snprintf(text, size, "%" PRId64 ":", shape->batch[0]);
    if (shape->batch[0] != 1 || shape->batch[1] != 1) used += (size_t)snprintf(text + used, size - used, "%" PRId64 ":", shape->batch[1]);
    snprintf(text + used, size - used, "%" PRId64 "x%" PRId64 "x%" PRId64, shape->m, shape->n, shape->k);
    return text;
}

const char *clq_gemm_types_print(const clq_gemm_types *types, char *text, size_t size)
{
    const int used = snprintf(text, size, "%s%s%s", clqnn_type_name(types->a), clqnn_type_name(types->b), clqnn_type_name(types->c));
    if (types->group == 0 && types->quantize_a) snprintf(text + used, size - (size_t)used, ":a8");
    if (types->group != 0) snprintf(text + used, size - (size_t)used, ":g%" PRId64 "%s", types->group, types->quantize_a ? ":a8" : "");
    return text;
}
