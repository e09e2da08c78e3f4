/* SPDX-License-Identifier: Apache-2.0 */
/* The one float matrix product of the example, in plain C that compilers turn into vector code. */
#ifndef FLOAT_PRODUCT_H
#define FLOAT_PRODUCT_H

/* c[i][j] += sum_p a[p][i] * b[p][j]: the product of a transposed and b. a is depth x m, b depth x n, c m x n; `stride`s are floats between rows. */
typedef struct float_product {
    int m, n, depth;
    const float *a, *b;
    float *c;
    int a_stride, b_stride, c_stride;
} float_product;

void float_product_add(const float_product *product);

#endif
