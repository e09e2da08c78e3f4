/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of a chunk whose elements are walked 16 at a time, on a CPU (after fake_quant/fake_lanes). A program names what is done to a part: fake_do_part. */
#define AHEAD 2048   /* bytes of x that are asked for before they are read */

/* Elements of a run that have the same group: part of the innermost loop; or several whole runs, one after the other. */
typedef struct fake_part {
    __global const uchar *x, *dy;
    __global const int *scales, *others;
    __global uchar *y, *mask;
    ulong x_place, y_place, mask_place, index;   /* of the first element; index: of its parameters */
    ulong x_step, y_step, mask_step, index_step;
    ulong x_row, y_row, mask_row, index_row;     /* from run to run */
    uint count, rows;
    bool streams;
} fake_part;

/* Elements until y's address allows streaming of whole vectors; 0 where nothing streams. */
INLINED uint fake_ahead(const fake_quant_params *p, const fake_part *part)
{
    const uint size = bytes_of_type(p->y_type);
    const ulong address = (ulong)part->y + part->y_place * size;
    return part->streams && part->y_step == 1 ? min(part->count, (uint)(-address & (16 * size - 1)) / size) : 0;
}

static void fake_do_part(const fake_quant_params *p, const fake_part *part);

/* What a loop of neighbouring f32 needs, in registers. */
typedef struct fake_plain {
    __global const uchar *x, *dy;
    __global uchar *y;
    __global const int *scales, *others;
    uint end;
    bool streams;
} fake_plain;

INLINED fake_plain fake_plain_of(const fake_quant_params *p, const fake_part *part, uint x_bytes)
{
    const fake_plain plain = {part->x + x_bytes * part->x_place, part->dy + 4 * part->mask_place, part->y + bytes_of_type(p->y_type) * part->y_place, part->scales + part->index,
                              part->others + part->index, part->count, part->streams};
    return plain;
}

/* Parameters of 16 neighbours, one an element. */
INLINED fake_values fake_plain_values(const fake_rule *rule, const fake_plain *r, uint i)
{
    fake_values v;
    fake_set_values(rule, as_float16(LOAD16(int, r->scales + i)), (float16)1.0f, rule->has_zeros ? LOAD16(int, r->others + i) : (int16)0, &v);
    return v;
}

INLINED void fake_plain_store(const fake_plain *r, uint i, float16 value)
{
    if (r->streams) STREAM16(float, r->y + 4 * i, value);
    else STORE16(float, r->y + 4 * i, value);
}

INLINED void fake_ask(__global const uchar *from)
{
    __builtin_prefetch((const void *)((ulong)from + AHEAD), 0, 2);
}

/* Elements begin .. end of a part by calls of `sixteen`, of any types and steps. */
#define PART_ELEMENTS(sixteen, constant, begin, stop)                                                                                            \
    for (uint i = begin; i < (stop); i += 16) {                                                                                                  \
        const uint left = (stop) - i;                                                                                                            \
        if (one.index_step) v = fake_values_from(&p->rule, one.scales, one.others, one.index + i * one.index_step, one.index_step, left);        \
        sixteen(p, &one, &v, i, left, constant);                                                                                                 \
    }

/* A function that makes a part: where elements are neighbours by `plain`, which returns where it ended, for each constant a loop of its own; else, and what is left,
 * by `sixteen`. */
#define PART_OF(name, sixteen, plain, constant)                                                                                                  \
    static __attribute__((noinline)) void name(const fake_quant_params *p, const fake_part *part)                                                \
    {                                                                                                                                            \
        fake_part one = *part;                                                                                                                   \
        fake_values v = fake_values_from(&p->rule, one.scales, one.others, one.index, 0, 16);                                                    \
        for (uint row = 0; row < part->rows; row++) {                                                                                            \
            if (row && one.index_row && !one.index_step) v = fake_values_from(&p->rule, one.scales, one.others, one.index, 0, 16);               \
            const uint ahead = fake_ahead(p, &one);                                                                                              \
            PART_ELEMENTS(sixteen, constant, 0, ahead)                                                                                           \
            const uint done = plain(p, &one, v, ahead, constant);                                                                                \
            PART_ELEMENTS(sixteen, constant, done, one.count)                                                                                    \
            one.x_place += one.x_row;                                                                                                            \
            one.y_place += one.y_row;                                                                                                            \
            one.mask_place += one.mask_row;                                                                                                      \
            one.index += one.index_row;                                                                                                          \
        }                                                                                                                                        \
    }

/* The part that begins `done` elements after w's place and ends at `run` or before, in the buffers of `all`. */
static fake_part fake_next_part(const fake_quant_params *p, const fake_part *all, const nest_walk *w, uint done, uint run)
{
    fake_part part = *all;
    const ulong axis_step = p->nest.stride[FAKE_AXIS][OP_RANK - 1], axis = w->at[FAKE_AXIS] + done * axis_step;
    part.count = p->block && axis_step ? (uint)min((ulong)(run - done), p->block - axis % p->block) : run - done;
    part.x_place = w->at[FAKE_X] + done * part.x_step;
    part.y_place = w->at[FAKE_Y] + done * part.y_step;
    part.mask_place = w->at[FAKE_MASK] + done * part.mask_step;
    part.index = w->at[FAKE_VALUE] + done * part.index_step + (p->block ? axis / p->block * p->block_step : 0);
    return part;
}

/* How many whole runs can be made together from w's place on: 1 unless it begins one. */
static uint fake_rows(const fake_quant_params *p, const nest_walk *w, uint run)
{
    const ulong extent = p->nest.extent[OP_RANK - 1];
    if (p->block || w->index[OP_RANK - 1] || run < extent || w->left < 2 * extent) return 1;
    return (uint)min(w->left / extent, p->nest.extent[OP_RANK - 2] - w->index[OP_RANK - 2]);
}

/* Past all but the last of the runs. */
static void fake_skip(const fake_quant_params *p, nest_walk *w, uint runs)
{
    w->left -= runs * p->nest.extent[OP_RANK - 1];
    w->index[OP_RANK - 2] += runs;
    for (int operand = 0; operand < WALK_OPERANDS; operand++) w->at[operand] += runs * p->nest.stride[operand][OP_RANK - 2];
}

static void fake_walk(const fake_quant_params *p, fake_part *all)
{
    const int last = OP_RANK - 1, above = OP_RANK - 2;
    all->x_step = p->nest.stride[FAKE_X][last];
    all->y_step = p->nest.stride[FAKE_Y][last];
    all->mask_step = p->nest.stride[FAKE_MASK][last];
    all->index_step = p->nest.stride[FAKE_VALUE][last];
    all->x_row = p->nest.stride[FAKE_X][above];
    all->y_row = p->nest.stride[FAKE_Y][above];
    all->mask_row = p->nest.stride[FAKE_MASK][above];
    all->index_row = p->nest.stride[FAKE_VALUE][above];
    all->streams = p->streams && (p->nest.extent[above] == 1 || all->y_row * bytes_of_type(p->y_type) % 64 == 0); /* else each run would begin with a few single elements */
    nest_walk w = nest_begin(&p->nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p->nest, &w), rows = fake_rows(p, &w, run);
        for (uint done = 0; done < run;) {
            fake_part part = fake_next_part(p, all, &w, done, run);
            part.rows = rows;
            fake_do_part(p, &part);
            done += part.count;
        }
        if (rows > 1) fake_skip(p, &w, rows - 1);
        nest_advance(&p->nest, &w, run);
    }
}
