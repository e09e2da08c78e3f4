/* SPDX-License-Identifier: Apache-2.0 */
/* Where an element's parameters are, any device (after fake_quant/one_lane and fake_quant/fake_quant_code). */

/* Parameters `index`. Buffers that a scheme does not have are other ones, whose words are not used. */
static inline fake_values fake_values_at(const fake_rule *rule, __global const float *scales, __global const int *others, ulong index)
{
    const float scale = rule->has_scales ? scales[index] : 1.0f, second = rule->has_two ? scales[rule->slots + index] : 1.0f;
    fake_values v;
    fake_set_values(rule, scale, second, rule->has_zeros || rule->has_thresholds ? others[index] : 0, &v);
    return v;
}

static inline ulong fake_index(const fake_quant_params *p, const nest_walk *w, uint i)
{
    const ulong axis = w->at[FAKE_AXIS] + i * p->nest.stride[FAKE_AXIS][OP_RANK - 1];
    return w->at[FAKE_VALUE] + i * p->nest.stride[FAKE_VALUE][OP_RANK - 1] + (p->block ? axis / p->block * p->block_step : 0);
}
