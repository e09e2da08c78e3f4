/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of a good plan with bad arguments, for products of any sort that take b at run time and a residual like c: null pointers, wait lists that are not there,
 * buffers that end too early, overlap or belong to another context, queues of another context. Each is refused with a status and a message, gives no event and
 * writes nothing. What may overlap is not refused. For cmocka tests. */
#ifndef GEMM_REFUSED_CALLS_H
#define GEMM_REFUSED_CALLS_H

#include "gemm_fixture.h"

enum { CALL_A, CALL_B, CALL_RESIDUAL, CALL_ROW_SCALES, CALL_C, CALL_REGIONS };
enum { CALL_MOST_BYTES = 256 };

/* What the plan's call is made of: `desc` has no b_data, a residual of c's type and place, c of 4-byte elements, and a variant without a workspace. Each region that the
 * call has: the bytes that it needs exactly, at most CALL_MOST_BYTES - 8, and those of an element, to which offsets are multiples. 0 bytes: the call has none. */
typedef struct refused_calls {
    clqnn_gemm_desc desc;
    struct { size_t bytes, element; } regions[CALL_REGIONS];
} refused_calls;

/* A plan and buffers of exactly the right size; c holds what no call writes. open_call stands in each test's setup after it named what to open. */
void open_call(const refused_calls *what);
int close_call(void **state);

/* The plan's own queue and good arguments. */
cl_command_queue call_queue(void);
clqnn_gemm_args call_args(void);

void test_null_pointers(void **state);
void test_wait_lists(void **state);
/* One byte less than needed; a start that leaves too little; a start between two elements; an offset beyond everything. */
void test_regions(void **state);
void test_overlaps(void **state);
/* A residual of another type or with other strides than c's cannot be c. */
void test_residual_that_is_not_like_c(void **state);
void test_another_context(void **state);

/* The six above, between `open` and close_call, as entries of a list of tests. */
#define REFUSED_CALL_TESTS(open)                                                                                                                            \
    cmocka_unit_test_setup_teardown(test_null_pointers, open, close_call), cmocka_unit_test_setup_teardown(test_wait_lists, open, close_call),               \
        cmocka_unit_test_setup_teardown(test_regions, open, close_call), cmocka_unit_test_setup_teardown(test_overlaps, open, close_call),                   \
        cmocka_unit_test_setup_teardown(test_residual_that_is_not_like_c, open, close_call), cmocka_unit_test_setup_teardown(test_another_context, open, close_call)

#endif
