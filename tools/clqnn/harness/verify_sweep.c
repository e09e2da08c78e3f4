/* SPDX-License-Identifier: Apache-2.0 */
#include "verify_sweep.h"

#include <string.h>

bool clq_sweep_has_half_sums(const clq_sweep *sweep)
{
    const size_t length = sweep->variant ? strlen(sweep->variant) : 0;
    return length > 4 && strcmp(sweep->variant + length - 4, "_f16") == 0;
}
