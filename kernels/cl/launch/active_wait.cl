/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps a worker thread of a CPU device awake between two launches of an in-order queue (host/device/active_wait.h says why). `counters` holds
 * two counts, 64 bytes apart: launches announced by the host, launches begun by the device. A work-item waits for
 * the next launch to begin: not if none is announced, not if launch `number` + 1 has begun already (a thread that comes late), and not longer than
 * WAIT_STEPS pauses, about 30 us. */
#ifndef WAIT_STEPS
#error "WAIT_STEPS must be given"
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void active_wait(volatile __global const int *counters, const clq_int number)
{
    const int before = counters[16];
    for (int step = 0; step < WAIT_STEPS; step++) {
        const int now = counters[16];
        if (now != before || now - number > 0 || counters[0] - now <= 0) return; /* differences, since counts wrap */
        __asm__ volatile("pause" ::: "memory");
    }
}
