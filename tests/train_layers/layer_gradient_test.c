/* SPDX-License-Identifier: Apache-2.0 */
/* The backward formulas against numerical derivatives: each layer's forward pass is written here once more in binary64, a random linear function of its outputs is
 * the loss, and central differences of that loss must be what the reference's backward call says. No device. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/reference_optimizer.h"
#include "clqnn/reference_train_layers.h"
#include "seeded_random.h"

#define STEP 1e-4           /* of the differences: an error of 1e-8 times a third derivative */
#define TOLERANCE 2e-4      /* binary32 sums of at most 64 terms about 1, 64 * 2^-24 * 8, rounded up for the factors before them */

/* ---- What every check does ---- */

typedef struct gradient_case {
    double (*loss)(const struct gradient_case *c, const double *x);   /* of all inputs, in one array */
    const void *desc;
    const float *weights;       /* of the loss, one an output element */
    int64_t count;              /* inputs that are differentiated */
} gradient_case;

static void expect_gradient(const gradient_case *c, const float *x, int64_t all, const float *gradient, const char *what)
{
    double *const moved = malloc((size_t)all * sizeof *moved);
    assert_non_null(moved);
    for (int64_t i = 0; i < all; i++) moved[i] = (double)x[i];
    for (int64_t i = 0; i < c->count; i++) {
        moved[i] = (double)x[i] + STEP;
        const double above = c->loss(c, moved);
        moved[i] = (double)x[i] - STEP;
        const double numerical = (above - c->loss(c, moved)) / (2.0 * STEP);
        moved[i] = (double)x[i];
        if (fabs(numerical - (double)gradient[i]) > TOLERANCE * (1.0 + fabs(numerical))) {
            fail_msg("%s: element %lld has gradient %g, numerically %g", what, (long long)i, (double)gradient[i], numerical);
        }
    }
    free(moved);
}

static void draw(clq_random *random, float *values, int64_t count, float range)
{
    for (int64_t i = 0; i < count; i++) values[i] = clq_random_float(random, -range, range);
}

/* Values all at least 0.01 apart and off 0 and 1, so that no difference crosses a maximum or a clamp. */
static void draw_apart(clq_random *random, float *values, int64_t count)
{
    for (int64_t i = 0; i < count; i++) values[i] = ((float)i - (float)(count / 2)) * 0.03f + 0.013f;
    for (int64_t i = count - 1; i > 0; i--) {
        const int64_t other = clq_random_range(random, 0, i);
        const float kept = values[i];
        values[i] = values[other];
        values[other] = kept;
    }
}

/* ---- Batch normalization ---- */

enum { ROWS = 13, CHANNELS = 3, ELEMENTS = ROWS * CHANNELS };

/* x, gamma, beta in one array. */
static double norm_loss(const gradient_case *c, const double *x)
{
    const clqnn_batch_norm_desc *desc = c->desc;
    const double *gamma = x + ELEMENTS, *beta = gamma + CHANNELS;
    double loss = 0.0;
    for (int channel = 0; channel < CHANNELS; channel++) {
        double mean = 0.0, variance = 0.0;
        for (int r = 0; r < ROWS; r++) mean += x[r * CHANNELS + channel] / ROWS;
        for (int r = 0; r < ROWS; r++) variance += pow(x[r * CHANNELS + channel] - mean, 2.0) / ROWS;
        for (int r = 0; r < ROWS; r++) {
            double v = (x[r * CHANNELS + channel] - mean) / sqrt(variance + (double)desc->epsilon) * gamma[channel] + beta[channel];
            if (desc->has_clamp) v = fmin(fmax(v, (double)desc->clamp_min), (double)desc->clamp_max);
            loss += v * (double)c->weights[r * CHANNELS + channel];
        }
    }
    return loss;
}

