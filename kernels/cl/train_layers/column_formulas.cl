/* SPDX-License-Identifier: Apache-2.0 */
/* What portable and vector kernels of batch normalization share (after normalize/square_root). */

/* sum = the sum of a block of n rows of one column; `value` is an expression in r, the row. */
#define SUM_OF_BLOCK(sum, n, folds, value)                                                     \
    do {                                                                                       \
        if (folds == 1) {                                                                      \
            float one_ = 0.0f;                                                                 \
            for (uint r = 0; r < (n); r++) one_ += (value);                                    \
            sum = one_;                                                                        \
        } else {                                                                               \
            float partial_[ROW_FOLDS] = {0.0f};                                                \
            for (uint first_ = 0; first_ < (n); first_ += ROW_FOLDS) {                         \
                for (uint j_ = 0; j_ < ROW_FOLDS; j_++) {                                      \
                    const uint r = first_ + j_;                                                \
                    if (r < (n)) partial_[j_] += (value);                                      \
                }                                                                              \
            }                                                                                  \
            for (int half_ = ROW_FOLDS / 2; half_ > 0; half_ /= 2) {                           \
                for (int j_ = 0; j_ < half_; j_++) partial_[j_] += partial_[j_ + half_];       \
            }                                                                                  \
            sum = partial_[0];                                                                 \
        }                                                                                      \
    } while (0)

/* 1 / sqrt(v); NaN below the least normal number. */
static inline float inverse_root(float v)
{
    if (!(v >= 0x1p-126f)) return NAN;
    return v < INFINITY ? clq_divide(1.0f, clq_square_root(v)) : 0.0f;
}

static inline float clamped(float v, float least, float most)
{
    return v < least ? least : v > most ? most : v;
}

/* Mean and sum of squared distances of parts `begin` .. `begin + n` of a column, as one part; `at` is the column's first number. */
typedef struct moments {
    float mean, squares;
} moments;

static inline moments merge_parts(const column_params *p, __global const float *at, ulong begin, uint n)
{
    const ulong step = 2 * p->channels;
    __global const float *means = at + begin * step, *squares = means + p->channels;
    moments merged = {means[0], squares[0]};
    if (n == 1) return merged;
    const bool has_last = begin + n == p->rows;
    const float full = (float)p->full, last = (float)(has_last ? p->last : p->full);
    const float inverse = clq_divide(1.0f, (float)((n - 1) * p->full + (has_last ? p->last : p->full)));
    float sum;
    SUM_OF_BLOCK(sum, n, p->folds, (r + 1 < n ? full : last) * means[r * step]);
    const float mean = sum * inverse;
    SUM_OF_BLOCK(sum, n, p->folds, squares[r * step] + (r + 1 < n ? full : last) * ((means[r * step] - mean) * (means[r * step] - mean)));
    merged.mean = mean;
    merged.squares = sum;
    return merged;
}
