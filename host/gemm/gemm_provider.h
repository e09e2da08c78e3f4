/* SPDX-License-Identifier: Apache-2.0 */
/* Products that are not of integers stand behind the same descriptor, plan, weights and blobs as an object of this kind each: the public functions walk
 * clq_gemm_providers and hand over what one of them means. Their plans are operators (host/op); calls of those are the same for all. */
#ifndef CLQ_GEMM_PROVIDER_H
#define CLQ_GEMM_PROVIDER_H

#include "gemm/gemm_plan.h"

typedef struct clq_gemm_provider {
    /* Whether a descriptor asks for such a product. `desc` is of full size, here and below, and a copy that these may complete. */
    bool (*is_meant)(const clqnn_gemm_desc *desc);

    clqnn_status (*create)(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm **gemm);
    clqnn_status (*query)(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm_info *info);
    clqnn_status (*candidates)(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm_candidate *list, size_t capacity, size_t *count);

    /* ---- Weights; of those with this provider. Pointers of the public functions are checked before ---- */
    clqnn_status (*pack)(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm_weights **weights);
    const char *(*layout_name)(const clqnn_gemm_weights *weights);
    clqnn_status (*unpack)(const clqnn_gemm_weights *weights, void *data, size_t capacity);
    clqnn_status (*serialize)(const clqnn_gemm_weights *weights, void *data, size_t capacity, size_t *size);
    bool (*is_blob)(const void *data, size_t size);   /* whether bytes start as such a blob does */
    clqnn_status (*deserialize)(clqnn_context *context, const void *data, size_t size, clqnn_gemm_weights **weights);
} clq_gemm_provider;

extern const clq_gemm_provider clq_gemm_mixed_provider, clq_gemm_bits_provider;

/* Who provides what a descriptor asks for, or what such a blob holds; NULL: the products of integers. */
const clq_gemm_provider *clq_gemm_provider_of(const clqnn_gemm_desc *desc);
const clq_gemm_provider *clq_gemm_provider_of_blob(const void *data, size_t size);

/* ---- What providers share ---- */

/* An empty plan of the provider. */
clqnn_status clq_gemm_allocate_for(clqnn_context *context, const clq_gemm_provider *provider, clqnn_gemm **gemm);

/* Every variant of the family, ranked, as clqnn_gemm_candidates writes them. */
struct clq_op_family;
clqnn_status clq_gemm_list_candidates(const clqnn_context *context, const struct clq_op_family *family, const void *problem, const char *wanted,
                                      clqnn_gemm_candidate *list, size_t capacity, size_t *count);

/* What clqnn_gemm_describe says of a provider's plan. */
void clq_gemm_op_describe(const clqnn_gemm *gemm, clqnn_gemm_info *info);

/* Calls of such a plan that launches anything. */
clqnn_status clq_gemm_op_enqueue(const clqnn_gemm *gemm, cl_command_queue queue, const clqnn_gemm_args *args, uint32_t wait_count, const cl_event *wait,
                                 cl_event *event);
clqnn_status clq_gemm_op_check_args(const clqnn_gemm *gemm, const clqnn_gemm_args *args);

#endif
