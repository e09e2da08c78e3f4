/* SPDX-License-Identifier: Apache-2.0 */
/* Fixed-point rules in binary64: the constants of kernels/cl/pointwise/binary_fixed_vector.cl, and the proof that they give the rule's
 * results. Pure. */
#ifndef CLQ_BINARY_FIXED_PROOF_H
#define CLQ_BINARY_FIXED_PROOF_H

#include "pointwise/binary_problem.h"

typedef struct clq_binary_fixed {
    double a_factor, b_factor, zero_term;  /* as in binary_fixed_params */
    double tie;
    bool ties_away;                        /* from zero; else up */
} clq_binary_fixed;

/* True if the kernel's arithmetic with these constants agrees with the rule for every pair of bytes: about 0.2 ms. False is rare: the
 * rule rounds each input to a step of its own, and a pair whose sum comes within a millionth of a tie may then end on the other side. */
bool clq_binary_fixed_prove(const clq_binary_problem *problem, clq_binary_fixed *fixed);

#endif
