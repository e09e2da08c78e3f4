/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of a product of bits, of a matrix or a convolution: types, scales, epilogue. As plain values, drawn, listed one feature at a time, and made. */
#ifndef CLQ_BITS_NUMERICS_H
#define CLQ_BITS_NUMERICS_H

#include "case_numerics.h"
#include "clqnn/gemm.h"
#include "owned_memory.h"
#include "plane_words.h"
#include "text_writer.h"

typedef enum clq_directions { CLQ_DIRECTIONS_NONE, CLQ_DIRECTIONS_MIXED, CLQ_DIRECTIONS_FALLING } clq_directions;

typedef struct clq_bits_numerics {
    clqnn_type a_type, b_type, c_type;
    clq_bits_data a_data, b_data;
    bool a_zero, c_zero;           /* of pu and ps, and of quantized results */
    clq_per b_zero;
    bool a_scale;
    clq_per b_scale;
    clqnn_type bias_type;          /* CLQNN_TYPE_NONE: no bias */
    clqnn_rounding rounding;
    clq_per fixed;
    bool clamp;
    clq_per threshold;             /* of a c of b1: one or each */
    clq_directions directions;
    bool row_scales;
    clqnn_type residual_type;      /* CLQNN_TYPE_NONE: no residual */
} clq_bits_numerics;

/* Types of a and b in turn, b1 with b1 every third time; c s32. */
clq_bits_numerics clq_bits_numerics_plain(size_t index);

/* A feature below the count, alone, on types in turn with `round`. */
size_t clq_bits_numerics_features(void);
clq_bits_numerics clq_bits_numerics_feature(size_t feature, size_t round);

clq_bits_numerics clq_bits_numerics_random(clq_random *random);

/* Clears what the other fields leave without meaning, so that the numbers are ones that the contract accepts. */
void clq_bits_numerics_settle(clq_bits_numerics *numerics);

/* The largest k that no choice of data can overflow with, with the biases that are made. */
int64_t clq_bits_numerics_most_k(const clq_bits_numerics *numerics);

/* Pairs of a plane of a and one of b. */
int64_t clq_bits_numerics_planes(const clq_bits_numerics *numerics);

/* " b1:t2:s32" and everything that is not the default. */
void clq_bits_numerics_append(clq_text_writer *writer, const clq_bits_numerics *numerics);

/* Makes zero points and an integer bias for desc->n columns and desc->k values. Then, from accumulators of `rows` rows of n, what follows them: scales that spread them over c's
 * range, thresholds that some of them meet. False if memory ran out. */
bool clq_bits_numerics_make(const clq_bits_numerics *numerics, clq_random *random, clq_owned_memory *owned, clqnn_gemm_desc *desc);
bool clq_bits_numerics_finish(const clq_bits_numerics *numerics, clq_random *random, clq_owned_memory *owned, const int32_t *accumulators, int64_t rows,
                              clqnn_gemm_desc *desc);

#endif
