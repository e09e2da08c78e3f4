/* SPDX-License-Identifier: Apache-2.0 */
/* Fake quantization on a CPU (after fake_quant/fake_parts): a work-group of one work-item makes a chunk, 16 elements at a time. */
INLINED void fake_store_codes(const fake_quant_params *p, const fake_part *part, uint i, uint left, int16 code)
{
    const ulong place = part->y_place + i * part->y_step;
    if (part->y_step == 1 && left >= 16 && !is_nibble_type(p->y_type)) {
        store_bytes(part->y, place, convert_uchar16(code & 255), part->streams);
    } else if (part->y_step == 1 && left >= 16 && place % 2 == 0) {
        store_nibbles(part->y + place / 2, convert_uchar16(code & 255));
    } else {
        int each[16];
        *(int16_anywhere *)each = code;
        for (uint j = 0; j < min(left, 16u); j++) store_integer(part->y, place + j * part->y_step, p->y_type, each[j]);
    }
}

/* The words of 4 counters from `index` / 4 on, in their order. */
INLINED void fake_noise_words(const fake_quant_params *p, ulong index, ulong count, uint *words)
{
    const ulong low = 0xffffffffUL;
    ulong4 x = ((ulong4)(index >> 2) + (ulong4)(0, 1, 2, 3)) & low, y = count & low, z = 0, w = 0;
    ulong first_key = (uint)p->key[0], second_key = (uint)p->key[1];
    _Pragma("unroll") for (int round = 0; round < 10; round++) {
        const ulong4 first = (x & low) * 0xd2511f53UL, second = (z & low) * 0xcd9e8d57UL;
        x = second >> 32 ^ y ^ first_key;
        y = second & low;
        z = first >> 32 ^ w ^ second_key;
        w = first & low;
        first_key = (first_key + 0x9e3779b9UL) & low;
        second_key = (second_key + 0xbb67ae85UL) & low;
    }
    *(uint16_anywhere *)words = (uint16)((uint)x.s0, (uint)y.s0, (uint)z.s0, (uint)w.s0, (uint)x.s1, (uint)y.s1, (uint)z.s1, (uint)w.s1,
                                         (uint)x.s2, (uint)y.s2, (uint)z.s2, (uint)w.s2, (uint)x.s3, (uint)y.s3, (uint)z.s3, (uint)w.s3);
}

/* As fake_noise, of 16 elements: four counters, or eight where the first element is not the first of a counter. */
INLINED float16 fake_noises(const fake_quant_params *p, const fake_part *part, uint i)
{
    const ulong index = part->mask_place + i * part->mask_step;
    uint words[32];
    if (part->mask_step == 1) {
        fake_noise_words(p, index, (uint)part->others[0], words);
        if (index & 3) fake_noise_words(p, index + 16, (uint)part->others[0], words + 16);
        const int16 bits = as_int16(*(uint16_anywhere *)(words + (index & 3)) >> 8);
        return (FAKE_TO_FLOATS(bits) * 0x1p-24f - 0.5f) * p->rule.scale;
    }
    float each[16];
    for (uint j = 0; j < 16; j++) {
        each[j] = fake_noise(index + j * part->mask_step, (uint)part->others[0], (uint2)((uint)p->key[0], (uint)p->key[1]), p->rule.scale);
    }
    return *(float16_anywhere *)each;
}

