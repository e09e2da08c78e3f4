/* SPDX-License-Identifier: Apache-2.0 */
#include "conv_case.h"

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

static const char *const base_shapes[] = {
    "ic19_ih9_iw11_oc37_kh3_ph1",                /* implicit product, tails everywhere */
    "ic32_ih8_iw17_oc33_kh3_ph1_g1_mb2",         /* whole k groups */
    "ic64_ih8_iw14_oc64_kh3_ph1",                /* whole tiles and panels */
    "ic32_ih7_iw7_oc48_kh3_ph1",                 /* rows of half a tile */
    "ic16_ih11_iw14_oc40_kh3_sh2_ph1",           /* the same of every other row */
    "ic37_ih7_iw10_oc37_kh3_ph1_g37",            /* depthwise */
    "ic96_ih9_iw15_oc96_kh5_sh2_ph2_g96",
    "ic3_ih13_iw19_oc21_kh7_sh2_ph3",            /* a first layer */
    "ic24_ih6_iw9_oc40_kh1",                     /* a product */
    "ic20_ih9_iw9_oc36_kh1_sh2",                 /* a product of every other pixel */
    "ic12_ih7_iw7_oc24_kh3_ph1_g4",              /* groups of several channels */
};

/* What is special is named behind the shape. */
static const char *const special_shapes[] = {
    "ic8_ih1_iw1_oc8_kh1", "ic8_ih1_iw1_oc8_kh3_ph1", "ic64_ih1_iw1_oc33_kh1", "ic5_ih1_iw7_oc9_kh1_kw3_pw1",  /* an image of one pixel or one row */
    "ic4_ih2_iw2_oc7_kh5_ph3", "ic7_ih3_iw2_oc5_kh5_kw7_ph2_pw4", "ic16_ih1_iw3_oc16_kh3_kw5_ph2:1_pw4:3",     /* a kernel larger than the image */
    "ic6_ih5_iw5_oc10_kh3_ph2", "ic6_ih4_iw4_oc10_kh7_ph6", "ic32_ih5_iw6_oc32_kh3_ph2:0_pw0:2",               /* pads up to the extent less one */
    "ic9_ih9_iw9_oc11_kh2_sh3", "ic9_ih11_iw10_oc11_kh1_sh4", "ic33_ih10_iw13_oc17_kh3_sh5_sw4_ph1",           /* a stride larger than the kernel */
    "ic16_ih9_iw12_oc20_kh3_sh2_ph1", "ic16_ih9_iw12_oc20_kh3_sh2_ph0:1_pw0:1", "ic17_ih10_iw9_oc16_kh3_sh1_sw2_ph1_pw1", /* strides, pads that differ */
    "ic1_ih9_iw14_oc1_kh3_ph1", "ic1_ih9_iw14_oc32_kh5_sh2_ph2", "ic2_ih11_iw9_oc16_kh3_ph1", "ic3_ih17_iw15_oc33_kh3_sh2_ph1", "ic4_ih8_iw16_oc16_kh5_ph2",
    "ic3_ih14_iw15_oc64_kh7_sh2_ph3", "ic3_ih16_iw16_oc16_kh4_sh4",                                            /* a first layer's channels; patches */
    "ic1_ih9_iw14_oc16_kh3", "ic1_ih5_iw33_oc33_kh2_sh2", "ic3_ih6_iw15_oc33_kh1_sh2",                         /* taps of a row that are less than four bytes */
    "ic10_ih7_iw7_oc10_kh3_ph1_g10", "ic33_ih6_iw15_oc33_kh3_ph1_g33", "ic64_ih5_iw8_oc64_kh3_sh2_ph1_g64",    /* depthwise */
    "ic32_ih9_iw7_oc32_kh5_ph2_g32", "ic16_ih12_iw5_oc16_kh5_sh2_ph2_g16", "ic17_ih8_iw8_oc17_kh7_ph3_g17", "ic48_ih6_iw6_oc48_kh1_g48",
    "ic8_ih6_iw9_oc16_kh3_ph1_g8", "ic5_ih7_iw6_oc15_kh3_sh2_ph1_g5", "ic32_ih4_iw5_oc64_kh3_ph1_g32",         /* depthwise with a multiplier */
    "ic12_ih5_iw6_oc18_kh3_ph1_g6", "ic6_ih5_iw6_oc3_kh3_ph1_g3", "ic64_ih5_iw6_oc64_kh3_ph1_g2", "ic32_ih5_iw4_oc16_kh1_g4", /* groups */
    "ic20_ih11_iw12_oc19_kh3_dh2_ph2", "ic20_ih12_iw11_oc19_kh3_dh3_dw1_ph3_pw1", "ic7_ih9_iw9_oc7_kh3_dh2_ph2_g7", "ic8_ih9_iw8_oc8_kh2_kw3_dh4_dw2_ph1_pw3",
    "ic8_iw20_oc12_kw3_pw1", "ic13_iw1_oc5_kw1", "ic13_iw17_oc13_kw5_sw2_pw2_g13", "ic6_iw33_oc35_kw9_dw2_pw8", "mb3_ic40_iw9_oc16_kw1", /* 1D */
    "ic5_id4_ih5_iw6_oc7_kd3_pd1", "ic16_id3_ih4_iw5_oc17_kd1_kh3_kw3_pd0_ph1_pw1", "ic6_id5_ih4_iw4_oc6_kd3_sd2_pd1_g6", "ic3_id4_ih7_iw7_oc9_kd2_kh3_kw3_sd1_sh2_sw2",
    "ic8_id3_ih3_iw3_oc8_kd1",                                                                                 /* 3D */
    "ic8_ih5_iw6_oc12_kh3_ph1_t1", "ic9_ih4_iw5_oc7_kh3_sh2_ph1_ah1_t1", "ic16_ih3_iw4_oc16_kh2_sh2_t1", "ic6_ih5_iw4_oc6_kh4_sh2_ph1_g3_t1",
    "ic10_iw7_oc5_kw5_sw3_pw2_aw2_t1", "ic4_id2_ih3_iw3_oc6_kd3_sd2_pd1_ad1_t1", "ic8_ih4_iw4_oc8_kh3_sh3_dh2_ph4:1_ah2_t1", "ic7_ih5_iw5_oc7_kh3_sh2_ph1_g7_t1",
    "ic5_ih4_iw6_oc9_kh1_sh3_ah2_t1", "ic33_ih4_iw5_oc40_kh4_ph3_t1",                                      /* transposed */
    "mb2_ic256_ih7_iw7_oc64_kh1", "ic512_ih2_iw3_oc48_kh1", "ic130_ih7_iw7_oc70_kh3_ph1", "ic256_ih4_iw4_oc65_kh3_ph1", "mb5_ic11_ih3_iw3_oc13_kh3_ph1",
    "ic8_ih14_iw14_oc33_kh3_sh2_ph1", "ic16_ih10_iw13_oc32_kh1_sh2", "ic8_ih13_iw7_oc64_kh3_sh3_sw1_ph1", "ic12_ih5_iw7_oc32_kh5_ph2", "ic4_id3_ih6_iw7_oc32_kd3_pd1",
    "ic8_ih28_iw28_oc16_kh3_ph1", "ic8_ih3_iw57_oc16_kh3_ph1", "ic16_ih2_iw113_oc32_kh3_kw3_ph1_pw1",           /* whole rows of real networks */
};