static void batch_norm_gradients(void **state)
{
    (void)state;
    for (int32_t has_clamp = 0; has_clamp < 2; has_clamp++) {
        clq_random random = clq_random_seed(3, (uint64_t)has_clamp);
        float x[ELEMENTS + 2 * CHANNELS], weights[ELEMENTS], y[ELEMENTS], mean[CHANNELS], inv_std[CHANNELS], running[2][CHANNELS] = {{0.0f}}, gradient[ELEMENTS + 2 * CHANNELS];
        clqnn_batch_norm_desc desc = {.rows = ROWS, .channels = CHANNELS, .epsilon = 1e-3f, .has_clamp = has_clamp, .clamp_min = -0.7f, .clamp_max = 0.6f};
        draw(&random, x, ELEMENTS + 2 * CHANNELS, 2.0f);
        draw(&random, weights, ELEMENTS, 1.0f);
        const float *const forward[] = {x, x + ELEMENTS, x + ELEMENTS + CHANNELS};
        assert_int_equal(clqnn_reference_batch_norm(&desc, forward, (float *[]){y, mean, inv_std, running[0], running[1]}), CLQNN_OK);
        desc.mode = CLQNN_BATCH_NORM_BACKWARD;
        const float *const backward[] = {weights, x, x + ELEMENTS, x + ELEMENTS + CHANNELS, mean, inv_std};
        assert_int_equal(clqnn_reference_batch_norm(&desc, backward, (float *[]){gradient, gradient + ELEMENTS, gradient + ELEMENTS + CHANNELS}), CLQNN_OK);
        const gradient_case c = {norm_loss, &desc, weights, ELEMENTS + 2 * CHANNELS};
        expect_gradient(&c, x, ELEMENTS + 2 * CHANNELS, gradient, has_clamp ? "batch norm with a clamp" : "batch norm");
    }
}

/* The running variance is the unbiased one. */
static void batch_norm_statistics(void **state)
{
    (void)state;
    const float x[] = {1.0f, 2.0f, 4.0f, 9.0f}, one = 1.0f, zero = 0.0f; /* mean 4, squares 9 + 4 + 0 + 25 = 38 */
    float y[4], mean, inv_std, running_mean = 8.0f, running_var = 2.0f;
    const clqnn_batch_norm_desc desc = {.rows = 4, .channels = 1, .epsilon = 0.5f, .momentum = 0.25f};
    assert_int_equal(clqnn_reference_batch_norm(&desc, (const float *const[]){x, &one, &zero}, (float *[]){y, &mean, &inv_std, &running_mean, &running_var}), CLQNN_OK);
    assert_true(mean == 4.0f && running_mean == 7.0f);
    assert_true(inv_std == 1.0f / sqrtf(10.0f));
    assert_true(fabsf(running_var - (1.5f + 0.25f * 38.0f / 3.0f)) < 1e-6f);
}

/* The bounds of docs/numerics.md, where x is far from 0. */
static void batch_norm_moments_bound(void **state)
{
    (void)state;
    enum { MANY = 40000 };
    float *const x = malloc(2 * MANY * sizeof *x);
    assert_non_null(x);
    for (int far = 0; far < 4; far++) {
        clq_random random = clq_random_seed(8, (uint64_t)far);
        const float centre = far ? ldexpf(1.0f, 5 * far) : 0.0f, one = 1.0f, zero = 0.0f;
        const clqnn_batch_norm_desc desc = {.rows = MANY, .channels = 1, .momentum = 1.0f};
        float mean, inv_std, running_mean = 0.0f, running_var = 0.0f;
        double sum = 0.0, squares = 0.0, most = 0.0;
        for (int i = 0; i < MANY; i++) {
            x[i] = centre + clq_random_float(&random, -1.0f, 1.0f);
            sum += (double)x[i];
            most = fmax(most, fabs((double)x[i]));
        }
        for (int i = 0; i < MANY; i++) squares += pow((double)x[i] - sum / MANY, 2.0);
        assert_int_equal(clqnn_reference_batch_norm(&desc, (const float *const[]){x, &one, &zero}, (float *[]){x + MANY, &mean, &inv_std, &running_mean, &running_var}), CLQNN_OK);
        const double e = 131.0 * 3.0 * 0x1p-24, variance = squares / MANY, got = (double)running_var * (MANY - 1.0) / MANY;
        assert_true(fabs((double)mean - sum / MANY) <= e * most);
        assert_true(fabs(got - variance) <= 2.0 * e * variance + 4.0 * e * most * sqrt(variance) + 4.0 * e * most * e * most);
        assert_true(fabs(got - variance) < 2e-4 * variance); /* and not by chance within a bound that says nothing */
    }
    free(x);
}

/* ---- Pooling ---- */

enum { IMAGE = 5, DEPTH = 2, PIXELS = IMAGE * IMAGE * DEPTH };

