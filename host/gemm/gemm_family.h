/* SPDX-License-Identifier: Apache-2.0 */
/* Products of other numbers than 8-bit integers. Each kind is one const object: an operator family (host/op) behind the descriptor, plans, weights and blobs
 * of clqnn/gemm.h, whose functions hand over what is of its kind. */
#ifndef CLQ_GEMM_FAMILY_H
#define CLQ_GEMM_FAMILY_H

#include "gemm/gemm_plan.h"

typedef struct clq_gemm_family {
    /* Whether a descriptor asks for this kind. `desc` is a copy of full size, here and below, which the others may complete. */
    bool (*is_meant)(const clqnn_gemm_desc *desc);

    clqnn_status (*create)(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm **gemm);
    clqnn_status (*query)(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm_info *info);
    clqnn_status (*candidates)(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm_candidate *list, size_t capacity, size_t *count);

    /* ---- Weights, which carry their kind. Pointers of the public functions are checked before ---- */
    clqnn_status (*pack)(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm_weights **weights);
    const char *(*layout_name)(const clqnn_gemm_weights *weights);
    clqnn_status (*unpack)(const clqnn_gemm_weights *weights, void *data, size_t capacity);
    clqnn_status (*serialize)(const clqnn_gemm_weights *weights, void *data, size_t capacity, size_t *size);
    bool (*is_blob)(const void *data, size_t size);   /* whether bytes start as such a blob does */
    clqnn_status (*deserialize)(clqnn_context *context, const void *data, size_t size, clqnn_gemm_weights **weights);
} clq_gemm_family;

/* X(symbol): one line a kind; its object is clq_gemm_of_<symbol>. */
#define X(symbol) extern const clq_gemm_family clq_gemm_of_##symbol;
#include "gemm/gemm_families.def"
#undef X

/* The kind that a descriptor asks for, the kind that such a blob holds; NULL: 8-bit integers, or nothing known. */
const clq_gemm_family *clq_gemm_family_of(const clqnn_gemm_desc *desc);
const clq_gemm_family *clq_gemm_family_of_blob(const void *data, size_t size);

/* ---- What all kinds do alike ---- */

/* An empty plan of this kind. */
clqnn_status clq_gemm_allocate_for(clqnn_context *context, const clq_gemm_family *family, clqnn_gemm **gemm);

/* Every variant of the family, ranked, as clqnn_gemm_candidates writes them. */
struct clq_op_family;
clqnn_status clq_gemm_list_candidates(const clqnn_context *context, const struct clq_op_family *family, const void *problem, const char *wanted,
                                      clqnn_gemm_candidate *list, size_t capacity, size_t *count);

/* What clqnn_gemm_describe says of such a plan. */
void clq_gemm_op_describe(const clqnn_gemm *gemm, clqnn_gemm_info *info);

/* Calls of a plan that launches anything. */
clqnn_status clq_gemm_op_enqueue(const clqnn_gemm *gemm, cl_command_queue queue, const clqnn_gemm_args *args, uint32_t wait_count, const cl_event *wait,
                                 cl_event *event);
clqnn_status clq_gemm_op_check_args(const clqnn_gemm *gemm, const clqnn_gemm_args *args);

#endif
