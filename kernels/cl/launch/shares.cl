/* SPDX-License-Identifier: Apache-2.0 */
/* Work sharing between the threads of a CPU. A launch is a list of units of work. On an in-order queue of its own claim words it has one group a
 * thread; the list is cut into one share a thread, and a core takes its own share first: the same one in every launch, so that it finds the operands in its
 * second-level cache and the previous layer's results where it wrote them. Then it helps with the others' shares. Without claim words (an
 * out-of-order queue, active waiting off) each group takes the one unit of its own number.
 *
 *   share_walk walk = begin_units(claims, units);
 *   for (ulong unit; next_unit(&walk, &unit);) ...
 *
 * `claims`: one cache line a share with the number of units taken from it, then one with the number of groups that are done. The last group to end sets
 * all to zero: on an in-order queue the next launch begins after that. host/device/active_wait.h says who may use which words. */
#define CLAIM_LINE 16 /* ints */

typedef struct share_walk {
    volatile __global int *claims; /* NULL: none */
    ulong units;
    uint shares, share, visited;
} share_walk;

/* A number of the core that runs this group: a hint for locality, never for results. */
static inline uint core_number(void)
{
    uint low, high, number;
    __asm__ volatile("rdtscp" : "=a"(low), "=d"(high), "=c"(number));
    return number & 4095u;
}

static inline share_walk begin_units(volatile __global int *claims, ulong units)
{
    share_walk walk = {claims, units, (uint)get_num_groups(0), 0, 0};
    if (claims) walk.share = core_number() % walk.shares;
    return walk;
}

static inline void end_units(share_walk *walk)
{
    if ((uint)atomic_inc(walk->claims + walk->shares * CLAIM_LINE) + 1u < walk->shares) return;
    for (uint share = 0; share <= walk->shares; share++) walk->claims[share * CLAIM_LINE] = 0;
}

/* The next unit of those that are left; the claim words stay as they are. */
static inline bool take_unit(share_walk *walk, ulong *unit)
{
    for (; walk->visited < walk->shares; walk->visited++) {
        const ulong first = walk->units * walk->share / walk->shares, end = walk->units * (walk->share + 1) / walk->shares;
        *unit = first + (uint)atomic_inc(walk->claims + walk->share * CLAIM_LINE);
        if (*unit < end) return true;
        if (++walk->share == walk->shares) walk->share = 0;
    }
    return false;
}

static inline bool next_unit(share_walk *walk, ulong *unit)
{
    if (!walk->claims) {
        *unit = (get_group_id(2) * get_num_groups(1) + get_group_id(1)) * get_num_groups(0) + get_group_id(0);
        return walk->visited++ == 0;
    }
    if (take_unit(walk, unit)) return true;
    end_units(walk);
    return false;
}

/* Where block `index` of `blocks` begins: blocks differ by one at most. */
static inline int block_begin(int count, int index, int blocks)
{
    return (int)((ulong)count * (ulong)index / (ulong)blocks);
}
