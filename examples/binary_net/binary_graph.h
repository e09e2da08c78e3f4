/* SPDX-License-Identifier: Apache-2.0 */
/* A network whose convolutions are binary but for the first and the last: a table of tensors and one of steps, with seeded parameters. One image. Every step is
 * one call of the library, and all of them are exact, so that a network's result is one string of bytes. */
#ifndef BINARY_GRAPH_H
#define BINARY_GRAPH_H

#include <stdbool.h>

#include "clqnn/clqnn.h"
#include "network_graph.h"
#include "network_random.h"

#define BINARY_NONE (-1)
#define BINARY_MAX_TENSORS 112
#define BINARY_MAX_STEPS 112
#define BINARY_MAX_INPUTS 3

typedef struct binary_tensor {
    clqnn_type type;                          /* b1, s8, u8 or f32 */
    int64_t height, width, channels;          /* channels last; a K map has one channel */
    float scale;                              /* of s8 and u8; zero_point too */
    int32_t zero_point;
} binary_tensor;

typedef enum binary_kind { BINARY_CONV, BINARY_POOL, BINARY_CONVERT, BINARY_SIGN, BINARY_MEAN } binary_kind;

typedef struct binary_step {
    char name[32];
    binary_kind kind;
    int x, residual, row_scales, y;           /* tensors, or BINARY_NONE */
    int64_t kernel, stride, padding;
    bool is_average;                          /* of a pool: over the whole image */
    void *weights;                            /* OHWI; b1 or s8 as x is */
    float *scales;                            /* of the weights, one for each output channel: a binary convolution's alpha */
    float *biases;                            /* of a float y: one for each output channel */
    float *sign_thresholds;                   /* of signs: one for each channel */
    int32_t *sum_thresholds, *directions;     /* of a binary y: a batch norm and a sign, folded */
} binary_step;

typedef struct binary_graph {
    binary_tensor tensors[BINARY_MAX_TENSORS];
    binary_step steps[BINARY_MAX_STEPS];
    int tensor_count, step_count;
    uint64_t seed;
    bool is_short_of_memory;                  /* some parameters are missing: the graph is of no use */
} binary_graph;

typedef void (*binary_builder)(binary_graph *graph, const network_size *size);

void binary_graph_free(binary_graph *graph);

/* Bytes of a tensor: rows of bits take whole words. */
size_t binary_bytes(const binary_tensor *tensor);

/* Multiplications of a convolution. */
double binary_products(const binary_graph *graph, const binary_step *step);

/* ---- Building: each adds a step and gives its output's tensor. ---- */

int binary_add_image(binary_graph *graph, int64_t image, int64_t channels);

/* What a convolution is, beside its input. */
typedef struct binary_conv {
    const char *name;
    int64_t channels, kernel, stride, padding;
    int residual, row_scales;
    clqnn_type y_type;                        /* of a binary x: f32 or b1; of s8 and u8: s8 or f32 */
} binary_conv;

/* Binary where x is of b1. */
int binary_add_conv(binary_graph *graph, int x, const binary_conv *conv);
int binary_add_max_pool(binary_graph *graph, const char *name, int x, int64_t kernel, int64_t stride, int64_t padding);
int binary_add_global_average(binary_graph *graph, const char *name, int x);

/* To s8, or from it to f32. */
int binary_add_quantize(binary_graph *graph, const char *name, int x, float scale);
int binary_add_dequantize(binary_graph *graph, const char *name, int x);

/* Bits of x less a threshold of each channel; and the mean magnitude under each window of a convolution. */
int binary_add_sign(binary_graph *graph, const char *name, int x);
int binary_add_mean(binary_graph *graph, const char *name, int x, const binary_conv *conv);

#endif
