/* SPDX-License-Identifier: Apache-2.0 */
/* The caller's log function, with a format. */
#ifndef CLQ_LOG_H
#define CLQ_LOG_H

#include "clqnn/context.h"

typedef struct clq_log {
    clqnn_log_function function;   /* NULL: silent */
    void *user;
} clq_log;

void clq_log_write(const clq_log *log, clqnn_log_level level, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
