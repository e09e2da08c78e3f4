/* SPDX-License-Identifier: Apache-2.0 */
/* Which variant a convolution gets, and why not the others. Pure: (problem, capabilities) in, ranking out. */
#ifndef CLQ_CONV_SELECT_H
#define CLQ_CONV_SELECT_H

#include "conv/conv_validate.h"
#include "conv/conv_variant.h"
#include "select/candidate.h"

/* Fills clq_conv_variant_count candidates, best first. `layout`, where not NULL, is that of weights that are packed already; `wanted`, where not
 * NULL, is the only variant that may run. */
void clq_conv_rank(const clq_conv_problem *problem, const clq_capabilities *capabilities, const clq_conv_layout *layout, const char *wanted,
                   clq_candidate *candidates);

/* The best candidate for the spec and its packed weights, if any; CLQNN_UNSUPPORTED with the reasons if there is none. */
clqnn_status clq_conv_choose(const clq_conv_spec *spec, const clq_capabilities *capabilities, const clq_conv_variant **variant, double *seconds);

#endif
