/* SPDX-License-Identifier: Apache-2.0 */
/* Case files of dynamic quantization. The contract: check_case.h. */
#ifndef CLQ_CHECK_DYNAMIC_H
#define CLQ_CHECK_DYNAMIC_H

#include "check_case.h"

clq_case_verdict clq_check_dynamic_case(clqnn_context *context, clq_case *file, char *message, size_t capacity);

#endif
