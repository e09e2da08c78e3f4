/* SPDX-License-Identifier: Apache-2.0 */
/* fake_quant/fake_quant_code for one element, any device. */
typedef float fake_floats;
typedef int fake_ints;
#define FAKE_AS_FLOATS as_float
#define FAKE_AS_INTS as_int
#define FAKE_TO_FLOATS(x) ((float)(x))

/* a not negative, b positive and normal. */
static inline float fake_divide(float a, float b)
{
    return clq_divide(a, b);
}

/* x / scale; beyond 131072, where no level is, another quotient that is beyond it too. */
static inline float fake_quotient(float x, float scale)
{
    const float limit = scale * 131072.0f, near = clamp(x, -limit, limit);
    return near < 0.0f ? -clq_divide(-near, scale) : clq_divide(near, scale);
}
