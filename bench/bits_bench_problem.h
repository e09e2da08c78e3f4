/* SPDX-License-Identifier: Apache-2.0 */
/* The data of products and convolutions of bits, and of 8-bit activations by weights of b1 and t2: no zero points and no bias, so that every form computes the
 * same product. */
#ifndef CLQ_BITS_BENCH_PROBLEM_H
#define CLQ_BITS_BENCH_PROBLEM_H

#include "bench_problem.h"

/* Whether these types are such a product's. */
bool clq_bits_bench_types(const clq_gemm_types *types);

/* Draws the operands and describes the call; op, shape or conv, types and copies are set. A c of b1: threshold 0; floats: a scale for each column; 8 bits and
 * pu, ps: one that spreads the results. False with the reason for types that the library has not, or if memory ran out: the caller destroys the problem then
 * too. */
bool clq_bits_bench_problem_create(clq_bench_problem *problem, char *message, size_t size);

/* Pairs of words that a product of bits counts for each pair of values, a plane of each: bits by bits; b1 by t2 counts as one, t2 by t2 as two. 0: not of
 * bits, or of 8-bit activations. */
double clq_bits_bench_counts(const clq_gemm_types *types);

#endif
