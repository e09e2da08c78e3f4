/* SPDX-License-Identifier: Apache-2.0 */
/* What tests of the convolution calls start from: one context, and a small plain problem that is right until a test breaks it. For cmocka tests. */
#ifndef CONV_FIXTURE_H
#define CONV_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clqnn/clqnn.h"
#include "clqnn/opencl.h"

enum { FIXTURE_IN = 6, FIXTURE_OUT = 4, FIXTURE_HEIGHT = 5, FIXTURE_WIDTH = 7, FIXTURE_SKIPPED = 77 };
enum { FIXTURE_X_BYTES = FIXTURE_HEIGHT * FIXTURE_WIDTH * FIXTURE_IN, FIXTURE_Y_BYTES = FIXTURE_HEIGHT * FIXTURE_WIDTH * FIXTURE_OUT };
enum { FIXTURE_W_BYTES = FIXTURE_OUT * 9 * FIXTURE_IN };

/* Opens the context that conv_fixture_context returns. False, having said so, where there is no device: the test program then returns FIXTURE_SKIPPED. */
bool conv_fixture_open(void);
void conv_fixture_close(void);
clqnn_context *conv_fixture_context(void);

/* u8 x s8 -> u8, NHWC, 5 x 7 pixels of 6 channels to 4, 3 x 3 with pads of 1: y has the input's extents. Scales and zero points everywhere, in static arrays. */
clqnn_conv_desc conv_fixture_desc(void);

/* The same with a table and a residual sum. */
clqnn_conv_desc conv_fixture_full_desc(void);

/* Bytes that look random, the same for the same seed. */
void conv_fixture_bytes(unsigned char *bytes, size_t count, uint32_t seed);

/* clqnn_last_error contains each of the two texts; NULL: any. */
void conv_expect_message(const char *field, const char *value);

/* clqnn_conv_create, clqnn_conv_query, clqnn_conv_candidates and clqnn_conv_pack (where weight_data is given) refuse the descriptor with this status and a
 * message that holds field and value, and write nothing but a NULL. */
void conv_expect_refused(const clqnn_conv_desc *desc, clqnn_status status, const char *field, const char *value);

/* Creation and query accept the descriptor, and the plan describes itself as the query did. */
void conv_expect_accepted(const clqnn_conv_desc *desc);

/* A buffer with these bytes; never NULL. */
cl_mem conv_fixture_buffer(const void *bytes, size_t size);

/* Runs the convolution on dense host data: y has y_bytes bytes and is downloaded whole. `residual` may be NULL. The plan must describe itself as the query did. Returns the variant that ran. */
const char *conv_fixture_run(const clqnn_conv_desc *desc, const void *x, size_t x_bytes, const void *residual, size_t residual_bytes, void *y, size_t y_bytes);

#endif
