/* SPDX-License-Identifier: Apache-2.0 */
/* The derivatives of Banner's expected squared error (clqnn/quantizer.h) have one root above 0; it is bisected for. */
#include <math.h>

#include "clqnn/quantizer.h"
#include "core/message.h"

#define SQRT_HALF 0.70710678118654752440
#define TWO_OVER_PI 0.63661977236758134308
#define HIGHEST 64.0          /* the root of 9 bits is near 11 */
#define BISECTIONS 80

/* Negative below the root, positive above. */
static double gaussian_slope(double a, double levels_squared)
{
    return a * erfc(a * SQRT_HALF) - sqrt(TWO_OVER_PI) * exp(-0.5 * a * a) + a / (3.0 * levels_squared);
}

static double laplace_slope(double a, double levels_squared)
{
    return a / (3.0 * levels_squared) - exp(-a);
}

clqnn_status clqnn_analytic_clip(clqnn_range_method method, int32_t bits, double *clip)
{
    if (!clip) return clq_fail(CLQNN_INVALID_ARGUMENT, "clip is NULL");
    if (bits < 1 || bits > 9) return clq_fail(CLQNN_INVALID_ARGUMENT, "bits is %d, must be in 1..9", (int)bits);
    if (method != CLQNN_RANGE_GAUSSIAN && method != CLQNN_RANGE_LAPLACE) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "method is %d, must be %d (Gaussian) or %d (Laplace)", (int)method, CLQNN_RANGE_GAUSSIAN, CLQNN_RANGE_LAPLACE);
    }
    const double levels_squared = ldexp(1.0, 2 * bits);
    double low = 0.0, high = HIGHEST;
    for (int i = 0; i < BISECTIONS; i++) {
        const double middle = 0.5 * (low + high);
        const double slope = method == CLQNN_RANGE_GAUSSIAN ? gaussian_slope(middle, levels_squared) : laplace_slope(middle, levels_squared);
        if (slope < 0.0) low = middle;
        else high = middle;
    }
    *clip = 0.5 * (low + high);
    return CLQNN_OK;
}
