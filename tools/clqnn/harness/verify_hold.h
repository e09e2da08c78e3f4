/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLQ_VERIFY_HOLD_H
#define CLQ_VERIFY_HOLD_H

#include <stdbool.h>

#include "clqnn/opencl.h"
#include "verify_sweep.h"

/* What becomes of a case after a call: true for CLQNN_OK; else false, with the outcome, a refusal for CLQNN_UNSUPPORTED, and the message. */
bool clq_verify_hold(clqnn_status status, const char *call, clq_verify_result *result);

/* The same call twice gave `size` bytes at `twice`, then as many behind them: those that are `written` must be equal. Else a failure that names `output`. */
void clq_verify_repeated(const char *output, const unsigned char *written, const unsigned char *twice, size_t size, clq_verify_result *result);

/* A call behind a user event, which is set only after the call returned: one that waits by itself would never come back. */
typedef struct clq_gated_call { cl_event gate, done; } clq_gated_call;
bool clq_gate_open(clqnn_context *context, clq_gated_call *call, clq_verify_result *result);

/* Sets the gate and waits for `done`, the event of a call named `name` that answered `status`. Releases both. */
bool clq_gate_finish(clq_gated_call *call, clqnn_status status, const char *name, clq_verify_result *result);

#endif
