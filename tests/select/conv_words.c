/* SPDX-License-Identifier: Apache-2.0 */
#include "conv_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clqnn/status.h"
#include "golden_file.h"

enum { VOLUME_DEPTH = 16 };

static void set_each(int64_t values[CLQNN_MAX_SPATIAL], int64_t value)
{
    for (int i = 0; i < CLQNN_MAX_SPATIAL; i++) values[i] = value;
}

/* A third dimension in front of the two. */
static void deepen(clqnn_conv_desc *desc)
{
    desc->spatial_rank = 3;
    for (int i = 2; i > 0; i--) {
        desc->input[i] = desc->input[i - 1];
        desc->kernel[i] = desc->kernel[i - 1];
    }
    desc->input[0] = VOLUME_DEPTH;
    desc->kernel[0] = desc->kernel[2];
}

static void read_shape_options(const char *words, clqnn_conv_desc *desc)
{
    if (golden_has_word(words, "stride2")) set_each(desc->stride, 2);
    if (golden_has_word(words, "dilation2")) set_each(desc->dilation, 2);
    if (golden_has_word(words, "depthwise")) desc->groups = desc->in_channels;
    if (golden_has_word(words, "groups4")) desc->groups = 4;
    if (golden_has_word(words, "batch8")) desc->batch = 8;
    if (golden_has_word(words, "volume")) deepen(desc);
    desc->transposed = golden_has_word(words, "transposed");
    for (int i = 0; i < CLQNN_MAX_SPATIAL; i++) desc->pad_begin[i] = desc->pad_end[i] = (desc->kernel[i] - 1) * (desc->dilation[i] ? desc->dilation[i] : 1) / 2;
}

static void read_number_options(const char *words, clqnn_conv_desc *desc)
{
    static const float scale = 0.5f;
    static const int32_t zero = 1;
    static const uint8_t table[256] = {0};
    const clqnn_quantization quantization = {&scale, 1, &zero, 1};
    if (golden_has_word(words, "nchw_x") || golden_has_word(words, "nchw")) desc->x.layout = CLQNN_CHANNELS_FIRST;
    if (golden_has_word(words, "nchw")) desc->y.layout = CLQNN_CHANNELS_FIRST;
    if (golden_has_word(words, "weight_zero")) desc->weight_quantization = quantization;
    if (golden_has_word(words, "table")) desc->table = table;
    if (golden_has_word(words, "residual")) desc->residual = (clqnn_conv_tensor){.type = CLQNN_U8, .layout = desc->y.layout, .quantization = quantization};
    if (golden_has_word(words, "signed")) desc->x.type = CLQNN_S8;
    if (golden_has_word(words, "f32")) desc->y.type = CLQNN_F32;
}

static bool read_wish(const char *words, clqnn_conv_desc *desc)
{
    static char wanted[64];
    const char *wish = strstr(words, "want:");
    if (!wish) return true;
    desc->variant = wanted;
    return sscanf(wish, "want:%63s", wanted) == 1;
}

bool conv_words_read(const char *words, clq_conv_spec *spec)
{
    static const int8_t weights[1] = {0}; /* selection looks at no weight */
    static const int32_t x_zero = 100;
    static const float scale = 0.25f;
    clqnn_conv_desc desc = {.struct_size = sizeof desc, .weight_type = CLQNN_S8, .weight_data = weights, .x = {.type = CLQNN_U8, .quantization = {&scale, 1, NULL, 0}},
                            .y = {.type = CLQNN_U8}};
    if (sscanf(words, "%" SCNd64 "x%" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 "x%" SCNd64, &desc.input[0], &desc.input[1], &desc.in_channels, &desc.out_channels,
               &desc.kernel[0], &desc.kernel[1]) != 6) return false;
    if (!golden_has_word(words, "signed")) desc.x.quantization = (clqnn_quantization){&scale, 1, &x_zero, 1};
    read_shape_options(words, &desc);
    read_number_options(words, &desc);
    return read_wish(words, &desc) && clq_conv_validate(&desc, spec) == CLQNN_OK;
}
