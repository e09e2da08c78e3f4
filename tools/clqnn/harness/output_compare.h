/* SPDX-License-Identifier: Apache-2.0 */
/* Every byte of an output buffer against what it should be: elements exactly, canaries between them unchanged. */
#ifndef CLQ_OUTPUT_COMPARE_H
#define CLQ_OUTPUT_COMPARE_H

#include <stdbool.h>

#include "clqnn/types.h"
#include "host_bytes.h"
#include "verify_sweep.h"

typedef struct clq_expected_output {
    const char *name;             /* for messages */
    clqnn_type type;
    clq_host_bytes bytes;         /* expected where `written` is 1 */
    const unsigned char *written; /* bytes.size flags: 1 for each byte that belongs to an element */
} clq_expected_output;

/* Floats: NaN equals NaN, all else bit for bit. Fills result->outcome, differences and, for overwritten canaries, message. Returns the first byte of
 * the first element that differs, or bytes.size: the caller, which knows where that is, writes the message. */
size_t clq_output_compare(const clq_expected_output *expected, const unsigned char *got, unsigned char poison, clq_verify_result *result);

/* An element's value as text. Returns whether it is a NaN. */
bool clq_element_text(clqnn_type type, const unsigned char *bytes, char *text, size_t size);

/* Equal bit for bit, or both NaN. */
bool clq_elements_equal(clqnn_type type, const unsigned char *expected, const unsigned char *got);

#endif
