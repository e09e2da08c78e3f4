/* SPDX-License-Identifier: Apache-2.0 */
#include "train_case.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference_train.h"

#define POISON 0x5a
#define MOST_PRODUCTS 3e6

static int64_t one_of(clq_random *random, const int64_t *values, size_t count)
{
    return values[clq_random_range(random, 0, (int64_t)count - 1)];
}
#define ONE_OF(random, ...) one_of(random, (const int64_t[]){__VA_ARGS__}, sizeof(int64_t[]){__VA_ARGS__} / sizeof(int64_t))

static bool coin(clq_random *random)
{
    return clq_random_range(random, 0, 1) != 0;
}

static void set_tensor(clq_op_image *image, int64_t rows, int64_t columns, int64_t leading)
{
    image->tensor = (clqnn_tensor){.type = CLQNN_F32, .rank = 2, .shape = {rows, columns}, .strides = {leading ? leading : columns, 1}};
}

static int64_t extent(clq_random *random, double most)
{
    const int64_t value = ONE_OF(random, 1, 2, 3, 5, 6, 7, 8, 15, 16, 17, 24, 31, 32, 33, 48, 63, 64, 65, 96, 97, 128, 130, 255, 256, 257, 300, 513, 1000,
                                 2500);
    return (double)value < most ? value : most < 1 ? 1 : (int64_t)most;
}

static void make_gemm(clq_random *random, const char *variant, double most, clq_train_case *test)
{
    clqnn_train_gemm_desc *d = &test->gemm;
    const bool pads = clq_random_range(random, 0, 2) == 0;
    *d = (clqnn_train_gemm_desc){.struct_size = sizeof *d, .transpose_a = coin(random), .transpose_b = coin(random), .has_bias = coin(random),
                                 .adds = coin(random),
                                 .variant = variant};
    d->m = extent(random, most / 4);
    d->n = extent(random, most / (double)d->m);
    d->k = extent(random, most / (double)(d->m * d->n));
    if (pads) {
        d->lda = (d->transpose_a ? d->m : d->k) + clq_random_range(random, 0, 5);
        d->ldb = (d->transpose_b ? d->k : d->n) + clq_random_range(random, 0, 5);
        d->ldc = d->n + clq_random_range(random, 0, 5);
    }
    set_tensor(&test->inputs[0], d->transpose_a ? d->k : d->m, d->transpose_a ? d->m : d->k, d->lda);
    set_tensor(&test->inputs[1], d->transpose_b ? d->n : d->k, d->transpose_b ? d->k : d->n, d->ldb);
    set_tensor(&test->inputs[2], 1, d->n, 0);
    set_tensor(&test->outputs[0], d->m, d->n, d->ldc);
    test->input_count = d->has_bias ? 3 : 2;
    test->output_count = 1;
    (void)snprintf(test->text, sizeof test->text, "m %d n %d k %d, a%s b%s, leading %d %d %d, bias %d, adds %d", (int)d->m, (int)d->n, (int)d->k,
                   d->transpose_a ? "'" : "",
                   d->transpose_b ? "'" : "", (int)d->lda, (int)d->ldb, (int)d->ldc, (int)d->has_bias, (int)d->adds);
}

static void choose_channels(clq_random *random, clqnn_train_conv_desc *d)
{
    const int64_t kind = clq_random_range(random, 0, 4);
    if (kind <= 1) {        /* depthwise, at times with a multiplier */
        d->channels = d->groups = ONE_OF(random, 1, 3, 8, 15, 16, 17, 24, 32, 40, 64);
        d->output_channels = d->channels * (kind ? 1 : clq_random_range(random, 1, 3));
    } else if (kind == 2) { /* groups */
        d->groups = clq_random_range(random, 2, 4);
        d->channels = d->groups * ONE_OF(random, 1, 2, 3, 8, 16, 17);
        d->output_channels = d->groups * ONE_OF(random, 1, 2, 5, 16, 18);
    } else {
        d->channels = ONE_OF(random, 1, 1, 2, 3, 4, 8, 15, 16, 17, 32, 33, 64);
        d->output_channels = ONE_OF(random, 1, 2, 7, 10, 15, 16, 17, 31, 32, 33, 48, 64);
        d->groups = coin(random);
    }
}

