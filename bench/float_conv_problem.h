/* SPDX-License-Identifier: Apache-2.0 */
/* The data of convolutions of floats: no bias, no activation, no scales of channels, as float_problem.h has it for products. */
#ifndef CLQ_FLOAT_CONV_PROBLEM_H
#define CLQ_FLOAT_CONV_PROBLEM_H

#include "bench_problem.h"

/* Draws x and the weights, floats in -2 .. 2, and describes the convolution; op, conv, types and copies are set. 8-bit y: a scale and a zero point. False with
 * the reason for types that the library has not, or if memory ran out: the caller destroys the problem then too. */
bool clq_float_conv_problem_create(clq_bench_problem *problem, char *message, size_t size);

#endif
