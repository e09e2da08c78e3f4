/* SPDX-License-Identifier: Apache-2.0 */
/* Fake quantization on a CPU (after fake_quant/fake_parts): a work-group of one work-item makes a chunk, 16 elements at a time. */
INLINED void fake_store_codes(const fake_quant_params *p, const fake_part *part, uint i, uint left, int16 code)
{
    const ulong place = part->y_place + i * part->y_step;
    if (part->y_step == 1 && left >= 16 && !is_nibble_type(p->y_type)) {
        store_bytes(part->y, place, convert_uchar16(code & 255), p->streams != 0);
    } else if (part->y_step == 1 && left >= 16 && place % 2 == 0) {
        store_nibbles(part->y + place / 2, convert_uchar16(code & 255));
    } else {
        int each[16];
        *(int16_anywhere *)each = code;
        for (uint j = 0; j < min(left, 16u); j++) store_integer(part->y, place + j * part->y_step, p->y_type, each[j]);
    }
}

INLINED float16 fake_noises(const fake_quant_params *p, const fake_part *part, uint i)
{
    float each[16];
    for (uint j = 0; j < 16; j++) {
        each[j] = fake_noise(part->mask_place + (i + j) * part->mask_step, (uint)part->others[0], (uint2)((uint)p->key[0], (uint)p->key[1]), p->rule.scale);
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
        fake_store(part->y, p->y_type, part->y_place + i * part->y_step, part->y_step, left, fake_value(form, &p->rule, v, code, x), p->streams != 0);
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

PART_OF(fake_part_levels, fake_sixteen, FAKE_LEVELS)
PART_OF(fake_part_sign, fake_sixteen, FAKE_SIGN)
PART_OF(fake_part_ternary, fake_sixteen, FAKE_TERNARY)
PART_OF(fake_part_odd, fake_sixteen, FAKE_ODD)
PART_OF(fake_part_noisy, fake_sixteen, FAKE_NOISY)

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
                     mask + p.head.offset[4], 0, 0, 0, 0, 0, 0, 0, 0, 0};
    fake_walk(&p, &all);
}
