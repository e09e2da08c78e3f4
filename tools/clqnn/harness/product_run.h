/* SPDX-License-Identifier: Apache-2.0 */
/* A product of any kind, with its data, run through the library: what the harnesses of integers, floats and bits share. Public headers only. */
#ifndef CLQ_PRODUCT_RUN_H
#define CLQ_PRODUCT_RUN_H

#include "gemm_case.h"
#include "host_bytes.h"
#include "verify_hold.h"

typedef struct clq_product_call {
    const clqnn_gemm_desc *desc;  /* complete but for `weights` and `variant` */
    clq_b_source b_source;
    bool sub_buffers, wait_list;  /* as of clq_gemm_case */
    bool residual_in_c;           /* c is its own residual, whose bytes are `residual`'s; else a residual with data is a buffer of its own */
    clq_host_bytes a, b, residual, row_scales;   /* data NULL: not given */
    clq_host_bytes c;             /* size and offset only */
    const unsigned char *written; /* c.size flags: 1 for each byte that belongs to an element of c */
    const void *problem;          /* whose these two are: */
    bool (*round_trip)(clqnn_context *context, const void *problem, const clqnn_gemm_desc *desc, clqnn_gemm_weights **weights, clq_verify_result *result); /* CLQ_B_PACKED */
    void (*compare)(const void *problem, const unsigned char *got, unsigned char poison, clq_verify_result *result);
} clq_product_call;

/* Creates the plan, checks that a query answers likewise, and runs it twice over differently poisoned outputs and workspaces: each result must pass `compare`,
 * and the second must be the first, bit for bit. `variant`: NULL for the library's choice. */
void clq_product_run(clqnn_context *context, const clq_product_call *call, const char *variant, clq_verify_result *result);

#endif
