/* SPDX-License-Identifier: Apache-2.0 */
/* Types, layouts and strides of x, y and the residual. */
#include "conv/conv_validate.h"
#include "core/checked.h"
#include "core/message.h"
#include "layout/plane_values.h"
#include "quantization/bit_form.h"

#define LARGEST_STRIDE ((int64_t)1 << 48)

static clqnn_status check_layout(const char *name, clqnn_layout layout)
{
    if (layout == CLQNN_CHANNELS_LAST || layout == CLQNN_CHANNELS_FIRST) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "%s.layout is %d, not a clqnn_layout", name, (int)layout);
}

/* `inner` elements stand together, `outer` such runs lie pixel_stride apart, and `batch` images batch_stride apart. */
static clqnn_status resolve_strides(const char *name, const clqnn_conv_tensor *tensor, int64_t inner, int64_t outer, int64_t batch, int64_t *pixel_stride,
                                    int64_t *batch_stride, int64_t *span)
{
    if (tensor->pixel_stride && (tensor->pixel_stride < inner || tensor->pixel_stride > LARGEST_STRIDE)) {
        return clq_fail(CLQNN_INVALID_SHAPE, "%s.pixel_stride is %lld, must be 0 or at least %lld", name, (long long)tensor->pixel_stride, (long long)inner);
    }
    if (tensor->batch_stride < 0 || tensor->batch_stride > LARGEST_STRIDE) {
        return clq_fail(CLQNN_INVALID_SHAPE, "%s.batch_stride is %lld, must be 0 or positive", name, (long long)tensor->batch_stride);
    }
    *pixel_stride = tensor->pixel_stride ? tensor->pixel_stride : inner;
    int64_t dense = 0, images = 0;
    bool fits = clq_multiply_signed(*pixel_stride, outer, &dense) && dense <= LARGEST_STRIDE;
    *batch_stride = tensor->batch_stride ? tensor->batch_stride : dense;
    fits = fits && clq_multiply_signed(*batch_stride, batch - 1, &images) && images <= LARGEST_STRIDE;
    if (!fits) return clq_fail(CLQNN_INVALID_SHAPE, "%s is too large: its strides reach beyond 2^48 elements", name);
    *span = images + (outer - 1) * *pixel_stride + inner;
    return CLQNN_OK;
}

/* Values that a pixel's channels take up: of bit planes whole words. */
static int64_t room_of(clqnn_type type, int64_t channels)
{
    return clq_is_bits(type) ? clq_bit_room(channels) : channels;
}

static clqnn_status resolve_image(const char *name, const clqnn_conv_tensor *tensor, const int64_t extents[3], int64_t channels, int64_t batch,
                                  clq_conv_image *image, int64_t *span)
{
    CLQ_FORWARD(check_layout(name, tensor->layout));
    const bool last = tensor->layout == CLQNN_CHANNELS_LAST;
    const int64_t pixels = extents[0] * extents[1] * extents[2];
    int64_t stride = 0;
    CLQ_FORWARD(resolve_strides(name, tensor, last ? room_of(tensor->type, channels) : pixels, last ? pixels : channels, batch, &stride, &image->batch_stride, span));
    const int64_t pixel = last ? stride : 1;
    image->type = tensor->type;
    image->step[0] = extents[1] * extents[2] * pixel;
    image->step[1] = extents[2] * pixel;
    image->step[2] = pixel;
    image->channel_step = last || channels == 1 ? 1 : stride;
    return CLQNN_OK;
}

/* Elements of y must not coincide: the smaller of its two strides steps over what stands together, the larger one over all that the smaller one covers. */
static clqnn_status check_y_disjoint(const clq_conv_spec *spec)
{
    const clq_conv_image *y = &spec->problem.y;
    const bool last = spec->desc.y.layout == CLQNN_CHANNELS_LAST;
    const int64_t pixels = clq_conv_pixels(&spec->problem), channels = room_of(y->type, spec->problem.out_channels);
    const int64_t runs = last ? pixels : channels, run_stride = last ? y->step[2] : y->channel_step;
    int64_t counts[2] = {runs, spec->problem.batch}, strides[2] = {run_stride, y->batch_stride}, covered = last ? channels : pixels;
    if (counts[1] > 1 && strides[1] < strides[0]) {
        counts[0] = spec->problem.batch, counts[1] = runs;
        strides[0] = y->batch_stride, strides[1] = run_stride;
    }
    for (int i = 0; i < 2; i++) {
        if (counts[i] < 2) continue;
        if (strides[i] < covered) {
            return clq_fail(CLQNN_INVALID_SHAPE, "y overlaps itself: a stride of %lld elements steps over %lld", (long long)strides[i], (long long)covered);
        }
        covered += (counts[i] - 1) * strides[i];
    }
    return CLQNN_OK;
}

clqnn_status clq_conv_check_types(const clqnn_conv_desc *desc)
{
    const clqnn_type y = desc->y.type;
    if (!clq_is_8bit(desc->x.type)) return clq_type_failure("x.type", desc->x.type, "s8, u8 or a float type");
    if (!clq_is_8bit(y) && !clq_is_float(y) && y != CLQNN_S32) return clq_type_failure("y.type", y, "s8, u8, s32, f32 or f16");
    if (!clq_is_8bit(desc->weight_type) && !clq_plane_count(desc->weight_type)) return clq_type_failure("weight_type", desc->weight_type, "s8, u8, b1 or t2");
    if (desc->residual.type != CLQNN_TYPE_NONE && !clq_is_8bit(desc->residual.type)) {
        return clq_type_failure("residual.type", desc->residual.type, "s8, u8 or none");
    }
    if (clq_is_8bit(y)) return CLQNN_OK;
    if (desc->table) return clq_fail(CLQNN_INVALID_ARGUMENT, "table is given, but y.type is %s", clqnn_type_name(y));
    if (desc->residual.type == CLQNN_TYPE_NONE) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "residual.type is %s, but y.type is %s", clqnn_type_name(desc->residual.type), clqnn_type_name(y));
}

clqnn_status clq_conv_resolve_images(clq_conv_spec *spec)
{
    const clqnn_conv_desc *desc = &spec->desc;
    clq_conv_problem *problem = &spec->problem;
    CLQ_FORWARD(resolve_image("x", &desc->x, problem->input, problem->in_channels, problem->batch, &problem->x, &spec->x_span));
    CLQ_FORWARD(resolve_image("y", &desc->y, problem->output, problem->out_channels, problem->batch, &problem->y, &spec->y_span));
    CLQ_FORWARD(check_y_disjoint(spec));
    if (desc->residual.type == CLQNN_TYPE_NONE) return CLQNN_OK;
    return resolve_image("residual", &desc->residual, problem->output, problem->out_channels, problem->batch, &problem->residual, &spec->residual_span);
}