static void choose_dimension(clq_random *random, int d, bool is_plain, clqnn_train_conv_desc *desc)
{
    desc->kernel[d] = ONE_OF(random, 1, 2, 3, 3, 3, 4, 5, 7);
    desc->stride[d] = is_plain ? 1 : ONE_OF(random, 0, 1, 1, 1, 2, 2, 3);
    desc->dilation[d] = is_plain ? 1 : ONE_OF(random, 0, 1, 1, 1, 1, 2, 3);
    const int64_t covers = (desc->kernel[d] - 1) * (desc->dilation[d] ? desc->dilation[d] : 1) + 1;
    desc->pad_begin[d] = coin(random) ? (covers - 1) / 2 : clq_random_range(random, 0, covers - 1);
    desc->pad_end[d] = coin(random) ? covers / 2 : clq_random_range(random, 0, covers - 1);
    int64_t *size = d ? &desc->width : &desc->height;
    *size = ONE_OF(random, 1, 2, 3, 5, 6, 7, 8, 12, 13, 14, 17, 28, 33);
    while (*size + desc->pad_begin[d] + desc->pad_end[d] < covers) ++*size;
}

static double products_of(const clqnn_train_conv_desc *d, const int64_t size[2])
{
    return (double)(d->batch * size[0] * size[1] * d->output_channels) * (double)(d->kernel[0] * d->kernel[1] * (d->channels / (d->groups ? d->groups : 1)));
}

static void make_conv(clq_random *random, const char *variant, double most, clq_train_case *test)
{
    clqnn_train_conv_desc *d = &test->conv;
    int64_t size[2] = {0};
    do {
        *d = (clqnn_train_conv_desc){.struct_size = sizeof *d, .kind = (clqnn_train_conv_kind)clq_random_range(random, 0, 2), .batch = ONE_OF(random, 1, 1,
                2, 3, 7),
                                     .variant = variant};
        choose_channels(random, d);
        const bool is_plain = clq_random_range(random, 0, 2) == 0;
        for (int i = 0; i < 2; i++) choose_dimension(random, i, is_plain, d);
        d->has_bias = d->kind != CLQNN_TRAIN_BY_DATA && coin(random);
        (void)clqnn_train_conv_output_size(d, size);
    } while (products_of(d, size) > most);
    const int64_t taps = d->kernel[0] * d->kernel[1], group_in = d->channels / (d->groups ? d->groups : 1);
    clq_op_image x = {0}, w = {0}, y = {0}, bias = {0};
    set_tensor(&x, d->batch * d->height * d->width, d->channels, 0);
    set_tensor(&w, d->output_channels, taps * group_in, 0);
    set_tensor(&y, d->batch * size[0] * size[1], d->output_channels, 0);
    set_tensor(&bias, 1, d->output_channels, 0);
    const bool by_data = d->kind == CLQNN_TRAIN_BY_DATA, by_weight = d->kind == CLQNN_TRAIN_BY_WEIGHT;
    test->inputs[0] = by_data ? y : x;
    test->inputs[1] = by_weight ? y : w;
    test->inputs[2] = bias;
    test->outputs[0] = by_data ? x : by_weight ? w : y;
    test->outputs[1] = bias;
    test->input_count = d->has_bias && !by_weight ? 3 : 2;
    test->output_count = d->has_bias && by_weight ? 2 : 1;
    (void)snprintf(test->text, sizeof test->text, "%s, batch %d of %d x %d x %d to %d channels in %d groups, kernel %d x %d, stride %d %d, dilation %d %d, pads %d %d and %d %d, bias %d",
                   by_data ? "by data" : by_weight ? "by weight" : "forward", (int)d->batch, (int)d->height, (int)d->width, (int)d->channels,
                       (int)d->output_channels,
                   (int)d->groups, (int)d->kernel[0], (int)d->kernel[1], (int)d->stride[0], (int)d->stride[1], (int)d->dilation[0], (int)d->dilation[1],
                   (int)d->pad_begin[0], (int)d->pad_begin[1], (int)d->pad_end[0], (int)d->pad_end[1], (int)d->has_bias);
}

