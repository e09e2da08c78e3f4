/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the optimizers' kernels. Compiled twice, like op/op_params. Buffers of SGD: g, lr, skip, w, v; of Adam: g, step, skip, w, m, v. skip is lr or step again where
 * there is none, v of SGD w again. */
typedef struct optimizer_params {
    op_head head;
    clq_ulong count;
    clq_ulong chunk;            /* elements of a work-item of a CPU kernel, a multiple of 16 */
    clq_int has_skip;
    clq_int has_decay;
    clq_int is_decoupled;       /* Adam */
    clq_int nesterov;           /* SGD */
    clq_float decay;
    clq_float first, second;    /* SGD: momentum, unused; Adam: beta1, beta2 */
    clq_float first_rest, second_rest;   /* Adam: 1 - beta1, 1 - beta2 */
    clq_float epsilon;
} optimizer_params;
