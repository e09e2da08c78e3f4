/* SPDX-License-Identifier: Apache-2.0 */
/* A oneDNN primitive for a problem of the benchmark. */
#ifndef CLQ_ONEDNN_PRIMITIVE_H
#define CLQ_ONEDNN_PRIMITIVE_H

#include <dnnl.h>

#include "peer.h"

typedef struct clq_onednn_primitive {
    dnnl_primitive_desc_t description; /* the caller destroys it */
    dnnl_memory_desc_t plain_weights;  /* the problem's weights as they lie */
    bool of_values;                    /* of a product of floats: it takes a and b widened to f32 and gives f32; else it takes them as they are */
} clq_onednn_primitive;

/* False where oneDNN has none. Of bf16 by bf16 oneDNN's bf16 primitive, of other floats, and where this CPU has none, that of f32. */
bool clq_onednn_matmul(const clq_bench_problem *problem, dnnl_engine_t engine, clq_onednn_primitive *made);
bool clq_onednn_conv(const clq_bench_problem *problem, dnnl_engine_t engine, clq_onednn_primitive *made);

/* dnnl_data_type_undef where there is none. */
dnnl_data_type_t clq_onednn_type(clqnn_type type);

/* The quantization of the operands as attributes: output scales stand for sa * sb[n] / sc along the output's dimension `axis`. */
typedef struct clq_onednn_quantization {
    const clqnn_quantization *a, *b, *c;
    int axis;
} clq_onednn_quantization;

/* NULL on failure. */
dnnl_primitive_attr_t clq_onednn_attributes(const clq_onednn_quantization *quantization);

#endif
