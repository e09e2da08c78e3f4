/* SPDX-License-Identifier: Apache-2.0 */
/* Softmax with cross-entropy: the formulas of clqnn/train_layers.h. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference_train_layers.h"
#include "row_sums.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

#define LN2_HIGH 0.693359375f
#define LN2_LOW -2.12194440e-4f

/* t = k ln 2 + r, and a polynomial for exp(r). */
float clqnn_reference_entropy_exp(float t)
{
    static const float c[] = {1.9875691500e-4f, 1.3981999507e-3f, 8.3334519073e-3f, 4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f};
    if (isnan(t)) return t;
    if (t < -87.0f) return 0.0f;
    const float k = nearbyintf(t * 1.44269504088896341f), r = (t - k * LN2_HIGH) - k * LN2_LOW;
    float q = c[0];
    for (int i = 1; i < 6; i++) q = q * r + c[i];
    q = (q * (r * r) + r) + 1.0f;
    return ldexpf(q, (int)k);
}

/* s = 2^e (1 + f), and a polynomial for ln(1 + f). */
float clqnn_reference_entropy_log(float s)
{
    static const float c[] = {7.0376836292e-2f, -1.1514610310e-1f, 1.1676998740e-1f, -1.2420140846e-1f, 1.4249322787e-1f,
                              -1.6668057665e-1f, 2.0000714765e-1f, -2.4999993993e-1f, 3.3333331174e-1f};
    const float half_root = 0x1.6a09e6p-1f; /* sqrt(1/2) */
    int exponent = 0;
    if (!isfinite(s)) return s;
    float fraction = frexpf(s, &exponent);
    if (fraction < half_root) fraction *= 2.0f, exponent--;
    const float f = fraction - 1.0f, z = f * f, e = (float)exponent;
    float q = c[0];
    for (int i = 1; i < 9; i++) q = q * f + c[i];
    q = f * z * q;
    q = q + e * LN2_LOW;
    q = q - 0.5f * z;
    return (f + q) + e * LN2_HIGH;
}

/* The row's loss; whether its label is its first largest value. dx may be NULL. */
static float one_row(const clqnn_cross_entropy_desc *desc, const float *x, int32_t label, float *dx, int *is_correct)
{
    float largest = -INFINITY, partial[CLQ_REFERENCE_ROW_FOLDS] = {0.0f};
    int64_t place = 0;
    for (int64_t j = 0; j < desc->classes; j++) {
        if (x[j] > largest) largest = x[j], place = j;
    }
    for (int64_t j = 0; j < desc->classes; j++) partial[j % CLQ_REFERENCE_ROW_FOLDS] += clqnn_reference_entropy_exp(x[j] - largest);
    for (int half = CLQ_REFERENCE_ROW_FOLDS / 2; half > 0; half /= 2) {
        for (int j = 0; j < half; j++) partial[j] += partial[j + half];
    }
    const float sum = partial[0], inverse = 1.0f / sum, inverse_rows = 1.0f / (float)desc->rows;
    for (int64_t j = 0; dx && j < desc->classes; j++) {
        dx[j] = (clqnn_reference_entropy_exp(x[j] - largest) * inverse - (j == label ? 1.0f : 0.0f)) * inverse_rows;
    }
    *is_correct = place == label && !isnan(sum);
    return clqnn_reference_entropy_log(sum) - (x[label] - largest);
}

clqnn_status clqnn_reference_cross_entropy(const clqnn_cross_entropy_desc *desc, const float *x, const int32_t *labels, float *loss, int32_t counts[2], float *dx)
{
    float *const losses = malloc((size_t)desc->rows * sizeof *losses);
    int32_t correct = 0, bad = 0;
    if (!losses) return CLQNN_OUT_OF_MEMORY;
    for (int64_t row = 0; row < desc->rows; row++) {
        float *const gradient = desc->has_gradient ? dx + row * desc->classes : NULL;
        int is_correct = 0;
        losses[row] = 0.0f;
        if (labels[row] < 0 || labels[row] >= desc->classes) {
            bad++;
            if (gradient) memset(gradient, 0, (size_t)desc->classes * sizeof *gradient);
            continue;
        }
        losses[row] = one_row(desc, x + row * desc->classes, labels[row], gradient, &is_correct);
        correct += is_correct;
    }
    const float mean = clq_reference_row_sum(losses, desc->rows, 1) * (1.0f / (float)desc->rows);
    *loss = desc->accumulates ? *loss + mean : mean;
    counts[0] = desc->accumulates ? counts[0] + correct : correct;
    counts[1] = desc->accumulates ? counts[1] + bad : bad;
    free(losses);
    return CLQNN_OK;
}