/* Small integers or floats, into all of an image: gaps between rows too. */
static void fill(clq_random *random, const clq_op_image *image, bool is_exact)
{
    for (size_t at = image->offset; at + 4 <= image->size; at += 4) {
        const float value = is_exact ? (float)clq_random_range(random, -4, 4) : clq_random_float(random, -2.0f, 2.0f);
        memcpy(image->bytes + at, &value, sizeof value);
    }
}

bool clq_train_make(bool is_conv, uint64_t seed, uint64_t index, const char *variant, double most, clq_train_case *test)
{
    clq_random random = clq_random_seed(seed, index);
    memset(test, 0, sizeof *test);
    test->is_conv = is_conv;
    test->is_exact = coin(&random);
    if (is_conv) make_conv(&random, variant, most, test);
    else make_gemm(&random, variant, most, test);
    for (uint32_t i = 0; i < test->input_count; i++) {
        if (!clq_op_image_allocate(&random, &test->inputs[i], POISON)) return false;
        fill(&random, &test->inputs[i], test->is_exact);
    }
    for (uint32_t i = 0; i < test->output_count; i++) {
        if (!clq_op_image_allocate(&random, &test->outputs[i], POISON)) return false;
    }
    if (!is_conv && test->gemm.adds) fill(&random, &test->outputs[0], test->is_exact);
    return true;
}

void clq_train_free(clq_train_case *test)
{
    for (int i = 0; i < 3; i++) clq_op_image_free(&test->inputs[i]);
    for (int i = 0; i < 2; i++) clq_op_image_free(&test->outputs[i]);
}

clqnn_status clq_train_create(clqnn_context *context, const clq_train_case *test, clqnn_op **op)
{
    return test->is_conv ? clqnn_train_conv_create(context, &test->conv, op) : clqnn_train_gemm_create(context, &test->gemm, op);
}

static clqnn_status reference(const clq_train_case *test, clqnn_reference_bounded *expected[2])
{
    const float *in[3] = {0};
    for (uint32_t i = 0; i < test->input_count; i++) in[i] = clq_op_image_data(&test->inputs[i]);
    if (test->is_conv) return clqnn_reference_train_conv(&test->conv, in[0], in[1], in[2], expected[0], expected[1]);
    return clqnn_reference_train_gemm(&test->gemm, in[0], in[1], in[2], clq_op_image_data(&test->outputs[0]), expected[0]);
}

/* One output; afterwards the elements in `got` are those of the image before the call, so that what is left must not differ. */
static bool compare_elements(const clq_train_case *test, uint32_t index, const clqnn_reference_bounded *expected, clq_op_image *got, char message[512])
{
    const clqnn_tensor *tensor = &got->tensor;
    for (int64_t i = 0; i < tensor->shape[0] * tensor->shape[1]; i++) {
        const size_t at = got->offset + 4 * (size_t)(i / tensor->shape[1] * tensor->strides[0] + i % tensor->shape[1]);
        float value;
        memcpy(&value, got->bytes + at, sizeof value);
        const double error = test->is_exact ? 0 : expected[i].error;
        if (!(fabs((double)value - expected[i].value) <= error) && error < INFINITY) {
            (void)snprintf(message, 512, "output %u, row %lld, column %lld: expected %.9g within %.3g, got %.9g", (unsigned)index,
                           (long long)(i / tensor->shape[1]),
                           (long long)(i % tensor->shape[1]), expected[i].value, error, (double)value);
            return false;
        }
        memcpy(got->bytes + at, test->outputs[index].bytes + at, sizeof value);
    }
    return clq_op_compare(&test->outputs[index], got, message);
}

