/* SPDX-License-Identifier: Apache-2.0 */
/* The contract between the host and every kernel of an operator. This text is compiled twice: in OpenCL C as part of a program, and in C by
 * host/op/op_kernel.h; 64-bit fields stand first, so that both see the same struct.
 *
 *   kernel(buffer 0, buffer 1, ..., begun, params)
 *
 *   buffers   as many as the kernel's row in its program says: inputs, outputs, the plan's tables, the workspace
 *   begun     OP_COUNT: host/device/active_wait.h; OP_BEGUN() first of all in the kernel's body, whose params are `p`
 *   params    any struct that begins with an op_head. All of it 0 is a launch that must write nothing: it makes the runtime compile */
#define OP_MAX_BUFFERS 8
#define OP_RANK 6
#define OP_NEST_OPERANDS 6

typedef struct op_head {
    clq_ulong offset[OP_MAX_BUFFERS];   /* bytes, where each buffer's region begins */
    clq_int counts_begun;               /* 1: OP_BEGUN raises the count of begun launches */
    clq_int unused;
} op_head;

/* Loops over elements, outermost first; those not needed have extent 1. */
typedef struct op_nest {
    clq_ulong count;                    /* elements */
    clq_ulong chunk;                    /* elements of a work-item, in the order of the loops */
    clq_ulong extent[OP_RANK];
    clq_ulong stride[OP_NEST_OPERANDS][OP_RANK];   /* elements of each operand */
} op_nest;
