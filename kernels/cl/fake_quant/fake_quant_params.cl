/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the kernels of fake quantization. Compiled twice, like op/op_params. Types have the values of clqnn_type, clqnn/fake_quant.h has the formulas.
 *
 * Parameters of an element have number at[FAKE_VALUE] + at[FAKE_AXIS] / block * block_step; block 0: the second term is 0. */
#define FAKE_X 0                /* operands of the nest */
#define FAKE_Y 1                /* backward: dx */
#define FAKE_VALUE 2
#define FAKE_AXIS 3             /* the index along the axis of groups */
#define FAKE_MASK 4             /* backward: dy */

#define FAKE_LEVELS 0           /* what a code is: q of even levels */
#define FAKE_SIGN 1
#define FAKE_TERNARY 2
#define FAKE_ODD 3              /* 2 q - n of tanh */
#define FAKE_NOISY 4            /* the same of x with noise */

#define FAKE_ROUNDED 0          /* gradients: 1 where the level before the clamp is one */
#define FAKE_INSIDE 1           /* 1 where x is in least_x .. most_x */
#define FAKE_STEP 2             /* LSQ */
#define FAKE_CLIP 3             /* PACT */
#define FAKE_ONE 4
#define FAKE_FILTER 5           /* XNOR */
#define FAKE_TWO_SCALES 6       /* TTQ */
#define FAKE_TANH 7
#define FAKE_MASKED 8           /* x is the mask */

#define FAKE_SUM_MAGNITUDE 0    /* what is summed, or of which the maximum is taken, over the elements of a slot */
#define FAKE_MAX_MAGNITUDE 1
#define FAKE_MAX_TANH 2
#define FAKE_SUM_ABOVE 3        /* magnitudes above the threshold; and how many they are */
#define FAKE_SUM_STEP 4         /* gradients of LSQ's step, PACT's clip, TTQ's scales */
#define FAKE_SUM_CLIP 5
#define FAKE_SUM_SCALES 6

#define FAKE_SUM_BLOCK 4096     /* elements of one partial sum */
#define FAKE_SUM_LANES 16

/* What a slot's parameters are made of. */
typedef struct fake_rule {
    clq_ulong slots;
    clq_int low, high;          /* levels */
    clq_float scale;            /* of a scheme without scales in memory, and of odd levels */
    clq_float least;            /* a scale from memory is at least this */
    clq_float divisor;          /* PACT: n. Else 0 */
    clq_float least_x, most_x;  /* of FAKE_INSIDE */
    clq_float share;            /* 1 / N of FAKE_FILTER */
    clq_int has_scales, has_zeros, has_thresholds, has_two;   /* which inputs there are */
} fake_rule;

typedef struct fake_quant_params {
    op_head head;               /* buffers: x, scales, zero points or thresholds, y, mask; backward: x or mask, scales, ..., dx, dy */
    op_nest nest;
    clq_ulong block, block_step;
    fake_rule rule;
    clq_int form, gradient;
    clq_int x_type, y_type, dy_type;
    clq_int saves_mask;
    clq_int streams;            /* 1: y is too large for the caches */
    clq_int key[2];             /* of the noise */
} fake_quant_params;

typedef struct fake_sums_params {
    op_head head;               /* buffers: x, scales, zero points or thresholds, partial sums, dy */
    op_nest kept;               /* operands x, dy: a slot's first element */
    op_nest reduced;            /* the elements of a slot, row-major, in chunks of FAKE_SUM_BLOCK */
    clq_ulong blocks;           /* of a slot; partial sums are [2][slots][blocks] */
    fake_rule rule;
    clq_int kind;
    clq_int x_type, dy_type;
    clq_int unused;
} fake_sums_params;

typedef struct fake_finish_params {
    op_head head;               /* buffers: partial sums, result */
    clq_ulong slots, blocks;
    clq_float divisor;          /* N, or 0: none; below 0: the second sum */
    clq_float factor;
    clq_float least, most;      /* the result's bounds, if least <= most */
    clq_int is_max;
    clq_int results;            /* 1, or 2: [2][slots] */
} fake_finish_params;
