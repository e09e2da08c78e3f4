/* SPDX-License-Identifier: Apache-2.0 */
/* Which variant of a family a problem gets. Pure. */
#ifndef CLQ_OP_SELECT_H
#define CLQ_OP_SELECT_H

#include "op/op_family.h"
#include "select/candidate.h"

/* Every variant, best first, refused ones last, into `candidates` (CLQ_OP_MAX_VARIANTS of them). False if `wanted` is no variant of the family. */
bool clq_op_rank(const clq_op_family *family, const void *problem, const char *wanted, const clq_capabilities *capabilities, clq_candidate *candidates);

/* The best variant; `wanted`, where not NULL, is the only one that may run. CLQNN_UNSUPPORTED with the reason if there is none. */
clqnn_status clq_op_choose(const clq_op_family *family, const void *problem, const char *wanted, const clq_capabilities *capabilities,
                           const clq_op_variant **variant, double *seconds);

size_t clq_op_variant_total(const clq_op_family *family);

#endif
