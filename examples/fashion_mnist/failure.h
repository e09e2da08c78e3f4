/* SPDX-License-Identifier: Apache-2.0 */
/* How this program says on stderr what went wrong. Functions return false after one of these has spoken. */
#ifndef FAILURE_H
#define FAILURE_H

#include <clqnn/clqnn.h>
#include <stdbool.h>

/* Prints "fashion_mnist: MESSAGE". Returns false. */
bool failed(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* True for CLQNN_OK; else prints what failed and the library's message. */
bool succeeded(clqnn_status status, const char *what);

#endif
