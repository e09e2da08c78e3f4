/* SPDX-License-Identifier: Apache-2.0 */
/* Finds out what a device can do: for each capability a gate that costs nothing (device type, cpuid, extension), then a small program that must
 * compile, run and give a known answer. A gate never lets through what could kill the process: x86 instructions run only where cpuid has them, and
 * only on a CPU device of this host. Verdicts are kept in the disk cache by device and driver, but for CLQ_PROBE_RUN_FAILED: that is tried again by the
 * next context. */
#ifndef CLQ_PROBE_H
#define CLQ_PROBE_H

#include "clqnn/context.h"

typedef enum clq_probe_verdict {
    CLQ_PROBE_UNTRIED = 0,
    CLQ_PROBE_RIGHT = 1,
    CLQ_PROBE_GATED = 2,          /* the gate says no: not this kind of device */
    CLQ_PROBE_BUILD_FAILED = 3,   /* the compiler refuses it */
    CLQ_PROBE_RUN_FAILED = 4,     /* some other call failed, or memory was short */
    CLQ_PROBE_WRONG_ANSWER = 5
} clq_probe_verdict;

/* Fills context->capabilities and context->verdicts. Fails only for lack of memory; a capability that can't be shown is absent. */
clqnn_status clq_probe_all(clqnn_context *context);

const char *clq_probe_verdict_text(clq_probe_verdict verdict);

#endif
