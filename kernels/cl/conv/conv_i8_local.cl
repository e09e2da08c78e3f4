/* SPDX-License-Identifier: Apache-2.0 */
/* The GPU's implicit GEMM: a work-group of 256 makes TILE_M pixels x 64 output channels through local memory (tile/local_tile), with the dot product of a dot/
 * part. A step takes 8 words of 4 channels; a word knows its tap and steps to its next one by additions, so that nothing is divided inside. Absent taps are read as
 * the zero point. Any shape and alignment but transposed ones. w: conv_i8_n64k4; x' is signed.
 * Group (x, y): panel x of all groups' panels, pixels TILE_M y .. of all images. */
#if LANES != 2
#error "LANES must be 2, as in gemm_i8_local"
#endif

/* Which word of which tap an item loads. */
typedef struct local_word {
    int word;        /* of 4 channels, within the tap */
    int kd, kh, kw;
} local_word;

/* Where an output pixel starts to read. */
typedef struct local_pixel {
    __global const uchar *image; /* channel 0 of the group */
    int d, h, w;
} local_pixel;

typedef struct local_operands {
    local_pixel pixels[TILE_A_LOADS];
    local_word at;
    int words;                   /* of a tap */
    int total;                   /* of all taps */
    __global const uint2 *b_words;
} local_operands;

static inline void local_advance(const conv_params *p, local_word *at, int words, int count)
{
    at->word += count;
    while (at->word >= words) {
        at->word -= words;
        if (++at->kw < p->window[2]) continue;
        at->kw = 0;
        if (++at->kh < p->window[1]) continue;
        at->kh = 0;
        at->kd++;
    }
}

/* Bytes of a word that have a channel. */
static inline uint local_mask(int channels)
{
    return channels >= 4 ? 0xffffffffu : (1u << (8 * channels)) - 1u;
}

static inline uint local_load(const conv_params *p, const local_pixel *pixel, const local_word *at)
{
    const int d = pixel->d + at->kd * p->dilation[0], h = pixel->h + at->kh * p->dilation[1], w = pixel->w + at->kw * p->dilation[2];
    const uint flip = (uint)p->product.a_flip;
    const int first = at->word * 4, left = p->group_in - first;
    if (d < 0 || d >= p->input[0] || h < 0 || h >= p->input[1] || w < 0 || w >= p->input[2]) return ((uint)p->pad_word ^ flip) & local_mask(left);
    __global const uchar *source = pixel->image + (ulong)d * p->x_step[0] + (ulong)h * p->x_step[1] + (ulong)w * p->x_step[2];
    if (p->x_channel_step == 1) return row_word(source, first, p->group_in, flip);
    uint word = 0;
    for (int i = 0; i < min(4, left); i++) word |= (uint)source[(ulong)(first + i) * p->x_channel_step] << (8 * i);
    return (word ^ flip) & local_mask(left);
}

/* The step at word `step` of all taps. */
static inline void local_fetch(const conv_params *p, const local_operands *operands, int step, uint item, tile_flight *flight)
{
    const bool is_inside = step + (int)(item % TILE_WORDS) < operands->total;
    #pragma unroll
    for (int i = 0; i < TILE_A_LOADS; i++) flight->a[i] = is_inside ? local_load(p, &operands->pixels[i], &operands->at) : 0u;
    const int word = step + (int)(item / (TILE_N / 2));
    flight->b = word < operands->total ? operands->b_words[(ulong)word * (TILE_N / 2) + item % (TILE_N / 2)] : (uint2)(0, 0);
}

/* Output pixels from the last on repeat it: their sums are not stored. */
static inline local_pixel local_locate(const conv_params *p, __global const uchar *x, int row)
{
    const int pixel = max(min(row, p->product.m - 1), 0);
    const int w = pixel % p->output[2], rest = pixel / p->output[2], h = rest % p->output[1], d = rest / p->output[1] % p->output[0];
    local_pixel at = {x + (ulong)(rest / p->output[1] / p->output[0]) * p->x_batch_stride, d * p->stride[0] - p->pad[0], h * p->stride[1] - p->pad[1],
                      w * p->stride[2] - p->pad[2]};
    return at;
}

