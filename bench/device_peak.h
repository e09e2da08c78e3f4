/* SPDX-License-Identifier: Apache-2.0 */
/* What the device can do at best, measured: 8-bit and binary32 multiply-adds in registers, and reading memory. */
#ifndef CLQ_DEVICE_PEAK_H
#define CLQ_DEVICE_PEAK_H

#include "clqnn/context.h"

typedef struct clq_device_peak {
    double gops;             /* 1e9 operations a second, a multiply-add is two; 0: could not be measured */
    const char *instruction; /* of the fastest loop; static */
    double float_gops;       /* the same of binary32 multiply-adds */
    const char *float_instruction;
    double bit_gops;         /* of xor, count of ones and sum: two operations a pair of bits */
    const char *bit_instruction;
    double read_gbs;         /* 1e9 bytes a second over 512 MiB; 0: could not be measured */
} clq_device_peak;

/* Builds and runs loops for about a second. Loops whose capability the device lacks are not tried. */
void clq_device_peak_measure(clqnn_context *context, clq_device_peak *peak);

/* read_gbs alone. A shared machine's memory is not equally fast every minute: measure it beside what is compared with it. */
double clq_device_read_measure(clqnn_context *context);

/* 1e9 bytes a second, read and written ones, of a copy of 64 MiB by vectors: through the caches or past them, whichever is faster. 0: could not be
 * measured. */
double clq_device_copy_measure(clqnn_context *context);

#endif
