/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn_reference_conv: image by image. x and the weights are copied out of their layouts with the zero points taken off, and summed in 64 bits: each tap adds
 * its products where both of its pixels exist, so that padding is simply left out. */
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference.h"
#include "reference_conv_shape.h"
#include "reference_epilogue.h"
#include "reference_validate.h"

typedef struct conv_run {
    clqnn_conv_desc desc;
    clqnn_gemm_desc product;     /* types, scales, bias and rounding, as the epilogue of a product of out_channels columns takes them */
    clq_reference_conv_shape shape;
    clq_reference_image x, y, residual;
    int64_t in_pixels, out_pixels, taps;
    int16_t *weights;            /* [o][tap][i]: w - zw */
    int16_t *image;              /* of the current image, [pixel][channel]: x - zx */
    int64_t *sums;               /* of the current image, [pixel][o] */
} conv_run;

static int32_t load_8bit(clqnn_type type, const void *data, int64_t index)
{
    return type == CLQNN_U8 ? ((const uint8_t *)data)[index] : ((const int8_t *)data)[index];
}

static void load_weights(conv_run *run)
{
    int16_t *weight = run->weights;
    for (int64_t o = 0; o < run->desc.out_channels; o++) {
        const int32_t zero_point = clq_reference_zero_point(&run->desc.weight_quantization, o);
        for (int64_t tap = 0; tap < run->taps; tap++) {
            for (int64_t i = 0; i < run->shape.group_in; i++) {
                const int64_t index = clq_reference_weight_index(&run->desc, &run->shape, o, tap, i);
                *weight++ = (int16_t)(load_8bit(run->desc.weight_type, run->desc.weight_data, index) - zero_point);
            }
        }
    }
}

static void load_image(conv_run *run, const void *x, int64_t image)
{
    const int32_t zero_point = clq_reference_zero_point(&run->desc.x.quantization, 0);
    for (int64_t pixel = 0; pixel < run->in_pixels; pixel++) {
        for (int64_t channel = 0; channel < run->desc.in_channels; channel++) {
            const int64_t index = image * run->x.batch_step + pixel * run->x.pixel_step + channel * run->x.channel_step;
            run->image[pixel * run->desc.in_channels + channel] = (int16_t)(load_8bit(run->desc.x.type, x, index) - zero_point);
        }
    }
}

/* Every product of one tap between an input pixel and an output pixel. */
static void add_tap(conv_run *run, int64_t in_pixel, int64_t out_pixel, int64_t tap)
{
    const int64_t group_in = run->shape.group_in;
    for (int64_t o = 0; o < run->desc.out_channels; o++) {
        const int16_t *x = run->image + in_pixel * run->desc.in_channels + o / run->shape.group_out * group_in;
        const int16_t *w = run->weights + (o * run->taps + tap) * group_in;
        int64_t sum = 0;
        for (int64_t i = 0; i < group_in; i++) sum += x[i] * w[i];
        run->sums[out_pixel * run->desc.out_channels + o] += sum;
    }
}

static int64_t pixel_of(const int64_t extents[3], const int64_t at[3])
{
    return (at[0] * extents[1] + at[1]) * extents[2] + at[2];
}

static void position_of(const int64_t extents[3], int64_t pixel, int64_t at[3])
{
    at[2] = pixel % extents[2];
    at[1] = pixel / extents[2] % extents[1];
    at[0] = pixel / extents[2] / extents[1];
}

/* Position `at` of the strided side (the output; of a transposed convolution the input) and a tap meet at * stride + tap * dilation - pad of the other. */
static void add_position(conv_run *run, int64_t pixel)
{
    const clq_reference_conv_shape *shape = &run->shape;
    const int64_t *strided = run->desc.transposed ? shape->input : shape->output;
    const int64_t *other = run->desc.transposed ? shape->output : shape->input;
    int64_t at[3], tap_at[3];
    position_of(strided, pixel, at);
    for (int64_t tap = 0; tap < run->taps; tap++) {
        position_of(shape->kernel, tap, tap_at);
        int64_t meets[3];
        int inside = 1;
        for (int d = 0; d < 3; d++) {
            meets[d] = at[d] * shape->stride[d] + tap_at[d] * shape->dilation[d] - shape->pad[d];
            inside = inside && meets[d] >= 0 && meets[d] < other[d];
        }
        if (!inside) continue;
        const int64_t other_pixel = pixel_of(other, meets);
        if (run->desc.transposed) {
            add_tap(run, pixel, other_pixel, tap);
        } else {
            add_tap(run, other_pixel, pixel, tap);
        }
    }
}

