/* SPDX-License-Identifier: Apache-2.0 */
/* Host memory that belongs to a problem and goes with it. */
#ifndef CLQ_OWNED_MEMORY_H
#define CLQ_OWNED_MEMORY_H

#include <stddef.h>

typedef struct clq_owned_memory { void *blocks[24]; size_t count; } clq_owned_memory;

/* `bytes` zeros, at least one; NULL where memory or blocks ran out. */
void *clq_own(clq_owned_memory *owned, size_t bytes);
void clq_own_release(clq_owned_memory *owned);

#endif
