/* SPDX-License-Identifier: Apache-2.0 */
/* Small GEMMs, convolutions and operators, one for each way through the library: what is packed when, what prepares a, how many launches. Inputs are fixed; every step forwards the
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
    bool floats;             /* a GEMM of f32 with a residual and an activation */
    bool bits;               /* b1 x b1, k a multiple of 32: a GEMM to f32 with a residual and row scales, or a convolution to s8 */
    bool convolution;        /* m pixels in a row, k to n channels, a kernel of `taps`, a residual; else a GEMM */
    bool channels_first;     /* x of a convolution */
    int64_t taps;
    bool sequence;           /* the GEMM twice, as a sequence */
    bool conversion;         /* m x n floats to u8 with a scale for each column: an operator with tables; else a GEMM */
    unsigned launches;       /* kernels of one enqueue on an out-of-order queue */
    bool tried_cold;         /* also with programs that are built each time */
} clq_layer_problem;

extern const clq_layer_problem clq_layer_problems[];
extern const unsigned clq_layer_problem_count;

/* False where the device does not have the variant that the problem names: those of convolutions may be a CPU's. */
bool clq_layer_problem_fits(clqnn_context *context, const clq_layer_problem *problem);

/* The plan of a problem, and one call of it with everything that it needs. */
typedef struct clq_layer_call {
    clqnn_context *context;
    clqnn_gemm *gemm;        /* or */
    clqnn_conv *conv;        /* or */
    clqnn_op *op;
    clqnn_sequence *sequence; /* of `gemm`; or NULL */
    clqnn_gemm_args args;    /* of a convolution: a is x, b the residual, c y; of an operator: a is x, c y */
    uint64_t c_bytes;
} clq_layer_call;

/* Packed weights of a GEMM or a convolution, or none. */
typedef struct clq_layer_weights {
    clqnn_gemm_weights *gemm;
    clqnn_conv_weights *conv;
} clq_layer_weights;

/* Plan, buffers, upload of the inputs. `weights` may be NULL. On failure, too, clq_layer_call_end is due. */
clqnn_status clq_layer_call_begin(clq_layer_call *call, clqnn_context *context, const clq_layer_problem *problem, const clq_layer_weights *weights);
clqnn_status clq_layer_call_enqueue(const clq_layer_call *call, struct _cl_command_queue *queue, struct _cl_event **event);
void clq_layer_call_end(clq_layer_call *call);

/* begin, enqueue on the default queue, finish, download, end. `output` is cleared and then receives c. */
clqnn_status clq_layer_multiply(clqnn_context *context, const clq_layer_problem *problem, const clq_layer_weights *weights,
                                unsigned char output[CLQ_LAYER_OUTPUT_BYTES]);

/* Packs the problem's weights, serialises, deserialises, unpacks, multiplies with the copy. `output` also receives what was unpacked. */
clqnn_status clq_layer_round_trip(clqnn_context *context, const clq_layer_problem *problem, unsigned char output[CLQ_LAYER_OUTPUT_BYTES]);

#endif
