/* SPDX-License-Identifier: Apache-2.0 */
/* A form is found from the rule's values v(s) of all sums s of a window, before zero point and limits. Sums are integers, so rounding down (s << up) + bias
 * times a fixed-point multiplier gives v - v(0) for all of them exactly where `bias` lies in an interval; the interval is intersected sum by sum. Where the
 * rule has ties to even, `bias` must give the lower neighbour of every tie and bias + 1 the upper one. */
#include "pool/pool_form.h"

#include <math.h>

#define MOST_TAPS 32            /* beyond that, the additions outweigh what follows them */
#define MOST_UP 4
#define MOST_DOWN 15
#define MOST_KINDS 5

/* What the sums of one window become: v(s), its lower and upper neighbour on a tie. */
typedef struct form_rule {
    int32_t count, offset;      /* taps; what is taken off a sum */
    double multiplier;          /* 0: the integer quotient with ties away from zero */
} form_rule;

static form_rule rule_of(const pool_params *params, int32_t inside, int32_t padded)
{
    if (params->half_away) return (form_rule){.count = inside, .offset = inside * params->flip};
    const float divisor = params->y_scale * (float)(params->include_pad ? padded : inside);
    return (form_rule){.count = inside, .offset = inside * params->x_zero, .multiplier = (double)(params->x_scale / divisor)};
}

static int64_t value_of(const form_rule *rule, int32_t sum, bool up)
{
    const int32_t acc = sum - rule->offset;
    if (rule->multiplier == 0.0) {
        const int32_t quotient = ((acc < 0 ? -acc : acc) + rule->count / 2) / rule->count;
        return acc < 0 ? -quotient : quotient;
    }
    const double product = (double)(float)((double)acc * rule->multiplier); /* binary32's product: the factors have 24 bits, so binary64's is exact */
    return (int64_t)(up ? floor(product + 0.5) : ceil(product - 0.5));
}

/* The biases that give v(s) - v(0) for all sums, or its upper neighbours; false: none. */
static bool find_biases(const form_rule *rule, const pool_form *form, bool up, int64_t *least, int64_t *most)
{
    const int64_t unit = (int64_t)1 << (16 + form->down), first = value_of(rule, 0, false), sums = 255 * (int64_t)rule->count;
    *least = 0;
    *most = UINT16_MAX - (sums << form->up);
    for (int64_t sum = 0; sum <= sums && *least <= *most; sum++) {
        const int64_t value = value_of(rule, (int32_t)sum, up) - first, scaled = sum << form->up;
        const int64_t low = (value * unit + form->multiplier - 1) / form->multiplier - scaled;
        const int64_t high = ((value + 1) * unit + form->multiplier - 1) / form->multiplier - 1 - scaled;
        if (low > *least) *least = low;
        if (high < *most) *most = high;
    }
    return *least <= *most;
}

/* With the form's multiplier and shifts. */
static bool find_bias(const form_rule *rule, pool_form *form)
{
    int64_t least = 0, most = 0, least_up = 0, most_up = 0;
    if (!find_biases(rule, form, false, &least, &most)) return false;
    form->bias = (clq_int)least;
    form->has_ties = 0;
    if (!find_biases(rule, form, true, &least_up, &most_up)) return false;
    if (least_up <= most && least <= most_up) { /* one bias for both: nothing lies on a tie */
        form->bias = (clq_int)(least > least_up ? least : least_up);
        return true;
    }
    form->bias = (clq_int)(least > least_up - 1 ? least : least_up - 1);
    form->has_ties = 1;
    return form->bias <= most && form->bias < most_up;
}

static bool find_form(const form_rule *rule, pool_form *form)
{
    const double multiplier = rule->multiplier == 0.0 ? 1.0 / rule->count : rule->multiplier;
    int zeros = 0; /* behind the binary point of the multiplier: its fixed-point form has 16 bits */
    if (!(multiplier < 1.0)) return false;
    while (zeros < MOST_DOWN && ldexp(multiplier, zeros + 1) < 1.0) zeros++;
    for (form->up = 0; form->up <= MOST_UP && zeros + form->up <= MOST_DOWN && (255 * rule->count) << form->up <= UINT16_MAX; form->up++) {
        const int32_t floored = (int32_t)ldexp(multiplier, 16 + zeros);
        form->down = zeros + form->up;
        for (int more = 0; more < 2; more++) {
            form->multiplier = floored + more;
            if (form->multiplier > 0 && form->multiplier <= UINT16_MAX && find_bias(rule, form)) return true;
        }
    }
    return false;
}

static void add_form(pool_params *params, int64_t inside, int64_t padded)
{
    pool_form form = {.inside = (clq_int)inside, .padded = (clq_int)padded};
    if (inside < 1 || inside > MOST_TAPS || params->form_count == POOL_FORMS) return;
    for (int i = 0; i < params->form_count; i++) {
        if (params->forms[i].inside == inside && params->forms[i].padded == padded) return;
    }
    const form_rule rule = rule_of(params, form.inside, form.padded);
    if (!find_form(&rule, &form)) return;
    const int64_t zero = params->half_away ? params->flip : params->y_zero;
    const int64_t first = value_of(&rule, 0, false), last = value_of(&rule, 255 * rule.count, true);
    form.add = (clq_int)(first + zero);
    form.odd = (clq_int)(first & 1);
    form.clamps = first + zero < params->low || last + zero > params->high;
    params->forms[params->form_count++] = form;
}

/* The windows of an axis that differ in their taps; some of them where there are more. */
static int kinds_of(const clq_pool_axis *axis, clq_pool_window kinds[MOST_KINDS])
{
    int count = 0;
    for (int64_t o = 0; o < axis->output; o++) {
        const clq_pool_window window = clq_pool_window_at(axis, o);
        int i = 0;
        while (i < count && (kinds[i].inside != window.inside || kinds[i].padded != window.padded)) i++;
        if (i == MOST_KINDS) break;
        kinds[i] = window;
        if (i == count) count++;
    }
    return count;
}

void clq_pool_find_forms(const clq_pool_problem *problem, pool_params *params)
{
    clq_pool_window kinds[POOL_AXES][MOST_KINDS];
    int count[POOL_AXES];
    params->form_count = 0;
    if (params->is_max) return;
    if (params->full_count > 0) add_form(params, params->full_count, params->full_count);
    for (int i = 0; i < POOL_AXES; i++) count[i] = kinds_of(&problem->axes[i], kinds[i]);
    for (int d = 0; d < count[0]; d++) {
        for (int h = 0; h < count[1]; h++) {
            for (int w = 0; w < count[2]; w++) {
                const clq_pool_window *depth = &kinds[0][d], *height = &kinds[1][h], *width = &kinds[2][w];
                add_form(params, depth->inside * height->inside * width->inside, depth->padded * height->padded * width->padded);
            }
        }
    }
}
