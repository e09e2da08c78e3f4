/* SPDX-License-Identifier: Apache-2.0 */
/* From the rows' losses and codes to the mean and the counts: one work-group, of any size, whose work-items make blocks. */
static inline float block_of_losses(__global const float *losses, uint n)
{
    float partial[ENTROPY_FOLDS] = {0.0f};
    for (uint first = 0; first < n; first += ENTROPY_FOLDS) {
        for (uint j = 0; j < ENTROPY_FOLDS; j++) {
            if (first + j < n) partial[j] += losses[first + j];
        }
    }
    for (int half_count = ENTROPY_FOLDS / 2; half_count > 0; half_count /= 2) {
        for (int j = 0; j < half_count; j++) partial[j] += partial[j + half_count];
    }
    return partial[0];
}

/* `sums` has room for the block sums of all levels. */
__kernel void entropy_finish(__global const uchar *losses, __global const uchar *codes, __global uchar *sums, __global uchar *loss, __global uchar *counts, OP_COUNT,
                             const entropy_params p)
{
    OP_BEGUN();
    if (p.rows == 0) return;
    __local int correct, bad;
    const ulong id = get_local_id(0), size = get_local_size(0);
    __global const int *row_codes = (__global const int *)(codes + p.head.offset[1]);
    __global const float *level = (__global const float *)(losses + p.head.offset[0]);
    __global float *free_sums = (__global float *)(sums + p.head.offset[2]);
    if (id == 0) correct = bad = 0;
    barrier(CLK_LOCAL_MEM_FENCE);
    int own_correct = 0, own_bad = 0;
    for (ulong row = id; row < p.rows; row += size) {
        own_correct += row_codes[row] == ENTROPY_CORRECT;
        own_bad += row_codes[row] == ENTROPY_BAD_LABEL;
    }
    if (own_correct) atomic_add(&correct, own_correct);
    if (own_bad) atomic_add(&bad, own_bad);
    ulong count = p.rows;
    do {
        const ulong blocks = (count + ENTROPY_BLOCK - 1) / ENTROPY_BLOCK;
        for (ulong block = id; block < blocks; block += size) {
            free_sums[block] = block_of_losses(level + block * ENTROPY_BLOCK, (uint)min((ulong)ENTROPY_BLOCK, count - block * ENTROPY_BLOCK));
        }
        barrier(CLK_GLOBAL_MEM_FENCE | CLK_LOCAL_MEM_FENCE); /* the next level reads them all; at the end, the counts are whole */
        level = free_sums;
        free_sums += blocks;
        count = blocks;
    } while (count > 1);
    if (id != 0) return;
    __global float *mean = (__global float *)(loss + p.head.offset[3]);
    __global int *totals = (__global int *)(counts + p.head.offset[4]);
    const float value = level[0] * p.inverse_rows;
    mean[0] = p.accumulates ? mean[0] + value : value;
    totals[0] = p.accumulates ? totals[0] + correct : correct;
    totals[1] = p.accumulates ? totals[1] + bad : bad;
}
