/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of up to 6 rows x 16 columns with AVX2 vpmaddwd: pairs of 16-bit products, exact (vpmaddubsw would saturate).
 *
 *   avx2_tile(height, a, b, next, count, sums);   sums[row][16] += products of `count` pairs of k; fetches b + next to the cache
 *
 * a: 16-bit values, a row every AVX2_K of them; b: [k pair][16 columns][2 k], 16 bits. One asm block a height, so that the compiler can't spill. */
#define AVX2_ROWS 6
#define AVX2_K 256 /* the text below has its row offsets: 512 bytes */

#define AVX2_EACH_1(X) X("0", "0", 0, 1)
#define AVX2_EACH_2(X) AVX2_EACH_1(X) X("512", "64", 2, 3)
#define AVX2_EACH_3(X) AVX2_EACH_2(X) X("1024", "128", 4, 5)
#define AVX2_EACH_4(X) AVX2_EACH_3(X) X("1536", "192", 6, 7)
#define AVX2_EACH_5(X) AVX2_EACH_4(X) X("2048", "256", 8, 9)
#define AVX2_EACH_6(X) AVX2_EACH_5(X) X("2560", "320", 10, 11)
#define AVX2_LOAD(a, c, c0, c1) "vmovdqu " c "(%[sums]),%%ymm" #c0 "\n\tvmovdqu 32+" c "(%[sums]),%%ymm" #c1 "\n\t"
#define AVX2_STORE(a, c, c0, c1) "vmovdqu %%ymm" #c0 "," c "(%[sums])\n\tvmovdqu %%ymm" #c1 ",32+" c "(%[sums])\n\t"
#define AVX2_STEP(a, c, c0, c1) \
    "vpbroadcastd " a "(%[a]),%%ymm14\n\tvpmaddwd %%ymm12,%%ymm14,%%ymm15\n\tvpmaddwd %%ymm13,%%ymm14,%%ymm14\n\t" \
    "vpaddd %%ymm15,%%ymm" #c0 ",%%ymm" #c0 "\n\tvpaddd %%ymm14,%%ymm" #c1 ",%%ymm" #c1 "\n\t"
#define AVX2_CASE(height) \
    case height: \
        __asm__ volatile(AVX2_EACH_##height(AVX2_LOAD) ".p2align 5\n" \
                         "1:\n\tvmovdqu (%[b]),%%ymm12\n\tvmovdqu 32(%[b]),%%ymm13\n\tprefetcht0 (%[b],%[next])\n\t" \
                         AVX2_EACH_##height(AVX2_STEP) \
                         "add $4,%[a]\n\tadd $64,%[b]\n\tdec %[count]\n\tjnz 1b\n\t" \
                         AVX2_EACH_##height(AVX2_STORE) \
                         : [a] "+r"(a), [b] "+r"(b), [count] "+r"(count) \
                         : [sums] "r"(sums), [next] "r"(next) \
                         : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", \
                           "xmm14", "xmm15", "cc", "memory"); \
        break;

inline void avx2_tile(int height, const short *a, __global const char *b, ulong next, ulong count, int16 *sums)
{
    switch (height) {
        AVX2_CASE(1) AVX2_CASE(2) AVX2_CASE(3) AVX2_CASE(4) AVX2_CASE(5) AVX2_CASE(6)
    }
}
