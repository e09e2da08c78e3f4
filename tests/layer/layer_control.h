/* SPDX-License-Identifier: Apache-2.0 */
/* What the OpenCL layer of the tests offers to a program that runs under it: counts of objects and of calls that an enqueue must not make, and failures
 * on demand. The loader loads the layer (OPENCL_LAYERS); the program finds the exported object `clq_layer` in it with dlsym. Calls that a driver makes
 * inside itself do not pass the layer. Thread-safe. */
#ifndef CLQ_LAYER_CONTROL_H
#define CLQ_LAYER_CONTROL_H

#include <CL/cl.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum clq_layer_kind {
    CLQ_LAYER_CONTEXT,
    CLQ_LAYER_QUEUE,
    CLQ_LAYER_BUFFER,    /* sub-buffers too */
    CLQ_LAYER_PROGRAM,
    CLQ_LAYER_KERNEL,
    CLQ_LAYER_EVENT,
    CLQ_LAYER_KIND_COUNT
} clq_layer_kind;

typedef struct clq_layer_counters {
    int64_t references[CLQ_LAYER_KIND_COUNT]; /* held now: creations and retains less releases */
    uint64_t created[CLQ_LAYER_KIND_COUNT];   /* ever */
    uint64_t builds;                          /* clBuildProgram, clCompileProgram, clLinkProgram */
    uint64_t blocking;                        /* clFinish, clWaitForEvents, blocking transfers */
    uint64_t fallible;                        /* calls that could have been made to fail */
    uint64_t stray_releases;                  /* of objects that are not alive */
} clq_layer_counters;

typedef struct clq_layer_control {
    bool (*is_active)(void);    /* true once the loader has put the layer into the chain */
    void (*read)(clq_layer_counters *counters);

    /* Makes the n-th fallible call from now fail (1: the next one), and with `onward` all that follow; 0 ends that. */
    void (*fail_at)(uint64_t n, bool onward);

    /* Makes every call of one entry point fail with `code`; NULL ends that. `entry` must outlive it. */
    void (*fail_entry)(const char *entry, cl_int code);

    /* The entry point of the first failure since the last fail_at, and its code; NULL where there was none. */
    const char *(*failed_entry)(cl_int *code);
} clq_layer_control;

#endif
