/* SPDX-License-Identifier: Apache-2.0 */
/* Runs one case file on a device. */
#ifndef CLQ_CHECK_CASE_H
#define CLQ_CHECK_CASE_H

#include "case/case_file.h"

typedef enum clq_case_verdict { CLQ_CASE_OK, CLQ_CASE_DIFFERS, CLQ_CASE_SKIPPED } clq_case_verdict;

/* A GEMM as it is. A dynamic quantization: the reference must give y, scale and zero point, and the device, multiplying by an identity matrix under dynamic
 * quantization, must give scale * (y - zero_point) of every element. `message`: "first difference at ..", the reason of a skip, or which call failed;
 * for an OK case what is worth a note, often empty. */
clq_case_verdict clq_check_case(clqnn_context *context, const char *path, char *message, size_t capacity);

#endif
