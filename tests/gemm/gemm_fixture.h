/* SPDX-License-Identifier: Apache-2.0 */
/* What tests of the GEMM calls start from: one context, and a small plain problem that is right until a test breaks it. For cmocka tests. */
#ifndef GEMM_FIXTURE_H
#define GEMM_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clqnn/clqnn.h"
#include "clqnn/opencl.h"

enum { FIXTURE_M = 3, FIXTURE_N = 5, FIXTURE_K = 7, FIXTURE_SKIPPED = 77 };

/* Opens the context that fixture_context returns. False, having said so, where there is no device: the test program then returns
 * FIXTURE_SKIPPED. */
bool fixture_open(void);
void fixture_close(void);
clqnn_context *fixture_context(void);

/* u8 x s8 -> s32, 3 x 5 x 7, dense, constant b of static data. */
clqnn_gemm_desc fixture_desc(void);

/* The same with a u8 output, scales and zero points everywhere, in static arrays. */
clqnn_gemm_desc fixture_quantized_desc(void);

/* clqnn_last_error contains each of the two texts; NULL: any. */
void expect_message(const char *field, const char *value);

/* clqnn_gemm_create, clqnn_gemm_query, clqnn_gemm_candidates and clqnn_gemm_pack (where b_data is given) refuse the descriptor with this
 * status and a message that holds field and value, and write nothing but a NULL. */
void expect_refused(const clqnn_gemm_desc *desc, clqnn_status status, const char *field, const char *value);

/* Creation and query accept the descriptor. */
void expect_accepted(const clqnn_gemm_desc *desc);

/* A buffer with these bytes; never NULL. */
cl_mem fixture_buffer(const void *bytes, size_t size);

#endif
