/* SPDX-License-Identifier: Apache-2.0 */
/* The data that the library and all its peers are timed on: random, one seed, dense row-major. */
#ifndef CLQ_BENCH_PROBLEM_H
#define CLQ_BENCH_PROBLEM_H

#include "bench_shape.h"
#include "clqnn/conv.h"
#include "clqnn/gemm.h"
#include "operator_call.h"

struct _cl_context;
struct _cl_device_id;

/* Of a convolution a is x, b the weights, c is y: images have their channels last, weights are [o][taps][i]. */
typedef struct clq_bench_problem {
    clq_bench_op op;
    clq_gemm_shape shape;      /* CLQ_BENCH_GEMM */
    clq_conv_shape conv;       /* CLQ_BENCH_CONV */
    int64_t conv_output[CLQNN_MAX_SPATIAL];
    clq_operator_call *call;   /* operators without weights: all of the problem but types, bytes and operations */
    clq_gemm_types types;
    clqnn_conv_desc conv_desc; /* as desc, a scale for each output channel */
    clqnn_gemm_desc desc;      /* points into this object. s32 output: the plain product. 8-bit output: zero points of a and c, a scale each for a and c, a
                                  scale for each column of b, s32 bias. Float output: a scale for each column of b. Float a: dynamic, u8, a range a row.
                                  Products of floats: see float_problem.h, convolutions: float_conv_problem.h; of bits: bits_bench_problem.h */
    void *a, *b;
    size_t a_bytes, b_bytes, c_bytes;
    float *b_scales, a_scale, c_scale;
    int32_t *bias, a_zero, c_zero;
    bool floats;               /* a product or convolution of floats, or of floats by integers with groups */
    bool bits;                 /* a product or convolution of bits, or of weights of b1 and t2: bits_bench_problem.h */
    void *group_scales;        /* of groups: of desc.groups.scale_type, [groups][n] */
    uint8_t *group_zeros;      /* of groups of an unsigned b: [groups][n]; else NULL */
    float *a_values, *b_values;/* what a and b mean, for peers that take floats: clq_float_problem_widen */
    struct _cl_context *opencl_context; /* the library's, for peers on the same device; NULL: none */
    struct _cl_device_id *opencl_device;
    size_t copies;             /* how many copies of the weights a measurement rotates over; 1: the same weights in every call */
    double operations;         /* two a multiply-add; of operators without weights one an element of the output */
    double bytes;              /* all inputs and the output, each once */
} clq_bench_problem;

/* False, with a reason, where the types are none that the library has or memory ran out. */
bool clq_bench_problem_create(const clq_bench_shape *shape, const clq_gemm_types *types, clq_bench_problem *problem, char *message, size_t size);
void clq_bench_problem_destroy(clq_bench_problem *problem);

#endif
