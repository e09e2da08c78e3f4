/* SPDX-License-Identifier: Apache-2.0 */
/* Optimizers, any device (after train_layers/layer_elements and normalize/square_root). */

__kernel void sgd_portable(__global const uchar *g, __global const uchar *rate, __global const uchar *skip, __global uchar *w, __global uchar *v, OP_COUNT,
                           const optimizer_params p)
{
    OP_BEGUN();
    const ulong first = get_group_id(0) * LAYER_GROUP * LAYER_EACH + get_local_id(0);
    if (first >= p.count || (p.has_skip && *(__global const int *)(skip + p.head.offset[2]))) return;
    const float lr = *(__global const float *)(rate + p.head.offset[1]);
    __global const float *gradients = (__global const float *)(g + p.head.offset[0]);
    __global float *weights = (__global float *)(w + p.head.offset[3]), *velocities = (__global float *)(v + p.head.offset[4]);
    for (int k = 0; k < LAYER_EACH; k++) {
        const ulong i = first + k * LAYER_GROUP;
        if (i >= p.count) return;
        const float weight = weights[i];
        float d = gradients[i];
        if (p.has_decay) d = d + p.decay * weight;
        if (p.first != 0.0f) {
            const float velocity = p.first * velocities[i] + d;
            velocities[i] = velocity;
            d = p.nesterov ? d + p.first * velocity : velocity;
        }
        weights[i] = weight - lr * d;
    }
}

/* The correctly rounded root; 0 below the least normal number, as it is what is no finite number. */
static inline float root_of(float v)
{
    if (v < 0x1p-126f) return 0.0f;
    return v < INFINITY ? clq_square_root(v) : v;
}

__kernel void adam_portable(__global const uchar *g, __global const uchar *step, __global const uchar *skip, __global uchar *w, __global uchar *m, __global uchar *v, OP_COUNT,
                            const optimizer_params p)
{
    OP_BEGUN();
    const ulong first = get_group_id(0) * LAYER_GROUP * LAYER_EACH + get_local_id(0);
    if (first >= p.count || (p.has_skip && *(__global const int *)(skip + p.head.offset[2]))) return;
    __global const float *scalars = (__global const float *)(step + p.head.offset[1]), *gradients = (__global const float *)(g + p.head.offset[0]);
    __global float *weights = (__global float *)(w + p.head.offset[3]), *means = (__global float *)(m + p.head.offset[4]), *squares = (__global float *)(v + p.head.offset[5]);
    const float lr = scalars[0], c1 = scalars[1], c2 = scalars[2], shrink = lr * p.decay;
    for (int k = 0; k < LAYER_EACH; k++) {
        const ulong i = first + k * LAYER_GROUP;
        if (i >= p.count) return;
        float weight = weights[i], d = gradients[i];
        if (p.has_decay && p.is_decoupled) weight = weight - shrink * weight;
        if (p.has_decay && !p.is_decoupled) d = d + p.decay * weight;
        const float mean = p.first * means[i] + p.first_rest * d, square = p.second * squares[i] + (p.second_rest * d) * d;
        means[i] = mean;
        squares[i] = square;
        weights[i] = weight - (lr * (mean * c1)) * clq_divide(1.0f, root_of(square * c2) + p.epsilon);
    }
}
