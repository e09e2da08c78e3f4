/* SPDX-License-Identifier: Apache-2.0 */
/* Linear equations with a symmetric positive definite matrix. */
#ifndef CHOLESKY_H
#define CHOLESKY_H

#include <stdbool.h>

/* Solves a x = b for `columns` right sides at once. a: n x n, its lower triangle is read and overwritten by the factor L (a = L L'); b: n x columns,
 * row-major, overwritten by x. False: a is not positive definite. */
bool cholesky_solve(double *a, int n, double *b, int columns);

#endif
