/* SPDX-License-Identifier: Apache-2.0 */
/* NVIDIA tensor cores: a work-group of 8 warps makes 128 x 128 outputs, 64 of k a step, three stages of asynchronous copies. Any shape and alignment:
 * a is read in place, zero-filled at its edges. a' is unsigned; b: [panel][k group][128 columns][64 k], zero-padded, so what stands behind the end
 * of a row of a is multiplied by 0. Needs tile/nv_mma or its twin.
 *
 * In local memory a row of 64 bytes is four chunks of 16, and chunk c of row r stands at c ^ (r / 2 % 4): the eight rows that one ldmatrix reads, and
 * the rows that neighbouring items copy, then lie in different banks.
 * Warp w makes rows 64 (w % 2) .. and columns 32 (w / 2) .. of the tile: 4 x 4 fragments of 16 x 8. */
#if LANES != 2
#error "LANES must be 2: the columns that an item stores at a time; with more, two work-groups do not fit a multiprocessor's registers"
#endif

#define TILE_M 128
#define TILE_N 128
#define TILE_K 64
#define STAGES 3
#define ITEMS 256
#define A_BYTES (TILE_M * TILE_K)
#define STAGE_BYTES (A_BYTES + TILE_N * TILE_K)
#define CHUNK 16
#define COPY_ROWS (ITEMS / (TILE_K / CHUNK))   /* rows that one round of copies fills: two rounds a stage for a and two for b */
#define RASTER 8                               /* tiles of rows that go through all columns together: their operands stay in the L2 cache */
#define PASS_ROWS 64                           /* rows that pass through local memory at a time on their way out */
#define PASS_PITCH (TILE_N + 8)                /* words; the padding spreads fragments over the banks */

/* Where item copies from: a's rows `line` and line + 64 of the tile, chunk `chunk` of each step; b's 16-byte pieces `item` and item + 256. */
typedef struct tile_source {
    __global const uchar *a_rows[2];
    int a_ends[2];                    /* k, or 0 where the row is not of the matrix */
    __global const uchar *b;
    uint line, chunk;
    uint alignment;                   /* 16, 4 or 1: of every row of a */
} tile_source;

typedef struct warp_sums {
    int acc[4][4][4];                 /* [16 rows][8 columns] as nv_multiply_add leaves them */
    int row_sum[4];                   /* of 16 of the warp's rows: those with the number of its column block */
} warp_sums;

static inline uint chunk_offset(uint row, uint chunk)
{
    return row * TILE_K + ((chunk ^ (row / 2 % 4)) * CHUNK);
}

/* One chunk of a row of a that no 4-byte access can read: by bytes, through registers. Others see it after the next barrier. */
static inline void put_bytes(nv_unit *unit, uint to, __global const uchar *from, int bytes)
{
    uint words[4] = {0, 0, 0, 0};
    NV_UNROLL
    for (int i = 0; i < CHUNK; i++) {
        if (i < bytes) words[i / 4] |= (uint)from[i] << (8 * (i % 4));
    }
    nv_put16(unit, to, (uint4)(words[0], words[1], words[2], words[3]));
}

static inline void copy_a(nv_unit *unit, const tile_source *source, uint stage, int k)
{
    NV_UNROLL
    for (uint half_tile = 0; half_tile < 2; half_tile++) {
        const uint to = stage + chunk_offset(source->line + half_tile * COPY_ROWS, source->chunk);
        const int at = k + (int)source->chunk * CHUNK, bytes = clamp(source->a_ends[half_tile] - at, 0, CHUNK);
        __global const uchar *from = source->a_rows[half_tile] + (bytes > 0 ? at : 0);
        if (source->alignment == 16) {
            nv_copy16(unit, to, from, (uint)bytes);
        } else if (source->alignment == 4) {
            NV_UNROLL
            for (int word = 0; word < CHUNK / 4; word++) {
                const int rest = clamp(bytes - 4 * word, 0, 4);
                nv_copy4(unit, to + 4 * (uint)word, from + (rest > 0 ? 4 * word : 0), (uint)rest);
            }
        } else {
            put_bytes(unit, to, from, bytes);
        }
    }
}

