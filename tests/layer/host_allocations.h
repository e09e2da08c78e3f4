/* SPDX-License-Identifier: Apache-2.0 */
/* Counts and fails the host allocations of the code that is linked into the program (the library's objects, the test itself), not those of shared
 * libraries: the program is linked with --wrap for malloc, calloc, realloc and free. Calls come from one thread. */
#ifndef CLQ_HOST_ALLOCATIONS_H
#define CLQ_HOST_ALLOCATIONS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct clq_host_counters {
    int64_t alive;    /* blocks */
    uint64_t made;
} clq_host_counters;

clq_host_counters clq_host_read(void);

/* Makes the n-th allocation from now return NULL (1: the next one), and with `onward` all that follow; 0 ends that. */
void clq_host_fail_at(uint64_t n, bool onward);

/* Whether an allocation has failed since the last clq_host_fail_at with n > 0. */
bool clq_host_has_failed(void);

#endif
