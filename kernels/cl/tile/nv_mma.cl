/* SPDX-License-Identifier: Apache-2.0 */
/* NVIDIA's asynchronous copies and matrix instructions, sm_80 and later, as inline PTX. tests/emulation/nv_mma_emulated.cl is this part's twin: the
 * same functions in plain OpenCL C. Source of the fragments' layouts: PTX ISA, "mma.m16n8k32" and "ldmatrix".
 *
 *   NV_UNIT(unit, tiles);            at the kernel's top level, once; `tiles`: its local memory. Addresses are byte offsets from it.
 *   nv_copy16 nv_copy4               start a copy of `bytes` <= 16 or 4 bytes from global memory; the rest of the 16 or 4 becomes 0
 *   nv_put16                         an ordinary store of 16 bytes
 *   nv_commit                        the copies of this item since the last commit are a group
 *   NV_WAIT(unit, newest)            all groups of this item have landed but the `newest` newest; other items see them after a barrier
 *   nv_load_matrix4                  ldmatrix x4: item l of a warp gives the address of 16 bytes, row l % 8 of matrix l / 8; it gets word l % 4 of
 *                                    row l / 4 of each matrix
 *   nv_multiply_add                  c += a b, 16 x 8 from 16 x 32 u8 and 32 x 8 s8, modulo 2^32. Item l holds rows l / 4 and l / 4 + 8, columns
 *                                    2 (l % 4) and the next: c[0..1], c[2..3]
 * All but the copies are collective: every item of the work-group takes part. */
#define NV_UNROLL _Pragma("unroll")

typedef struct nv_unit {
    uint base;   /* address of the tiles in the shared window */
} nv_unit;

#define NV_UNIT(unit, tiles) nv_unit unit = {(uint)(size_t)(__local char *)(tiles)}

static inline void nv_copy16(const nv_unit *unit, uint to, __global const uchar *from, uint bytes)
{
    __asm__ volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" : : "r"(unit->base + to), "l"(from), "r"(bytes) : "memory");
}

static inline void nv_copy4(const nv_unit *unit, uint to, __global const uchar *from, uint bytes)
{
    __asm__ volatile("cp.async.ca.shared.global [%0], [%1], 4, %2;" : : "r"(unit->base + to), "l"(from), "r"(bytes) : "memory");
}

static inline void nv_put16(const nv_unit *unit, uint to, uint4 value)
{
    __asm__ volatile("st.shared.v4.b32 [%0], {%1, %2, %3, %4};" : : "r"(unit->base + to), "r"(value.x), "r"(value.y), "r"(value.z), "r"(value.w) : "memory");
}

static inline void nv_commit(const nv_unit *unit)
{
    (void)unit;
    __asm__ volatile("cp.async.commit_group;" : : : "memory");
}

#define NV_WAIT(unit, newest) __asm__ volatile("cp.async.wait_group %0;" : : "n"(newest) : "memory")

static inline void nv_load_matrix4(const nv_unit *unit, uint from, uint *r)
{
    __asm__ volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                     : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3]) : "r"(unit->base + from) : "memory");
}

static inline void nv_multiply_add(const nv_unit *unit, int *c, const uint *a, uint b0, uint b1)
{
    (void)unit;
    __asm__ volatile("mma.sync.aligned.m16n8k32.row.col.s32.u8.s8.s32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
                     : "+r"(c[0]), "+r"(c[1]), "+r"(c[2]), "+r"(c[3]) : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}
