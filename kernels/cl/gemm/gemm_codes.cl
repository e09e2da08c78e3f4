/* SPDX-License-Identifier: Apache-2.0 */
/* b1 and t2 weights by s8 rows on CPUs, b in t2_n32k16: codes of two bits, a weight and 1. What the codes add is taken off with the row's sum. The sums are
 * a tile/ part's: x86_codes_avx2, x86_codes_vnni, vector_codes. Few rows meet the packed words one by one, and the words of a panel, read once from memory, are in the first-level cache for the second row. More rows are copied a
 * part of k at a time, and each panel's part is made bytes once for all of them. A unit (launch/shares.cl) is a range of rows x a range of panels. */
#if LANES != 16
#error "LANES must be 16: half of a panel"
#endif
#define PANEL 32
#define FEW_ROWS 4
#define ROW_K 16384      /* of the few rows, which are copied whole */
#define BLOCK_ROWS 48
#define BLOCK_PANELS 4

/* `count` bytes of a' from a row, filled up with zeros to `padded`; returns their sum. */
static int copy_row(__global const uchar *a, int count, int padded, int flip, char *row)
{
    int i = 0;
    int16 sum = 0;
    for (; i + 16 <= count; i += 16) {
        const char16 values = as_char16(vload16(0, a + i) ^ (uchar16)(uchar)flip);
        vstore16(values, 0, row + i);
        sum += convert_int16(values);
    }
    int total = 0;
    for (int lane = 0; lane < 16; lane++) total += ((const int *)&sum)[lane];
    for (; i < count; i++) total += row[i] = (char)(a[i] ^ (uchar)flip);
    for (; i < padded; i++) row[i] = 0;
    return total;
}

/* A unit's place. */
typedef struct codes_unit {
    __global const uchar *a;   /* the batch's */
    __global const char *b;
    int row, row_end, panel, panel_end;
} codes_unit;

/* Private memory. */
typedef struct codes_room {
    char *rows, *codes;        /* bytes of rows, and of a panel's part */
    int16 *sums;
    int *row_sums;
    int *batch;                /* whose few rows are there; -1: none yet */
} codes_room;

static void store_rows(const gemm_params *p, const codes_room *room, int row, int height, int panel, int panels, ulong c_start, __global const int *columns,
                       __global const int *column_sums, __global const int2 *rows, __global uchar *c_buffer)
{
    for (int side = 0; side < 2 * panels; side++) {
        const int n = panel * PANEL + side * LANES;
        if (n >= p->n) break;
        const column_terms t = load_columns(p, columns, column_sums, n);
        for (int i = 0; i < height; i++) {
            const row_terms r = load_row(p, rows, row + i);
            const int16 sum = room->sums[side * BLOCK_ROWS + i];
            store_lanes(p, &t, &r, sum - room->row_sums[i], room->row_sums[i], c_buffer, c_start + (ulong)(row + i) * p->c_row_stride + n, p->n - n);
        }
    }
}

/* Rows `row` .. `row` + `height` by one block of panels, a part of k at a time. */
static void sum_block(const gemm_params *p, const codes_unit *unit, const codes_room *room, int row, int height, int panel, int panels)
{
    const int groups = (p->k + 15) / 16, tiles = (height + CODES_ROWS - 1) / CODES_ROWS, tile_height = (height + tiles - 1) / tiles;
    const ulong panel_bytes = (ulong)groups * (PANEL * 4);
    for (int i = 0; i < 2 * panels * BLOCK_ROWS; i++) room->sums[i] = 0;
    for (int i = 0; i < height; i++) room->row_sums[i] = 0;
    for (int k = 0; k < p->k; k += CODES_K) {
        const int count = min(CODES_K, p->k - k), padded = (count + 15) / 16 * 16;
        for (int i = 0; i < height; i++) {
            room->row_sums[i] += copy_row(unit->a + (ulong)(row + i) * p->a_row_stride + k, count, padded, p->a_flip & 255, room->rows + i * CODES_K);
        }
        for (int at = 0; at < panels; at++) {
            __global const char *words = unit->b + (ulong)(panel + at) * panel_bytes + (ulong)k * (PANEL / 4);
            codes_expand(words, panel_bytes, (ulong)padded / 16, room->codes);
            for (int side = 0; side < 2; side++) {
                for (int i = 0; i < height; i += tile_height) {
                    codes_tile(min(tile_height, height - i), room->rows + i * CODES_K, room->codes + side * CODES_HALF, (ulong)padded / 4,
                               room->sums + (2 * at + side) * BLOCK_ROWS + i);
                }
            }
        }
    }
}

