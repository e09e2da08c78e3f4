/* SPDX-License-Identifier: Apache-2.0 */
/* The one caller of clEnqueueNDRangeKernel, and several launches behind one wait list and one event. */
#ifndef CLQ_LAUNCH_H
#define CLQ_LAUNCH_H

#include <CL/cl.h>
#include <stdbool.h>

#include "clqnn/status.h"

/* Launches of one call in order. On an out-of-order queue each waits for the one before by an event. No allocation, no blocking. */
typedef struct clq_launches {
    cl_command_queue queue;
    bool out_of_order;
    cl_uint wait_count;            /* of the next launch */
    const cl_event *wait;
    cl_event last;                 /* of the previous launch, if kept */
} clq_launches;

/* One launch on its own: no wait list, no event, no message. */
cl_int clq_launch(cl_command_queue queue, cl_kernel kernel, const size_t global[3], const size_t local[3]);

/* Checks that the queue belongs to `context` and `device`, and starts launches behind the caller's wait list. */
clqnn_status clq_launches_begin(clq_launches *launches, cl_context context, cl_device_id device, cl_command_queue queue, cl_uint wait_count,
                                const cl_event *wait);

/* local NULL or local[0] 0: the runtime chooses. `is_last` with `event` not NULL: the event goes to the caller. */
clqnn_status clq_launches_add(clq_launches *launches, cl_kernel kernel, const size_t global[3], const size_t local[3], bool is_last, cl_event *event);

/* A call without work: a marker that keeps wait list and event meaningful. */
clqnn_status clq_launches_nothing(clq_launches *launches, cl_event *event);

/* Drops what the launches still hold; to be called on every path. */
void clq_launches_end(clq_launches *launches);

#endif
