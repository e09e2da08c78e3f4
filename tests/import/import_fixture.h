/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of importers share: results that are compared with hand-written ones, and refusals with the words they must have. Failures are cmocka's. */
#ifndef CLQ_IMPORT_FIXTURE_H
#define CLQ_IMPORT_FIXTURE_H

#include "clqnn/import.h"

/* An array as the bytes of the caller. */
#define BYTES(array) {.data = (array), .size = sizeof(array)}

/* Codes q, one after the other as they are stored. */
void expect_codes(const clqnn_imported *imported, clqnn_type type, const int *codes, int count);

/* Every weight, [k][n], exactly. */
void expect_weights(const clqnn_imported *imported, const float *weights, int count);

/* The status, no object, and `text` in the message. */
void expect_refusal(clqnn_status status, const clqnn_imported *imported, clqnn_status expected, const char *text);

/* A small generator, so that a seed gives the same numbers everywhere. */
unsigned random_next(unsigned *seed);

#endif
