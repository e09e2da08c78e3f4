/* SPDX-License-Identifier: Apache-2.0 */
/* One window's result from its taps, unsigned bytes as pool_params has them. clqnn/pool.h has the formulas. */
static inline float pool_multiplier(const pool_params *p, int count)
{
    return count == p->full_count ? p->multiplier : clq_divide(p->x_scale, p->y_scale * (float)count);
}

/* `sum` of `inside` taps. */
static inline int pool_average(const pool_params *p, uint sum, int inside, int padded)
{
    int value = 0;
    if (p->half_away) {
        const int stored = (int)(sum - (uint)inside * (uint)p->flip);
        const uint quotient = ((uint)abs(stored) + (uint)inside / 2) / (uint)inside;
        value = (stored < 0 ? -(int)quotient : (int)quotient) + p->flip;
    } else {
        const float product = (float)(int)(sum - (uint)inside * (uint)p->x_zero) * pool_multiplier(p, p->include_pad ? padded : inside);
        value = (int)rint(clamp(product, -1000.0f, 1000.0f)) + p->y_zero;
    }
    return clamp(value, p->low, p->high);
}

static inline int pool_max(const pool_params *p, __global const uchar *map, int largest)
{
    return clamp(p->has_map ? (int)map[largest] : largest, p->low, p->high);
}

/* The form of windows of so many taps; NULL where there is none. */
static inline const pool_form *pool_form_of(const pool_params *p, int inside, int padded)
{
    for (int i = 0; i < p->form_count; i++) {
        if (p->forms[i].inside == inside && p->forms[i].padded == padded) return &p->forms[i];
    }
    return 0;
}

/* pool_average where there is a form. */
static inline int pool_by_form(const pool_params *p, const pool_form *form, uint sum)
{
    const uint t = (sum << form->up) + (uint)form->bias;
    uint q = t * (uint)form->multiplier >> 16 >> form->down;
    if (form->has_ties) q = (t + ((q ^ (uint)form->odd) & 1)) * (uint)form->multiplier >> 16 >> form->down;
    return clamp((int)q + form->add, p->low, p->high);
}
