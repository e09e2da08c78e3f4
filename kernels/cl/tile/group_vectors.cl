/* SPDX-License-Identifier: Apache-2.0 */
/* Products of quantized rows and packed codes in plain vectors: kernels/cl/mixed/gemm_weights_bytes.cl has the parts' contract. What x86_group_vnni.cl computes:
 * its twin where that instruction is not. */
#define GROUP_A_IS_WIDE(bits) 0
#define GROUP_FLUSH 8   /* words of four codes a column */

#define NARROW_SUMS INTS
/* Sign-extended byte i of the words. */
#define SIGNED_BYTE(x, i) ((AS_INTS(x) << (INTS)(24 - 8 * (i))) >> (INTS)24)
#define CODE_BYTE(x, i) AS_INTS(((x) >> (UINTS)(8 * (i))) & (UINTS)0xff)
ALWAYS INTS add_products(INTS sum, UINTS codes, UINTS a)
{
    UNROLL for (int i = 0; i < 4; i++) sum += CODE_BYTE(codes, i) * SIGNED_BYTE(a, i);
    return sum;
}
#define NARROW_ADD(sum, codes, a) ((sum) = add_products(sum, codes, a))
#define NARROW_TOTAL(sum) (sum)

#define CODE_SUMS INTS
#define CODE_ADD(sum, codes) ((sum) = add_products(sum, codes, (UINTS)(0x01010101u)))
#define CODE_TOTAL(sum) (sum)

#define WIDE_ADD(sum, codes, low, high)   /* there are none */
