/* SPDX-License-Identifier: Apache-2.0 */
/* The programs of the pointwise kernels: few programs of several kernels each, since a program costs most of a second to build and a
 * kernel little. */
#ifndef CLQ_POINTWISE_PROGRAMS_H
#define CLQ_POINTWISE_PROGRAMS_H

#include "op/op_family.h"

enum { CLQ_POINTWISE_BINARY, CLQ_POINTWISE_TABLE, CLQ_POINTWISE_RESCALED };   /* indices of the kernels, the same in each program that has them */

extern const clq_op_program clq_pointwise_portable_program, clq_pointwise_vector_program, clq_pointwise_avx512_program, clq_pointwise_avx2_program;

/* The elements that a work-item of the portable kernels takes: few where neighbouring work-items run side by side, many on a CPU. */
int64_t clq_pointwise_portable_chunk(const clq_capabilities *capabilities);

/* Fills a step's geometry: one work-item a chunk. */
void clq_pointwise_geometry(clq_op_step *step, const clq_op_program *program, int64_t count, int64_t chunk);

#endif
