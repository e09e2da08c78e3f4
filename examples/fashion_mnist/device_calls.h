/* SPDX-License-Identifier: Apache-2.0 */
/* A list of operator calls that is enqueued again and again on the context's queue, one step of training or one batch of a test after the other. */
#ifndef DEVICE_CALLS_H
#define DEVICE_CALLS_H

#include <clqnn/clqnn.h>

#include "failure.h"

enum { CALL_MAX_INPUTS = 8, CALL_MAX_OUTPUTS = 6 };

/* A region that moves on by `step` bytes with each enqueue: a batch of a longer buffer. */
typedef struct call_region {
    clqnn_region region;
    uint64_t step;
} call_region;

typedef struct device_call {
    clqnn_op *op;
    call_region inputs[CALL_MAX_INPUTS], outputs[CALL_MAX_OUTPUTS];
    uint32_t input_count, output_count;
} device_call;

typedef struct device_calls {
    clqnn_context *context;
    device_call *calls;
    size_t count, capacity;
    struct _cl_mem *workspace;
    uint64_t workspace_bytes;
} device_calls;

/* A list of regions as device_calls_add takes it. */
#define CALL_REGIONS(...) ((const call_region[]){__VA_ARGS__, {.step = 0}})

/* A region that stays. */
call_region call_at(struct _cl_mem *memory, uint64_t offset_bytes);

/* Appends a call and takes the plan over, on failure too. `status` is what its creation gave, for the message. Regions end with one whose memory is NULL. */
bool device_calls_add(device_calls *list, clqnn_status status, clqnn_op *op, const char *what, const call_region *inputs, const call_region *outputs);

/* The workspace that all calls share; after the last one was added. */
bool device_calls_finish(device_calls *list);

/* Enqueues all calls, regions `index` steps on. Waits for nothing. */
bool device_calls_enqueue(const device_calls *list, uint64_t index);

void device_calls_free(device_calls *list);

#endif
