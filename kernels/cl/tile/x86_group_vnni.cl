/* SPDX-License-Identifier: Apache-2.0 */
/* Products of quantized rows and packed codes with AVX-512 VNNI, sixteen columns a register: kernels/cl/mixed/gemm_weights_bytes.cl has the parts' contract.
 * vpdpbusd is exact for codes of any width. */
#if LANES != 16
#error "LANES must be 16"
#endif
#define GROUP_A_IS_WIDE(bits) 0
#define GROUP_FLUSH 8   /* words of four codes a column */

#define NARROW_SUMS int16
ALWAYS int16 add_products(int16 sum, uint16 codes, uint16 a)
{
    __asm__("vpdpbusd %2, %1, %0" : "+v"(sum) : "v"(codes), "v"(a));
    return sum;
}
#define NARROW_ADD(sum, codes, a) ((sum) = add_products(sum, codes, a))
#define NARROW_TOTAL(sum) (sum)

#define CODE_SUMS int16
#define CODE_ADD(sum, codes) ((sum) = add_products(sum, codes, (uint16)(0x01010101u)))
#define CODE_TOTAL(sum) (sum)

#define WIDE_ADD(sum, codes, low, high)   /* there are none */
