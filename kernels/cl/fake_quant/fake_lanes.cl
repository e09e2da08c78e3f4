/* SPDX-License-Identifier: Apache-2.0 */
/* Sixteen elements to and from memory (after fake_quant/fake_quant_code and convert/convert_float_lanes): neighbours at once, others, and less than 16, one by one.
 * What is beyond `left` is 0. */
INLINED float16 fake_load(__global const uchar *x, int type, ulong place, ulong step, uint left)
{
    float16 value;
    if (step == 1 && left >= 16) {
        load_floats(x, type, place, 1, &value);
        return value;
    }
    float each[16];
    for (uint j = 0; j < 16; j++) each[j] = j < left ? load_float(x, place + j * step, type) : 0.0f;
    return *(float16_anywhere *)each;
}

INLINED void fake_store(__global uchar *y, int type, ulong place, ulong step, uint left, float16 value, bool streams)
{
    if (step == 1 && left >= 16) {
        store_floats(y, type, place, 1, &value, 0, streams);
        return;
    }
    float each[16];
    *(float16_anywhere *)each = value;
    for (uint j = 0; j < min(left, 16u); j++) store_float(y, place + j * step, type, each[j], 0);
}

/* A word of parameters for each of 16 elements. */
INLINED int16 fake_words(__global const int *words, ulong step, uint left)
{
    if (step == 0) return (int16)words[0];
    if (step == 1 && left >= 16) return LOAD16(int, words);
    int each[16];
    for (uint j = 0; j < 16; j++) each[j] = words[j < left ? j * step : 0];
    return *(int16_anywhere *)each;
}

/* Those of elements from parameters `index` on. Buffers that a scheme does not have are other ones, whose words are not used. */
INLINED fake_values fake_values_from(const fake_rule *rule, __global const int *scales, __global const int *others, ulong index, ulong step, uint left)
{
    const int16 none = 0;
    const float16 scale = as_float16(rule->has_scales ? fake_words(scales + index, step, left) : none);
    const float16 second = as_float16(rule->has_two ? fake_words(scales + rule->slots + index, step, left) : none);
    fake_values v;
    fake_set_values(rule, scale, second, rule->has_zeros || rule->has_thresholds ? fake_words(others + index, step, left) : none, &v);
    return v;
}
