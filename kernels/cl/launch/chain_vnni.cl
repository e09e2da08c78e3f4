/* SPDX-License-Identifier: Apache-2.0 */
/* Many calls in one launch, on the CPU variants whose units stand before this part: one group a thread walks the list of calls, takes units of each
 * (launch/shares.cl), and goes on when all units of a call are done. A group waits only for units that another running group has taken, so that the launch
 * ends however few groups run at a time. Relies on x86's ordering of memory: what a thread wrote before it counted its units is seen by who reads the count.
 *
 *   chain_vnni(jobs, control, begun, count)
 *
 * control: for each call a line a share with the number of units taken, and a line with the number of units done; at last one with the groups that have
 * ended. All zero before and after. Buffers are addresses in this process, which chain_address finds. count 0: the launch that warms the program. */
static inline void chain_units(__global const chain_job *job, volatile __global int *claims, uint shares)
{
    const conv_params params = job->params;
    const ulong units = (ulong)params.product.units[0] * (ulong)params.product.units[1] * (ulong)params.product.units[2];
    __global const uchar *x = (__global const uchar *)job->buffers[0];
    __global const char *w = (__global const char *)job->buffers[1];
    __global const int *constants = (__global const int *)job->buffers[2];
    volatile __global int *done = claims + shares * CLAIM_LINE;
    share_walk walk = begin_units(claims, units);
    taps_grid grid;
    uchar pads[PAD_BYTES] __attribute__((aligned(64)));
    if (job->kind == CHAIN_CONV_VNNI) {
        grid = taps_grid_of(&params);
        fill_pads(&params, &grid, pads);
    }
    int made = 0;
    for (ulong unit; take_unit(&walk, &unit); made++) {
        if (job->kind == CHAIN_GEMM_VNNI) {
            vnni_unit(x, w, constants, (__global const int *)job->buffers[3], (__global const int2 *)job->buffers[4], (__global uchar *)job->buffers[5],
                      &params.product, unit);
        } else if (job->kind == CHAIN_CONV_VNNI) {
            conv_unit(x, w, constants, (__global const uchar *)job->buffers[3], (__global uchar *)job->buffers[4], &params, &grid, pads, unit);
        } else if (job->kind == CHAIN_CONV_VNNI_FIRST) {
            first_unit(x, w, constants, (__global const uchar *)job->buffers[3], (__global uchar *)job->buffers[4], &params, unit);
        } else {
            depthwise_unit(x, w, constants, (__global const uchar *)job->buffers[3], (__global uchar *)job->buffers[4], &params, unit);
        }
    }
    if (made) atomic_add(done, made);
    while ((ulong)(uint)*done < units) __asm__ volatile("pause" ::: "memory");
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void chain_vnni(__global const chain_job *jobs, volatile __global int *control,
                                                                        volatile __global int *begun_buffer, const clq_int count)
{
    const uint shares = (uint)get_num_groups(0), lines = shares + 1;
    if (count == 0) return;
    if (get_group_id(0) == 0) atomic_inc(begun_buffer + CLAIM_LINE);
    for (int i = 0; i < count; i++) chain_units(jobs + i, control + (ulong)i * lines * CLAIM_LINE, shares);
    if ((uint)atomic_inc(control + (ulong)count * lines * CLAIM_LINE) + 1u < shares) return;
    for (ulong line = 0; line <= (ulong)count * lines; line++) control[line * CLAIM_LINE] = 0;
}

/* Where a buffer is in this process. */
__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void chain_address(__global uchar *memory, __global ulong *address, const clq_int wanted)
{
    if (wanted) *address = (ulong)memory;
}