static inline void copy_stage(nv_unit *unit, const tile_source *source, uint stage, int step)
{
    copy_a(unit, source, stage, step * TILE_K);
    __global const uchar *b = source->b + (ulong)step * (TILE_N * TILE_K);
    nv_copy16(unit, stage + A_BYTES + chunk_offset(source->line, source->chunk), b, CHUNK);
    nv_copy16(unit, stage + A_BYTES + chunk_offset(source->line + COPY_ROWS, source->chunk), b + COPY_ROWS * TILE_K, CHUNK);
}

/* The 16 x 32 fragment of a at `row`, as unsigned bytes. */
static inline void load_a(nv_unit *unit, uint stage, uint row, uint chunk, uint lane, uint flip, uint *fragment)
{
    nv_load_matrix4(unit, stage + chunk_offset(row + lane % 16, chunk + lane / 16), fragment);
    NV_UNROLL
    for (int i = 0; i < 4; i++) fragment[i] ^= flip;
}

static inline void multiply_stage(nv_unit *unit, uint stage, uint warp_row, uint warp_column, uint flip, bool sums_rows, warp_sums *sums)
{
    const uint lane = get_local_id(0) % 32;
    NV_UNROLL
    for (uint chunk = 0; chunk < TILE_K / CHUNK; chunk += 2) {
        uint a[4][4], b[2][4];
        NV_UNROLL
        for (uint i = 0; i < 4; i++) load_a(unit, stage, warp_row + i * 16, chunk, lane, flip, a[i]);
        NV_UNROLL
        for (uint j = 0; j < 2; j++) {
            const uint column = warp_column + j * 16 + lane / 16 * 8 + lane % 8;
            nv_load_matrix4(unit, stage + A_BYTES + chunk_offset(column, chunk + lane / 8 % 2), b[j]);
        }
        NV_UNROLL
        for (uint i = 0; i < 4; i++) {
            NV_UNROLL
            for (uint j = 0; j < 4; j++) nv_multiply_add(unit, sums->acc[i][j], a[i], b[j / 2][j % 2 * 2], b[j / 2][j % 2 * 2 + 1]);
        }
        if (sums_rows) { /* a times a matrix of ones; the four warps of the same rows share them out */
            uint shared_a[4];
            load_a(unit, stage, warp_row + warp_column / 2, chunk, lane, flip, shared_a);
            nv_multiply_add(unit, sums->row_sum, shared_a, 0x01010101u, 0x01010101u);
        }
    }
}

static inline tile_source find_source(const gemm_params *p, __global const uchar *a, __global const char *b, int first_row, int panel, int steps)
{
    const uint item = get_local_id(0);
    tile_source source;
    source.line = item / (TILE_K / CHUNK);
    source.chunk = item % (TILE_K / CHUNK);
    for (int i = 0; i < 2; i++) {
        const int row = first_row + (int)source.line + i * COPY_ROWS;
        source.a_ends[i] = row < p->m ? p->k : 0;
        source.a_rows[i] = a + (ulong)min(row, p->m - 1) * p->a_row_stride;
    }
    source.b = (__global const uchar *)b + (ulong)panel * (ulong)steps * (TILE_N * TILE_K) + item * CHUNK;
    const ulong bits = (ulong)(size_t)a | p->a_row_stride;
    source.alignment = bits % 16 == 0 ? 16 : bits % 4 == 0 ? 4 : 1;
    return source;
}

/* Half of the tile's rows into local memory: fragments 2 pass and 2 pass + 1 of each warp. */
static inline void stage_outputs(__local int *staged, const warp_sums *sums, int pass, uint warp_row, uint warp_column)
{
    const uint lane = get_local_id(0) % 32;
    NV_UNROLL
    for (uint i = 0; i < 2; i++) {
        NV_UNROLL
        for (uint j = 0; j < 4; j++) {
            __local int *to = staged + (warp_row / 2 + i * 16 + lane / 4) * PASS_PITCH + warp_column + j * 8 + lane % 4 * 2;
            vstore2((int2)(sums->acc[2 * pass + i][j][0], sums->acc[2 * pass + i][j][1]), 0, to);
            vstore2((int2)(sums->acc[2 * pass + i][j][2], sums->acc[2 * pass + i][j][3]), 0, to + 8 * PASS_PITCH);
        }
    }
}

