/* SPDX-License-Identifier: Apache-2.0 */
/* Parameters of the kernels that move elements. Compiled twice, like op/op_params: the structs in C too. A map's 256 bytes requantize elements of 8 bits. */
#define GATHER_CONSTANT (-1)

/* Elements of a nest from one tensor to another. Buffers: x, the map, y. */
typedef struct move_params {
    op_head head;
    op_nest nest;                   /* operands x, y; strides in elements. move_rows: in bytes where there is no map */
    clq_int has_map;
    clq_int unused;
} move_params;

/* A matrix inside a nest: x[b * x_step + a] to y[a * y_step + b]. Buffers: x, the map, y. */
typedef struct tile_params {
    op_head head;
    op_nest nest;                   /* the outer loops; operands x, y; its chunk is 1 */
    clq_ulong x_step, y_step;       /* elements */
    clq_ulong units, chunk;         /* nest times blocks of both; how many a work-group makes */
    clq_int a_extent, b_extent;
    clq_int a_block, b_block;       /* extents of a block; the last one of each has the rest too */
    clq_int a_blocks, b_blocks;
    clq_int has_map;
    clq_int unused;
} tile_params;

/* y[i] = x[sum of what the tables say for the index of each dimension], or the constant where one of them says GATHER_CONSTANT.
 * Buffers: x, tables, y. The map stands at the tables' first byte. */
typedef struct gather_params {
    op_head head;
    clq_ulong sources[OP_RANK];     /* 64-bit words from the tables' first to those of each dimension: elements of x, one for each index of y */
    clq_ulong extent[OP_RANK], y_stride[OP_RANK];
    clq_ulong rows, chunk;          /* vector kernels: the product of all extents but the last; how many a work-group makes */
    clq_ulong run_begin, run_end;   /* is_run: indices of the last dimension that are one piece of x; constants elsewhere */
    clq_int is_run;
    clq_int has_map;
    clq_int fill;                   /* its bits */
    clq_int unused;
} gather_params;
