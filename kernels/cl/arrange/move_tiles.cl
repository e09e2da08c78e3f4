/* SPDX-License-Identifier: Apache-2.0 */
/* Transposes matrices inside a nest: a work-group makes blocks. Inside a block rows of x that share cache lines are read one after the other. */
static inline void SIZED(move_element)(const tile_params *p, __global const ELEMENT *x, __global const uchar *map, __global ELEMENT *y, uint a, uint b)
{
    const ELEMENT element = x[b * p->x_step + a];
    y[a * p->y_step + b] = p->has_map ? (ELEMENT)map[element & 255] : element;
}

/* Elements [a0, a1) x [b0, b1), one at a time. */
static inline void SIZED(move_block)(const tile_params *p, __global const ELEMENT *x, __global const uchar *map, __global ELEMENT *y, uint4 range)
{
    for (uint a = range.x; a < range.y; a++) {
        for (uint b = range.z; b < range.w; b++) SIZED(move_element)(p, x, map, y, a, b);
    }
}

#ifdef TILE_BYTES
/* 16 x 16 bytes in registers: four rounds, each of which interleaves the rows of one half with those of the other. */
static inline void transpose_tile(uchar16 *rows)
{
    for (int round = 0; round < 4; round++) {
        uchar16 next[16];
        #pragma unroll
        for (int i = 0; i < 8; i++) {
            const uchar16 a = rows[i], b = rows[i + 8];
            next[2 * i] = (uchar16)(a.s0, b.s0, a.s1, b.s1, a.s2, b.s2, a.s3, b.s3, a.s4, b.s4, a.s5, b.s5, a.s6, b.s6, a.s7, b.s7);
            next[2 * i + 1] = (uchar16)(a.s8, b.s8, a.s9, b.s9, a.sa, b.sa, a.sb, b.sb, a.sc, b.sc, a.sd, b.sd, a.se, b.se, a.sf, b.sf);
        }
        #pragma unroll
        for (int i = 0; i < 16; i++) rows[i] = next[i];
    }
}

static inline void move_tile(const tile_params *p, __global const uchar *x, __global uchar *y, uint a, uint b)
{
    uchar16 rows[16];
    #pragma unroll
    for (int i = 0; i < 16; i++) rows[i] = vload16(0, x + (b + i) * p->x_step + a);
    transpose_tile(rows);
    #pragma unroll
    for (int i = 0; i < 16; i++) vstore16(rows[i], 0, y + (a + i) * p->y_step + b);
}

/* Blocks have 16 rows and columns at least, or all that there are: the last tiles overlap the ones before. */
static inline void move_tiled(const tile_params *p, __global const uchar *x, __global const uchar *map, __global uchar *y, uint4 range)
{
    if (p->has_map || range.y - range.x < 16 || range.w - range.z < 16) {
        SIZED(move_block)(p, x, map, y, range);
        return;
    }
    for (uint a = range.x; a < range.y; a += 16) {
        for (uint b = range.z; b < range.w; b += 16) move_tile(p, x, y, min(a, range.y - 16), min(b, range.w - 16));
    }
}
#define MOVE_BLOCK move_tiled
#else
#define MOVE_BLOCK SIZED(move_block)
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void SIZED(move_tiles)(__global const uchar *x, __global const uchar *map, __global uchar *y, OP_COUNT,
                                                                              const tile_params p)
{
    OP_BEGUN();
    const ulong first = get_group_id(0) * p.chunk, end = min(first + p.chunk, p.units);
    for (ulong unit = first; unit < end; unit++) {
        const ulong outer = unit / (uint)(p.a_blocks * p.b_blocks);
        const uint block = (uint)(unit - outer * (uint)(p.a_blocks * p.b_blocks)), block_b = block / (uint)p.a_blocks, block_a = block - block_b * (uint)p.a_blocks;
        const nest_walk w = nest_begin(&p.nest, outer);
        const uint a0 = block_a * (uint)p.a_block, b0 = block_b * (uint)p.b_block;
        const uint a1 = block_a + 1 == (uint)p.a_blocks ? (uint)p.a_extent : a0 + (uint)p.a_block;
        const uint b1 = block_b + 1 == (uint)p.b_blocks ? (uint)p.b_extent : b0 + (uint)p.b_block;
        __global const ELEMENT *from = (__global const ELEMENT *)(x + p.head.offset[0]) + w.at[0];
        __global ELEMENT *to = (__global ELEMENT *)(y + p.head.offset[2]) + w.at[1];
        MOVE_BLOCK(&p, from, map + p.head.offset[1], to, (uint4)(a0, a1, b0, b1));
    }
}
#undef MOVE_BLOCK
