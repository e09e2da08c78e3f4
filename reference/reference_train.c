/* SPDX-License-Identifier: Apache-2.0 */
/* Products of training: the formulas of clqnn/train.h, each term visited once in the order of the loops. */
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "clqnn/reference_train.h"

#define FLUSHED 0x1p-126   /* what one operation may lose where subnormals are flushed */

/* A sum of products, and what its error depends on. */
typedef struct train_sum {
    double value, magnitude, flushed;
    int64_t terms;
} train_sum;

static void add_product(train_sum *sum, float a, float b)
{
    sum->value += (double)a * (double)b;
    sum->magnitude += fabs((double)a * (double)b);
    sum->flushed += fabs((double)a) + fabs((double)b) + 2;
    sum->terms++;
}

static clqnn_reference_bounded finish(const train_sum *sum)
{
    const double steps = (double)(sum->terms + 2), unit = steps * 0x1p-24, gamma = unit < 0.5 ? unit / (1 - unit) : INFINITY;
    const double error = (gamma + steps * 0x1p-53) * sum->magnitude + FLUSHED * (sum->flushed + 4);
    if (sum->terms == 0) return (clqnn_reference_bounded){0, 0};
    return (clqnn_reference_bounded){sum->value, sum->magnitude * (1 + 2 * gamma) < (double)FLT_MAX ? error : INFINITY};
}

clqnn_status clqnn_reference_train_gemm(const clqnn_train_gemm_desc *desc, const float *a, const float *b, const float *bias, const float *before,
                                        clqnn_reference_bounded *c)
{
    const int64_t lda = desc->lda ? desc->lda : desc->transpose_a ? desc->m : desc->k, ldb = desc->ldb ? desc->ldb : desc->transpose_b ? desc->k : desc->n;
    const int64_t ldc = desc->ldc ? desc->ldc : desc->n;
    for (int64_t i = 0; i < desc->m; i++) {
        for (int64_t j = 0; j < desc->n; j++) {
            train_sum sum = {0};
            for (int64_t l = 0; l < desc->k; l++) {
                add_product(&sum, desc->transpose_a ? a[l * lda + i] : a[i * lda + l], desc->transpose_b ? b[j * ldb + l] : b[l * ldb + j]);
            }
            if (desc->has_bias) add_product(&sum, bias[j], 1.0f);
            if (desc->adds) add_product(&sum, before[i * ldc + j], 1.0f);
            c[i * desc->n + j] = finish(&sum);
        }
    }
    return CLQNN_OK;
}

typedef struct train_shape {
    int64_t output[2], stride[2], dilation[2];
    int64_t group_in, group_out;
} train_shape;

static train_shape shape_of(const clqnn_train_conv_desc *desc)
{
    train_shape shape;
    const int64_t groups = desc->groups ? desc->groups : 1;
    for (int d = 0; d < 2; d++) {
        shape.stride[d] = desc->stride[d] ? desc->stride[d] : 1;
        shape.dilation[d] = desc->dilation[d] ? desc->dilation[d] : 1;
        const int64_t padded = (d ? desc->width : desc->height) + desc->pad_begin[d] + desc->pad_end[d];
        shape.output[d] = (padded - (desc->kernel[d] - 1) * shape.dilation[d] - 1) / shape.stride[d] + 1;
    }
    shape.group_in = desc->channels / groups;
    shape.group_out = desc->output_channels / groups;
    return shape;
}

/* Element [n][r][s][c] of x that output [row][column] reads by a tap, or -1 outside the image. */
static int64_t x_place(const clqnn_train_conv_desc *desc, const train_shape *shape, int64_t n, int64_t row, int64_t column, int64_t tap, int64_t c)
{
    const int64_t r = row * shape->stride[0] + tap / desc->kernel[1] * shape->dilation[0] - desc->pad_begin[0];
    const int64_t s = column * shape->stride[1] + tap % desc->kernel[1] * shape->dilation[1] - desc->pad_begin[1];
    if (r < 0 || r >= desc->height || s < 0 || s >= desc->width) return -1;
    return ((n * desc->height + r) * desc->width + s) * desc->channels + c;
}

/* Adds the terms of the convolution to the element that each belongs to. */
static void add_terms(const clqnn_train_conv_desc *desc, const float *first, const float *second, train_sum *sums)
{
    const train_shape shape = shape_of(desc);
    const int64_t taps = desc->kernel[0] * desc->kernel[1];
    for (int64_t n = 0; n < desc->batch; n++) {
        for (int64_t pixel = 0; pixel < shape.output[0] * shape.output[1]; pixel++) {
            for (int64_t o = 0; o < desc->output_channels; o++) {
                const int64_t y = (n * shape.output[0] * shape.output[1] + pixel) * desc->output_channels + o;
                for (int64_t tap = 0; tap < taps; tap++) {
                    for (int64_t i = 0; i < shape.group_in; i++) {
                        const int64_t w = (o * taps + tap) * shape.group_in + i, c = o / shape.group_out * shape.group_in + i;
                        const int64_t x = x_place(desc, &shape, n, pixel / shape.output[1], pixel % shape.output[1], tap, c);
                        if (x < 0) continue;
                        if (desc->kind == CLQNN_TRAIN_FORWARD) add_product(&sums[y], first[x], second[w]);
                        if (desc->kind == CLQNN_TRAIN_BY_DATA) add_product(&sums[x], first[y], second[w]);
                        if (desc->kind == CLQNN_TRAIN_BY_WEIGHT) add_product(&sums[w], first[x], second[y]);
                    }
                }
            }
        }
    }
}

static int64_t result_count(const clqnn_train_conv_desc *desc, const train_shape *shape)
{
    switch (desc->kind) {
    case CLQNN_TRAIN_FORWARD: return desc->batch * shape->output[0] * shape->output[1] * desc->output_channels;
    case CLQNN_TRAIN_BY_DATA: return desc->batch * desc->height * desc->width * desc->channels;
    default: return desc->output_channels * desc->kernel[0] * desc->kernel[1] * shape->group_in;
    }
}

clqnn_status clqnn_reference_train_conv(const clqnn_train_conv_desc *desc, const float *first, const float *second, const float *bias,
                                        clqnn_reference_bounded *result,
                                        clqnn_reference_bounded *dbias)
{
    const train_shape shape = shape_of(desc);
    const int64_t count = result_count(desc, &shape), outputs = desc->batch * shape.output[0] * shape.output[1];
    train_sum *const sums = calloc((size_t)count, sizeof *sums);
    if (!sums) return CLQNN_OUT_OF_MEMORY;
    add_terms(desc, first, second, sums);
    for (int64_t i = 0; i < count; i++) {
        if (bias) add_product(&sums[i], bias[i % desc->output_channels], 1.0f);
        result[i] = finish(&sums[i]);
    }
    free(sums);
    for (int64_t o = 0; dbias && o < desc->output_channels; o++) {
        train_sum sum = {0};
        for (int64_t i = 0; i < outputs; i++) add_product(&sum, second[i * desc->output_channels + o], 1.0f);
        dbias[o] = finish(&sum);
    }
    return CLQNN_OK;
}
