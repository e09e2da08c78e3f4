/* SPDX-License-Identifier: Apache-2.0 */
/* Optimizers on a CPU whose root and division are correctly rounded: a work-group of one work-item makes a chunk, 16 parameters at a time. What is written has just been
 * read, so that no store needs to bypass the caches. */
#define AHEAD 512   /* elements that are asked for before they are read */

#define STEP(N, NAME)                                                                                                                                        \
    INLINED float##N NAME(const optimizer_params *p, float##N weight, float##N d, float##N *velocity, float lr, bool has_momentum)                          \
    {                                                                                                                                                        \
        if (p->has_decay) d = d + p->decay * weight;                                                                                                         \
        if (has_momentum) {                                                                                                                                  \
            *velocity = p->first * *velocity + d;                                                                                                            \
            d = p->nesterov ? d + p->first * *velocity : *velocity;                                                                                          \
        }                                                                                                                                                    \
        return weight - lr * d;                                                                                                                              \
    }
STEP(16, sgd_lanes)
STEP(, sgd_one)
#undef STEP

INLINED void sgd_run(const optimizer_params *p, __global const float *g, __global float *w, __global float *v, ulong i, ulong end, float lr, bool has_momentum)
{
    for (; i + 16 <= end; i += 16) {
        float16 velocity = 0.0f;
        __builtin_prefetch((const void *)(ulong)(g + i + AHEAD), 0, 2);
        __builtin_prefetch((const void *)(ulong)(w + i + AHEAD), 1, 2);
        if (has_momentum) __builtin_prefetch((const void *)(ulong)(v + i + AHEAD), 1, 2);
        if (has_momentum) velocity = LOAD16(float, v + i);
        STORE16(float, w + i, sgd_lanes(p, LOAD16(float, w + i), LOAD16(float, g + i), &velocity, lr, has_momentum));
        if (has_momentum) STORE16(float, v + i, velocity);
    }
    for (; i < end; i++) {
        float velocity = has_momentum ? v[i] : 0.0f;
        w[i] = sgd_one(p, w[i], g[i], &velocity, lr, has_momentum);
        if (has_momentum) v[i] = velocity;
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void sgd_vector(__global const uchar *g, __global const uchar *rate, __global const uchar *skip, __global uchar *w,
                                                                       __global uchar *v, OP_COUNT, const optimizer_params p)
{
    OP_BEGUN();
    if (p.count == 0 || (p.has_skip && *(__global const int *)(skip + p.head.offset[2]))) return;
    const ulong begin = get_group_id(0) * p.chunk, end = min(p.count, begin + p.chunk);
    const float lr = *(__global const float *)(rate + p.head.offset[1]);
    __global const float *gradients = (__global const float *)(g + p.head.offset[0]);
    __global float *weights = (__global float *)(w + p.head.offset[3]), *velocities = (__global float *)(v + p.head.offset[4]);
    if (p.first != 0.0f) sgd_run(&p, gradients, weights, velocities, begin, end, lr, true);
    else sgd_run(&p, gradients, weights, velocities, begin, end, lr, false);
}

/* What a step has beside its params. */
typedef struct adam_scalars {
    float lr, c1, c2, shrink;
} adam_scalars;

#define STEP(N, NAME)                                                                                                                                        \
    INLINED float##N NAME(const optimizer_params *p, const adam_scalars *s, float##N weight, float##N d, float##N *mean, float##N *square)                  \
    {                                                                                                                                                        \
        if (p->has_decay && p->is_decoupled) weight = weight - s->shrink * weight;                                                                           \
        if (p->has_decay && !p->is_decoupled) d = d + p->decay * weight;                                                                                     \
        *mean = p->first * *mean + p->first_rest * d;                                                                                                        \
        *square = p->second * *square + (p->second_rest * d) * d;                                                                                            \
        const float##N estimate = *square * s->c2, root = estimate < 0x1p-126f ? (float##N)0.0f : sqrt(estimate);                                            \
        return weight - (s->lr * (*mean * s->c1)) * (1.0f / (root + p->epsilon));                                                                            \
    }
STEP(16, adam_lanes)
STEP(, adam_one)
#undef STEP

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void adam_vector(__global const uchar *g, __global const uchar *step, __global const uchar *skip, __global uchar *w,
                                                                        __global uchar *m, __global uchar *v, OP_COUNT, const optimizer_params p)
{
    OP_BEGUN();
    if (p.count == 0 || (p.has_skip && *(__global const int *)(skip + p.head.offset[2]))) return;
    const ulong end = min(p.count, (get_group_id(0) + 1) * p.chunk);
    __global const float *scalars = (__global const float *)(step + p.head.offset[1]), *gradients = (__global const float *)(g + p.head.offset[0]);
    __global float *weights = (__global float *)(w + p.head.offset[3]), *means = (__global float *)(m + p.head.offset[4]), *squares = (__global float *)(v + p.head.offset[5]);
    const adam_scalars s = {scalars[0], scalars[1], scalars[2], scalars[0] * p.decay};
    ulong i = get_group_id(0) * p.chunk;
    for (; i + 16 <= end; i += 16) {
        float16 mean = LOAD16(float, means + i), square = LOAD16(float, squares + i);
        __builtin_prefetch((const void *)(ulong)(gradients + i + AHEAD), 0, 2);
        __builtin_prefetch((const void *)(ulong)(weights + i + AHEAD), 1, 2);
        __builtin_prefetch((const void *)(ulong)(means + i + AHEAD), 1, 2);
        __builtin_prefetch((const void *)(ulong)(squares + i + AHEAD), 1, 2);
        STORE16(float, weights + i, adam_lanes(&p, &s, LOAD16(float, weights + i), LOAD16(float, gradients + i), &mean, &square));
        STORE16(float, means + i, mean);
        STORE16(float, squares + i, square);
    }
    for (; i < end; i++) {
        float mean = means[i], square = squares[i];
        weights[i] = adam_one(&p, &s, weights[i], gradients[i], &mean, &square);
        means[i] = mean;
        squares[i] = square;
    }
}