static inline __attribute__((always_inline)) void local_product(const conv_params *p, local_operands *operands, __local uint *memory, tile_sums *sums)
{
    const uint item = get_local_id(0), quad = item % 16, line = item / 16;
    int partial[TILE_A_LOADS];
    #pragma unroll
    for (int i = 0; i < TILE_A_LOADS; i++) partial[i] = 0;
    #pragma unroll
    for (int i = 0; i < TILE_ROWS; i++) {
        sums->acc[i] = (int4)0;
        sums->row_sum[i] = 0;
    }
    tile_flight flight;
    local_fetch(p, operands, 0, item, &flight);
    int buffer = 0;
    for (int step = 0; step < operands->total; step += TILE_WORDS) {
        if (p->product.flags & GEMM_USE_ROW_SUMS) {
            #pragma unroll
            for (int i = 0; i < TILE_A_LOADS; i++) partial[i] = add_bytes(flight.a[i], partial[i]);
        }
        tile_put(&flight, memory + buffer, item);
        barrier(CLK_LOCAL_MEM_FENCE); /* one a step is enough: nobody reads the other buffer any more after the next one */
        if (step + TILE_WORDS < operands->total) {
            local_advance(p, &operands->at, operands->words, TILE_WORDS);
            local_fetch(p, operands, step + TILE_WORDS, item, &flight);
        }
        tile_multiply(memory + buffer, quad, line, sums);
        buffer = TILE_BUFFER - buffer;
    }
    if (p->product.flags & GEMM_USE_ROW_SUMS) tile_gather_row_sums(partial, (__local int *)memory, item, line, sums);
}

/* Where the epilogue finds a pixel of y and of the residual. */
static inline void local_indices(const conv_params *p, int row, ulong *y_index, ulong *residual_index)
{
    const int w = row % p->output[2], rest = row / p->output[2], h = rest % p->output[1], d = rest / p->output[1] % p->output[0];
    const int image = rest / p->output[1] / p->output[0];
    *y_index = conv_y_index(p, image, d, h, w);
    *residual_index = conv_residual_index(p, image, d, h, w);
}

__kernel __attribute__((reqd_work_group_size(TILE_ITEMS, 1, 1))) void conv_i8_local(CONV_BUFFERS, const conv_params p)
{
    __local uint4 memory[TILE_MEMORY];
    CONV_ENTER();
    const uint item = get_local_id(0);
    const int panels = (p.group_out + TILE_N - 1) / TILE_N, panel = (int)get_group_id(0), group = panels > 0 ? panel / panels : 0;
    const int first_row = (int)get_group_id(1) * TILE_M;
    local_operands operands;
    operands.words = max((p.group_in + 3) / 4, 1);
    operands.total = p.product.m > 0 ? operands.words * p.taps : 0;
    operands.b_words = (__global const uint2 *)(w + (ulong)panel * (ulong)operands.total * (TILE_N * 4));
    operands.at = (local_word){0, 0, 0, 0};
    local_advance(&p, &operands.at, operands.words, (int)(item % TILE_WORDS));
    #pragma unroll
    for (int i = 0; i < TILE_A_LOADS; i++) {
        operands.pixels[i] = local_locate(&p, x + (ulong)(group * p.group_in) * p.x_channel_step, first_row + (int)((item + i * TILE_ITEMS) / TILE_WORDS));
    }
    tile_sums sums;
    local_product(&p, &operands, (__local uint *)memory, &sums);

    #pragma unroll 1
    for (int half_quad = 0; half_quad < 2; half_quad++) {
        const int in_group = (panel - group * panels) * TILE_N + (int)(item % 16 * 4) + half_quad * LANES, o = group * p.group_out + in_group;
        if (in_group >= p.group_out) return;
        const column_terms t = load_columns(&p.product, columns, 0, o);
        #pragma unroll 1
        for (int i = 0; i < TILE_ROWS; i++) {
            const int row = first_row + (int)(item / 16) + 16 * i;
            if (row >= p.product.m) break;
            int row_sum;
            ulong y_index, residual_index;
            const int4 acc = tile_row(&sums, i, &row_sum);
            local_indices(&p, row, &y_index, &residual_index);
            conv_store(&p, &t, half_quad ? acc.hi : acc.lo, row_sum, table, residual, residual_index + (ulong)o * p.residual_channel_step, y,
                       y_index + (ulong)o * p.y_channel_step, p.group_out - in_group);
        }
    }
}
