/* SPDX-License-Identifier: Apache-2.0 */
/* Twin of tile/nv_mma: the same functions in plain OpenCL C, for a work-group of 256, so that tiling, fragments, swizzle and pipeline of a
 * kernel run on any device. What it is strict about:
 *   - a copy destroys its destination when it starts and lands only at the kernel's first barrier after the wait that it needs. So a missing wait, a
 *     missing barrier after it, and a stage that is filled again while it is still to be read all give wrong results.
 *   - a copy from or to a misaligned address never lands.
 * What it cannot find: local memory written while another warp may still load fragments from it, since collective functions hold barriers here.
 * A kernel calls its unit `unit`. */
#define NV_UNROLL
#define NV_EMULATED_ITEMS 256
#define NV_EMULATED_WORDS 6       /* a fragment's words of both operands */
#define NV_EMULATED_COPIES 64     /* in flight, per item */
#define NV_EMULATED_POISON 0xEE

typedef struct nv_unit {
    __local uchar *tiles;
    __local uint *exchange;
    __global const uchar *from[NV_EMULATED_COPIES];
    uint to[NV_EMULATED_COPIES], bytes[NV_EMULATED_COPIES], size[NV_EMULATED_COPIES];
    int group[NV_EMULATED_COPIES];
    int count, groups, landed;   /* groups below `landed` have been waited for */
} nv_unit;

#define NV_UNIT(unit, local_tiles) \
    __local uint nv_exchange[NV_EMULATED_ITEMS * NV_EMULATED_WORDS]; \
    nv_unit unit; \
    unit.tiles = (__local uchar *)(local_tiles); \
    unit.exchange = nv_exchange; \
    unit.count = unit.groups = unit.landed = 0

static inline void nv_emulated_copy(nv_unit *unit, uint to, __global const uchar *from, uint bytes, uint size)
{
    for (uint i = 0; i < size; i++) unit->tiles[to + i] = NV_EMULATED_POISON;
    if (unit->count == NV_EMULATED_COPIES || to % size != 0 || (size_t)from % size != 0 || bytes > size) return; /* the poison stays */
    unit->from[unit->count] = from;
    unit->to[unit->count] = to;
    unit->bytes[unit->count] = bytes;
    unit->size[unit->count] = size;
    unit->group[unit->count] = unit->groups;
    unit->count++;
}

static inline void nv_copy16(nv_unit *unit, uint to, __global const uchar *from, uint bytes)
{
    nv_emulated_copy(unit, to, from, bytes, 16);
}

static inline void nv_copy4(nv_unit *unit, uint to, __global const uchar *from, uint bytes)
{
    nv_emulated_copy(unit, to, from, bytes, 4);
}

static inline void nv_put16(nv_unit *unit, uint to, uint4 value)
{
    *(__local uint4 *)(unit->tiles + to) = value;
}

static inline void nv_commit(nv_unit *unit)
{
    unit->groups++;
}

/* NV_EMULATED_NO_WAIT: waits do nothing, as if the kernel had forgotten them. */
#ifdef NV_EMULATED_NO_WAIT
#define NV_WAIT(unit, newest) nv_emulated_wait(unit, NV_EMULATED_COPIES)
#else
#define NV_WAIT(unit, newest) nv_emulated_wait(unit, newest)
#endif

static inline void nv_emulated_wait(nv_unit *unit, int newest)
{
    unit->landed = max(unit->landed, unit->groups - newest);
}

static inline void nv_emulated_publish(nv_unit *unit)
{
    int kept = 0;
    for (int i = 0; i < unit->count; i++) {
        if (unit->group[i] < unit->landed) {
            for (uint byte = 0; byte < unit->size[i]; byte++) unit->tiles[unit->to[i] + byte] = byte < unit->bytes[i] ? unit->from[i][byte] : 0;
            continue;
        }
        unit->from[kept] = unit->from[i];
        unit->to[kept] = unit->to[i];
        unit->bytes[kept] = unit->bytes[i];
        unit->size[kept] = unit->size[i];
        unit->group[kept] = unit->group[i];
        kept++;
    }
    unit->count = kept;
}

static inline void nv_load_matrix4(nv_unit *unit, uint from, uint *r)
{
    const uint item = get_local_id(0), lane = item % 32, warp = item - lane;
    __local const uint *row = (__local const uint *)(unit->tiles + from);
    for (int i = 0; i < 4; i++) unit->exchange[item * NV_EMULATED_WORDS + i] = row[i];
    barrier(CLK_LOCAL_MEM_FENCE); /* the rows are there */
    for (uint matrix = 0; matrix < 4; matrix++) r[matrix] = unit->exchange[(warp + matrix * 8 + lane / 4) * NV_EMULATED_WORDS + lane % 4];
    barrier(CLK_LOCAL_MEM_FENCE); /* and have been read */
}

/* One word of a (4 u8) by one of b (4 s8). */
static inline int nv_emulated_dot(uint a, uint b)
{
    const uchar4 x = as_uchar4(a);
    const char4 y = as_char4(b);
    return x.x * y.x + x.y * y.y + x.z * y.z + x.w * y.w;
}

static inline void nv_multiply_add(nv_unit *unit, int *c, const uint *a, uint b0, uint b1)
{
    const uint item = get_local_id(0), lane = item % 32, warp = item - lane;
    __local uint *own = unit->exchange + item * NV_EMULATED_WORDS;
    for (int i = 0; i < 4; i++) own[i] = a[i];
    own[4] = b0;
    own[5] = b1;
    barrier(CLK_LOCAL_MEM_FENCE); /* the fragments are there */
    for (uint output = 0; output < 4; output++) {
        const uint row = lane / 4, column = lane % 4 * 2 + output % 2, lower = output / 2;
        int sum = 0;
        for (uint t = 0; t < 4; t++) {
            __local const uint *a_words = unit->exchange + (warp + row * 4 + t) * NV_EMULATED_WORDS;
            __local const uint *b_words = unit->exchange + (warp + column * 4 + t) * NV_EMULATED_WORDS;
            sum += nv_emulated_dot(a_words[lower], b_words[4]) + nv_emulated_dot(a_words[2 + lower], b_words[5]);
        }
        c[output] += sum;
    }
    barrier(CLK_LOCAL_MEM_FENCE); /* and have been read */
}

/* The kernel's barriers, from here on. */
#define barrier(flags) do { nv_emulated_publish(&unit); barrier(flags); } while (0)
