/* SPDX-License-Identifier: Apache-2.0 */
/* Random products of training (clqnn/train.h) and their run against the reference. A case is a pure function of (family, seed, index). Public headers only. */
#ifndef CLQ_TRAIN_CASE_H
#define CLQ_TRAIN_CASE_H

#include "clqnn/train.h"
#include "op_image.h"
#include "verify_sweep.h"

typedef struct clq_train_case {
    bool is_conv;
    clqnn_train_gemm_desc gemm;
    clqnn_train_conv_desc conv;
    bool is_exact;                     /* small integers: every order of summation gives the same */
    clq_op_image inputs[3], outputs[2];
    uint32_t input_count, output_count;
    char text[320];
} clq_train_case;

/* False where memory is short. The case is to be freed in any case. `most`: products at most. */
bool clq_train_make(bool is_conv, uint64_t seed, uint64_t index, const char *variant, double most, clq_train_case *test);
void clq_train_free(clq_train_case *test);

clqnn_status clq_train_create(clqnn_context *context, const clq_train_case *test, clqnn_op **op);

/* Compares the bytes of output buffers (as of test->outputs, written by a call) with what may be right: elements within the reference's bounds, all other
 * bytes as they were. False with the first difference in `message`. */
bool clq_train_compare(const clq_train_case *test, const clq_op_image *got, char message[512]);

/* One case through the library twice: within bounds, and the same bytes again. */
clq_outcome clq_train_verify(clqnn_context *context, bool is_conv, uint64_t seed, uint64_t index, const char *variant, char message[512]);

#endif
