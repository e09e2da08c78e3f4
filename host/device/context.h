/* SPDX-License-Identifier: Apache-2.0 */
/* What a context holds. `lock` guards programs and queue, `wait` has a lock of its own; the rest is immutable after creation. */
#ifndef CLQ_CONTEXT_H
#define CLQ_CONTEXT_H

#include <CL/cl.h>
#include <pthread.h>
#include <stdatomic.h>

#include "clqnn/context.h"
#include "core/log.h"
#include "device/active_wait.h"
#include "device/capabilities.h"
#include "device/disk_cache.h"

struct clq_program;

struct clqnn_context {
    atomic_int references;
    cl_context cl;
    cl_device_id device;
    clqnn_device_info info;
    clq_capabilities capabilities;
    uint8_t verdicts[CLQ_CAPABILITY_COUNT];   /* clq_probe_verdict */
    uint64_t identity;                        /* hash of device, driver, platform and library version: part of every cache key */
    clq_log log;
    clq_disk_cache cache;
    pthread_mutex_t lock;
    struct clq_program *programs;
    cl_command_queue queue;                   /* the default queue, made on first use */
    bool active_waiting;                      /* wanted by the descriptor */
    clq_active_wait wait;                     /* has a lock of its own */
};

#endif
