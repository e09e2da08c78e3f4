/* SPDX-License-Identifier: Apache-2.0 */
#include "conv_shape_text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text_writer.h"

enum { ABSENT = -1 };

/* Numbers as they are read: spatial ones for d, h and w. */
typedef struct shape_numbers {
    int64_t batch, groups, in_channels, out_channels, transposed;
    int64_t input[3], kernel[3], stride[3], dilation[3], pad_begin[3], pad_end[3], output_padding[3];
} shape_numbers;

static const char *take_number(const char *at, int64_t *value)
{
    char *end = NULL;
    if (*at < '0' || *at > '9') return NULL;
    errno = 0;
    const long long number = strtoll(at, &end, 10);
    if (errno != 0 || number > INT32_MAX) return NULL;
    *value = number;
    return end;
}

static int64_t *target_of(shape_numbers *numbers, const char *name, size_t length)
{
    static const char axes[] = "dhw";
    if (length == 1 && name[0] == 'g') return &numbers->groups;
    if (length == 1 && name[0] == 't') return &numbers->transposed;
    if (length != 2) return NULL;
    if (strncmp(name, "mb", 2) == 0) return &numbers->batch;
    if (strncmp(name, "ic", 2) == 0) return &numbers->in_channels;
    if (strncmp(name, "oc", 2) == 0) return &numbers->out_channels;
    const char *const axis = strchr(axes, name[1]);
    if (axis == NULL || name[1] == '\0') return NULL;
    const ptrdiff_t at = axis - axes;
    switch (name[0]) {
    case 'i': return &numbers->input[at];
    case 'k': return &numbers->kernel[at];
    case 's': return &numbers->stride[at];
    case 'd': return &numbers->dilation[at];
    case 'p': return &numbers->pad_begin[at];
    case 'a': return &numbers->output_padding[at];
    default: return NULL;
    }
}

static bool parse_parts(const char *text, shape_numbers *numbers)
{
    for (const char *at = text;; at++) {
        const size_t length = strcspn(at, "0123456789_:");
        int64_t *const target = target_of(numbers, at, length);
        if (target == NULL || *target != ABSENT) return false;
        at = take_number(at + length, target);
        if (at == NULL) return false;
        const bool is_pad = target >= numbers->pad_begin && target < numbers->pad_begin + 3;
        if (is_pad && *at == ':') at = take_number(at + 1, &numbers->pad_end[target - numbers->pad_begin]);
        if (at == NULL) return false;
        if (*at == '\0') return true;
        if (*at != '_') return false;
    }
}

/* "3x3" or "3" as the last `rank` of three entries. */
static const char *take_extents(const char *at, int32_t rank, int64_t *extents)
{
    int64_t values[3] = { 0 };
    int32_t count = 0;
    do {
        if (count == rank || (at = take_number(count > 0 ? at + 1 : at, &values[count])) == NULL) return NULL;
        count++;
    } while (*at == 'x');
    if (count != 1 && count != rank) return NULL;
    for (int32_t i = 0; i < rank; i++) extents[3 - rank + i] = values[count == 1 ? 0 : i];
    return at;
}

static bool parse_short(const char *text, shape_numbers *numbers)
{
    int64_t front[4] = { 0 };
    int32_t count = 0;
    const char *at = text;
    do {
        if (count == 4 || (at = take_number(count > 0 ? at + 1 : at, &front[count])) == NULL) return false;
        count++;
    } while (*at == 'x');
    const int32_t rank = count - 1;
    if (rank < 1) return false;
    for (int32_t i = 0; i < rank; i++) numbers->input[3 - rank + i] = front[i];
    numbers->in_channels = front[rank];
    while (*at == ':') {
        const size_t length = strcspn(++at, "0123456789:");
        int64_t *const single = target_of(numbers, at, length), *spatial = NULL;
        if (length == 1)
            spatial = at[0] == 'k'   ? numbers->kernel
                      : at[0] == 's' ? numbers->stride
                      : at[0] == 'd' ? numbers->dilation
                      : at[0] == 'p' ? numbers->pad_begin
                                     : NULL;
        at += length;
        if (spatial != NULL) {
            at = take_extents(at, rank, spatial);
        } else {
            at = single != NULL ? take_number(at, single) : NULL;
        }
        if (at == NULL) return false;
    }
    return *at == '\0';
}

