/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn explain of the operators that the benchmark knows: the functions of clq_operator. */
#ifndef CLQ_PROBLEM_EXPLAIN_H
#define CLQ_PROBLEM_EXPLAIN_H

#include "report_output.h"

void *clq_gemm_explain_parse(const char *name, const char *shape, const char *types, char *message, size_t size);
void *clq_conv_explain_parse(const char *name, const char *shape, const char *types, char *message, size_t size);
int clq_problem_explain(clq_output *output, clqnn_context *context, void *problem);
void clq_problem_explain_free(void *problem);

#endif
