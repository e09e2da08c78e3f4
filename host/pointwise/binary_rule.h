/* SPDX-License-Identifier: Apache-2.0 */
/* The results of two inputs for all pairs of bytes, by the descriptor's rule. Pure. */
#ifndef CLQ_BINARY_RULE_H
#define CLQ_BINARY_RULE_H

#include "pointwise/binary_problem.h"

#define CLQ_BINARY_PAIRS 65536

/* Inputs and results as the kernels see them: unsigned, byte ^ 0x80 of an s8. results[a * 256 + b]. Scalars: those of clq_binary_scalars. About 0.3 ms. */
void clq_binary_fill_results(const clq_binary_problem *problem, const binary_params *scalars, uint8_t results[CLQ_BINARY_PAIRS]);

#endif
