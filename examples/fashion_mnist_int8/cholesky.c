/* SPDX-License-Identifier: Apache-2.0 */
#include "cholesky.h"

#include <math.h>
#include <stddef.h>

/* Four sums, so that an addition need not wait for the one before. */
static double dot(const double *x, const double *y, int n)
{
    double sums[4] = {0};
    int i = 0;
    for (; i + 4 <= n; i += 4) {
        for (int lane = 0; lane < 4; lane++) sums[lane] += x[i + lane] * y[i + lane];
    }
    for (; i < n; i++) sums[0] += x[i] * y[i];
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

static bool factor(double *a, int n)
{
    for (int i = 0; i < n; i++) {
        double *row = a + (ptrdiff_t)i * n;
        for (int j = 0; j < i; j++) {
            const double *other = a + (ptrdiff_t)j * n;
            row[j] = (row[j] - dot(row, other, j)) / other[j];
        }
        const double pivot = row[i] - dot(row, row, i);
        if (!(pivot > 0)) return false;
        row[i] = sqrt(pivot);
    }
    return true;
}

bool cholesky_solve(double *a, int n, double *b, int columns)
{
    if (!factor(a, n)) return false;
    for (int i = 0; i < n; i++) { /* L y = b */
        for (int c = 0; c < columns; c++) {
            double value = b[(ptrdiff_t)i * columns + c];
            for (int j = 0; j < i; j++) value -= a[(ptrdiff_t)i * n + j] * b[(ptrdiff_t)j * columns + c];
            b[(ptrdiff_t)i * columns + c] = value / a[(ptrdiff_t)i * n + i];
        }
    }
    for (int i = n - 1; i >= 0; i--) { /* L' x = y */
        for (int c = 0; c < columns; c++) {
            double value = b[(ptrdiff_t)i * columns + c];
            for (int j = i + 1; j < n; j++) value -= a[(ptrdiff_t)j * n + i] * b[(ptrdiff_t)j * columns + c];
            b[(ptrdiff_t)i * columns + c] = value / a[(ptrdiff_t)i * n + i];
        }
    }
    return true;
}
