/* SPDX-License-Identifier: Apache-2.0 */
/* Packs b on the device, for calls that bring their own: [panel][k group][PANEL columns][GROUP k] of ELEMENT, zero-padded, b' = b ^ flip as
 * signed values; and the column sums sum_k b' - k * zb'. Does what host/layout/panel_layout.c does. */
#if !defined(PANEL) || !defined(GROUP) || !defined(ELEMENT)
#error "PANEL, GROUP and ELEMENT must be given"
#endif

/* One work-item packs one column of one batch. */
__kernel void pack_panels(__global const uchar *restrict source, __global uchar *restrict packed, __global int *restrict sums,
                          __global const int *restrict zero_points, const pack_params p)
{
    const int n = (int)get_global_id(0), batch = (int)get_global_id(1);
    if (n >= p.padded_n) return;
    const int outer = batch / p.inner_batches, inner = batch % p.inner_batches;
    __global const uchar *column = source + p.source_offset + (ulong)outer * p.source_batch_stride[0] + (ulong)inner * p.source_batch_stride[1]
                                   + (ulong)n * p.n_stride;
    const int groups = (p.k + GROUP - 1) / GROUP;
    __global ELEMENT *panel = (__global ELEMENT *)(packed + p.packed_offset + (ulong)batch * p.packed_batch_bytes)
                              + (ulong)(n / PANEL) * (ulong)groups * (PANEL * GROUP) + (n % PANEL) * GROUP;
    int sum = 0;
    for (int k = 0; k < groups * GROUP; k++) {
        const int value = n < p.n && k < p.k ? (int)as_char((uchar)(column[(ulong)k * p.k_stride] ^ p.flip)) : 0;
        panel[(ulong)(k / GROUP) * (PANEL * GROUP) + k % GROUP] = (ELEMENT)value;
        sum += value;
    }
    const int zero = n < p.n ? zero_points[p.zero_points_offset + n] : 0;
    sums[p.sums_offset + (ulong)batch * p.sums_batch_words + n] = n < p.n ? sum - p.k * zero : 0;
}
