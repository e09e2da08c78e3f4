/* SPDX-License-Identifier: Apache-2.0 */
/* One warp, one tile: out (16 x 8) = a (16 rows of 32 u8) times b (8 columns of 32 s8), through every instruction of tile/nv_mma, which stands before
 * this part. Copies of all sizes; what they must zero-fill is added to the result. */
#define A_BYTES 512
#define B_BYTES 256

__kernel __attribute__((reqd_work_group_size(32, 1, 1)))
void probe_nv_mma(__global const uchar *a, __global const uchar *b, __global int *out)
{
    __local uint4 tiles[(A_BYTES + 2 * B_BYTES) / 16];
    NV_UNIT(unit, tiles);
    const uint lane = get_local_id(0), b_at = A_BYTES + lane * 16;
    tiles[A_BYTES / 16 + lane] = (uint4)(~0u);
    barrier(CLK_LOCAL_MEM_FENCE);
    nv_copy16(&unit, lane * 16, a + lane * 16, 16);
    if (lane < B_BYTES / 16) {
        for (uint i = 0; i < 16; i += 4) nv_copy4(&unit, b_at + i, b + lane * 16 + i, 4);
    } else if (lane % 2 == 0) {
        nv_copy16(&unit, b_at, b, 0);
    } else {
        for (uint i = 0; i < 16; i += 4) nv_copy4(&unit, b_at + i, b, 0);
    }
    nv_commit(&unit);
    nv_commit(&unit);
    NV_WAIT(&unit, 1);
    barrier(CLK_LOCAL_MEM_FENCE); /* the copies of all items have landed */

    uint a_fragment[4], b_fragment[4];
    nv_load_matrix4(&unit, lane % 16 * 32 + lane / 16 * 16, a_fragment);
    nv_load_matrix4(&unit, A_BYTES + lane % 8 * 32 + lane / 8 % 2 * 16, b_fragment);
    int c[4] = {0, 0, 0, 0};
    nv_multiply_add(&unit, c, a_fragment, b_fragment[0], b_fragment[1]);
    const uint4 zero = tiles[(A_BYTES + B_BYTES) / 16 + lane % 16];
    const int filled = (int)(zero.x | zero.y | zero.z | zero.w);
    for (uint i = 0; i < 4; i++) out[(lane / 4 + i / 2 * 8) * 8 + lane % 4 * 2 + i % 2] = c[i] + filled;
}
