/* SPDX-License-Identifier: Apache-2.0 */
/* What convolutions of floats are verified on: cases as plain values without data, enumerated by index, as conv_case.h does; and a case with its data, run
 * through the library. Public headers and the harness only. */
#ifndef CLQ_CONV_MIXED_CASE_H
#define CLQ_CONV_MIXED_CASE_H

#include "clqnn/reference_float.h"
#include "conv_problem_data.h"
#include "mixed_case.h"

typedef struct clq_conv_mixed_case {
    uint64_t seed;                        /* of the data */
    clq_conv_shape shape;
    clqnn_type x_type, w_type, y_type, residual_type;
    clqnn_weight_layout w_layout;
    clq_image_place x, y, residual_place;
    bool packed, sub_buffers, wait_list;  /* as of clq_conv_case */
    clq_residual residual;
    clq_per channel_scale;
    bool bias, clamp, y_zero;
    clqnn_function activation;
    bool half_sums;                       /* sums in f16; x and weights are of f16 */
    clq_floats x_data, w_data;
} clq_conv_mixed_case;

/* Number of cases of a sweep; the case of an index below it, always one that clqnn_conv_create must accept when no variant is forced. */
size_t clq_conv_mixed_case_count(const clq_sweep *sweep);
clq_conv_mixed_case clq_conv_mixed_case_make(const clq_sweep *sweep, size_t index);

/* One line: shape, types and everything that is not the default. Returns `text`. */
const char *clq_conv_mixed_case_describe(const clq_conv_mixed_case *spec, char *text, size_t size);

typedef struct clq_conv_mixed_problem {
    clq_conv_mixed_case spec;
    clqnn_conv_desc desc;                 /* complete but for `weights` and `variant`; points into this object */
    clq_host_bytes x, residual;           /* residual: also where it is y itself, then of y's size */
    clq_host_bytes y;                     /* data NULL: only size and offset */
    clq_image_strides y_strides;
    unsigned char *weights;               /* desc.weight_data */
    size_t weight_bytes;
    unsigned char *written;               /* y.size flags: 1 for each byte that belongs to an element of y */
    clqnn_reference_bounded *sums;        /* dense [batch][pixel][out_channels] */
    clqnn_reference_float_output output;
    void *owned[12];
    size_t owned_count;
} clq_conv_mixed_problem;

/* Generates the data and runs the reference. NULL on failure, with the reason in `message`. */
clq_conv_mixed_problem *clq_conv_mixed_problem_create(const clq_conv_mixed_case *spec, char *message, size_t message_size);

/* NULL is allowed. */
void clq_conv_mixed_problem_destroy(clq_conv_mixed_problem *problem);

/* y's buffer after a call that found `poison` in it. Fills outcome, differences and message. */
void clq_conv_mixed_compare(const clq_conv_mixed_problem *problem, const unsigned char *got, unsigned char poison, clq_verify_result *result);

/* Runs the case twice, with other bytes in y and in the workspace: each result must be one that the contract admits, and the second that of the first, bit
 * for bit. `variant`: forced; NULL: the library's choice. */
void clq_conv_mixed_verify(clqnn_context *context, const clq_conv_mixed_case *spec, const char *variant, clq_verify_result *result);

#endif
