/* SPDX-License-Identifier: Apache-2.0 */
/* Compares a product of floats with the binary64 reference, on a sample of its elements where the whole would take too long. */
#ifndef CLQ_SAMPLED_FLOAT_CHECK_H
#define CLQ_SAMPLED_FLOAT_CHECK_H

#include "bench_problem.h"

/* `c`: dense, of the problem's type. Every element of the sampled rows and columns must lie within the bound of docs/numerics.md. All of it where that is
 * at most `largest` multiply-adds; else at most 16 rows of each matrix, and so many columns as that allows, 16 at least, spread evenly, the first and the
 * last among them. */
bool clq_sampled_float_check(const clq_bench_problem *problem, const void *c, double largest, char *message, size_t size);

#endif
