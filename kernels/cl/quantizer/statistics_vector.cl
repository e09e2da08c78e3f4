/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of x on a CPU, 16 elements at a time, in the lanes and the order of quantizer/statistics_portable: 16 of a slot where they are contiguous, or one of
 * each of 16 slots that lie side by side. After convert/convert_float_lanes and quantizer/statistics_blocks. */
typedef struct vector_statistics {
    int16 nonfinite, zeros;
    float16 least, most;
} vector_statistics;

static const constant int first_lanes[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

INLINED float16 load_vector(__global const uchar *x, int type, ulong place)
{
    float16 value;
    load_floats(x, type, place, 1, &value);
    return value;
}

#define ROWS_AHEAD 8   /* of slots side by side, asked for before they are read: steps of pages are beyond what the hardware foresees */

/* Element i of 16 slots that lie side by side. */
INLINED float16 elements_beside(const statistics_params *p, const statistics_block *b, __global const uchar *x, int type, uint i)
{
    const ulong place = b->begin + (b->first + i) * p->step;
    __builtin_prefetch((const void *)(ulong)(x + bytes_of_type(type) * (place + ROWS_AHEAD * p->step)), 0, 2);
    return load_vector(x, type, place);
}

/* Sixteen elements of a slot from k on, where these are not contiguous or fewer. */
static __attribute__((noinline)) float16 gather_elements(const statistics_params *p, const statistics_block *b, __global const uchar *x, ulong k, uint count)
{
    union {
        float16 all;
        float one[16];
    } v;
    v.all = 0.0f;
    for (uint i = 0; i < count; i++) v.one[i] = load_float(x, element_place(p, b, k + i), p->type);
    return v.all;
}

/* Elements i .. i + 16 of a block; those beyond its end are 0. */
INLINED float16 block_elements(const statistics_params *p, const statistics_block *b, __global const uchar *x, int type, uint i)
{
    const ulong k = b->first + i, row = p->run >= p->elements ? 0 : k / p->run, column = k - row * p->run;
    const uint left = b->count - i;
    if (p->step == 1 && left >= 16 && column + 16 <= p->run) return load_vector(x, type, b->begin + row * p->row_step + column);
    return gather_elements(p, b, x, k, min(left, 16u));
}

/* One vector; `absent` are lanes without an element (their value is 0). Returns what is summed. */
INLINED float16 take_vector(vector_statistics *s, float16 value, int16 absent)
{
    const int16 bad = (as_int16(value) & 0x7f800000) == (int16)0x7f800000, out = bad | absent;
    const float16 summed = as_float16(~bad & as_int16(value)) + 0.0f; /* -0 becomes 0 */
    const float16 low = out ? (float16)INFINITY : summed, high = out ? (float16)-INFINITY : summed;
    s->nonfinite -= bad;
    s->zeros -= (summed == (float16)0.0f) & ~out;
    s->least = low < s->least ? low : s->least;
    s->most = high > s->most ? high : s->most;
    return summed;
}

INLINED void store_block(const statistics_params *p, __global uint *words, ulong number, uint count, uint nonfinite, uint zeros, float least, float most, float sum)
{
    words[STATISTICS_COUNT * p->total + number] = count - nonfinite;
    words[STATISTICS_NONZERO * p->total + number] = count - nonfinite - zeros;
    words[STATISTICS_NONFINITE * p->total + number] = nonfinite;
    words[STATISTICS_MIN * p->total + number] = as_uint(least);
    words[STATISTICS_MAX * p->total + number] = as_uint(most);
    words[STATISTICS_SUM * p->total + number] = as_uint(sum);
}

typedef union sixteen_floats {
    float16 all;
    float one[16];
} sixteen_floats;

typedef union sixteen_ints {
    int16 all;
    int one[16];
} sixteen_ints;

INLINED float tree_of(float16 v)
{
    const float8 eight = v.lo + v.hi;
    const float4 four = eight.lo + eight.hi;
    const float2 two = four.lo + four.hi;
    return two.x + two.y;
}

INLINED void take_block(const statistics_params *p, __global const uchar *x, __global uint *words, ulong number, const statistics_block *b, int type)
{
    vector_statistics s = {0, 0, INFINITY, -INFINITY};
    float16 sums = 0.0f;
    for (uint i = 0; i < b->count; i += 16) {
        const int16 lanes = vload16(0, first_lanes);
        sums += take_vector(&s, block_elements(p, b, x, type, i), lanes >= (int16)(int)(b->count - i));
    }
    const sixteen_ints nonfinite = {s.nonfinite}, zeros = {s.zeros};
    const sixteen_floats least = {s.least}, most = {s.most};
    int bad = 0, none = 0;
    float lowest = INFINITY, highest = -INFINITY;
    for (int i = 0; i < 16; i++) {
        bad += nonfinite.one[i];
        none += zeros.one[i];
        lowest = min(lowest, least.one[i]);
        highest = max(highest, most.one[i]);
    }
    store_block(p, words, number, b->count, bad, none, lowest, highest, tree_of(sums));
}

/* Sixteen slots from number on, whose first elements lie side by side. */
INLINED void take_slots(const statistics_params *p, __global const uchar *x, __global uint *words, ulong number, const statistics_block *b, int type)
{
    vector_statistics s = {0, 0, INFINITY, -INFINITY};
    float16 sums[STATISTICS_LANES];
    for (int i = 0; i < STATISTICS_LANES; i++) sums[i] = 0.0f;
    for (uint i = 0; i < b->count; i++) sums[i % STATISTICS_LANES] += take_vector(&s, elements_beside(p, b, x, type, i), (int16)0);
    for (int distance = STATISTICS_LANES / 2; distance > 0; distance /= 2) {
        for (int i = 0; i < distance; i++) sums[i] += sums[i + distance];
    }
    const sixteen_ints nonfinite = {s.nonfinite}, zeros = {s.zeros};
    const sixteen_floats least = {s.least}, most = {s.most}, sum = {sums[0]};
    for (uint i = 0; i < 16; i++) store_block(p, words, number + i, b->count, nonfinite.one[i], zeros.one[i], least.one[i], most.one[i], sum.one[i]);
}

/* Whether 16 blocks from this one on are those of slots that lie side by side. */
INLINED bool is_beside(const statistics_params *p, const statistics_block *b, ulong number, ulong end)
{
    if (p->step == 1 || p->run < p->elements || number + 16 > end || b->slot + 16 > p->slots) return false;
    return slot_begin(p, b->slot + 15) == b->begin + 15 && slot_elements(p, b->slot + 15) == slot_elements(p, b->slot);
}

INLINED void take_blocks(const statistics_params *p, __global const uchar *x, __global uint *words, ulong begin, ulong end, int type)
{
    for (ulong number = begin; number < end;) {
        const statistics_block b = find_block(p, number);
        if (is_beside(p, &b, number, end)) {
            take_slots(p, x, words, number, &b, type);
            number += 16;
        } else {
            take_block(p, x, words, number, &b, type);
            number++;
        }
    }
}

INLINED void deviate_block(const statistics_params *p, __global const uchar *x, __global float *words, ulong number, const statistics_block *b, int type)
{
    const float mean = words[STATISTICS_PLANES * p->total + CALL_MEAN * p->slots + b->slot];
    float16 deviations = 0.0f, squares = 0.0f;
    for (uint i = 0; i < b->count; i += 16) {
        const float16 value = block_elements(p, b, x, type, i);
        const int16 lanes = vload16(0, first_lanes), out = (as_int16(value) & 0x7f800000) == (int16)0x7f800000 | lanes >= (int16)(int)(b->count - i);
        const float16 distance = as_float16(~out & as_int16(fabs(value - mean)));
        deviations += distance;
        squares += distance * distance;
    }
    words[STATISTICS_DEVIATIONS * p->total + number] = tree_of(deviations);
    words[STATISTICS_SQUARES * p->total + number] = tree_of(squares);
}

INLINED void deviate_slots(const statistics_params *p, __global const uchar *x, __global float *words, ulong number, const statistics_block *b, int type)
{
    const float16 mean = LOAD16(float, words + STATISTICS_PLANES * p->total + CALL_MEAN * p->slots + b->slot);
    float16 deviations[STATISTICS_LANES], squares[STATISTICS_LANES];
    for (int i = 0; i < STATISTICS_LANES; i++) deviations[i] = squares[i] = 0.0f;
    for (uint i = 0; i < b->count; i++) {
        const float16 value = elements_beside(p, b, x, type, i);
        const int16 bad = (as_int16(value) & 0x7f800000) == (int16)0x7f800000;
        const float16 distance = as_float16(~bad & as_int16(fabs(value - mean)));
        deviations[i % STATISTICS_LANES] += distance;
        squares[i % STATISTICS_LANES] += distance * distance;
    }
    for (int distance = STATISTICS_LANES / 2; distance > 0; distance /= 2) {
        for (int i = 0; i < distance; i++) {
            deviations[i] += deviations[i + distance];
            squares[i] += squares[i + distance];
        }
    }
    STORE16(float, words + STATISTICS_DEVIATIONS * p->total + number, deviations[0]);
    STORE16(float, words + STATISTICS_SQUARES * p->total + number, squares[0]);
}

INLINED void deviate_blocks(const statistics_params *p, __global const uchar *x, __global float *words, ulong begin, ulong end, int type)
{
    for (ulong number = begin; number < end;) {
        const statistics_block b = find_block(p, number);
        if (is_beside(p, &b, number, end)) {
            deviate_slots(p, x, words, number, &b, type);
            number += 16;
        } else {
            deviate_block(p, x, words, number, &b, type);
            number++;
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void statistics_vector(__global const uchar *x, __global uchar *work, OP_COUNT, const statistics_params p)
{
    OP_BEGUN();
    const ulong begin = get_global_id(0) * p.chunk, end = min(begin + p.chunk, p.total);
    __global const uchar *from = x + p.head.offset[0];
    __global uint *words = (__global uint *)(work + p.head.offset[1]);
    if (p.type == CONVERT_F32) take_blocks(&p, from, words, begin, end, CONVERT_F32);
    else if (p.type == CONVERT_F16) take_blocks(&p, from, words, begin, end, CONVERT_F16);
    else take_blocks(&p, from, words, begin, end, CONVERT_BF16);
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void deviations_vector(__global const uchar *x, __global uchar *work, OP_COUNT, const statistics_params p)
{
    OP_BEGUN();
    const ulong begin = get_global_id(0) * p.chunk, end = min(begin + p.chunk, p.total);
    __global const uchar *from = x + p.head.offset[0];
    __global float *words = (__global float *)(work + p.head.offset[1]);
    if (p.type == CONVERT_F32) deviate_blocks(&p, from, words, begin, end, CONVERT_F32);
    else if (p.type == CONVERT_F16) deviate_blocks(&p, from, words, begin, end, CONVERT_F16);
    else deviate_blocks(&p, from, words, begin, end, CONVERT_BF16);
}