static void sum_image(conv_run *run)
{
    const int32_t *bias = run->desc.bias && run->desc.bias_type == CLQNN_S32 ? run->desc.bias : NULL;
    for (int64_t pixel = 0; pixel < run->out_pixels; pixel++) {
        for (int64_t o = 0; o < run->desc.out_channels; o++) run->sums[pixel * run->desc.out_channels + o] = bias ? bias[o] : 0;
    }
    for (int64_t pixel = 0; pixel < (run->desc.transposed ? run->in_pixels : run->out_pixels); pixel++) add_position(run, pixel);
}

/* y = clamp(rne((sq * (q - zq) + sr * (r - zr)) / ss) + zs), every operation rounded to binary32. */
static int32_t add_residual(const conv_run *run, int32_t q, int32_t r)
{
    const clqnn_conv_desc *desc = &run->desc;
    const clqnn_quantization *own = desc->table ? &desc->table_quantization : &desc->y.quantization;
    const float left = clq_reference_scale(own, 0) * (float)(q - clq_reference_zero_point(own, 0));
    const float right = clq_reference_scale(&desc->residual.quantization, 0) * (float)(r - clq_reference_zero_point(&desc->residual.quantization, 0));
    const float sum = left + right;
    int32_t low = desc->y.type == CLQNN_U8 ? 0 : -128, high = desc->y.type == CLQNN_U8 ? 255 : 127;
    if (desc->has_sum_clamp) {
        low = desc->sum_clamp_min > low ? desc->sum_clamp_min : low;
        high = desc->sum_clamp_max < high ? desc->sum_clamp_max : high;
    }
    return clqnn_reference_quantize(sum, clq_reference_scale(&desc->sum_quantization, 0), clq_reference_zero_point(&desc->sum_quantization, 0), low, high);
}

/* Table and residual sum of the 8-bit value that stands at `at` of y; r was read before y was written, since the two may be one. */
static void finish(const conv_run *run, int32_t r, void *y, int64_t at)
{
    uint8_t *byte = (uint8_t *)y + at; /* of an 8-bit y, which alone has a table or a residual */
    if (run->desc.table) *byte = run->desc.table[*byte];
    if (run->desc.residual.type != CLQNN_TYPE_NONE) *byte = (uint8_t)add_residual(run, load_8bit(run->desc.y.type, y, at), r);
}

static clqnn_status store_image(const conv_run *run, int64_t image, const void *residual, void *y, int32_t *accumulators)
{
    const int64_t channels = run->desc.out_channels;
    const int has_residual = run->desc.residual.type != CLQNN_TYPE_NONE;
    for (int64_t pixel = 0; pixel < run->out_pixels; pixel++) {
        for (int64_t o = 0; o < channels; o++) {
            const int64_t sum = run->sums[pixel * channels + o];
            if (sum < INT32_MIN || sum > INT32_MAX) return CLQNN_OVERFLOW;
            if (accumulators) accumulators[(image * run->out_pixels + pixel) * channels + o] = (int32_t)sum;
            const int64_t at = image * run->y.batch_step + pixel * run->y.pixel_step + o * run->y.channel_step;
            const int64_t residual_at = image * run->residual.batch_step + pixel * run->residual.pixel_step + o * run->residual.channel_step;
            const int32_t r = has_residual ? load_8bit(run->desc.residual.type, residual, residual_at) : 0;
            clq_reference_store(&run->product, (int32_t)sum, clq_reference_scale(&run->desc.x.quantization, 0), o, y, at);
            finish(run, r, y, at);
        }
    }
    return CLQNN_OK;
}

