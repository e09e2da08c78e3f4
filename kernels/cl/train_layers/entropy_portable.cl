/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of softmax with cross-entropy, any device: a work-group of ENTROPY_FOLDS work-items makes a row, each every ENTROPY_FOLDS-th class. */
__kernel void entropy_rows_portable(__global const uchar *x, __global const uchar *labels, __global uchar *dx, __global uchar *losses, __global uchar *codes, OP_COUNT,
                                    const entropy_params p)
{
    OP_BEGUN();
    const ulong row = get_group_id(0), lane = get_local_id(0);
    if (row >= p.rows) return;
    __local float most[ENTROPY_FOLDS], sums[ENTROPY_FOLDS];
    __local ulong places[ENTROPY_FOLDS];
    __global const float *values = (__global const float *)(x + p.head.offset[0]) + row * p.classes;
    __global float *gradients = (__global float *)(dx + p.head.offset[2]) + row * p.classes;
    const int label = ((__global const int *)(labels + p.head.offset[1]))[row];
    const bool is_bad = label < 0 || (ulong)label >= p.classes;
    float largest = -INFINITY, sum = 0.0f;
    ulong place = lane;
    for (ulong j = lane; j < p.classes; j += ENTROPY_FOLDS) {
        if (values[j] > largest) largest = values[j], place = j;
    }
    most[lane] = largest;
    places[lane] = place;
    barrier(CLK_LOCAL_MEM_FENCE); /* every work-item reads all of both */
    largest = most[0];
    place = places[0];
    for (int j = 1; j < ENTROPY_FOLDS; j++) {
        if (most[j] > largest || (most[j] == largest && places[j] < place)) largest = most[j], place = places[j];
    }
    for (ulong j = lane; j < p.classes; j += ENTROPY_FOLDS) sum += entropy_exp(values[j] - largest);
    sums[lane] = sum;
    for (int half_count = ENTROPY_FOLDS / 2; half_count > 0; half_count /= 2) {
        barrier(CLK_LOCAL_MEM_FENCE); /* the upper half is whole, and nobody reads the lower one */
        if (lane < (ulong)half_count) sums[lane] += sums[lane + half_count];
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    sum = sums[0];
    const float inverse = clq_divide(1.0f, sum);
    for (ulong j = lane; p.has_gradient && j < p.classes; j += ENTROPY_FOLDS) {
        const float probability = entropy_exp(values[j] - largest) * inverse;
        gradients[j] = is_bad ? 0.0f : (probability - (j == (ulong)label ? 1.0f : 0.0f)) * p.inverse_rows;
    }
    if (lane != 0) return;
    ((__global float *)(losses + p.head.offset[3]))[row] = is_bad ? 0.0f : entropy_log(sum) - (values[label] - largest);
    ((__global int *)(codes + p.head.offset[4]))[row] = is_bad ? ENTROPY_BAD_LABEL : place == (ulong)label && sum == sum ? ENTROPY_CORRECT : 0;
}