INLINED void fake_sixteen(const fake_quant_params *p, const fake_part *part, const fake_values *v, uint i, uint left, int form)
{
    __builtin_prefetch((const void *)((ulong)part->x + bytes_of_type(p->x_type) * (part->x_place + i) + AHEAD), 0, 2);
    const float16 x = fake_load(part->x, p->x_type, part->x_place + i * part->x_step, part->x_step, left);
    const float16 noise = form == FAKE_NOISY ? fake_noises(p, part, i) : (float16)0.0f;
    const int16 code = fake_code(form, &p->rule, v, x, noise);
    if (is_float_type(p->y_type)) {
        fake_store(part->y, p->y_type, part->y_place + i * part->y_step, part->y_step, left, fake_value(form, &p->rule, v, code, x), part->streams);
    } else {
        fake_store_codes(p, part, i, left, code);
    }
    if (!p->saves_mask) return;
    const uchar16 passes = convert_uchar16(fake_gradient(p->gradient, &p->rule, v, x) != 0.0f ? (int16)1 : (int16)0);
    __global uchar *to = part->mask + part->mask_place + i * part->mask_step;
    if (part->mask_step == 1 && left >= 16) {
        STORE16(uchar, to, passes);
        return;
    }
    uchar each[16];
    *(uchar16_anywhere *)each = passes;
    for (uint j = 0; j < min(left, 16u); j++) to[j * part->mask_step] = each[j];
}

/* Whole sixteens of neighbouring f32 from element `i` on, to f32 or to bytes; `varies`: each has parameters of its own. Returns where they end. The last three are constants of
 * the caller. */
INLINED uint fake_plain_loop(const fake_quant_params *p, const fake_part *part, fake_values v, uint i, int form, bool is_float, bool varies)
{
    const fake_plain r = fake_plain_of(p, part, 4);
    const fake_rule rule = p->rule;
    for (; i + 16 <= r.end; i += 16) {
        fake_ask(r.x + 4 * i);
        const float16 x = LOAD16(float, r.x + 4 * i);
        if (varies) v = fake_plain_values(&rule, &r, i);
        const int16 code = fake_code(form, &rule, &v, x, (float16)0.0f);
        if (is_float) fake_plain_store(&r, i, fake_value(form, &rule, &v, code, x));
        else store_bytes(r.y, i, __builtin_convertvector(code, uchar16), r.streams);
    }
    return i;
}

INLINED uint fake_plain_forward(const fake_quant_params *p, const fake_part *part, fake_values v, uint i, int form)
{
    const bool is_float = p->y_type == CONVERT_F32, is_byte = p->y_type == CONVERT_S8 || p->y_type == CONVERT_U8;
    if (form == FAKE_NOISY || p->saves_mask || p->x_type != CONVERT_F32 || part->x_step != 1 || part->y_step != 1 || !(is_float || is_byte)) return i;
    if (part->index_step == 0) return is_float ? fake_plain_loop(p, part, v, i, form, true, false) : fake_plain_loop(p, part, v, i, form, false, false);
    if (form != FAKE_LEVELS || part->index_step != 1) return i;
    return is_float ? fake_plain_loop(p, part, v, i, form, true, true) : fake_plain_loop(p, part, v, i, form, false, true);
}

PART_OF(fake_part_levels, fake_sixteen, fake_plain_forward, FAKE_LEVELS)
PART_OF(fake_part_sign, fake_sixteen, fake_plain_forward, FAKE_SIGN)
PART_OF(fake_part_ternary, fake_sixteen, fake_plain_forward, FAKE_TERNARY)
PART_OF(fake_part_odd, fake_sixteen, fake_plain_forward, FAKE_ODD)
PART_OF(fake_part_noisy, fake_sixteen, fake_plain_forward, FAKE_NOISY)

static void fake_do_part(const fake_quant_params *p, const fake_part *part)
{
    switch (p->form) {
    case FAKE_SIGN: fake_part_sign(p, part); return;
    case FAKE_TERNARY: fake_part_ternary(p, part); return;
    case FAKE_ODD: fake_part_odd(p, part); return;
    case FAKE_NOISY: fake_part_noisy(p, part); return;
    default: fake_part_levels(p, part); return;
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void fake_quant_vector(__global const uchar *x, __global const uchar *scales, __global const uchar *others, __global uchar *y,
                                                                               __global uchar *mask, OP_COUNT, const fake_quant_params p)
{
    OP_BEGUN();
    fake_part all = {x + p.head.offset[0], x, (__global const int *)(scales + p.head.offset[1]), (__global const int *)(others + p.head.offset[2]), y + p.head.offset[3],
                     mask + p.head.offset[4], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, false};
    fake_walk(&p, &all);
}
