/* SPDX-License-Identifier: Apache-2.0 */
/* What convolutions of bits are verified on: cases as plain values without data, enumerated by index, as conv_case.h does; and a case with its data, run
 * through the library. Public headers and the harness only. */
#ifndef CLQ_CONV_BITS_CASE_H
#define CLQ_CONV_BITS_CASE_H

#include "bits_numerics.h"
#include "conv_problem_data.h"
#include "convolution_run.h"

typedef struct clq_conv_bits_case {
    uint64_t seed;                        /* of the data */
    clq_conv_shape shape;
    clq_bits_numerics numerics;           /* a: x, b: the weights, c: y */
    clqnn_bit_pad pad;
    clq_image_place x, y, residual_place; /* channels last; of bit planes offset, padding and gap count groups of 32 */
    bool packed, sub_buffers, wait_list;  /* as of clq_conv_case */
    bool residual_in_y;                   /* the residual is y itself, of its type and place */
} clq_conv_bits_case;

/* Number of cases of a sweep; the case of an index below it, always one that clqnn_conv_create must accept when no variant is forced. */
size_t clq_conv_bits_case_count(const clq_sweep *sweep);
clq_conv_bits_case clq_conv_bits_case_make(const clq_sweep *sweep, size_t index);

/* One line: shape, types and everything that is not the default. Returns `text`. */
const char *clq_conv_bits_case_describe(const clq_conv_bits_case *spec, char *text, size_t size);

typedef struct clq_conv_bits_problem {
    clq_conv_bits_case spec;
    clqnn_conv_desc desc;                 /* complete but for `weights` and `variant`; points into this object */
    clq_host_bytes x, residual;           /* residual: also where it is y itself, then of y's size */
    clq_host_bytes row_scales;
    clq_host_bytes y;                     /* expected bytes where `written` is 1 */
    clq_image_strides y_strides;
    unsigned char *weights;               /* desc.weight_data */
    size_t weight_bytes;
    unsigned char *written;               /* y.size flags: 1 for each byte that belongs to y, neutral bits included */
    int32_t *accumulators;                /* dense [batch][pixel][out_channels] */
    clq_owned_memory owned;
} clq_conv_bits_problem;

/* Generates the data and runs the reference. NULL on failure, with the reason in `message`. */
clq_conv_bits_problem *clq_conv_bits_problem_create(const clq_conv_bits_case *spec, char *message, size_t message_size);

/* NULL is allowed. */
void clq_conv_bits_problem_destroy(clq_conv_bits_problem *problem);

/* y's buffer after a call that found `poison` in it. Fills outcome, differences and message. */
void clq_conv_bits_compare(const clq_conv_bits_problem *problem, const unsigned char *got, unsigned char poison, clq_verify_result *result);

/* The problem as a call: valid as long as the problem is. */
clq_convolution_call clq_conv_bits_call(const clq_conv_bits_problem *problem);

/* Runs the case twice, with other bytes in y and in the workspace. `variant`: forced; NULL: the library's choice. */
void clq_conv_bits_verify(clqnn_context *context, const clq_conv_bits_case *spec, const char *variant, clq_verify_result *result);

#endif
