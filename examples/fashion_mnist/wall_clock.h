/* SPDX-License-Identifier: Apache-2.0 */
/* Seconds of a clock that does not go back. */
#ifndef WALL_CLOCK_H
#define WALL_CLOCK_H

#include <time.h>

static inline double wall_seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

#endif