/* Up to FEW_ROWS rows by one panel. */
static void sum_few(const gemm_params *p, const codes_unit *unit, const codes_room *room, int panel)
{
    const int groups = (p->k + 15) / 16;
    for (int i = 0; i < p->m; i++) {
        int lanes[PANEL];
        for (int lane = 0; lane < PANEL; lane++) lanes[lane] = 0;
        if (groups) codes_row(room->rows + i * ROW_K, unit->b + (ulong)panel * (ulong)groups * (PANEL * 4), (ulong)groups, lanes);
        room->sums[i] = vload16(0, lanes);
        room->sums[BLOCK_ROWS + i] = vload16(1, lanes);
    }
}

static void codes_units(GEMM_BUFFERS, const gemm_params *restrict params, const codes_room *room, ulong place)
{
    const gemm_params p = *params;
    const int row_blocks = p.units[0], column_blocks = p.units[1], batch = (int)(place / ((ulong)row_blocks * (ulong)column_blocks));
    const int within = (int)(place - (ulong)batch * ((ulong)row_blocks * (ulong)column_blocks));
    const int row_block = p.rows_first ? within % row_blocks : within / column_blocks;
    const int column_block = p.rows_first ? within / row_blocks : within % column_blocks;
    GEMM_ENTER(batch);
    const int all_panels = (p.n - 1) / PANEL + 1, blocks = (p.m - 1) / BLOCK_ROWS + 1;
    const int even = (p.m + blocks - 1) / blocks; /* rows of a block */
    const codes_unit unit = {a, b, block_begin(blocks, row_block, row_blocks) * even, min(block_begin(blocks, row_block + 1, row_blocks) * even, p.m),
                             block_begin(all_panels, column_block, column_blocks), block_begin(all_panels, column_block + 1, column_blocks)};
    if (p.m <= FEW_ROWS && p.k <= ROW_K) {
        for (int i = 0; i < p.m && *room->batch != batch; i++) {
            room->row_sums[i] = copy_row(a + (ulong)i * p.a_row_stride, p.k, (p.k + 15) / 16 * 16, p.a_flip & 255, room->rows + i * ROW_K);
        }
        *room->batch = batch;
        for (int panel = unit.panel; panel < unit.panel_end; panel++) {
            sum_few(&p, &unit, room, panel);
            store_rows(&p, room, 0, p.m, panel, 1, c_start, columns, column_sums, rows, c_buffer);
        }
        return;
    }
    for (int row = unit.row; row < unit.row_end; row += even) {
        const int height = min(even, unit.row_end - row);
        for (int panel = unit.panel; panel < unit.panel_end; panel += BLOCK_PANELS) {
            const int panels = min(BLOCK_PANELS, unit.panel_end - panel);
            sum_block(&p, &unit, room, row, height, panel, panels);
            store_rows(&p, room, row, height, panel, panels, c_start, columns, column_sums, rows, c_buffer);
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void gemm_codes(GEMM_BUFFERS, GEMM_COUNT, const gemm_params p)
{
    if (p.m == 0) return; /* the launch that warms a program */
    GEMM_BEGUN();
    char rows[FEW_ROWS * ROW_K], codes[2 * CODES_HALF];
    int16 sums[2 * BLOCK_PANELS * BLOCK_ROWS];
    int row_sums[BLOCK_ROWS];
    int batch = -1;
    const codes_room room = {rows, codes, sums, row_sums, &batch};
    share_walk walk = begin_units(p.claims ? begun_buffer + p.claims : 0, (ulong)p.units[0] * (ulong)p.units[1] * (ulong)p.units[2]);
    for (ulong unit; next_unit(&walk, &unit);) codes_units(a_buffer, b_buffer, columns_buffer, column_sums_buffer, rows_buffer, c_buffer, &p, &room, unit);
}