__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1)))
void gemm_i8_nv_mma(GEMM_BUFFERS, const gemm_params p)
{
    __local uint4 tiles[STAGES * STAGE_BYTES / 16];
    NV_UNIT(unit, tiles);
    const uint item = get_local_id(0), lane = item % 32, warp = item / 32, warp_row = warp % 2 * 64, warp_column = warp / 2 * 32;
    const int tiles_m = max((p.m + TILE_M - 1) / TILE_M, 1), tiles_n = max((p.n + TILE_N - 1) / TILE_N, 1); /* 1 when there is nothing to do */
    const int steps = p.m > 0 ? (p.k + TILE_K - 1) / TILE_K : 0;
    const int group = (int)get_group_id(0), band = group / (RASTER * tiles_n), in_band = group - band * (RASTER * tiles_n);
    const int height = min(RASTER, tiles_m - band * RASTER), panel = in_band / height;
    const int first_row = (band * RASTER + in_band - panel * height) * TILE_M;
    const bool sums_rows = (p.flags & GEMM_USE_ROW_SUMS) != 0;
    GEMM_ENTER((int)get_group_id(2));
    const tile_source source = find_source(&p, a, b, first_row, panel, steps);
    warp_sums sums;
    NV_UNROLL
    for (int i = 0; i < 64; i++) sums.acc[i / 16][i / 4 % 4][i % 4] = 0;
    NV_UNROLL
    for (int i = 0; i < 4; i++) sums.row_sum[i] = 0;

    for (int step = 0; step < STAGES - 1; step++) {
        if (step < steps) copy_stage(&unit, &source, (uint)step * STAGE_BYTES, step);
        nv_commit(&unit);
    }
    uint read_stage = 0, write_stage = (STAGES - 1) * STAGE_BYTES;
    for (int step = 0; step < steps; step++) {
        NV_WAIT(&unit, STAGES - 2);
        barrier(CLK_LOCAL_MEM_FENCE); /* this step's stage has landed for all; the one of the step before has been read by all and is free */
        if (step + STAGES - 1 < steps) copy_stage(&unit, &source, write_stage, step + STAGES - 1);
        nv_commit(&unit);
        multiply_stage(&unit, read_stage, warp_row, warp_column, (uint)p.a_flip, sums_rows, &sums);
        read_stage = read_stage == (STAGES - 1) * STAGE_BYTES ? 0 : read_stage + STAGE_BYTES;
        write_stage = write_stage == (STAGES - 1) * STAGE_BYTES ? 0 : write_stage + STAGE_BYTES;
    }

    /* Out through local memory, so that an item stores LANES columns of a row and a warp whole lines. */
    __local int *staged = (__local int *)tiles, *row_sums = staged + PASS_ROWS * PASS_PITCH;
    const int n = panel * TILE_N + (int)(item % (TILE_N / LANES)) * LANES;
    const int padding = (steps * TILE_K - p.k) * (p.a_flip & 255);   /* zero-filled bytes of a row, as unsigned after the flip */
    column_terms t;
    if (n < p.n) t = load_columns(&p, columns, column_sums, n);
    NV_UNROLL
    for (int pass = 0; pass < TILE_M / PASS_ROWS; pass++) {
        barrier(CLK_LOCAL_MEM_FENCE); /* the last stage or the rows before have been read */
        stage_outputs(staged, &sums, pass, warp_row, warp_column);
        if (pass == 0 && lane % 4 == 0) {
            row_sums[warp_row + warp_column / 2 + lane / 4] = sums.row_sum[0] - padding;
            row_sums[warp_row + warp_column / 2 + lane / 4 + 8] = sums.row_sum[2] - padding;
        }
        barrier(CLK_LOCAL_MEM_FENCE); /* this pass's rows are there */
        if (n >= p.n) continue;
        #pragma unroll 1
        for (uint line = item / (TILE_N / LANES); line < PASS_ROWS; line += ITEMS / (TILE_N / LANES)) {
            const uint tile_row = line / 32 * 64 + (uint)pass * 32 + line % 32;
            const int row = first_row + (int)tile_row;
            if (row >= p.m) break;
            const row_terms r = load_row(&p, rows, row);
            const int2 acc = *(__local const int2 *)(staged + line * PASS_PITCH + item % (TILE_N / LANES) * LANES);
            store_lanes(&p, &t, &r, acc, row_sums[tile_row], c_buffer, c_start + (ulong)row * p.c_row_stride + n, p.n - n);
        }
    }
}