static const int64_t channel_values[] = { 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 97, 128 };
static const int64_t width_values[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 27, 28, 29, 30, 31, 32, 33, 56 };

enum { SWEEPS = 5 }; /* input channels, output channels, depthwise channels, width, depthwise width */

static clq_conv_shape parse(const char *text)
{
    char message[256];
    clq_conv_shape shape = { .spatial_rank = 0 };
    clq_conv_shape_parse(text, &shape, message, sizeof message); /* the texts are constant; a test parses all of them */
    return shape;
}

size_t clq_conv_base_shapes(void) { return COUNT(base_shapes); }
clq_conv_shape clq_conv_base_shape(size_t index) { return parse(base_shapes[index]); }

size_t clq_conv_listed_shapes(void) { return COUNT(special_shapes) + 3 * COUNT(channel_values) + (SWEEPS - 3) * COUNT(width_values); }

clq_conv_shape clq_conv_listed_shape(size_t index)
{
    if (index < COUNT(special_shapes)) return parse(special_shapes[index]);
    index -= COUNT(special_shapes);
    if (index < COUNT(channel_values)) {
        clq_conv_shape shape = parse("ic1_ih5_iw7_oc20_kh3_ph1");
        shape.in_channels = channel_values[index];
        return shape;
    }
    index -= COUNT(channel_values);
    if (index < COUNT(channel_values)) {
        clq_conv_shape shape = parse("ic20_ih5_iw7_oc1_kh3_ph1");
        shape.out_channels = channel_values[index];
        return shape;
    }
    index -= COUNT(channel_values);
    if (index < COUNT(channel_values)) {
        clq_conv_shape shape = parse("ic1_ih5_iw7_oc1_kh3_ph1");
        shape.in_channels = shape.out_channels = shape.groups = channel_values[index];
        return shape;
    }
    index -= COUNT(channel_values);
    clq_conv_shape shape = parse(index < COUNT(width_values) ? "ic20_ih4_iw1_oc35_kh3_ph1" : "ic18_ih4_iw1_oc18_kh3_ph1_g18");
    shape.input[1] = width_values[index % COUNT(width_values)];
    return shape;
}

