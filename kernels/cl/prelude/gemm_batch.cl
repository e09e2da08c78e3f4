/* SPDX-License-Identifier: Apache-2.0 */
/* Where the operands of one batch start. */
static inline ulong batch_step(const ulong *stride, int batch, int inner_batches)
{
    const int outer = batch / inner_batches;
    return (ulong)outer * stride[0] + (ulong)(batch - outer * inner_batches) * stride[1];
}

#define GEMM_BUFFERS \
    __global const uchar *restrict a_buffer, __global const char *restrict b_buffer, __global const int *restrict columns_buffer, \
    __global const int *restrict column_sums_buffer, __global const int2 *restrict rows_buffer, __global uchar *restrict c_buffer

/* The first work-group of a launch tells waiting threads that it has begun (host/device/active_wait.h). Variants with `.counts_begun` only, which
 * take GEMM_COUNT after GEMM_BUFFERS. */
#define GEMM_COUNT volatile __global int *begun_buffer
#define GEMM_BEGUN() \
    if (p.counts_begun && get_group_id(0) == 0 && get_group_id(1) == 0 && get_group_id(2) == 0) atomic_inc(begun_buffer + 16)

/* A GEMM kernel's local names for its batch, counted from the launch's first; `p` is the kernel's own copy of the params. */
#define GEMM_ENTER(launch_batch) \
    const int batch_index = (launch_batch) + p.first_batch; \
    __global const uchar *a = a_buffer + p.a_offset + batch_step(p.a_batch_stride, batch_index, p.inner_batches); \
    __global const char *b = b_buffer + p.b_offset + batch_step(p.b_batch_stride, batch_index, p.inner_batches); \
    const ulong c_start = p.c_offset + batch_step(p.c_batch_stride, batch_index, p.inner_batches); \
    __global const int *columns = columns_buffer + batch_step(p.columns_batch_stride, batch_index, p.inner_batches); \
    __global const int *column_sums = column_sums_buffer + p.column_sums_offset + batch_step(p.column_sums_batch_stride, batch_index, p.inner_batches); \
    __global const int2 *rows = rows_buffer + p.rows_offset + (ulong)batch_index * p.rows_batch_step
