/* SPDX-License-Identifier: Apache-2.0 */
/* Running the kernels of a fresh program once without effect, so that runtimes that compile late put native code into the binary. */
#ifndef CLQ_WARM_H
#define CLQ_WARM_H

#include "device/program.h"

#define CLQ_KERNEL_NAME_CAPACITY 128
#define CLQ_MOST_WARM_KERNELS 4

/* A kernel takes `buffers` equal buffers, then params that say that there is nothing to do. */
typedef struct clq_warm_kernel {
    char name[CLQ_KERNEL_NAME_CAPACITY];
    cl_uint buffers;
    const void *params;
    size_t params_size;
    size_t local[3];
} clq_warm_kernel;

typedef struct clq_warm_list {
    clq_warm_kernel kernels[CLQ_MOST_WARM_KERNELS];
    size_t count;
} clq_warm_list;

/* Adds the kernel "<name><suffix>". */
void clq_warm_add(clq_warm_list *list, const char *name, const char *suffix, cl_uint buffers, const void *params, size_t params_size, const size_t local[3]);

/* The warm function of clq_program_get whose user data is a clq_warm_list. */
clqnn_status clq_warm_run(clqnn_context *context, cl_program program, const void *list);

/* The kernel "<name><suffix>" of a program. */
clqnn_status clq_kernel_create(cl_program program, const char *name, const char *suffix, cl_kernel *kernel);

#endif
