/* SPDX-License-Identifier: Apache-2.0 */
/* What tests of the operators' calls start from: one context, buffers, and checks of refusals. For cmocka tests. */
#ifndef OP_FIXTURE_H
#define OP_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clqnn/clqnn.h"
#include "clqnn/opencl.h"

enum { OP_FIXTURE_SKIPPED = 77 };

/* Opens the context that op_context returns. False, having said so, where there is no device: the test program then returns
 * OP_FIXTURE_SKIPPED. */
bool op_fixture_open(void);
void op_fixture_close(void);
clqnn_context *op_context(void);

/* A u8 tensor of rank 2, dense, with scale 0.5 and zero point 10 in static arrays. */
clqnn_tensor op_plain_tensor(int64_t rows, int64_t columns);

/* create and query refuse the descriptor with this status and a message that holds `text` (NULL: any), and write nothing but a NULL. */
typedef clqnn_status (*op_create_function)(clqnn_context *context, const void *desc, clqnn_op **op);
typedef clqnn_status (*op_query_function)(clqnn_context *context, const void *desc, clqnn_op_info *info);
void op_expect_refused(op_create_function create, op_query_function query, const void *desc, clqnn_status status, const char *text);

/* The last message holds `text`. */
void op_expect_message(const char *text);

/* A buffer of `size` bytes; those of `bytes` where that is not NULL. Never NULL. */
struct _cl_mem *op_buffer(const void *bytes, size_t size);

#endif
