/* SPDX-License-Identifier: Apache-2.0 */
#include "owned_memory.h"

#include <stdlib.h>

void *clq_own(clq_owned_memory *owned, size_t bytes)
{
    void *const memory = owned->count < sizeof owned->blocks / sizeof *owned->blocks ? calloc(bytes + 1, 1) : NULL;
    if (memory) owned->blocks[owned->count++] = memory;
    return memory;
}

void clq_own_release(clq_owned_memory *owned)
{
    for (size_t i = 0; i < owned->count; i++) free(owned->blocks[i]);
    owned->count = 0;
}
