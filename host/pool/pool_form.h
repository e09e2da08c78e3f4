/* SPDX-License-Identifier: Apache-2.0 */
/* Averages of few taps in 16-bit integers: what kernels/cl/pool/pool_params calls a form. */
#ifndef CLQ_POOL_FORM_H
#define CLQ_POOL_FORM_H

#include "pool/pool_problem.h"

/* Puts a form of each kind of window, the whole one first, into params->forms: as many as fit and exist. Each is compared with the rule's own formula for
 * every sum that its taps can have, so that a form is not an approximation. params are complete otherwise. */
void clq_pool_find_forms(const clq_pool_problem *problem, pool_params *params);

#endif