bool clq_train_compare(const clq_train_case *test, const clq_op_image *got, char message[512])
{
    clqnn_reference_bounded *expected[2] = {NULL, NULL};
    clq_op_image copy = {0};
    bool right = true;
    (void)snprintf(message, 512, "no memory for the expected results");
    for (uint32_t i = 0; i < test->output_count; i++) {
        const clqnn_tensor *tensor = &test->outputs[i].tensor;
        expected[i] = malloc((size_t)(tensor->shape[0] * tensor->shape[1]) * sizeof *expected[i]);
        right = right && expected[i];
    }
    right = right && reference(test, expected) == CLQNN_OK;
    for (uint32_t i = 0; i < test->output_count && right; i++) {
        right = clq_op_image_copy(&got[i], &copy) && compare_elements(test, i, expected[i], &copy, message);
        clq_op_image_free(&copy);
    }
    free(expected[0]);
    free(expected[1]);
    return right;
}

/* A call on copies of the outputs. */
static bool run(clqnn_context *context, const clqnn_op *op, clq_train_case *test, clq_op_image got[2], char message[512])
{
    clq_op_image *inputs[3], *outputs[2];
    for (uint32_t i = 0; i < test->input_count; i++) inputs[i] = &test->inputs[i];
    for (uint32_t i = 0; i < test->output_count; i++) {
        if (!clq_op_image_copy(&test->outputs[i], &got[i])) return (void)snprintf(message, 512, "no memory for a case"), false;
        outputs[i] = &got[i];
    }
    if (clq_op_run(context, op, inputs, test->input_count, outputs, test->output_count) == CLQNN_OK) return true;
    (void)snprintf(message, 512, "%s", clqnn_last_error());
    return false;
}

static bool run_twice(clqnn_context *context, const clqnn_op *op, clq_train_case *test, char message[512])
{
    clq_op_image got[2] = {{.size = 0}}, again[2] = {{.size = 0}};
    bool right = run(context, op, test, got, message) && clq_train_compare(test, got, message) && run(context, op, test, again, message);
    for (uint32_t i = 0; i < test->output_count && right; i++) {
        right = memcmp(got[i].bytes, again[i].bytes, got[i].size) == 0;
        if (!right) (void)snprintf(message, 512, "output %u: another call gives other bytes", (unsigned)i);
    }
    for (int i = 0; i < 2; i++) {
        clq_op_image_free(&got[i]);
        clq_op_image_free(&again[i]);
    }
    return right;
}

clq_outcome clq_train_verify(clqnn_context *context, bool is_conv, uint64_t seed, uint64_t index, const char *variant, char message[512])
{
    clq_train_case test;
    clqnn_op *op = NULL;
    clq_outcome outcome = CLQ_FAILED;
    message[0] = '\0';
    if (!clq_train_make(is_conv, seed, index, variant, MOST_PRODUCTS, &test)) {
        (void)snprintf(message, 512, "no memory for a case");
    } else {
        const clqnn_status status = clq_train_create(context, &test, &op);
        if (status != CLQNN_OK) (void)snprintf(message, 512, "%s", clqnn_last_error());
        outcome = status == CLQNN_UNSUPPORTED ? CLQ_REFUSED : status == CLQNN_OK && run_twice(context, op, &test, message) ? CLQ_PASSED : CLQ_FAILED;
    }
    const size_t used = strlen(message);
    if (outcome == CLQ_FAILED) (void)snprintf(message + used, 512 - used, " (%s)", test.text);
    clqnn_op_destroy(op);
    clq_train_free(&test);
    return outcome;
}