/* ---- Random shapes ---- */

static bool one_in(clq_random *random, int64_t n) { return clq_random_range(random, 1, n) == 1; }

static int64_t pick(clq_random *random, const int64_t *values, size_t count) { return values[clq_random_range(random, 0, (int64_t)count - 1)]; }

static void random_channels(clq_random *random, clq_conv_shape *shape)
{
    const int64_t kind = clq_random_range(random, 0, 9);
    shape->in_channels = pick(random, channel_values, COUNT(channel_values));
    shape->out_channels = pick(random, channel_values, COUNT(channel_values));
    shape->groups = 1;
    if (kind < 3) { /* depthwise, with a multiplier at times */
        shape->groups = shape->in_channels;
        shape->out_channels = shape->in_channels * (one_in(random, 3) ? clq_random_range(random, 2, 3) : 1);
    } else if (kind < 5) {
        shape->groups = clq_random_range(random, 2, 4);
        shape->in_channels = shape->groups * clq_random_range(random, 1, 20);
        shape->out_channels = shape->groups * clq_random_range(random, 1, 20);
    } else if (kind < 6) {
        shape->in_channels = clq_random_range(random, 1, 4);
    }
}

static void random_dimension(clq_random *random, clq_conv_shape *shape, int32_t i)
{
    static const int64_t kernels[] = { 1, 1, 2, 3, 3, 3, 3, 4, 5, 7 };
    const bool inner = i == shape->spatial_rank - 1;
    shape->input[i] = inner ? pick(random, width_values, COUNT(width_values)) : clq_random_range(random, 1, shape->spatial_rank == 3 ? 6 : 12);
    shape->kernel[i] = pick(random, kernels, COUNT(kernels));
    shape->stride[i] = one_in(random, 2) ? 1 : clq_random_range(random, 1, 4);
    shape->dilation[i] = one_in(random, 5) ? clq_random_range(random, 2, 3) : 1;
    const int64_t extent = (shape->kernel[i] - 1) * shape->dilation[i] + 1;
    shape->pad_begin[i] = one_in(random, 3) ? clq_random_range(random, 0, extent - 1) : extent / 2;
    shape->pad_end[i] = one_in(random, 3) ? clq_random_range(random, 0, extent - 1) : shape->pad_begin[i];
    const int64_t largest = shape->stride[i] > shape->dilation[i] ? shape->stride[i] : shape->dilation[i];
    shape->output_padding[i] = shape->transposed && one_in(random, 3) ? clq_random_range(random, 0, largest - 1) : 0;
    /* a kernel that does not fit gets the pixels that it lacks */
    while (clq_conv_shape_output(shape, i) < 1) shape->input[i]++;
}

clq_conv_shape clq_conv_random_shape(clq_random *random)
{
    clq_conv_shape shape = { .spatial_rank = one_in(random, 4) ? (int32_t)clq_random_range(random, 1, 3) : 2, .batch = one_in(random, 4) ? clq_random_range(random, 2, 3) : 1,
                             .transposed = one_in(random, 7) };
    random_channels(random, &shape);
    for (int32_t i = 0; i < shape.spatial_rank; i++) random_dimension(random, &shape, i);
    if (shape.spatial_rank == 2 && one_in(random, 2)) { /* square windows are what fast kernels are made for */
        shape.kernel[0] = shape.kernel[1];
        shape.stride[0] = shape.stride[1];
        shape.dilation[0] = shape.dilation[1];
        shape.pad_begin[0] = shape.pad_begin[1];
        shape.pad_end[0] = shape.pad_end[1];
        shape.output_padding[0] = shape.output_padding[1];
        while (clq_conv_shape_output(&shape, 0) < 1) shape.input[0]++;
    }
    return shape;
}
