/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn explain gemm: the three functions of clq_operator. */
#ifndef CLQ_GEMM_EXPLAIN_H
#define CLQ_GEMM_EXPLAIN_H

#include "report_output.h"

void *clq_gemm_explain_parse(const char *shape, const char *types, char *message, size_t size);
int clq_gemm_explain(clq_output *output, clqnn_context *context, void *call);
void clq_gemm_explain_free(void *call);

#endif
