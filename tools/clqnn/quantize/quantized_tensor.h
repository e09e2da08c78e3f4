/* SPDX-License-Identifier: Apache-2.0 */
/* One tensor of floats, and what quantizing makes of it. */
#ifndef CLQ_QUANTIZED_TENSOR_H
#define CLQ_QUANTIZED_TENSOR_H

#include "quantize_plan.h"
#include "safetensors.h"

#define CLQ_QUANTIZE_MESSAGE 512

/* A tensor of floats. `device` is how the operators see it: with channels or groups [outer][axis][inner], else one dimension. */
typedef struct clq_float_tensor {
    const clq_safetensors_tensor *stored;
    clqnn_tensor device;
    int32_t axis;            /* in the stored shape; 0 with one scale a tensor */
    int64_t count, slots;
    float *values;           /* as binary32, exactly; owned */
    float low, high;         /* the extremes */
} clq_float_tensor;

/* f32, f16 or bf16, and not empty? */
bool clq_float_tensor_is(const clq_safetensors_tensor *stored);

/* Fills `tensor`. CLQNN_INVALID_ARGUMENT with a message that names the tensor: an axis that it lacks, NaN or infinite values, groups longer than the axis. */
clqnn_status clq_float_tensor_make(const clq_safetensors_tensor *stored, clqnn_granularity granularity, int32_t axis, int64_t block, clq_float_tensor *tensor,
                                   char message[CLQ_QUANTIZE_MESSAGE]);
void clq_float_tensor_free(clq_float_tensor *tensor);

/* What is stored of a quantized tensor, and what is known of it. Blocks are owned. */
typedef struct clq_quantized_tensor {
    char type[8];                    /* of a code: "s8", "u4", "b1", "po3" */
    clq_safetensors_dtype dtype;     /* I8, U8: of 8 bits, in the tensor's shape; U8: codes of less bits, one after the other, low bits first; U32: bit planes */
    void *codes;
    size_t code_bytes;
    float *scales;                   /* NULL: the scale is 1 */
    int64_t scale_count;             /* the slots, or 1 */
    signed char *zero_points;        /* the slots, of the codes' signedness; NULL: 0 */
    float *dequantized;
    float clip_low, clip_high;       /* the extremes of what codes could stand for */
} clq_quantized_tensor;

void clq_quantized_tensor_free(clq_quantized_tensor *quantized);

/* Codes of a byte each become `bits` bits each, element i in bits i * bits .. of the stream, low bits first; the rest of the last byte is 0. In place. Returns
 * the bytes used. */
size_t clq_pack_codes(unsigned char *codes, int64_t count, int32_t bits);

/* 10 log10(sum x^2 / sum (x - y)^2). +infinity where no y differs; 0 over 0 counts as that. */
double clq_signal_to_noise(const float *x, const float *y, int64_t count);

#endif
