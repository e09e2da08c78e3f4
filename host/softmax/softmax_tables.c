/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "softmax/softmax_problem.h"

void clq_softmax_fill_tables(float x_scale, void *tables)
{
    uint32_t *exponentials = tables;
    int64_t *logarithms = (int64_t *)(void *)((unsigned char *)tables + SOFTMAX_EXP_BYTES);
    for (int i = 0; i < 256; i++) {
        exponentials[i] = (uint32_t)rint(ldexp(exp(-(double)x_scale * i), 31));
        logarithms[i] = (int64_t)rint(ldexp(log1p(i / 256.0), 40));
    }
}
