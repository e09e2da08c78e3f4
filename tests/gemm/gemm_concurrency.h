/* SPDX-License-Identifier: Apache-2.0 */
/* One plan in many threads, and a plan for each: what a test of threads of any sort of product does with its descriptor. For cmocka tests. */
#ifndef GEMM_CONCURRENCY_H
#define GEMM_CONCURRENCY_H

#include "gemm_fixture.h"

enum { CONCURRENCY_THREADS = 8 };

/* Eight threads enqueue one shared plan of `desc`, each on a queue and buffers of its own; then eight threads make their own plans, weights and calls at once.
 * All must get the same bytes as one thread alone. `desc` has b_data and no inputs at run time but a; `a` holds CONCURRENCY_THREADS inputs of a_bytes each, of
 * which the first two must give different results; c_bytes: what a call writes, without gaps. */
void check_concurrency(const clqnn_gemm_desc *desc, const void *a, size_t a_bytes, size_t c_bytes);

#endif
