/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of a chunk whose elements are walked 16 at a time, on a CPU (after fake_quant/fake_lanes). A program names what is done to a part: fake_do_part. */
#define AHEAD 2048   /* bytes of x that are asked for before they are read */

/* Elements of a run that have the same group: part of the innermost loop. */
typedef struct fake_part {
    __global const uchar *x, *dy;
    __global const int *scales, *others;
    __global uchar *y, *mask;
    ulong x_place, y_place, mask_place, index;   /* of the first element; index: of its parameters */
    ulong x_step, y_step, mask_step, index_step;
    uint count;
} fake_part;

/* Elements until y's address allows streaming of whole vectors; 0 where nothing streams. */
INLINED uint fake_ahead(const fake_quant_params *p, const fake_part *part)
{
    const uint size = bytes_of_type(p->y_type);
    const ulong address = (ulong)part->y + part->y_place * size;
    return p->streams && part->y_step == 1 ? min(part->count, (uint)(-address & (16 * size - 1)) / size) : 0;
}

static void fake_do_part(const fake_quant_params *p, const fake_part *part);

/* A function that makes a part by calls of `sixteen`, with a loop of its own for each constant. */
#define PART_OF(name, sixteen, constant)                                                                                                         \
    static __attribute__((noinline)) void name(const fake_quant_params *given, const fake_part *given_part)                                      \
    {                                                                                                                                            \
        const fake_quant_params p = *given; /* copies whose address no store may have */                                                         \
        const fake_part part = *given_part;                                                                                                      \
        const uint ahead = fake_ahead(&p, &part);                                                                                                \
        fake_values v = fake_values_from(&p.rule, part.scales, part.others, part.index, part.index_step, part.count);                            \
        for (uint i = 0; i < part.count;) {                                                                                                      \
            const uint next = i < ahead ? min(i + 16, ahead) : i + 16, left = min(part.count, next) - i;                                         \
            if (part.index_step && i) v = fake_values_from(&p.rule, part.scales, part.others, part.index + i * part.index_step, part.index_step, part.count - i); \
            sixteen(&p, &part, &v, i, left, constant);                                                                                           \
            i = next;                                                                                                                            \
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

static void fake_walk(const fake_quant_params *p, fake_part *all)
{
    all->x_step = p->nest.stride[FAKE_X][OP_RANK - 1];
    all->y_step = p->nest.stride[FAKE_Y][OP_RANK - 1];
    all->mask_step = p->nest.stride[FAKE_MASK][OP_RANK - 1];
    all->index_step = p->nest.stride[FAKE_VALUE][OP_RANK - 1];
    nest_walk w = nest_begin(&p->nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p->nest, &w);
        for (uint done = 0; done < run;) {
            const fake_part part = fake_next_part(p, all, &w, done, run);
            fake_do_part(p, &part);
            done += part.count;
        }
        nest_advance(&p->nest, &w, run);
    }
}
