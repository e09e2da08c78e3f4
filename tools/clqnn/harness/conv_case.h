/* SPDX-License-Identifier: Apache-2.0 */
/* What a convolution is verified on: cases as plain values without data, enumerated by index, as gemm_case.h does. Uses the public headers only. */
#ifndef CLQ_CONV_CASE_H
#define CLQ_CONV_CASE_H

#include "case_numerics.h"
#include "conv_shape_text.h"
#include "verify_sweep.h"

/* How an image lies in its buffer. */
typedef struct clq_image_place {
    clqnn_layout layout;
    int32_t offset;       /* elements before the first: the slice's first channel, or anything */
    int32_t
        padding; /* elements that the pixel stride (channels first: the channel stride) is beyond the dense one: the larger tensor's other channels */
    int32_t gap;          /* elements between two images */
    bool explicit_strides; /* strides are given even where the default says the same */
} clq_image_place;

typedef enum clq_residual {
    CLQ_RESIDUAL_NONE,
    CLQ_RESIDUAL_OWN,   /* a buffer of its own */
    CLQ_RESIDUAL_ALIAS  /* y itself, of y's type and place */
} clq_residual;

typedef struct clq_conv_case {
    uint64_t seed;                        /* of the data */
    clq_conv_shape shape;
    clqnn_type x_type, w_type, y_type;
    clqnn_weight_layout w_layout;
    clq_image_place x, y, residual_place;
    bool packed;                          /* clqnn_conv_pack, then serialised, read back and unpacked again: each step is checked */
    bool sub_buffers;                     /* x and y are sub-buffers of larger buffers */
    bool wait_list;                       /* enqueued behind a user event, and waited for by its own event */
    clq_per x_zero, w_zero, y_zero;       /* x and y: none or one */
    bool extreme_zero;                    /* zero points at the ends of their types */
    clq_per x_scale, w_scale;
    clqnn_type bias_type;                 /* CLQNN_TYPE_NONE: no bias */
    clqnn_rounding rounding;
    clq_per fixed;                        /* multipliers and shifts of CLQNN_FIXED_* */
    bool clamp, table;
    clq_residual residual;
    clqnn_type residual_type;
    bool sum_clamp;
    clq_data x_data, w_data;
    clq_aim aim;
} clq_conv_case;

/* Number of cases of a sweep; the case of an index below it, always one that clqnn_conv_create must accept when no variant is forced. */
size_t clq_conv_case_count(const clq_sweep *sweep);
clq_conv_case clq_conv_case_make(const clq_sweep *sweep, size_t index);

/* One line: shape, types and everything that is not the default. Returns `text`. */
const char *clq_conv_case_describe(const clq_conv_case *spec, char *text, size_t size);

/* conv_case_shapes.c: the shapes of the first part, in a fixed order; and a random one. Every window sees a pixel. */
size_t clq_conv_listed_shapes(void);
clq_conv_shape clq_conv_listed_shape(size_t index);
clq_conv_shape clq_conv_random_shape(clq_random *random);

/* Shapes that the numeric features are tried on: one for each kind of kernel. */
size_t clq_conv_base_shapes(void);
clq_conv_shape clq_conv_base_shape(size_t index);

#endif
