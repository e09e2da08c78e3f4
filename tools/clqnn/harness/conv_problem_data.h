/* SPDX-License-Identifier: Apache-2.0 */
/* A convolution's case with its data and the result that the reference says is right. Host memory only: no device. Public headers only. */
#ifndef CLQ_CONV_PROBLEM_DATA_H
#define CLQ_CONV_PROBLEM_DATA_H

#include "conv_case.h"
#include "host_bytes.h"

/* An image's strides, resolved: element (n, pixel, channel) stands at n * batch + pixel * pixel_step + channel * channel_step behind the offset. */
typedef struct clq_image_strides { int64_t images, pixels, channels, batch, pixel_step, channel_step, extent; } clq_image_strides;

/* Lays an image out as its place says, and says so in the descriptor's tensor, whose type is given: of bit planes padding and gap count groups of 32. */
clq_image_strides clq_image_place_resolve(const clq_image_place *place, int64_t images, int64_t pixels, int64_t channels, clqnn_conv_tensor *tensor);

typedef struct clq_conv_problem {
    clq_conv_case spec;
    clqnn_conv_desc desc;       /* complete but for `weights` and `variant`; points into this object */
    clq_host_bytes x, residual; /* residual: also where it is y itself, then of y's size */
    clq_host_bytes y;           /* expected bytes where `written` is 1; canaries elsewhere */
    unsigned char *weights;     /* desc.weight_data */
    size_t weight_bytes;
    unsigned char *written;     /* y.size flags: 1 for each byte that belongs to an element of y */
    int32_t *accumulators;      /* dense [batch][pixel][out_channels] */
    clq_image_strides y_strides;
    float single[6];            /* scales of y's successors: table, residual, sum */
    int32_t single_zero[6];
    uint8_t table[256];
    void *owned[10];
    size_t owned_count;
} clq_conv_problem;

/* Generates the data and runs the reference. NULL on failure, with the reason in `message`. */
clq_conv_problem *clq_conv_problem_create(const clq_conv_case *spec, char *message, size_t message_size);

/* NULL is allowed. */
void clq_conv_problem_destroy(clq_conv_problem *problem);

/* Fills the quantization, bias, rounding, clamp, table and residual fields of problem->desc. False if memory ran out. (conv_parameters.c) */
bool clq_conv_parameters_make(clq_conv_problem *problem);

/* Memory that the problem frees. */
void *clq_conv_problem_own(clq_conv_problem *problem, size_t bytes);

/* Position of the element of y that owns byte `position` of y.data; false if none does. */
typedef struct clq_conv_position { int64_t image, pixel, channel; } clq_conv_position;
bool clq_conv_problem_locate(const clq_conv_problem *problem, size_t position, clq_conv_position *found);

#endif
