/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn_reference_conv and clqnn_reference_conv_bits: image by image. x and the weights are copied out of their layouts with the zero points taken off, and
 * summed in 64 bits: each tap adds its products where both of its pixels exist, so that padding is simply left out, or meets a pixel of ones. */
#include <stdlib.h>
#include <string.h>

#include "bit_planes.h"
#include "clqnn/reference.h"
#include "clqnn/reference_bits.h"
#include "reference_conv_shape.h"
#include "reference_epilogue.h"
#include "reference_validate.h"

/* What a call brings. */
typedef struct conv_data {
    const void *x, *residual;
    const float *row_scales;
    void *y;
    int32_t *accumulators;
} conv_data;

typedef struct conv_run {
    clqnn_conv_desc desc;
    conv_data data;
    clqnn_gemm_desc product;     /* types, scales, bias and rounding, as the epilogue of a product of out_channels columns takes them */
    clq_reference_conv_shape shape;
    clq_reference_image x, y, residual;
    int64_t in_pixels, out_pixels, taps;
    int16_t *weights;            /* [o][tap][i]: w - zw */
    int16_t *image;              /* of the current image, [pixel][channel]: x - zx; then a pixel of ones */
    int64_t *sums;               /* of the current image, [pixel][o] */
} conv_run;

static int32_t load_integer(clqnn_type type, const void *data, int64_t index)
{
    if (clq_reference_plane_bits(type)) return clq_reference_load_plane(type, data, index);
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
                *weight++ = (int16_t)(load_integer(run->desc.weight_type, run->desc.weight_data, index) - zero_point);
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
            run->image[pixel * run->desc.in_channels + channel] = (int16_t)(load_integer(run->desc.x.type, x, index) - zero_point);
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
        if (!inside && run->desc.pad != CLQNN_BIT_PAD_PLUS_ONE) continue;
        const int64_t other_pixel = inside ? pixel_of(other, meets) : run->in_pixels;
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

/* The row scale and the residual of products of bits; `added` holds the latter. */
static void take_floats(const conv_run *run, int64_t row, int64_t residual_at, float *added, clq_reference_sum *sum)
{
    const clqnn_type type = run->desc.residual.type;
    if (run->desc.has_row_scales) sum->row_scale = run->data.row_scales + row;
    if (type != CLQNN_F32 && type != CLQNN_F16) return;
    *added = type == CLQNN_F16 ? clqnn_reference_f16_to_f32(((const uint16_t *)run->data.residual)[residual_at]) : ((const float *)run->data.residual)[residual_at];
    sum->residual = added;
}

static int is_8bit(clqnn_type type)
{
    return type == CLQNN_U8 || type == CLQNN_S8;
}

/* Table and residual sum of the 8-bit value that stands at `at` of y; r was read before y was written, since the two may be one. */
static void finish(const conv_run *run, int32_t r, int64_t at)
{
    uint8_t *byte = (uint8_t *)run->data.y + at; /* of an 8-bit y, which alone has a table or such a residual */
    if (run->desc.table) *byte = run->desc.table[*byte];
    if (is_8bit(run->desc.residual.type)) *byte = (uint8_t)add_residual(run, load_integer(run->desc.y.type, run->data.y, at), r);
}

static clqnn_status store_pixel(const conv_run *run, int64_t image, int64_t pixel)
{
    const int64_t channels = run->desc.out_channels, row = image * run->out_pixels + pixel;
    const int64_t first = image * run->y.batch_step + pixel * run->y.pixel_step;
    if (clq_reference_plane_bits(run->desc.y.type)) clq_reference_clear_planes(run->desc.y.type, run->data.y, first, channels);
    for (int64_t o = 0; o < channels; o++) {
        const int64_t value = run->sums[pixel * channels + o], at = first + o * run->y.channel_step;
        if (value < INT32_MIN || value > INT32_MAX) return CLQNN_OVERFLOW;
        if (run->data.accumulators) run->data.accumulators[row * channels + o] = (int32_t)value;
        const int64_t residual_at = image * run->residual.batch_step + pixel * run->residual.pixel_step + o * run->residual.channel_step;
        const int32_t r = is_8bit(run->desc.residual.type) ? load_integer(run->desc.residual.type, run->data.residual, residual_at) : 0;
        clq_reference_sum sum = {.acc = (int32_t)value, .a_scale = clq_reference_scale(&run->desc.x.quantization, 0)};
        float added = 0.0f;
        take_floats(run, row, residual_at, &added, &sum);
        clq_reference_store(&run->product, &sum, o, run->data.y, at);
        finish(run, r, at);
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
        .b = {.type = desc->weight_type, .transposed = clq_reference_plane_bits(desc->weight_type) != 0, .quantization = desc->weight_quantization},
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
        .residual = {.type = is_8bit(desc->residual.type) ? CLQNN_TYPE_NONE : desc->residual.type},
        .thresholds = desc->thresholds,
        .directions = desc->directions,
        .threshold_count = desc->threshold_count,
        .has_row_scales = desc->has_row_scales,
    };
}

/* What only some types have. */
static int types_fit(const clqnn_conv_desc *desc)
{
    const clqnn_type residual = desc->residual.type;
    if (desc->table && !is_8bit(desc->y.type)) return 0;
    if (residual != CLQNN_TYPE_NONE && !clq_reference_plane_bits(desc->x.type) && !(is_8bit(residual) && is_8bit(desc->y.type))) return 0;
    if (residual != CLQNN_TYPE_NONE && clq_reference_plane_bits(desc->x.type) && is_8bit(residual)) return 0;
    if (desc->pad != CLQNN_BIT_PAD_ZERO && (desc->x.type != CLQNN_B1 || desc->transposed)) return 0;
    if (clq_reference_plane_bits(desc->weight_type) && desc->weight_layout != CLQNN_WEIGHTS_OHWI) return 0;
    if (clq_reference_plane_bits(desc->x.type) && (desc->x.layout != CLQNN_CHANNELS_LAST || desc->table)) return 0;
    return !clq_reference_plane_bits(desc->y.type) || desc->y.layout == CLQNN_CHANNELS_LAST;
}

static clqnn_status check(const conv_run *run)
{
    const clqnn_conv_desc *desc = &run->desc;
    const conv_data *data = &run->data;
    if (!data->x || !data->y || !desc->weight_data || (desc->residual.type != CLQNN_TYPE_NONE && !data->residual)) return CLQNN_INVALID_ARGUMENT;
    if (!types_fit(desc) || (desc->has_row_scales && !data->row_scales)) return CLQNN_INVALID_ARGUMENT;
    return clq_reference_validate(&run->product);
}

static clqnn_status run_images(conv_run *run)
{
    load_weights(run);
    for (int64_t i = 0; i < run->desc.in_channels; i++) run->image[run->in_pixels * run->desc.in_channels + i] = 1;
    for (int64_t image = 0; image < run->shape.batch; image++) {
        load_image(run, run->data.x, image);
        sum_image(run);
        for (int64_t pixel = 0; pixel < run->out_pixels; pixel++) {
            const clqnn_status status = store_pixel(run, image, pixel);
            if (status != CLQNN_OK) return status;
        }
    }
    return CLQNN_OK;
}

static clqnn_status run_conv(const clqnn_conv_desc *desc, const conv_data *data)
{
    if (!desc || desc->struct_size == 0) return CLQNN_INVALID_ARGUMENT;
    conv_run run = {.data = *data};
    memcpy(&run.desc, desc, desc->struct_size < sizeof run.desc ? desc->struct_size : sizeof run.desc); /* fields that are not there are 0 */
    run.product = product_of(&run.desc);
    clqnn_status status = clq_reference_resolve_conv(&run.desc, &run.shape);
    if (status == CLQNN_OK) status = check(&run);
    if (status != CLQNN_OK) return status;

    run.in_pixels = clq_reference_pixels(run.shape.input);
    run.out_pixels = clq_reference_pixels(run.shape.output);
    run.taps = clq_reference_pixels(run.shape.kernel);
    run.x = clq_reference_resolve_image(&run.desc.x, run.in_pixels, run.desc.in_channels);
    run.y = clq_reference_resolve_image(&run.desc.y, run.out_pixels, run.desc.out_channels);
    run.residual = clq_reference_resolve_image(&run.desc.residual, run.out_pixels, run.desc.out_channels);
    run.weights = calloc((size_t)(run.desc.out_channels * run.taps * run.shape.group_in), sizeof *run.weights);
    run.image = calloc((size_t)((run.in_pixels + 1) * run.desc.in_channels), sizeof *run.image);
    run.sums = calloc((size_t)(run.out_pixels * run.desc.out_channels), sizeof *run.sums);
    status = run.weights && run.image && run.sums ? run_images(&run) : CLQNN_OUT_OF_MEMORY;
    free(run.weights);
    free(run.image);
    free(run.sums);
    return status;
}

clqnn_status clqnn_reference_conv(const clqnn_conv_desc *desc, const void *x, const void *residual, void *y, int32_t *accumulators)
{
    return run_conv(desc, &(conv_data){.x = x, .residual = residual, .y = y, .accumulators = accumulators});
}

clqnn_status clqnn_reference_conv_bits(const clqnn_conv_desc *desc, const void *x, const void *residual, const float *row_scales, void *y, int32_t *accumulators)
{
    return run_conv(desc, &(conv_data){x, residual, row_scales, y, accumulators});
}
