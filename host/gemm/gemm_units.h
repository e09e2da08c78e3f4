/* SPDX-License-Identifier: Apache-2.0 */
/* Launches in units (kernels/cl/launch/shares.cl): of products, and of convolutions, whose params contain a product's. */
#ifndef CLQ_GEMM_UNITS_H
#define CLQ_GEMM_UNITS_H

#include <stdbool.h>

#include "device/active_wait.h"
#include "gemm/gemm_kernel.h"

/* Writes the units to the params. False, and nothing is written, where a claim word can't count them. */
bool clq_units_set(const clq_units *units, gemm_params *params);

/* Cuts the launch into one group a thread, where the queue has claim words of its own; one unit is one group. Else params and geometry stay: a group for
 * each unit that they name. */
void clq_units_share(clqnn_context *context, cl_command_queue queue, const clq_units *units, gemm_params *params, clq_geometry *geometry);

#endif
