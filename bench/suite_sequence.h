/* SPDX-License-Identifier: Apache-2.0 */
/* A suite of convolutions as a network would run them: each as often as its repeat count says, with weights of its own, one behind the other in one
 * clqnn_sequence. The layers' shapes need not fit each other: each reads what lies in the buffer that the one before wrote. */
#ifndef CLQ_SUITE_SEQUENCE_H
#define CLQ_SUITE_SEQUENCE_H

#include "clqnn/context.h"
#include "suite.h"

/* Nanoseconds of one run of all layers, measured for `seconds` as clq_sequence_measure does, then compared: one run from random bytes leaves what the same
 * calls leave one by one. False with the reason and *ns 0; also where a row is no convolution. */
bool clq_suite_sequence_measure(clqnn_context *context, const clq_suite *suite, const char *variant, double seconds, double *ns, char *message, size_t size);

#endif
