/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the fixed-point kernel in binary64. Compiled twice, like op/op_params. Doubles are given by their bits. */
typedef struct binary_fixed_params {
    binary_params base;
    clq_ulong a_factor, b_factor;  /* add, sub: of each value; mul: a_factor of the product, b_factor after a first rounding, 0 if there is none */
    clq_ulong zero_term;            /* add, sub: what the zero points amount to; mul with b_factor: what lifts a tie */
    clq_ulong tie;                 /* a positive number too small to matter but on ties */
    clq_ulong tie_sign;            /* bits of the result that make the tie's sign: the sign bit where ties go away from zero, else 0 */
} binary_fixed_params;
