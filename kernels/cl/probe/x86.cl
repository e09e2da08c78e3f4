/* SPDX-License-Identifier: Apache-2.0 */
/* One instruction of each x86 family by inline assembly. Compiled with USE_AVX2, USE_AVX512, USE_AVX512_VNNI, USE_AVX512_BF16, USE_AVX512_VPOPCNTDQ as far as cpuid allows.
 * out[0..15]: avx2 16-bit pair products of a and b (8 used), out[16..31]: 32-bit products, out[32..47]: u8 x s8 dot products,
 * out[48..63]: products of the two low bytes as bfloat16, summed, out[64..79]: bits in which a and b differ. */
__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void probe_x86(__global const uint *a, __global const uint *b, __global int *out)
{
    for (int i = 0; i < 80; i++) out[i] = 0;
#if USE_AVX2
    int8 pairs;
    __asm__("vpmaddwd %2, %1, %0" : "=x"(pairs) : "x"(as_int8(vload8(0, a))), "x"(as_int8(vload8(0, b))));
    vstore8(pairs, 0, out);
#endif
#if USE_AVX512
    int16 product;
    __asm__("vpmulld %2, %1, %0" : "=v"(product) : "v"(as_int16(vload16(0, a))), "v"(as_int16(vload16(0, b))));
    vstore16(product, 1, out);
#endif
#if USE_AVX512_VNNI
    int16 dot = 0;
    __asm__("vpdpbusd %2, %1, %0" : "+v"(dot) : "v"(as_int16(vload16(0, a))), "v"(as_int16(vload16(0, b))));
    vstore16(dot, 2, out);
#endif
#if USE_AVX512_BF16
    const uint16 words[2] = {vload16(0, a), vload16(0, b)};
    uint16 pairs[2];
    float16 sum = 0.0f;
    for (int i = 0; i < 2; i++) pairs[i] = as_uint16(convert_float16(words[i] & 255u)) >> 16u | (as_uint16(convert_float16(words[i] >> 8u & 255u)) & 0xffff0000u);
    __asm__("vdpbf16ps %2, %1, %0" : "+v"(sum) : "v"(pairs[0]), "v"(pairs[1]));
    vstore16(convert_int16(sum), 3, out);
#endif
#if USE_AVX512_VPOPCNTDQ
    int16 ones;
    __asm__("vpopcntd %1, %0" : "=v"(ones) : "v"(as_int16(vload16(0, a) ^ vload16(0, b))));
    vstore16(ones, 4, out);
#endif
}