/* Entries that are absent take the nearest one before them that is given, else `otherwise`. */
static bool spread(const int64_t from[3], int32_t rank, int64_t otherwise, int64_t low, int64_t *to)
{
    int64_t last = otherwise;
    for (int32_t i = 0; i < rank; i++) {
        const int64_t value = from[3 - rank + i];
        if (value != ABSENT) last = value;
        to[i] = last;
        if (to[i] < low) return false;
    }
    return true;
}

static bool finish(const shape_numbers *numbers, clq_conv_shape *shape)
{
    const int32_t rank = numbers->input[0] != ABSENT || numbers->kernel[0] != ABSENT   ? 3
                         : numbers->input[1] != ABSENT || numbers->kernel[1] != ABSENT ? 2
                                                                                       : 1;
    *shape = (clq_conv_shape){ .spatial_rank = rank, .transposed = numbers->transposed == 1, .batch = numbers->batch == ABSENT ? 1 : numbers->batch,
                               .groups = numbers->groups == ABSENT ? 1 : numbers->groups, .in_channels = numbers->in_channels,
                               .out_channels = numbers->out_channels };
    if (shape->batch < 1 || shape->groups < 1 || shape->in_channels < 1 || shape->out_channels < 1 || numbers->transposed > 1) return false;
    if (!spread(numbers->input, rank, 0, 1, shape->input) || !spread(numbers->kernel, rank, 0, 1, shape->kernel)) return false;
    if (!spread(numbers->stride, rank, 1, 1, shape->stride) || !spread(numbers->dilation, rank, 1, 1, shape->dilation)) return false;
    if (!spread(numbers->pad_begin, rank, 0, 0, shape->pad_begin) || !spread(numbers->output_padding, rank, 0, 0, shape->output_padding)) {
        return false;
    }
    int64_t ends[3];
    memcpy(ends, numbers->pad_end, sizeof ends);
    for (int32_t i = 0; i < 3; i++) {
        if (ends[i] == ABSENT) ends[i] = numbers->pad_begin[i];
    }
    return spread(ends, rank, 0, 0, shape->pad_end);
}

bool clq_conv_shape_parse(const char *text, clq_conv_shape *shape, char *message, size_t size)
{
    shape_numbers numbers;
    memset(&numbers, 0xff, sizeof numbers); /* ABSENT everywhere */
    const bool is_short = text[0] >= '0' && text[0] <= '9';
    if (!(is_short ? parse_short(text, &numbers) : parse_parts(text, &numbers)) || !finish(&numbers, shape)) {
        snprintf(message, size, "bad shape \"%s\" (wanted mb1_ic64_ih56_iw56_oc64_kh3_kw3_sh1_sw1_ph1_pw1_g1 or 56x56x64:oc64:k3x3:s1:p1)", text);
        return false;
    }
    if (shape->in_channels % shape->groups != 0 || shape->out_channels % shape->groups != 0) {
        snprintf(message, size, "bad shape \"%s\" (%" PRId64 " groups do not divide the channels)", text, shape->groups);
        return false;
    }
    if (clq_conv_shape_output_pixels(shape) > 0) return true;
    snprintf(message, size, "bad shape \"%s\" (the kernel does not fit: there is no output)", text);
    return false;
}

