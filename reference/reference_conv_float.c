/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn_reference_conv_float: what the windows of an image see is written out as a matrix, one row a pixel and 0 where a tap meets nothing, which
 * clqnn_reference_gemm_float multiplies by each group's weights. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bit_planes.h"
#include "clqnn/reference_float.h"
#include "reference_conv_shape.h"
#include "reference_epilogue.h"
#include "tensor_view.h"

typedef struct conv_float_run {
    clqnn_conv_desc desc;
    clq_reference_conv_shape shape;
    clq_reference_image x, residual;
    int64_t pixels, taps, terms;  /* of an output image; of a window; taps * group_in */
    int64_t *seen;                /* [pixel][tap]: the input pixel, or -1 */
    float *windows;               /* [pixel][tap][i] */
    float *weights;               /* [group's o][tap][i] */
    float *added;                 /* [pixel][group's o]: the residual */
    unsigned char *endless;       /* [group's o][tap]: a weight is infinite or NaN */
    clqnn_reference_bounded *sums;/* [pixel][group's o] */
} conv_float_run;

static void position_of(const int64_t extents[3], int64_t pixel, int64_t at[3])
{
    at[2] = pixel % extents[2];
    at[1] = pixel / extents[2] % extents[1];
    at[0] = pixel / extents[2] / extents[1];
}

/* Position `at` of the strided side (the output; of a transposed convolution the input) and a tap meet at * stride + tap * dilation - pad of the other. */
static void find_pixels(conv_float_run *run)
{
    const clq_reference_conv_shape *shape = &run->shape;
    const int64_t *strided = run->desc.transposed ? shape->input : shape->output, *other = run->desc.transposed ? shape->output : shape->input;
    for (int64_t i = 0; i < run->pixels * run->taps; i++) run->seen[i] = -1;
    for (int64_t pixel = 0; pixel < clq_reference_pixels(strided); pixel++) {
        for (int64_t tap = 0; tap < run->taps; tap++) {
            int64_t at[3], tap_at[3], meets[3];
            int inside = 1;
            position_of(strided, pixel, at);
            position_of(shape->kernel, tap, tap_at);
            for (int d = 0; d < 3; d++) {
                meets[d] = at[d] * shape->stride[d] + tap_at[d] * shape->dilation[d] - shape->pad[d];
                inside = inside && meets[d] >= 0 && meets[d] < other[d];
            }
            const int64_t met = (meets[0] * other[1] + meets[1]) * other[2] + meets[2];
            if (inside && run->desc.transposed) run->seen[met * run->taps + tap] = pixel;
            if (inside && !run->desc.transposed) run->seen[pixel * run->taps + tap] = met;
        }
    }
}

static float load_weight(const clqnn_conv_desc *desc, int64_t index)
{
    if (clq_reference_plane_bits(desc->weight_type)) return (float)clq_reference_load_plane(desc->weight_type, desc->weight_data, index);
    return clq_reference_load_float(desc->weight_type, desc->weight_data, index);
}

static void load_weights(conv_float_run *run, int64_t group)
{
    const int64_t group_in = run->shape.group_in;
    memset(run->endless, 0, (size_t)(run->shape.group_out * run->taps));
    for (int64_t o = 0; o < run->shape.group_out; o++) {
        for (int64_t tap = 0; tap < run->taps; tap++) {
            for (int64_t i = 0; i < group_in; i++) {
                const int64_t index = clq_reference_weight_index(&run->desc, &run->shape, group * run->shape.group_out + o, tap, i);
                const float weight = load_weight(&run->desc, index);
                run->weights[(o * run->taps + tap) * group_in + i] = weight;
                if (!isfinite(weight)) run->endless[o * run->taps + tap] = 1;
            }
        }
    }
}

static void load_windows(conv_float_run *run, const void *x, int64_t image, int64_t group)
{
    const int64_t group_in = run->shape.group_in;
    for (int64_t at = 0; at < run->pixels * run->taps; at++) {
        for (int64_t i = 0; i < group_in; i++) {
            const int64_t index = image * run->x.batch_step + run->seen[at] * run->x.pixel_step + (group * group_in + i) * run->x.channel_step;
            run->windows[at * group_in + i] = run->seen[at] < 0 ? 0.0f : clq_reference_load_float(run->desc.x.type, x, index);
        }
    }
}

static void load_residual(conv_float_run *run, const void *residual, int64_t image, int64_t group)
{
    if (run->desc.residual.type == CLQNN_TYPE_NONE) return;
    for (int64_t at = 0; at < run->pixels * run->shape.group_out; at++) {
        const int64_t pixel = at / run->shape.group_out, o = group * run->shape.group_out + at % run->shape.group_out;
        const int64_t index = image * run->residual.batch_step + pixel * run->residual.pixel_step + o * run->residual.channel_step;
        run->added[at] = clq_reference_load_float(run->desc.residual.type, residual, index);
    }
}

