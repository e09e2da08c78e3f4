/* SPDX-License-Identifier: Apache-2.0 */
/* exp of t, 0 or less, and ln of s, 1 or more, from sums and products that are rounded one by one: the same on every device. Polynomials of the Cephes library (expf,
 * logf; S. L. Moshier). Adding MAGIC rounds to the nearest integer, ties to even. */
#define MAGIC 12582912.0f
#define LN2_HIGH 0.693359375f
#define LN2_LOW -2.12194440e-4f

#define ENTROPY_EXP(N, NAME)                                                                                      \
    static inline __attribute__((always_inline)) float##N NAME(float##N t)                                        \
    {                                                                                                             \
        const float##N shifted = t * 1.44269504088896341f + MAGIC, k = shifted - MAGIC;                           \
        const float##N r = (t - k * LN2_HIGH) - k * LN2_LOW;                                                      \
        float##N q = 1.9875691500e-4f * r + 1.3981999507e-3f;                                                     \
        q = q * r + 8.3334519073e-3f;                                                                             \
        q = q * r + 4.1665795894e-2f;                                                                             \
        q = q * r + 1.6666665459e-1f;                                                                             \
        q = q * r + 5.0000001201e-1f;                                                                             \
        q = (q * (r * r) + r) + 1.0f;                                                                             \
        const float##N power = as_float##N(as_int##N(q) + ((as_int##N(shifted) - 0x4b400000) << 23));             \
        const float##N finite = t < -87.0f ? (float##N)0.0f : power;                                              \
        return t == t ? finite : t;                                                                               \
    }
ENTROPY_EXP(, entropy_exp)

static inline float entropy_log(float s)
{
    if (!(s < INFINITY)) return s;
    const int exponent = (as_int(s) - 0x3f3504f3) >> 23; /* of a fraction in sqrt(1/2) .. sqrt(2) */
    const float f = as_float(as_int(s) - (exponent << 23)) - 1.0f, z = f * f, e = (float)exponent;
    float q = 7.0376836292e-2f * f - 1.1514610310e-1f;
    q = q * f + 1.1676998740e-1f;
    q = q * f - 1.2420140846e-1f;
    q = q * f + 1.4249322787e-1f;
    q = q * f - 1.6668057665e-1f;
    q = q * f + 2.0000714765e-1f;
    q = q * f - 2.4999993993e-1f;
    q = q * f + 3.3333331174e-1f;
    q = f * z * q;
    q = q + e * LN2_LOW;
    q = q - 0.5f * z;
    return (f + q) + e * LN2_HIGH;
}
