/* SPDX-License-Identifier: Apache-2.0 */
/* The loops behind clq_device_peak_measure. Every source defines `kernel void peak(global int *data, int rounds)`. */
#ifndef CLQ_PEAK_KERNELS_H
#define CLQ_PEAK_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct clq_peak_kernel {
    const char *instruction;
    const char *capability;    /* name in clqnn_context_capabilities; NULL: any device */
    const char *source;
    double operations;         /* of one work-item in one round */
    size_t local;              /* work-items a group */
    bool floats;               /* binary32 multiply-adds; else 8-bit ones, or: */
    bool bits;                 /* xor, count of ones and sum, of words: two operations a bit */
} clq_peak_kernel;

extern const clq_peak_kernel clq_peak_kernels[];
extern const size_t clq_peak_kernel_count;

/* kernel void read_all(global const int *data, global int *sums, ulong count): each work-item sums int16 vectors of a strip of its own (a CPU),
 * or the work-items of a device interleave their int4 vectors (all others). */
extern const char *const clq_read_kernel_cpu, *const clq_read_kernel_other;

/* kernel void copy_all(global const int *data, global int *copy, ulong count) and copy_past(...), which bypasses the caches where the compiler can: each
 * work-item a strip of its own (a CPU), or interleaved int4 vectors. */
extern const char *const clq_copy_kernel_cpu, *const clq_copy_kernel_other;

#endif
