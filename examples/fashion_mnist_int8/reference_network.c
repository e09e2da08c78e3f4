/* SPDX-License-Identifier: Apache-2.0 */
#include "reference_network.h"

#include <clqnn/reference.h>
#include <pthread.h>

enum { SHARES = 4 };

/* Some of the images, for one thread. */
typedef struct share {
    const quantized_network *network;
    const uint8_t *pixels;
    int count;
    uint8_t *hidden;
    float *scores;
    clqnn_status status;
} share;

static void *run_share(void *argument)
{
    share *work = argument;
    const clqnn_gemm_desc first = first_gemm(work->network, work->count), second = second_gemm(work->network, work->count);
    work->status = clqnn_reference_gemm(&first, work->pixels, NULL, work->hidden, NULL);
    if (work->status == CLQNN_OK) work->status = clqnn_reference_gemm(&second, work->hidden, NULL, work->scores, NULL);
    return NULL;
}

clqnn_status reference_network_run(const quantized_network *network, const uint8_t *pixels, int count, uint8_t *hidden, float *scores)
{
    share shares[SHARES];
    pthread_t threads[SHARES];
    bool started[SHARES];
    for (int s = 0; s < SHARES; s++) {
        const size_t first = (size_t)count * (size_t)s / SHARES, end = (size_t)count * (size_t)(s + 1) / SHARES;
        shares[s] = (share){network, pixels + first * PIXELS, (int)(end - first), hidden + first * HIDDEN, scores + first * CLASSES, CLQNN_OK};
        started[s] = pthread_create(&threads[s], NULL, run_share, &shares[s]) == 0;
        if (!started[s]) (void)run_share(&shares[s]);
    }
    clqnn_status status = CLQNN_OK;
    for (int s = 0; s < SHARES; s++) {
        if (started[s]) pthread_join(threads[s], NULL);
        if (shares[s].status != CLQNN_OK) status = shares[s].status;
    }
    return status;
}
