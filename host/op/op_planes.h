/* SPDX-License-Identifier: Apache-2.0 */
/* Validated tensors of bit planes (clqnn/bits.h has their layout). Pure. */
#ifndef CLQ_OP_PLANES_H
#define CLQ_OP_PLANES_H

#include "op/op_family.h"

#define CLQ_PLANES_GROUP 32   /* values of a group: bits of a word */

/* Kinds of types; bits of a set. */
enum { CLQ_PLANES_B1 = 1, CLQ_PLANES_T2 = 2, CLQ_PLANES_PU = 4, CLQ_PLANES_PS = 8, CLQ_PLANES_PO = 16, CLQ_PLANES_ALL = 31 };

/* The kind of a type, 0 for one that is not of bit planes. */
int clq_planes_kind(clqnn_type type);

/* Checks type (a kind of the set `kinds`), rank (1 or more), shape and strides; not the quantization. `is_result`: elements must not overlap. Of the result
 * strides and span count values; the span is whole groups; is_dense: rows follow one another without a gap. */
clqnn_status clq_planes_resolve(const char *name, const clqnn_tensor *given, int kinds, bool is_result, clq_tensor *tensor);

/* One scale, and of pu and ps one zero point within the type's range. */
clqnn_status clq_planes_check_quantization(const char *name, const clqnn_tensor *given);

/* The range of an integer that bits stand for: codes of pu and ps, the unsigned q of po. */
void clq_planes_range(clqnn_type type, int32_t *low, int32_t *high);

/* Groups of a row. */
int64_t clq_planes_groups(const clq_tensor *tensor);

/* As clq_op_add_input and clq_op_add_output, of whole words. */
clqnn_status clq_planes_add_input(clq_op_signature *signature, const char *name, const clq_tensor *tensor);
clqnn_status clq_planes_add_output(clq_op_signature *signature, const char *name, const clq_tensor *tensor);

#endif
