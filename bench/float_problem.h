/* SPDX-License-Identifier: Apache-2.0 */
/* The data of products of floats: no bias, no activation, no column scales, so that every peer computes the same product. */
#ifndef CLQ_FLOAT_PROBLEM_H
#define CLQ_FLOAT_PROBLEM_H

#include "bench_problem.h"
#include "seeded_random.h"

/* Draws a and b and describes the product; op, shape, types and copies are set. Floats lie in -2 .. 2. Groups: integers of all the type's range, scales of
 * a's type, f16 for an a of 8 bits, for an unsigned b zero points about the middle of the range, none for a signed one. 8-bit c: a scale and a zero point. `bytes` counts b as it
 * is given. False with the reason for types that the library has not, or if memory ran out: the caller destroys the problem then too. */
bool clq_float_problem_create(clq_bench_problem *problem, char *message, size_t size);

/* Makes a_values, dense [batch][m][k], and b_values, dense [batch][k][n], of a convolution x and the weights as they lie, if they are not there. False if memory
 * ran out. */
bool clq_float_problem_widen(clq_bench_problem *problem);

/* What convolutions of floats share: the types that may be an output, and random floats as elements of `type`. */
bool clq_float_problem_takes_output(clqnn_type type);
void clq_float_problem_draw(clq_random *random, void *data, size_t bytes, clqnn_type type);

#endif