static double pool_loss(const gradient_case *c, const double *x)
{
    const clqnn_train_pool_desc *desc = c->desc;
    const int out = (int)((IMAGE + desc->pad_begin[0] + desc->pad_end[0] - desc->kernel[0]) / desc->stride[0] + 1);
    double loss = 0.0;
    for (int i = 0; i < out * out * DEPTH; i++) {
        const int oh = i / DEPTH / out, ow = i / DEPTH % out;
        double sum = 0.0, best = -INFINITY;
        int count = 0;
        for (int tap = 0; tap < desc->kernel[0] * desc->kernel[1]; tap++) {
            const int h = (int)(oh * desc->stride[0] - desc->pad_begin[0] + tap / desc->kernel[1]), w = (int)(ow * desc->stride[1] - desc->pad_begin[1] + tap % desc->kernel[1]);
            if (h < 0 || h >= IMAGE || w < 0 || w >= IMAGE) continue;
            const double v = x[(h * IMAGE + w) * DEPTH + i % DEPTH];
            sum += v;
            best = fmax(best, v);
            count++;
        }
        const double divisor = desc->counts_padding ? (double)(desc->kernel[0] * desc->kernel[1]) : (double)count;
        loss += (desc->kind == CLQNN_TRAIN_POOL_MAX ? best : sum / divisor) * (double)c->weights[i];
    }
    return loss;
}

static void pool_gradients(void **state)
{
    (void)state;
    for (int kind = 0; kind < 3; kind++) {
        clq_random random = clq_random_seed(4, (uint64_t)kind);
        float x[PIXELS], weights[PIXELS], y[PIXELS], gradient[PIXELS];
        uint8_t taps[PIXELS];
        clqnn_train_pool_desc desc = {.kind = kind == 0 ? CLQNN_TRAIN_POOL_MAX : CLQNN_TRAIN_POOL_AVERAGE, .batch = 1, .height = IMAGE, .width = IMAGE, .channels = DEPTH,
                                      .kernel = {3, 3}, .stride = {2, 2}, .pad_begin = {1, 1}, .pad_end = {1, 1}, .counts_padding = kind == 2, .saves_taps = kind == 0};
        draw_apart(&random, x, PIXELS);
        draw(&random, weights, PIXELS, 1.0f);
        assert_int_equal(clqnn_reference_train_pool(&desc, (const void *const[]){x}, (void *[]){y, taps}), CLQNN_OK);
        desc.direction = CLQNN_LAYER_BACKWARD;
        desc.saves_taps = 0;
        assert_int_equal(clqnn_reference_train_pool(&desc, (const void *const[]){weights, taps}, (void *[]){gradient}), CLQNN_OK);
        const gradient_case c = {pool_loss, &desc, weights, PIXELS};
        expect_gradient(&c, x, PIXELS, gradient, kind == 0 ? "max pool" : "average pool");
    }
}

/* ---- Clamps ---- */

static double clamp_loss(const gradient_case *c, const double *x)
{
    const clqnn_clamp_desc *desc = c->desc;
    double loss = 0.0;
    for (int64_t i = 0; i < desc->count; i++) loss += fmin(fmax(x[i], (double)desc->clamp_min), (double)desc->clamp_max) * (double)c->weights[i];
    return loss;
}

static void clamp_gradients(void **state)
{
    (void)state;
    clq_random random = clq_random_seed(5, 0);
    float x[PIXELS], weights[PIXELS], y[PIXELS], gradient[PIXELS];
    clqnn_clamp_desc desc = {.count = PIXELS, .clamp_max = 0.5f};
    draw_apart(&random, x, PIXELS);
    draw(&random, weights, PIXELS, 1.0f);
    assert_int_equal(clqnn_reference_clamp(&desc, (const float *const[]){x}, y), CLQNN_OK);
    desc.direction = CLQNN_LAYER_BACKWARD;
    for (int of_result = 0; of_result < 2; of_result++) { /* v before or behind the clamp */
        assert_int_equal(clqnn_reference_clamp(&desc, (const float *const[]){weights, of_result ? y : x}, gradient), CLQNN_OK);
        const gradient_case c = {clamp_loss, &desc, weights, PIXELS};
        expect_gradient(&c, x, PIXELS, gradient, "clamp");
    }
}

/* ---- Cross-entropy ---- */

enum { SAMPLES = 5, CLASSES = 7 };
static const int32_t labels[SAMPLES] = {6, 0, -3, 3, 7};   /* two of them no class */

static double entropy_loss(const gradient_case *c, const double *x)
{
    double loss = 0.0;
    (void)c;
    for (int row = 0; row < SAMPLES; row++) {
        double sum = 0.0;
        if (labels[row] < 0 || labels[row] >= CLASSES) continue;
        for (int j = 0; j < CLASSES; j++) sum += exp(x[row * CLASSES + j]);
        loss += (log(sum) - x[row * CLASSES + labels[row]]) / SAMPLES;
    }
    return loss;
}

