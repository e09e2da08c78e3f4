/* SPDX-License-Identifier: Apache-2.0 */
/* What the elements of one line share. */
typedef struct normalize_line_terms {
    int offset;                 /* n * q - offset is n * d - s */
    float reciprocal;
} normalize_line_terms;

/* From the sums of q and of q * q over the line. */
static inline normalize_line_terms normalize_terms(const normalize_params *p, ulong sum, ulong squares)
{
    const long n = p->length, zero = p->x_zero;
    const long s = (long)sum - n * zero, s2 = (long)squares - 2 * zero * (long)sum + n * zero * zero;
    const float variance = (float)(n * s2 - s * s) + p->epsilon;
    const normalize_line_terms terms = {(int)((long)sum), clq_divide(1.0f, clq_square_root(variance))};
    return terms;
}

/* The byte of y, unsigned. n * d - s = n * q - (sum of q). */
static inline int normalize_element(const normalize_params *p, const normalize_line_terms *terms, int q, float gamma, float beta)
{
    const float unit = (float)(p->length * q - terms->offset) * terms->reciprocal;
    const float scaled = unit * gamma;
    const float shifted = clamp(scaled + beta, -p->limit, p->limit);
    const float quotient = clq_divide(fabs(shifted), p->y_scale);
    return clamp((int)rint(shifted < 0.0f ? -quotient : quotient) + p->y_zero, 0, 255);
}
