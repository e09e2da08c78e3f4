/* SPDX-License-Identifier: Apache-2.0 */
/* Compares a result with the reference, on a sample of rows where the whole would take too long. */
#ifndef CLQ_SAMPLED_CHECK_H
#define CLQ_SAMPLED_CHECK_H

#include "bench_problem.h"

/* `c`: dense, problem->c_bytes bytes. The reference computes every row where that is at most 2^26 multiply-adds, else as many rows as that allows (at
 * least one a batch), spread evenly with the first and the last among them, from the same rows of a; of a convolution all pixels of so many output
 * channels. Exact, NaN equal to NaN. Products of floats: within their bound, sampled_float_check.h. */
bool clq_sampled_check(const clq_bench_problem *problem, const void *c, char *message, size_t size);

#endif
