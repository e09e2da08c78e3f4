/* SPDX-License-Identifier: Apache-2.0 */
#include "operator_shape.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OF(NAME) (1u << CLQ_BENCH_##NAME)

typedef struct part_row {
    const char *word;
    bool has_number;
    uint32_t operators;   /* bits of clq_bench_op that have it */
} part_row;

static const part_row rows[CLQ_PART_KINDS] = {
    [CLQ_PART_KERNEL] = { "k", true, OF(POOL) },
    [CLQ_PART_STRIDE] = { "s", true, OF(POOL) },
    [CLQ_PART_PADDING] = { "p", true, OF(POOL) | OF(PAD) },
    [CLQ_PART_AXIS] = { "axis", true, OF(CONCAT) | OF(REDUCE) | OF(SOFTMAX) },
    [CLQ_PART_COUNT] = { "n", true, OF(CONCAT) },
    [CLQ_PART_PERMUTATION] = { "perm", true, OF(TRANSPOSE) },
    [CLQ_PART_UP] = { "up", true, OF(RESIZE) },
    [CLQ_PART_AVERAGE] = { "average", false, OF(POOL) },
    [CLQ_PART_GLOBAL] = { "global", false, OF(POOL) },
    [CLQ_PART_FIRST] = { "first", false, OF(POOL) | OF(RESIZE) },
    [CLQ_PART_RESCALED] = { "rescaled", false, OF(POOL) | OF(CONCAT) | OF(TRANSPOSE) | OF(PAD) | OF(RESIZE) },
    [CLQ_PART_FIXED] = { "fixed", false, OF(ADD) | OF(SUB) | OF(MUL) },
    [CLQ_PART_ROW] = { "row", false, OF(ADD) | OF(SUB) | OF(MUL) | OF(MIN) | OF(MAX) },
    [CLQ_PART_LINEAR] = { "linear", false, OF(RESIZE) },
    [CLQ_PART_LOG] = { "log", false, OF(SOFTMAX) },
    [CLQ_PART_SUM] = { "sum", false, OF(REDUCE) },
    [CLQ_PART_MAX] = { "max", false, OF(REDUCE) },
    [CLQ_PART_MIN] = { "min", false, OF(REDUCE) },
};

/* Decimal digits up to 2^31-1; NULL where there are none. */
static const char *take_number(const char *at, int64_t *number)
{
    char *end = NULL;
    if (*at < '0' || *at > '9') return NULL;
    *number = strtoll(at, &end, 10);
    return *number <= INT32_MAX ? end : NULL;
}

/* One part up to ':' or the end; NULL where it is none of the operator's. */
static const char *take_part(const char *at, clq_bench_op op, clq_operator_shape *shape)
{
    for (int i = 0; i < CLQ_PART_KINDS; i++) {
        const size_t length = strlen(rows[i].word);
        if (!(rows[i].operators >> op & 1u) || shape->parts[i] >= 0 || strncmp(at, rows[i].word, length) != 0) continue;
        int64_t number = 1;
        const char *const end = rows[i].has_number ? take_number(at + length, &number) : at + length;
        if (end == NULL || (*end != ':' && *end != '\0')) continue;
        shape->parts[i] = number;
        return end;
    }
    return NULL;
}

bool clq_operator_shape_parse(const char *text, clq_bench_op op, clq_operator_shape *shape, char *message, size_t size)
{
    const char *at = text;
    double elements = 1.0;
    *shape = (clq_operator_shape){ .rank = 0 };
    for (int i = 0; i < CLQ_PART_KINDS; i++) shape->parts[i] = -1;
    do {
        int64_t *const extent = &shape->extents[shape->rank++];
        at = take_number(at, extent);
        if (at == NULL || *extent == 0) break;
        elements *= (double)*extent;
    } while (*at == 'x' && at++ != NULL && shape->rank < CLQNN_MAX_RANK);
    if (at == NULL || elements < 1.0 || shape->extents[shape->rank - 1] == 0 || (*at != ':' && *at != '\0')) {
        snprintf(message, size, "bad shape \"%s\" (wanted extents of the input, then parts: 1x112x112x64:k3:s2)", text);
        return false;
    }
    while (*at == ':') {
        const char *const end = take_part(at + 1, op, shape);
        if (end == NULL) {
            snprintf(message, size, "bad shape \"%s\" (\"%.*s\" is no part of this operator's shape, or stands twice)", text, (int)strcspn(at + 1, ":"), at + 1);
            return false;
        }
        at = end;
    }
    return true;
}

const char *clq_operator_shape_print(const clq_operator_shape *shape, char *text, size_t size)
{
    size_t used = 0;
    for (int32_t i = 0; i < shape->rank; i++) used += (size_t)snprintf(text + used, size - used, "%s%" PRId64, i > 0 ? "x" : "", shape->extents[i]);
    for (int i = 0; i < CLQ_PART_KINDS; i++) {
        if (shape->parts[i] < 0) continue;
        used += (size_t)snprintf(text + used, size - used, ":%s", rows[i].word);
        const int width = i == CLQ_PART_PERMUTATION ? (int)shape->rank : 1;
        if (rows[i].has_number) used += (size_t)snprintf(text + used, size - used, "%0*" PRId64, width, shape->parts[i]);
    }
    return text;
}
