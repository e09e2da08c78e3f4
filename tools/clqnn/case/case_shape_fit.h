/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLQNN_CASE_SHAPE_FIT_H
#define CLQNN_CASE_SHAPE_FIT_H

#include "case_internal.h"
#include "case_shape.h"

/* CLQNN_CORRUPT_DATA where tensors contradict the call, CLQNN_UNSUPPORTED for what this version lacks; shapes only. */
clqnn_status clq_case_fit_pool(const clqnn_pool_desc *desc, clq_case_report report);
clqnn_status clq_case_fit_concat(const clqnn_concat_desc *desc, clq_case_report report);
clqnn_status clq_case_fit_softmax(const clqnn_softmax_desc *desc, clq_case_report report);
clqnn_status clq_case_fit_reduce(const clqnn_reduce_desc *desc, clq_case_report report);
clqnn_status clq_case_fit_resize(const clqnn_resize_desc *desc, clq_case_report report);

/* Both 8 bits; of one type unless they may mix. */
clqnn_status clq_case_fit_types(const clqnn_tensor *x, const clqnn_tensor *y, bool may_mix, clq_case_report report);

#endif
