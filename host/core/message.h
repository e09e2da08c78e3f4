/* SPDX-License-Identifier: Apache-2.0 */
/* The calling thread's error message: the only state of the library outside contexts, and private to each thread. */
#ifndef CLQ_MESSAGE_H
#define CLQ_MESSAGE_H

#include <stddef.h>

#include "clqnn/status.h"

#define CLQ_MESSAGE_CAPACITY 4096

/* Records the message and returns `status`, so that a refusal is one line: return clq_fail(CLQNN_INVALID_SHAPE, "m is %lld", m); */
clqnn_status clq_fail(clqnn_status status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts "context: " before the present message and returns `status`. */
clqnn_status clq_fail_within(clqnn_status status, const char *context);

/* Puts back a message that was kept while something that may fail without harm was tried. */
void clq_message_restore(const char *kept);

#define CLQ_FORWARD(call) \
    do { \
        const clqnn_status forwarded_ = (call); \
        if (forwarded_ != CLQNN_OK) return forwarded_; \
    } while (0)

#endif
