/* SPDX-License-Identifier: Apache-2.0 */
/* Products of quantized rows and packed codes with AVX2, eight columns a register: kernels/cl/mixed/gemm_weights_bytes.cl has the parts' contract.
 *
 * Codes of up to 4 bits: vpmaddubsw of four codes a column and four signed bytes of a, pairs in 16 bits. A pair is at most 2 * 15 * 128 = 3840, so that GROUP_FLUSH
 * sums of one lane stay below 2^15: nothing saturates. Beyond 4 bits that would; there a has 16 bits, and vpmaddwd takes the even and the odd codes. */
#if LANES != 8
#error "LANES must be 8"
#endif
#define GROUP_A_IS_WIDE(bits) ((bits) > 4)
#define GROUP_FLUSH 8   /* words of four codes a column */

#define NARROW_SUMS short16
ALWAYS short16 multiply_bytes(uint8 codes, uint8 a)
{
    short16 y;
    __asm__("vpmaddubsw %2, %1, %0" : "=x"(y) : "x"(codes), "x"(a));
    return y;
}
ALWAYS int8 multiply_pairs(short16 x, short16 y)
{
    int8 z;
    __asm__("vpmaddwd %2, %1, %0" : "=x"(z) : "x"(x), "x"(y));
    return z;
}
#define NARROW_ADD(sum, codes, a) ((sum) += multiply_bytes(codes, a))
#define NARROW_TOTAL(sum) multiply_pairs(sum, (short16)(1))

/* Sums of codes: bytes, at most GROUP_FLUSH * 15. */
#define CODE_SUMS uint8
#define CODE_ADD(sum, codes) ((sum) += (codes))
#define CODE_TOTAL(sum) multiply_pairs(multiply_bytes(sum, (uint8)(0x01010101u)), (short16)(1))

/* `low`, `high`: a of codes 0 and 2, of 1 and 3. */
#define WIDE_ADD(sum, codes, low, high)                                                                     \
    ((sum) += multiply_pairs(as_short16((codes) & (uint8)(0x00ff00ffu)), as_short16(low))                   \
              + multiply_pairs(as_short16(((codes) >> (uint8)(8)) & (uint8)(0x00ff00ffu)), as_short16(high)))
