/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of softmax with cross-entropy on a CPU: a work-group of one work-item makes `chunk` rows, 16 classes at a time. */
ENTROPY_EXP(16, entropy_exp_lanes)

static float largest_of(__global const float *x, ulong n)
{
    float16 most = -INFINITY;
    float largest = -INFINITY;
    ulong j = 0;
    for (; j + 16 <= n; j += 16) {
        const float16 v = LOAD16(float, x + j);
        most = v > most ? v : most;
    }
    for (int lane = 0; lane < 16; lane++) largest = ((const float *)&most)[lane] > largest ? ((const float *)&most)[lane] : largest;
    for (; j < n; j++) largest = x[j] > largest ? x[j] : largest;
    return largest;
}

/* The sum of the exponentials; `e` receives them where it is wanted. */
static float sum_of(__global const float *x, ulong n, float largest, __global float *e, bool keeps)
{
    float16 sums = 0.0f;
    ulong j = 0;
    for (; j + 16 <= n; j += 16) {
        const float16 value = entropy_exp_lanes(LOAD16(float, x + j) - largest);
        sums += value;
        if (keeps) STORE16(float, e + j, value);
    }
    for (ulong lane = 0; j + lane < n; lane++) {
        const float value = entropy_exp(x[j + lane] - largest);
        ((float *)&sums)[lane] += value;
        if (keeps) e[j + lane] = value;
    }
    const float8 eight = sums.lo + sums.hi;
    const float4 four = eight.lo + eight.hi;
    const float2 two = four.lo + four.hi;
    return two.x + two.y;
}

static bool is_first_largest(__global const float *x, ulong label, float largest)
{
    if (x[label] != largest) return false;
    for (ulong j = 0; j < label; j++) {
        if (x[j] == largest) return false;
    }
    return true;
}

static void clear(__global float *dx, ulong n)
{
    for (ulong j = 0; j < n; j++) dx[j] = 0.0f;
}

/* dx holds the exponentials. */
static void make_gradient(__global float *dx, ulong n, ulong label, float inverse, float inverse_rows)
{
    const float own = (dx[label] * inverse - 1.0f) * inverse_rows;
    ulong j = 0;
    for (; j + 16 <= n; j += 16) STORE16(float, dx + j, LOAD16(float, dx + j) * inverse * inverse_rows);
    for (; j < n; j++) dx[j] = dx[j] * inverse * inverse_rows;
    dx[label] = own;
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void entropy_rows_vector(__global const uchar *x, __global const uchar *labels, __global uchar *dx,
                                                                                __global uchar *losses, __global uchar *codes, OP_COUNT, const entropy_params p)
{
    OP_BEGUN();
    const ulong end = min(p.rows, (get_group_id(0) + 1) * p.chunk);
    for (ulong row = get_group_id(0) * p.chunk; row < end; row++) {
        __global const float *values = (__global const float *)(x + p.head.offset[0]) + row * p.classes;
        __global float *gradients = (__global float *)(dx + p.head.offset[2]) + row * p.classes;
        __global float *loss = (__global float *)(losses + p.head.offset[3]) + row;
        __global int *code = (__global int *)(codes + p.head.offset[4]) + row;
        const int label = ((__global const int *)(labels + p.head.offset[1]))[row];
        if (label < 0 || (ulong)label >= p.classes) {
            *loss = 0.0f;
            *code = ENTROPY_BAD_LABEL;
            if (p.has_gradient) clear(gradients, p.classes);
            continue;
        }
        const float largest = largest_of(values, p.classes), sum = sum_of(values, p.classes, largest, gradients, p.has_gradient != 0);
        *loss = entropy_log(sum) - (values[label] - largest);
        *code = sum == sum && is_first_largest(values, (ulong)label, largest) ? ENTROPY_CORRECT : 0;
        if (p.has_gradient) make_gradient(gradients, p.classes, (ulong)label, clq_divide(1.0f, sum), p.inverse_rows);
    }
}
