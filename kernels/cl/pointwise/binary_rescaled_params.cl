/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the kernel of sums and products by fitted factors. Compiled twice, like op/op_params. Values are unsigned, the byte ^ flip.
 *
 *     sum       y = limit(floor((a * A + b * B + term) / 2^shift))             A, B = factors_high * 2^9 + factors_low, words of each; 32 bits
 *     product   y = limit(rne((a - a_zero) * (b - b_zero) * factor + offset) + y_zero)     a fused product and sum in binary32
 *
 * Where the two terms or offsets are equal, that is the rule's result for all pairs of bytes; else it is where both agree, and the other
 * results stand in a table of 65,536 bytes of y, by the bytes of a and b. */
#define RESCALED_FACTOR_BITS 9

typedef struct binary_rescaled_params {
    binary_params base;
    clq_int factors_high, factors_low;   /* of a in the lower word, of b in the upper; the low ones not negative */
    clq_int terms[2];
    clq_int shift;
    clq_float factor;
    clq_float offsets[2];
    clq_int offset_sign;                 /* the sign bit where the offset takes the product's sign, else 0 */
    clq_int is_fitted;                   /* 1: no table */
} binary_rescaled_params;
