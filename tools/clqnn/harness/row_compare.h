/* SPDX-License-Identifier: Apache-2.0 */
/* A row of results, of bit planes too, against what it should be. */
#ifndef CLQ_ROW_COMPARE_H
#define CLQ_ROW_COMPARE_H

#include "host_bytes.h"
#include "output_compare.h"

typedef struct clq_row_difference {
    int64_t column;     /* of the first element that differs; the number of elements where only neutral bits do */
    char text[160];     /* "expected .., got .." */
} clq_row_difference;

/* Elements of `count` that differ, neutral bits of planes as one more; `first` is filled where there are any. Floats: NaN equals NaN, all else bit for bit. */
size_t clq_rows_compare(clqnn_type type, const unsigned char *expected, const unsigned char *got, int64_t count, clq_row_difference *first);

/* Fills outcome and, for bytes outside of elements that are not `poison`, message, from result->differences, which are counted before. */
void clq_canaries_compare(const char *name, const clq_host_bytes *output, const unsigned char *written, const unsigned char *got, unsigned char poison,
                          clq_verify_result *result);

#endif
