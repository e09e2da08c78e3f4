/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLQ_SAMPLED_CONV_CHECK_H
#define CLQ_SAMPLED_CONV_CHECK_H

#include "bench_problem.h"

/* clq_sampled_check of a convolution: as many output channels as `largest_macs` allows, all where there are groups. */
bool clq_sampled_conv_check(const clq_bench_problem *problem, const void *c, double largest_macs, char *message, size_t size);

#endif
