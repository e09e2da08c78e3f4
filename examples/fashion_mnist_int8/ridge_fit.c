/* SPDX-License-Identifier: Apache-2.0 */
#include "ridge_fit.h"

#include <pthread.h>
#include <stdlib.h>

#include "cholesky.h"
#include "float_product.h"

enum { SHARES = 4, STRIP = 128 /* rows of the products that are made at a time */ };

/* Sums over images: what the normal equations are made of. */
typedef struct moments {
    double products[HIDDEN][HIDDEN];   /* sum h_i h_j for j >= i, strip by strip; the rest is not used */
    double targets[HIDDEN][CLASSES];   /* sum of h_i over the images of a class */
    double hidden[HIDDEN];             /* sum h_i */
    double classes[CLASSES];           /* images of a class */
} moments;

typedef struct share {
    const float_network *network;
    const uint8_t *pixels, *labels;
    int count;
    moments sums;
    float_scratch scratch;
    float strip[STRIP][HIDDEN];        /* products of one batch: float is exact enough over 256 images, not over 60,000 */
} share;

static void add_products(share *work, int count)
{
    for (int i0 = 0; i0 < HIDDEN; i0 += STRIP) {
        for (int i = 0; i < STRIP; i++) {
            for (int j = i0; j < HIDDEN; j++) work->strip[i][j] = 0.0f;
        }
        float_product_add(&(float_product){
            .m = STRIP, .n = HIDDEN - i0, .depth = count,
            .a = work->scratch.hidden[0] + i0, .a_stride = HIDDEN_STRIDE,
            .b = work->scratch.hidden[0] + i0, .b_stride = HIDDEN_STRIDE,
            .c = work->strip[0] + i0, .c_stride = HIDDEN,
        });
        for (int i = 0; i < STRIP; i++) {
            for (int j = i0; j < HIDDEN; j++) work->sums.products[i0 + i][j] += (double)work->strip[i][j];
        }
    }
}

static void *sum_share(void *argument)
{
    share *work = argument;
    for (int first = 0; first < work->count; first += FLOAT_BATCH) {
        const int batch = work->count - first < FLOAT_BATCH ? work->count - first : FLOAT_BATCH;
        float_network_hidden(work->network, work->pixels + (size_t)first * PIXELS, batch, &work->scratch);
        add_products(work, batch);
        for (int r = 0; r < batch; r++) {
            const int label = work->labels[first + r];
            work->sums.classes[label] += 1;
            for (int i = 0; i < HIDDEN; i++) {
                work->sums.hidden[i] += (double)work->scratch.hidden[r][i];
                work->sums.targets[i][label] += (double)work->scratch.hidden[r][i];
            }
        }
    }
    return NULL;
}

static void add_moments(moments *total, const moments *part)
{
    for (int i = 0; i < HIDDEN; i++) {
        for (int j = i; j < HIDDEN; j++) total->products[i][j] += part->products[i][j];
        for (int c = 0; c < CLASSES; c++) total->targets[i][c] += part->targets[i][c];
        total->hidden[i] += part->hidden[i];
    }
    for (int c = 0; c < CLASSES; c++) total->classes[c] += part->classes[c];
}

/* Sums over all images, in shares[0].sums. */
static void sum_all(share *shares, const float_network *network, const labelled_images *images)
{
    pthread_t threads[SHARES];
    bool started[SHARES] = {false};
    for (int s = 0; s < SHARES; s++) {
        const int first = (int)((int64_t)images->count * s / SHARES), end = (int)((int64_t)images->count * (s + 1) / SHARES);
        shares[s].network = network;
        shares[s].pixels = images->pixels + (size_t)first * PIXELS;
        shares[s].labels = images->labels + first;
        shares[s].count = end - first;
        started[s] = pthread_create(&threads[s], NULL, sum_share, &shares[s]) == 0;
        if (!started[s]) (void)sum_share(&shares[s]);
    }
    for (int s = 0; s < SHARES; s++) {
        if (started[s]) pthread_join(threads[s], NULL);
        if (s > 0) add_moments(&shares[0].sums, &shares[s].sums);
    }
}

/* From sums to covariances, which the bias does not enter; solves for `second` and then for the bias. */
static bool solve(float_network *network, moments *sums, int images, double ridge)
{
    const double count = images;
    double trace = 0;
    for (int i = 0; i < HIDDEN; i++) {
        for (int j = i; j < HIDDEN; j++) sums->products[j][i] = (sums->products[i][j] - sums->hidden[i] * sums->hidden[j] / count) / count;
        for (int c = 0; c < CLASSES; c++) sums->targets[i][c] = (sums->targets[i][c] - sums->hidden[i] * sums->classes[c] / count) / count;
        trace += sums->products[i][i];
    }
    for (int i = 0; i < HIDDEN; i++) sums->products[i][i] += ridge * trace / HIDDEN;
    if (!cholesky_solve(sums->products[0], HIDDEN, sums->targets[0], CLASSES)) return false;
    for (int c = 0; c < CLASSES; c++) {
        double bias = sums->classes[c] / count;
        for (int i = 0; i < HIDDEN; i++) {
            network->second[i][c] = (float)sums->targets[i][c];
            bias -= sums->hidden[i] / count * sums->targets[i][c];
        }
        network->second_bias[c] = (float)bias;
    }
    return true;
}

bool ridge_fit(float_network *network, const labelled_images *images, double ridge)
{
    share *shares = calloc(SHARES, sizeof *shares);
    if (!shares) return false;
    sum_all(shares, network, images);
    const bool solved = solve(network, &shares[0].sums, images->count, ridge);
    free(shares);
    return solved;
}
