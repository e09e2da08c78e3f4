/* SPDX-License-Identifier: Apache-2.0 */
/* XNOR-Net's K map: clqnn/bits.h. The order of the sums is that of docs/numerics.md, "Bits". */
#include <float.h>
#include <math.h>

#include "clqnn/reference_pack.h"
#include "tensor_place.h"
#include "tensor_view.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

enum { PARTS = 16 };

/* The mean of |x| over the channels of the pixel at `index`, whose last entry is free. */
static float pixel_mean(const clq_place *x, const void *data, const int64_t *pixel)
{
    float sums[PARTS] = {0};
    int64_t index[4] = {pixel[0], pixel[1], pixel[2], 0};
    for (; index[3] < x->shape[3]; index[3]++) sums[index[3] % PARTS] += fabsf(clq_reference_load_float(x->type, data, clq_place_offset(x, index)));
    for (int reach = PARTS / 2; reach > 0; reach /= 2) {
        for (int i = 0; i < reach; i++) sums[i] += sums[i + reach];
    }
    return sums[0] / (float)x->shape[3];
}

clqnn_status clqnn_reference_window_mean(const clqnn_window_mean_desc *desc, const void *x_data, float *y_data)
{
    const clq_place x = clq_place_make(&desc->x), y = clq_place_make(&desc->y);
    int64_t at[CLQNN_MAX_RANK] = {0};
    do {
        float sum = 0.0f;
        for (int64_t i = 0; i < desc->kernel[0]; i++) {
            for (int64_t j = 0; j < desc->kernel[1]; j++) {
                const int64_t row = at[1] * (desc->stride[0] ? desc->stride[0] : 1) + i * (desc->dilation[0] ? desc->dilation[0] : 1) - desc->pad_begin[0];
                const int64_t column = at[2] * (desc->stride[1] ? desc->stride[1] : 1) + j * (desc->dilation[1] ? desc->dilation[1] : 1) - desc->pad_begin[1];
                const int64_t pixel[3] = {at[0], row, column};
                if (row >= 0 && row < x.shape[1] && column >= 0 && column < x.shape[2]) sum += pixel_mean(&x, x_data, pixel);
            }
        }
        y_data[clq_place_offset(&y, at)] = sum / (float)(desc->kernel[0] * desc->kernel[1]);
    } while (clq_place_next(3, y.shape, at));
    return CLQNN_OK;
}
