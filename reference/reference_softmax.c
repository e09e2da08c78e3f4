/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn_reference_softmax, and the two functions that its definition is made of. */
#include <float.h>
#include <math.h>
#include <stddef.h>

#include "clqnn/reference.h"
#include "clqnn/reference_shape.h"
#include "softmax_fixed.h"
#include "tensor_place.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

void clqnn_reference_exp_table(float scale, uint32_t table[256])
{
    for (int d = 0; d < 256; d++) table[d] = (uint32_t)rint(ldexp(exp(-(double)scale * d), 31));
}

/* s = 2^31 * 2^whole * (1 + fraction), fraction of 32 bits. ln s by whole * ln 2, a table of ln(1 + i / 256), and two terms of the series for what
 * remains, r < 2^-8: the third would be below 2^-25. Every shift rounds down. */
int64_t clqnn_reference_log_q40(uint64_t s)
{
    int whole = 0;
    while (s >> whole > UINT64_C(0xffffffff)) whole++;
    const uint64_t mantissa = whole ? s >> whole : s;         /* 2^31 .. 2^32 - 1 */
    const uint64_t part = (mantissa >> 23) - 256;              /* 0 .. 255 */
    const uint64_t head = (part + 256) << 23, rest = mantissa - head;
    const int64_t r = (int64_t)((rest << 32) / head);          /* 2^32 * remainder, below 2^24 */
    const int64_t series = (r << 8) - (r * r >> 25);           /* 2^40 * (r - r^2 / 2) */
    return whole * CLQNN_REFERENCE_LN2_Q40 + (int64_t)rint(ldexp(log1p((double)part / 256.0), 40)) + series;
}

/* What a distance from the largest is worth. */
typedef struct exponentials {
    uint32_t value[256], term[256];   /* term: in the sum */
} exponentials;

static void fill(const clqnn_softmax_desc *desc, float scale, exponentials *e)
{
    int32_t fixed[256];
    clqnn_reference_exp_table(scale, e->value);
    if (desc->rounding != CLQNN_FLOAT_EVEN) clq_softmax_fixed_table(desc, fixed);
    for (int d = 0; d < 256; d++) {
        if (desc->rounding != CLQNN_FLOAT_EVEN) e->value[d] = (uint32_t)fixed[d];
        e->term[d] = desc->rounding != CLQNN_FLOAT_EVEN ? (uint32_t)clq_softmax_fixed_term(fixed[d]) : e->value[d];
    }
}

static int32_t element(const clqnn_softmax_desc *desc, const clq_place *x, const clq_place *y, const exponentials *e, int32_t d, uint64_t sum)
{
    if (desc->rounding != CLQNN_FLOAT_EVEN) return clq_softmax_fixed_element((int32_t)e->value[d], sum) + y->low;
    if (desc->is_log) {
        const float log_sum = (float)clqnn_reference_log_q40(sum) * 0x1p-40f;
        const float below = x->scale * (float)d;
        const float real = below + log_sum;
        return clqnn_reference_quantize(-real, y->scale, y->zero_point, y->low, y->high);
    }
    const float divisor = (float)sum * y->scale;
    return clqnn_reference_quantize((float)e->value[d], divisor, y->zero_point, y->low, y->high);
}

clqnn_status clqnn_reference_softmax(const clqnn_softmax_desc *desc, const void *x_data, void *y_data)
{
    if (!desc || !x_data || !y_data) return CLQNN_INVALID_ARGUMENT;
    const clq_place x = clq_place_make(&desc->x), y = clq_place_make(&desc->y);
    const int32_t axis = clq_place_axis(&x, desc->axis);
    const int64_t length = x.shape[axis];
    int64_t outer[CLQNN_MAX_RANK], index[CLQNN_MAX_RANK] = {0};
    exponentials e;
    for (int32_t i = 0; i < x.rank; i++) outer[i] = i == axis ? 1 : x.shape[i];
    fill(desc, x.scale, &e);
    do {
        const int64_t from = clq_place_offset(&x, index), to = clq_place_offset(&y, index);
        int32_t largest = INT32_MIN;
        uint64_t sum = 0;
        for (int64_t i = 0; i < length; i++) {
            const int32_t value = clq_place_load(&x, x_data, from + i * x.strides[axis]);
            if (value > largest) largest = value;
        }
        for (int64_t i = 0; i < length; i++) sum += e.term[largest - clq_place_load(&x, x_data, from + i * x.strides[axis])];
        for (int64_t i = 0; i < length; i++) {
            const int32_t d = largest - clq_place_load(&x, x_data, from + i * x.strides[axis]);
            clq_place_store(&y, y_data, to + i * y.strides[axis], element(desc, &x, &y, &e, d, sum));
        }
    } while (clq_place_next(x.rank, outer, index));
    return CLQNN_OK;
}
