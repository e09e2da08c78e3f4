/* SPDX-License-Identifier: Apache-2.0 */
/* dx of fake quantization on a CPU (after fake_quant/fake_parts): a work-group of one work-item makes a chunk, 16 elements at a time. */
INLINED float16 fake_load_mask(__global const uchar *mask, ulong step, uint left)
{
    uchar each[16];
    if (step == 1 && left >= 16) return convert_float16(LOAD16(uchar, mask));
    for (uint j = 0; j < 16; j++) each[j] = j < left ? mask[j * step] : 0;
    return convert_float16(*(uchar16_anywhere *)each);
}

INLINED void fake_back_sixteen(const fake_quant_params *p, const fake_part *part, const fake_values *v, uint i, uint left, int kind)
{
    __builtin_prefetch((const void *)((ulong)part->x + (kind == FAKE_MASKED ? 1 : bytes_of_type(p->x_type)) * (part->x_place + i) + AHEAD), 0, 2);
    __builtin_prefetch((const void *)((ulong)part->dy + bytes_of_type(p->dy_type) * (part->mask_place + i) + AHEAD), 0, 2);
    const float16 dy = fake_load(part->dy, p->dy_type, part->mask_place + i * part->mask_step, part->mask_step, left);
    float16 g;
    if (kind == FAKE_MASKED) g = fake_load_mask(part->x + part->x_place + i * part->x_step, part->x_step, left);
    else g = fake_gradient(kind, &p->rule, v, fake_load(part->x, p->x_type, part->x_place + i * part->x_step, part->x_step, left));
    const float16 dx = fake_pass(dy, g);
    fake_store(part->y, p->y_type, part->y_place + i * part->y_step, part->y_step, left, dx, part->streams);
}

/* Whole sixteens of neighbouring f32 from element `i` on; returns where they end. `kind` and `varies` are constants of the caller. */
INLINED uint fake_plain_back_loop(const fake_quant_params *p, const fake_part *part, fake_values v, uint i, int kind, bool varies)
{
    const uint x_bytes = kind == FAKE_MASKED ? 1 : 4;
    const fake_plain r = fake_plain_of(p, part, x_bytes);
    const fake_rule rule = p->rule;
    for (; i + 16 <= r.end; i += 16) {
        fake_ask(r.dy + 4 * i);
        if (kind != FAKE_ONE) fake_ask(r.x + x_bytes * i);
        const float16 dy = LOAD16(float, r.dy + 4 * i);
        if (varies) v = fake_plain_values(&rule, &r, i);
        if (kind == FAKE_MASKED) fake_plain_store(&r, i, __builtin_convertvector(LOAD16(uchar, r.x + i), int16) != 0 ? dy : (float16)0.0f);
        else fake_plain_store(&r, i, fake_pass(dy, fake_gradient(kind, &rule, &v, LOAD16(float, r.x + x_bytes * i))));
    }
    return i;
}

INLINED uint fake_plain_back(const fake_quant_params *p, const fake_part *part, fake_values v, uint i, int kind)
{
    const bool is_f32 = p->y_type == CONVERT_F32 && p->dy_type == CONVERT_F32 && (kind == FAKE_MASKED || p->x_type == CONVERT_F32);
    if (!is_f32 || part->x_step != 1 || part->y_step != 1 || part->mask_step != 1) return i;
    if (part->index_step == 0 || kind == FAKE_MASKED) return fake_plain_back_loop(p, part, v, i, kind, false);
    if (!(kind == FAKE_ROUNDED || kind == FAKE_STEP) || part->index_step != 1) return i;
    return fake_plain_back_loop(p, part, v, i, kind, true);
}

PART_OF(fake_part_rounded, fake_back_sixteen, fake_plain_back, FAKE_ROUNDED)
PART_OF(fake_part_inside, fake_back_sixteen, fake_plain_back, FAKE_INSIDE)
PART_OF(fake_part_step, fake_back_sixteen, fake_plain_back, FAKE_STEP)
PART_OF(fake_part_clip, fake_back_sixteen, fake_plain_back, FAKE_CLIP)
PART_OF(fake_part_one, fake_back_sixteen, fake_plain_back, FAKE_ONE)
PART_OF(fake_part_filter, fake_back_sixteen, fake_plain_back, FAKE_FILTER)
PART_OF(fake_part_two_scales, fake_back_sixteen, fake_plain_back, FAKE_TWO_SCALES)
PART_OF(fake_part_tanh, fake_back_sixteen, fake_plain_back, FAKE_TANH)
PART_OF(fake_part_masked, fake_back_sixteen, fake_plain_back, FAKE_MASKED)

static void fake_do_part(const fake_quant_params *p, const fake_part *part)
{
    switch (p->gradient) {
    case FAKE_INSIDE: fake_part_inside(p, part); return;
    case FAKE_STEP: fake_part_step(p, part); return;
    case FAKE_CLIP: fake_part_clip(p, part); return;
    case FAKE_ONE: fake_part_one(p, part); return;
    case FAKE_FILTER: fake_part_filter(p, part); return;
    case FAKE_TWO_SCALES: fake_part_two_scales(p, part); return;
    case FAKE_TANH: fake_part_tanh(p, part); return;
    case FAKE_MASKED: fake_part_masked(p, part); return;
    default: fake_part_rounded(p, part); return;
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void fake_back_vector(__global const uchar *x, __global const uchar *scales, __global const uchar *others, __global uchar *dx,
                                                                              __global const uchar *dy, OP_COUNT, const fake_quant_params p)
{
    OP_BEGUN();
    fake_part all = {x + p.head.offset[0], dy + p.head.offset[4], (__global const int *)(scales + p.head.offset[1]), (__global const int *)(others + p.head.offset[2]),
                     dx + p.head.offset[3], dx, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, false};
    fake_walk(&p, &all);
}
