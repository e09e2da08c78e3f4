/* SPDX-License-Identifier: Apache-2.0 */
/* The only place that knows devices and drivers by name. A driver that passes a probe and still fails a kernel gets its row here:
 * driver range, capability cleared, link to the report. None is known so far. */
#ifndef CLQ_QUIRKS_H
#define CLQ_QUIRKS_H

#include <stdbool.h>

#include "clqnn/context.h"

/* True for runtimes that compile kernels for this process's own CPU and pass inline assembly through. Others are known to crash on it. */
bool clq_quirk_runs_host_assembly(const clqnn_device_info *info);

#endif
