/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn explain of the operators without weights: the functions of clq_operator. */
#ifndef CLQ_OPERATOR_EXPLAIN_H
#define CLQ_OPERATOR_EXPLAIN_H

#include "report_output.h"

/* `name`: the operator's, one that the benchmark knows; another one is refused with a message. */
void *clq_operator_explain_parse(const char *name, const char *shape, const char *types, char *message, size_t size);
int clq_operator_explain(clq_output *output, clqnn_context *context, void *call);
void clq_operator_explain_free(void *call);

#endif