static void cross_entropy_gradients(void **state)
{
    (void)state;
    clq_random random = clq_random_seed(6, 0);
    float x[SAMPLES * CLASSES], gradient[SAMPLES * CLASSES], loss = 5.0f;
    double wide[SAMPLES * CLASSES];
    int32_t counts[2] = {10, 20};
    clqnn_cross_entropy_desc desc = {.rows = SAMPLES, .classes = CLASSES, .has_gradient = 1};
    draw(&random, x, SAMPLES * CLASSES, 3.0f);
    x[6] = 4.0f;                    /* the first row is right, as is the second: the first of two largest */
    x[CLASSES] = x[CLASSES + 1] = 4.0f;
    x[3 * CLASSES + 2] = x[3 * CLASSES + 3] = 4.0f; /* not the first */
    for (int i = 0; i < SAMPLES * CLASSES; i++) wide[i] = (double)x[i];
    assert_int_equal(clqnn_reference_cross_entropy(&desc, x, labels, &loss, counts, gradient), CLQNN_OK);
    const gradient_case c = {entropy_loss, &desc, NULL, SAMPLES * CLASSES};
    assert_true(fabs((double)loss - entropy_loss(&c, wide)) < 1e-6);
    assert_int_equal(counts[0], 2);
    assert_int_equal(counts[1], 2);
    expect_gradient(&c, x, SAMPLES * CLASSES, gradient, "cross-entropy");
    const float first = loss;
    desc.accumulates = 1;
    assert_int_equal(clqnn_reference_cross_entropy(&desc, x, labels, &loss, counts, gradient), CLQNN_OK);
    assert_true(loss == first + first && counts[0] == 4 && counts[1] == 4);
}

/* The bounds of clqnn/train_layers.h, over a fine grid. */
static void exponentials_and_logarithms(void **state)
{
    (void)state;
    for (int i = 0; i <= 870000; i++) {
        const float t = (float)i * -1e-4f;
        const double right = exp((double)t);
        if (fabs((double)clqnn_reference_entropy_exp(t) - right) > 0x1p-22 * right) fail_msg("exp(%a) is %a", (double)t, (double)clqnn_reference_entropy_exp(t));
    }
    for (double s = 1.0; s < 0x1p24; s *= 1.00001) {
        const double right = log((double)(float)s);
        if (fabs((double)clqnn_reference_entropy_log((float)s) - right) > 0x1p-21 * (1.0 + right)) fail_msg("ln(%a) is %a", s, (double)clqnn_reference_entropy_log((float)s));
    }
    assert_true(clqnn_reference_entropy_exp(0.0f) == 1.0f && clqnn_reference_entropy_log(1.0f) == 0.0f && clqnn_reference_entropy_exp(-INFINITY) == 0.0f);
}

/* ---- Optimizers, by hand ---- */

static void sgd_by_hand(void **state)
{
    (void)state;
    const clqnn_sgd_desc desc = {.count = 1, .momentum = 0.5f, .weight_decay = 0.25f, .nesterov = 1};
    const float g = 1.0f;
    float w = 4.0f, v = 2.0f;
    assert_int_equal(clqnn_reference_sgd(&desc, &g, 0.5f, NULL, &w, &v), CLQNN_OK);
    assert_true(v == 3.0f && w == 2.25f); /* d = 1 + 1 = 2, v = 1 + 2, the step 2 + 1.5 */
}

/* The first step moves each weight by about lr, whatever the gradient's size. */
static void adam_by_hand(void **state)
{
    (void)state;
    const clqnn_adam_desc desc = {.count = 2};
    const float g[] = {1e-3f, -50.0f};
    float w[] = {1.0f, 1.0f}, m[2] = {0.0f}, v[2] = {0.0f}, step[3];
    assert_int_equal(clqnn_adam_step(&desc, 0.01f, 1, step), CLQNN_OK);
    assert_true(fabsf(step[1] - 10.0f) < 1e-5f && fabsf(step[2] - 1000.0f) < 0.02f);
    assert_int_equal(clqnn_reference_adam(&desc, g, step, NULL, w, m, v), CLQNN_OK);
    assert_true(fabsf(w[0] - 0.99f) < 1e-5f && fabsf(w[1] - 1.01f) < 1e-5f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(batch_norm_moments_bound),
        cmocka_unit_test(batch_norm_gradients),    cmocka_unit_test(batch_norm_statistics),       cmocka_unit_test(pool_gradients), cmocka_unit_test(clamp_gradients),
        cmocka_unit_test(cross_entropy_gradients), cmocka_unit_test(exponentials_and_logarithms), cmocka_unit_test(sgd_by_hand),    cmocka_unit_test(adam_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
