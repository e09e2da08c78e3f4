/* SPDX-License-Identifier: Apache-2.0 */
/* Inference: the network's codes in the library's integer, bit and float kernels, as one sequence of calls on batches of images.
 *
 * A block is a convolution to u8 codes at once, where weights and activations have 8 bits; else to floats, which are quantized behind it: low-bit sums are
 * coarse, and a bias rounded to their unit would move the steps of the quantizer. Then the pool, of codes; then bit planes, where the next layer multiplies those. */
#ifndef CODE_NETWORK_H
#define CODE_NETWORK_H

#include <clqnn/sequence.h>

#include "layer_codes.h"

enum { CODE_MAX_CALLS = 5 * NET_MAX_BLOCKS + 4, CODE_MAX_BUFFERS = CODE_MAX_CALLS + 4, CODE_KERNEL_TEXT = 256 };

/* What lies between two calls, dense, channels last. */
typedef struct code_tensor {
    struct _cl_mem *memory;
    clqnn_type type;
    float scale;                     /* of integers and planes */
    int64_t height, width, channels;
} code_tensor;

/* One plan with its arguments, which the sequence copies. */
typedef struct code_call {
    clqnn_conv *conv;
    clqnn_gemm *gemm;
    clqnn_op *op;
    clqnn_conv_args conv_args;
    clqnn_gemm_args gemm_args;
    clqnn_op_args op_args;
    clqnn_region x, y;
} code_call;

typedef struct code_network {
    clqnn_context *context;
    const network_codes *codes;      /* while it is made */
    int batch;
    clqnn_type storage;              /* of float activations and weights: f32, f16, bf16 */
    code_call calls[CODE_MAX_CALLS];
    int call_count;
    struct _cl_mem *buffers[CODE_MAX_BUFFERS];
    int buffer_count;
    struct _cl_mem *pixels, *logits;
    clqnn_sequence *sequence;
    char kernels[CODE_KERNEL_TEXT];  /* variants of convolutions and products that run, each once */
} code_network;

/* On failure says why and frees everything. */
bool code_network_create(clqnn_context *context, const network_codes *codes, int batch, clqnn_type storage, code_network *network);
void code_network_free(code_network *network);

/* logits[count][10] of `count` images, a multiple of the batch; seconds from pixels to logits on the host. Blocks. */
bool code_network_run(const code_network *network, const uint8_t *pixels, int count, float *logits, double *seconds);

/* ---- For code_blocks.c and code_calls.c ---- */

/* Appends calls that read x and write a new buffer: y, of which type, scale and sizes are set. */
bool code_add_conv(code_network *network, const clqnn_conv_desc *desc, const code_tensor *x, const code_tensor *residual, code_tensor *y);
bool code_add_gemm(code_network *network, const clqnn_gemm_desc *desc, const code_tensor *x, code_tensor *y);
bool code_add_convert(code_network *network, const code_tensor *x, code_tensor *y);
bool code_add_pack(code_network *network, const code_tensor *x, code_tensor *y);
bool code_add_unpack(code_network *network, const code_tensor *x, code_tensor *y);
bool code_add_pool(code_network *network, const code_tensor *x, code_tensor *y);

/* Block i, from x to what the next layer reads; and the fully connected layer. */
bool code_add_block(code_network *network, int i, const code_tensor *x, code_tensor *y);
bool code_add_dense(code_network *network, const code_tensor *x, code_tensor *y);

#endif
