/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLQ_SAMPLED_FLOAT_CONV_CHECK_H
#define CLQ_SAMPLED_FLOAT_CONV_CHECK_H

#include "bench_problem.h"

/* clq_sampled_check of a convolution of floats: as many output channels as `largest` multiply-adds allow, all where there are groups; each within its bound. */
bool clq_sampled_float_conv_check(const clq_bench_problem *problem, const void *c, double largest, char *message, size_t size);

#endif
