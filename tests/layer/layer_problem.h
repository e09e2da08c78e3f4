/* SPDX-License-Identifier: Apache-2.0 */
/* Small GEMMs, one for each way through the library: what is packed when, what prepares a, how many launches. Inputs are fixed; every step forwards the
 * first failure and nothing that it made outlives it. Makes no host allocation of its own. */
#ifndef CLQ_LAYER_PROBLEM_H
#define CLQ_LAYER_PROBLEM_H

#include <clqnn/clqnn.h>
#include <stdbool.h>

#define CLQ_LAYER_OUTPUT_BYTES 4096

typedef struct clq_layer_problem {
    const char *name;
    const char *variant;     /* NULL: chosen by the library */
    int64_t m, n, k;
    bool runtime_b, transposed_a;
    clqnn_dynamic dynamic;
    unsigned launches;       /* kernels of one enqueue */
    bool tried_cold;         /* also with programs that are built each time */
} clq_layer_problem;

extern const clq_layer_problem clq_layer_problems[];
extern const unsigned clq_layer_problem_count;

/* The plan of a problem, and one call of it with everything that it needs. */
typedef struct clq_layer_call {
    clqnn_context *context;
    clqnn_gemm *gemm;
    clqnn_gemm_args args;
    uint64_t c_bytes;
} clq_layer_call;

/* Plan, buffers, upload of the inputs. `weights` may be NULL. On failure, too, clq_layer_call_end is due. */
clqnn_status clq_layer_call_begin(clq_layer_call *call, clqnn_context *context, const clq_layer_problem *problem, clqnn_gemm_weights *weights);
void clq_layer_call_end(clq_layer_call *call);

/* begin, enqueue on the default queue, finish, download, end. `output` is cleared and then receives c. */
clqnn_status clq_layer_multiply(clqnn_context *context, const clq_layer_problem *problem, clqnn_gemm_weights *weights, unsigned char output[CLQ_LAYER_OUTPUT_BYTES]);

/* Packs the first problem's b, serialises, deserialises, unpacks, multiplies with the copy. `output` also receives what was unpacked. */
clqnn_status clq_layer_round_trip(clqnn_context *context, unsigned char output[CLQ_LAYER_OUTPUT_BYTES]);

#endif
