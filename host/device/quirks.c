/* SPDX-License-Identifier: Apache-2.0 */
#include "device/quirks.h"

#include <string.h>

/* PoCL compiles for the host. oclgrind interprets LLVM IR and rusticl goes through SPIR-V: both crash on inline assembly instead of refusing it. */
bool clq_quirk_runs_host_assembly(const clqnn_device_info *info)
{
    return info->is_cpu && strcmp(info->platform, "Portable Computing Language") == 0;
}
