/* SPDX-License-Identifier: Apache-2.0 */
/* Few outputs and a long k: the product is made in parts of k_part, so that every compute unit has work, and joined exactly, since sums of
 * integers have no order. Tiles as in gemm_i8_local; the partial sums' shape stands in gemm_params.
 * Group (x, y, z) of the parts: panel x, rows TILE_M y .., batch z / parts, part z % parts. Item (x, y, z) of the join: columns 4x .., row y, batch z. */
#if LANES != 4
#error "LANES must be 4: the columns of a work-item"
#endif

static inline int part_count(const gemm_params *p)
{
    return (p->k + p->k_part - 1) / p->k_part;
}

static inline int padded_columns(const gemm_params *p)
{
    return (p->n + TILE_N - 1) / TILE_N * TILE_N;
}

__kernel __attribute__((reqd_work_group_size(TILE_ITEMS, 1, 1)))
void gemm_i8_split_k(GEMM_BUFFERS, __global int *restrict partials, const gemm_params p)
{
    __local uint4 memory[TILE_MEMORY];
    const uint item = get_local_id(0), quad = item % 16;
    const int panel = (int)get_group_id(0), first_row = (int)get_group_id(1) * TILE_M;
    const int block = (int)get_group_id(2), parts = part_count(&p), batch = block / parts;
    const int k_begin = (block - batch * parts) * p.k_part, k_end = p.m > 0 ? min(k_begin + p.k_part, p.k) : k_begin;
    GEMM_ENTER(batch);
    __global const char *b_panel = b + (ulong)panel * (ulong)((p.k + 3) / 4) * (TILE_N * 4);
    tile_sums sums;
    tile_product(&p, a, b_panel, first_row, k_begin, k_end, (__local uint *)memory, &sums);

    const int padded_n = padded_columns(&p);
    __global int *acc = partials + p.partial_offset + (ulong)block * p.partial_plane;
    __global int *row_sums = acc + (ulong)p.m * padded_n;
    #pragma unroll
    for (int i = 0; i < TILE_ROWS; i++) {
        const int row = first_row + (int)(item / 16) + 16 * i;
        if (row >= p.m) continue;
        *(__global int4 *)(acc + (ulong)row * padded_n + panel * TILE_N + quad * LANES) = sums.acc[i];
        if (panel == 0 && quad == 0) row_sums[row] = sums.row_sum[i];
    }
}

__kernel void gemm_i8_split_k_join(GEMM_BUFFERS, __global int *restrict partials, const gemm_params p)
{
    const int n = (int)get_global_id(0) * LANES, row = (int)get_global_id(1), batch = (int)get_global_id(2);
    if (n >= p.n || row >= p.m) return;
    GEMM_ENTER(batch);
    const int parts = part_count(&p), padded_n = padded_columns(&p);
    __global const int *block = partials + p.partial_offset + (ulong)batch * parts * p.partial_plane;
    int4 acc = (int4)0;
    int row_sum = 0;
    for (int part = 0; part < parts; part++, block += p.partial_plane) {
        acc += *(__global const int4 *)(block + (ulong)row * padded_n + n);
        row_sum += block[(ulong)p.m * padded_n + row];
    }
    const column_terms t = load_columns(&p, columns, column_sums, n);
    const row_terms r = load_row(&p, rows, row);
    store_lanes(&p, &t, &r, acc, row_sum, c_buffer, c_start + (ulong)row * p.c_row_stride + n, p.n - n);
}
