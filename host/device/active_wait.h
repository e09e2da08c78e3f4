/* SPDX-License-Identifier: Apache-2.0 */
/* On an in-order queue PoCL's worker threads sleep whenever a launch ends, and waking one takes about 10 us, in which neither works: a third of a
 * small layer's time. So while more launches are announced than have begun, the threads that run out of work wait in a tiny kernel of a private
 * queue instead, and leave it as soon as the next launch begins: what OpenMP's runtimes call active waiting. It costs nothing while no launch is
 * pending, at most 30 us of spinning a launch where a pending one is held up by something else, and it never decides a result or an order.
 *
 * Only for CPU devices of this process (CLQ_CAP_HOST_CPU) with more than one compute unit; everywhere else it stays off. */
#ifndef CLQ_ACTIVE_WAIT_H
#define CLQ_ACTIVE_WAIT_H

#include <CL/cl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "clqnn/context.h"
#include "device/geometry.h"
#include "device/launch.h"

#define CLQ_CLAIM_SLOTS 16

typedef struct clq_active_wait {
    int32_t *counters;          /* [0] announced, [16] begun, then the claim words; NULL: off */
    cl_mem memory;              /* holds the counters; an argument of every launch that counts itself, which so keeps it alive */
    cl_command_queue queue;
    cl_kernel kernel;
    cl_command_queue last_queue; /* of the last announcement; only compared, never used */
    cl_command_queue owners[CLQ_CLAIM_SLOTS]; /* of each slot of claim words; only compared, never used */
    pthread_mutex_t lock;       /* the kernel's arguments */
} clq_active_wait;

/* Makes the private queue and kernel on first use, under the context's lock; nothing where waiting is off. Blocks. */
clqnn_status clq_active_wait_prepare(clqnn_context *context);

/* Releases; launches in flight keep what they use. */
void clq_active_wait_release(clqnn_context *context);

typedef struct clq_announcement {
    bool is_counted;            /* the launch must count itself: its kernel writes begun */
    bool is_followed;           /* launches of the same queue announced before it have not begun */
    int32_t number;             /* of this launch, from 1 */
} clq_announcement;

/* Before a launch of a variant that can count itself (`counts`). Not counted where it can't, where waiting is off, and on an out-of-order queue. */
clq_announcement clq_active_wait_announce(clqnn_context *context, const clq_launches *launches, bool counts);

/* After every announced launch, counted or not, with its status, which is passed on. Where it counts, this lets idle threads wait for the next one, if the queue
 * has launches pending and this one is of more than one group: else one thread does it all, and others may sleep. A wait that can't be enqueued only costs time. */
clqnn_status clq_active_wait_launched(clqnn_context *context, clq_announcement announcement, const clq_geometry *geometry, clqnn_status status);

/* Where this in-order queue's claim words begin (kernels/cl/launch/shares.cl), in words of the counters' memory; 0: the slots are all taken by other queues.
 * A queue keeps its slot: its launches never overlap, so that no two launches use the same words at a time. A queue that is gone has nothing running, so
 * another one at its address may have its slot. */
int32_t clq_active_wait_claims(clqnn_context *context, cl_command_queue queue);

#endif