/* The epilogue's view of the convolution: a product with out_channels columns. */
static clqnn_gemm_desc product_of(const clqnn_conv_desc *desc)
{
    return (clqnn_gemm_desc){
        .struct_size = sizeof(clqnn_gemm_desc),
        .m = 1,
        .n = desc->out_channels,
        .k = 1,
        .a = {.type = desc->x.type, .quantization = desc->x.quantization},
        .b = {.type = desc->weight_type, .quantization = desc->weight_quantization},
        .c = {.type = desc->y.type, .quantization = desc->y.quantization},
        .bias = desc->bias,
        .bias_type = desc->bias_type,
        .rounding = desc->rounding,
        .multipliers = desc->multipliers,
        .shifts = desc->shifts,
        .fixed_count = desc->fixed_count,
        .has_clamp = desc->has_clamp,
        .clamp_min = desc->clamp_min,
        .clamp_max = desc->clamp_max,
    };
}

static clqnn_status check(const conv_run *run, const void *x, const void *residual, const void *y)
{
    const clqnn_conv_desc *desc = &run->desc;
    const int is_8bit = desc->y.type == CLQNN_U8 || desc->y.type == CLQNN_S8;
    const int has_residual = desc->residual.type != CLQNN_TYPE_NONE;
    if (!x || !y || !desc->weight_data || (has_residual && !residual)) return CLQNN_INVALID_ARGUMENT;
    if (!is_8bit && (desc->table || has_residual)) return CLQNN_INVALID_ARGUMENT;
    if (has_residual && desc->residual.type != CLQNN_U8 && desc->residual.type != CLQNN_S8) return CLQNN_INVALID_ARGUMENT;
    return clq_reference_validate(&run->product);
}

static clqnn_status run_images(conv_run *run, const void *x, const void *residual, void *y, int32_t *accumulators)
{
    load_weights(run);
    for (int64_t image = 0; image < run->shape.batch; image++) {
        load_image(run, x, image);
        sum_image(run);
        const clqnn_status status = store_image(run, image, residual, y, accumulators);
        if (status != CLQNN_OK) return status;
    }
    return CLQNN_OK;
}

clqnn_status clqnn_reference_conv(const clqnn_conv_desc *desc, const void *x, const void *residual, void *y, int32_t *accumulators)
{
    if (!desc || desc->struct_size == 0) return CLQNN_INVALID_ARGUMENT;
    conv_run run = {0};
    memcpy(&run.desc, desc, desc->struct_size < sizeof run.desc ? desc->struct_size : sizeof run.desc); /* fields that are not there are 0 */
    run.product = product_of(&run.desc);
    clqnn_status status = clq_reference_resolve_conv(&run.desc, &run.shape);
    if (status == CLQNN_OK) status = check(&run, x, residual, y);
    if (status != CLQNN_OK) return status;

    run.in_pixels = clq_reference_pixels(run.shape.input);
    run.out_pixels = clq_reference_pixels(run.shape.output);
    run.taps = clq_reference_pixels(run.shape.kernel);
    run.x = clq_reference_resolve_image(&run.desc.x, run.in_pixels, run.desc.in_channels);
    run.y = clq_reference_resolve_image(&run.desc.y, run.out_pixels, run.desc.out_channels);
    run.residual = clq_reference_resolve_image(&run.desc.residual, run.out_pixels, run.desc.out_channels);
    run.weights = calloc((size_t)(run.desc.out_channels * run.taps * run.shape.group_in), sizeof *run.weights);
    run.image = calloc((size_t)(run.in_pixels * run.desc.in_channels), sizeof *run.image);
    run.sums = calloc((size_t)(run.out_pixels * run.desc.out_channels), sizeof *run.sums);
    status = run.weights && run.image && run.sums ? run_images(&run, x, residual, y, accumulators) : CLQNN_OUT_OF_MEMORY;
    free(run.weights);
    free(run.image);
    free(run.sums);
    return status;
}
