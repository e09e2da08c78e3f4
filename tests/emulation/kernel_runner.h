/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a kernel_case on the first OpenCL device: a program from source files, one or two kernels, and the comparison. */
#ifndef CLQ_TEST_KERNEL_RUNNER_H
#define CLQ_TEST_KERNEL_RUNNER_H

#include <CL/cl.h>

#include "kernel_case.h"

#define KERNEL_MAX_PARTS 16

typedef struct kernel_runner {
    cl_context context;
    cl_device_id device;
    cl_command_queue queue;
} kernel_runner;

typedef struct kernel_launch {
    size_t global[3], local[3];   /* local[0] 0: the runtime chooses */
} kernel_launch;

/* False if there is no device. */
bool kernel_runner_open(kernel_runner *runner);
void kernel_runner_close(kernel_runner *runner);

/* `parts`: paths of source files, NULL-terminated. NULL on failure, with the build log on stderr. */
cl_program kernel_runner_build(const kernel_runner *runner, const char *const *parts, const char *options);

/* Runs kernel `name`, and "<name>_join" at `join` if that is not NULL, with params->partial_plane * blocks words of partial sums, and compares all of
 * c, canaries included. Returns the number of wrong bytes, or -1 if OpenCL failed; the first difference goes to stderr. */
long kernel_runner_check(const kernel_runner *runner, cl_program program, const char *name, const kernel_case *made, const kernel_launch *launch,
                         const kernel_launch *join, size_t blocks);

#endif