const char *clq_conv_shape_print(const clq_conv_shape *shape, char *text, size_t size)
{
    static const char axes[] = "dhw";
    const int32_t rank = shape->spatial_rank;
    const char *const names = axes + 3 - rank;
    clq_text_writer writer = clq_text_start(text, size);
    clq_text_append(&writer, "mb%" PRId64 "_ic%" PRId64, shape->batch, shape->in_channels);
    for (int32_t i = 0; i < rank; i++) clq_text_append(&writer, "_i%c%" PRId64, names[i], shape->input[i]);
    clq_text_append(&writer, "_oc%" PRId64, shape->out_channels);
    for (int32_t i = 0; i < rank; i++) clq_text_append(&writer, "_k%c%" PRId64, names[i], shape->kernel[i]);
    for (int32_t i = 0; i < rank; i++) clq_text_append(&writer, "_s%c%" PRId64, names[i], shape->stride[i]);
    for (int32_t i = 0; i < rank; i++) {
        if (shape->dilation[i] != 1) clq_text_append(&writer, "_d%c%" PRId64, names[i], shape->dilation[i]);
    }
    for (int32_t i = 0; i < rank; i++) {
        clq_text_append(&writer, "_p%c%" PRId64, names[i], shape->pad_begin[i]);
        if (shape->pad_end[i] != shape->pad_begin[i]) clq_text_append(&writer, ":%" PRId64, shape->pad_end[i]);
    }
    for (int32_t i = 0; i < rank; i++) {
        if (shape->output_padding[i] != 0) clq_text_append(&writer, "_a%c%" PRId64, names[i], shape->output_padding[i]);
    }
    clq_text_append(&writer, "_g%" PRId64, shape->groups);
    if (shape->transposed) clq_text_append(&writer, "_t1");
    return text;
}

void clq_conv_shape_describe(const clq_conv_shape *shape, clqnn_conv_desc *desc)
{
    desc->spatial_rank = shape->spatial_rank;
    desc->transposed = shape->transposed;
    desc->batch = shape->batch;
    desc->groups = shape->groups;
    desc->in_channels = shape->in_channels;
    desc->out_channels = shape->out_channels;
    for (int32_t i = 0; i < shape->spatial_rank; i++) {
        desc->input[i] = shape->input[i];
        desc->kernel[i] = shape->kernel[i];
        desc->stride[i] = shape->stride[i];
        desc->dilation[i] = shape->dilation[i];
        desc->pad_begin[i] = shape->pad_begin[i];
        desc->pad_end[i] = shape->pad_end[i];
        desc->output_padding[i] = shape->output_padding[i];
    }
}

int64_t clq_conv_shape_output(const clq_conv_shape *shape, int32_t i)
{
    const int64_t extent = (shape->kernel[i] - 1) * shape->dilation[i] + 1, pads = shape->pad_begin[i] + shape->pad_end[i];
    const int64_t output = shape->transposed                  ? (shape->input[i] - 1) * shape->stride[i] - pads + extent + shape->output_padding[i]
                           : shape->input[i] + pads >= extent ? (shape->input[i] + pads - extent) / shape->stride[i] + 1
                                                              : 0;
    return output > 0 ? output : 0;
}

int64_t clq_conv_shape_pixels(const clq_conv_shape *shape, const int64_t *extents)
{
    int64_t pixels = 1;
    for (int32_t i = 0; i < shape->spatial_rank; i++) pixels *= extents[i];
    return pixels;
}

int64_t clq_conv_shape_output_pixels(const clq_conv_shape *shape)
{
    int64_t pixels = 1;
    for (int32_t i = 0; i < shape->spatial_rank; i++) pixels *= clq_conv_shape_output(shape, i);
    return pixels;
}

double clq_conv_shape_macs(const clq_conv_shape *shape)
{
    const int64_t pixels = shape->transposed ? clq_conv_shape_pixels(shape, shape->input) : clq_conv_shape_output_pixels(shape);
    return (double)shape->batch * (double)pixels * (double)clq_conv_shape_pixels(shape, shape->kernel) * (double)shape->out_channels *
           (double)(shape->in_channels / shape->groups);
}