static clqnn_gemm_desc product_of(const conv_float_run *run, int64_t group)
{
    const clqnn_conv_desc *desc = &run->desc;
    clqnn_gemm_desc product = {
        .struct_size = sizeof product,
        .m = run->pixels,
        .n = run->shape.group_out,
        .k = run->terms,
        .a = {.type = CLQNN_F32},
        .b = {.type = CLQNN_F32, .transposed = 1, .quantization = desc->weight_quantization},
        .c = {.type = CLQNN_F32},
        .accumulation = desc->accumulation,
        .b_data = run->weights,
        .bias = desc->bias ? (const float *)desc->bias + group * run->shape.group_out : NULL,
        .bias_type = desc->bias_type,
        .residual = {.type = desc->residual.type == CLQNN_TYPE_NONE ? CLQNN_TYPE_NONE : CLQNN_F32},
    };
    if (desc->weight_quantization.scale_count > 1) {
        product.b.quantization.scales += group * run->shape.group_out;
        product.b.quantization.scale_count = run->shape.group_out;
    }
    return product;
}

/* Whether a weight that is not finite meets a tap that sees nothing: 0 by it is NaN, left out it adds nothing, and both are right. */
static int is_open(const conv_float_run *run, int64_t pixel, int64_t o)
{
    for (int64_t tap = 0; tap < run->taps; tap++) {
        if (run->seen[pixel * run->taps + tap] < 0 && run->endless[o * run->taps + tap]) return 1;
    }
    return 0;
}

static clqnn_status run_groups(conv_float_run *run, const void *x, const void *residual, clqnn_reference_bounded *sums)
{
    find_pixels(run);
    for (int64_t group = 0; group < run->shape.groups; group++) {
        load_weights(run, group);
        for (int64_t image = 0; image < run->shape.batch; image++) {
            load_windows(run, x, image, group);
            load_residual(run, residual, image, group);
            const clqnn_gemm_desc product = product_of(run, group);
            const clqnn_status status = clqnn_reference_gemm_float(&product, run->windows, NULL, run->added, run->sums);
            if (status != CLQNN_OK) return status;
            for (int64_t at = 0; at < run->pixels * run->shape.group_out; at++) {
                const int64_t pixel = at / run->shape.group_out, o = at % run->shape.group_out;
                const clqnn_reference_bounded any = {0, INFINITY};
                sums[(image * run->pixels + pixel) * run->desc.out_channels + group * run->shape.group_out + o] = is_open(run, pixel, o) ? any : run->sums[at];
            }
        }
    }
    return CLQNN_OK;
}

clqnn_status clqnn_reference_conv_float(const clqnn_conv_desc *desc, const void *x, const void *residual, clqnn_reference_bounded *sums)
{
    conv_float_run run = {0};
    if (!desc || desc->struct_size == 0 || !x || !sums) return CLQNN_INVALID_ARGUMENT;
    memcpy(&run.desc, desc, desc->struct_size < sizeof run.desc ? desc->struct_size : sizeof run.desc); /* fields that are not there are 0 */
    clqnn_status status = clq_reference_resolve_conv(&run.desc, &run.shape);
    if (status != CLQNN_OK) return status;
    if (!run.desc.weight_data || (run.desc.residual.type != CLQNN_TYPE_NONE && !residual)) return CLQNN_INVALID_ARGUMENT;
    run.pixels = clq_reference_pixels(run.shape.output);
    run.taps = clq_reference_pixels(run.shape.kernel);
    run.terms = run.taps * run.shape.group_in;
    run.x = clq_reference_resolve_image(&run.desc.x, clq_reference_pixels(run.shape.input), run.desc.in_channels);
    run.residual = clq_reference_resolve_image(&run.desc.residual, run.pixels, run.desc.out_channels);
    run.seen = calloc((size_t)(run.pixels * run.taps), sizeof *run.seen);
    run.windows = calloc((size_t)(run.pixels * run.terms), sizeof *run.windows);
    run.weights = calloc((size_t)(run.shape.group_out * run.terms), sizeof *run.weights);
    run.added = calloc((size_t)(run.pixels * run.shape.group_out), sizeof *run.added);
    run.endless = calloc((size_t)(run.shape.group_out * run.taps), sizeof *run.endless);
    run.sums = calloc((size_t)(run.pixels * run.shape.group_out), sizeof *run.sums);
    const int complete = run.seen && run.windows && run.weights && run.added && run.endless && run.sums;
    status = complete ? run_groups(&run, x, residual, sums) : CLQNN_OUT_OF_MEMORY;
    free(run.seen);
    free(run.windows);
    free(run.weights);
    free(run.added);
    free(run.endless);
    free(run.sums);
    return status;
}

clqnn_reference_float_output clqnn_reference_conv_output(const clqnn_conv_desc *desc)
{
    return (clqnn_reference_float_output){
        .type = desc->y.type,
        .activation = desc->activation,
        .has_clamp = desc->has_clamp,
        .clamp_min = desc->clamp_min,
        .clamp_max = desc->clamp_max,
        .scale = clq_reference_scale(&desc->y.quantization, 0),
        .zero_point = clq_reference_zero_point(&desc->y.quantization, 0),
    };
}
