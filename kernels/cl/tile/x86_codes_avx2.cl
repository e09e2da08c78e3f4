/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of s8 rows by columns of codes 0..2 with AVX2 vpmaddubsw, codes on the unsigned side. A 16-bit lane holds the pairs of at most CODES_K of k:
 * CODES_K / 4 sums of -2 * 2 * 128 .. 2 * 2 * 127 each, which fit, the lowest exactly. One asm block each, so that the compiler can't spill.
 *
 *   codes_row(a, words, groups, sums);            sums[32] += one row by `groups` groups of 16 k, at most 1024, of a panel of packed words
 *   codes_expand(words, next, groups, codes);     the same words as bytes: two halves of 16 columns, [half][CODES_K / 4][16 columns][4 k]; fetches
 *                                                 words + next to the cache
 *   codes_tile(height, a, codes, count, sums);    sums[row][16] += up to 6 rows, CODES_K bytes apart, by `count` steps of 4 k of one half
 *
 * words: 32 columns of 16 k; byte j of a column's word holds k = 4 * s + j at bits 2s (t2_n32k16). They are fetched ahead of their use. */
#define CODES_K 256
#define CODES_ROWS 6
#define CODES_HALF (CODES_K * 16) /* bytes */

/* One vector of 8 columns by 16 k: y4..y7 are a's bytes, y8 the mask 3, y9 ones. */
#define CODES_VECTOR(at, sum) \
    "vmovdqu " at "(%[w]),%%ymm10\n\tvpand %%ymm8,%%ymm10,%%ymm11\n\tvpsrlw $2,%%ymm10,%%ymm12\n\tvpmaddubsw %%ymm4,%%ymm11,%%ymm11\n\t" \
    "vpand %%ymm8,%%ymm12,%%ymm12\n\tvpsrlw $4,%%ymm10,%%ymm13\n\tvpmaddubsw %%ymm5,%%ymm12,%%ymm12\n\tvpand %%ymm8,%%ymm13,%%ymm13\n\t" \
    "vpsrlw $6,%%ymm10,%%ymm10\n\tvpmaddubsw %%ymm6,%%ymm13,%%ymm13\n\tvpand %%ymm8,%%ymm10,%%ymm10\n\tvpaddw %%ymm11,%%ymm12,%%ymm11\n\t" \
    "vpmaddubsw %%ymm7,%%ymm10,%%ymm10\n\tvpaddw %%ymm11,%%ymm" #sum ",%%ymm" #sum "\n\tvpaddw %%ymm13,%%ymm10,%%ymm10\n\t" \
    "vpaddw %%ymm10,%%ymm" #sum ",%%ymm" #sum "\n\t"
#define CODES_WIDEN(at, sum) \
    "vpmaddwd %%ymm9,%%ymm" #sum ",%%ymm" #sum "\n\tvpaddd " at "(%[sums]),%%ymm" #sum ",%%ymm" #sum "\n\tvmovdqu %%ymm" #sum "," at "(%[sums])\n\t"

inline void codes_row(const char *a, __global const char *words, ulong groups, int *sums)
{
    ulong part; /* groups before the sums are widened */
    __asm__ volatile("vpcmpeqd %%ymm9,%%ymm9,%%ymm9\n\tvpabsb %%ymm9,%%ymm8\n\tvpaddb %%ymm8,%%ymm8,%%ymm10\n\tvpaddb %%ymm10,%%ymm8,%%ymm8\n\tvpsrlw $15,%%ymm9,%%ymm9\n"
                     "2:\n\tmov $16,%[part]\n\tcmp %[part],%[groups]\n\tcmovb %[groups],%[part]\n\tsub %[part],%[groups]\n\t"
                     "vpxor %%ymm0,%%ymm0,%%ymm0\n\tvpxor %%ymm1,%%ymm1,%%ymm1\n\tvpxor %%ymm2,%%ymm2,%%ymm2\n\tvpxor %%ymm3,%%ymm3,%%ymm3\n\t.p2align 5\n"
                     "1:\n\tvpbroadcastd (%[a]),%%ymm4\n\tvpbroadcastd 4(%[a]),%%ymm5\n\tvpbroadcastd 8(%[a]),%%ymm6\n\tvpbroadcastd 12(%[a]),%%ymm7\n\t"
                     "prefetcht0 4096(%[w])\n\tprefetcht0 4160(%[w])\n\t"
                     CODES_VECTOR("0", 0) CODES_VECTOR("32", 1) CODES_VECTOR("64", 2) CODES_VECTOR("96", 3)
                     "add $16,%[a]\n\tsub $-128,%[w]\n\tdec %[part]\n\tjnz 1b\n\t"
                     CODES_WIDEN("0", 0) CODES_WIDEN("32", 1) CODES_WIDEN("64", 2) CODES_WIDEN("96", 3)
                     "test %[groups],%[groups]\n\tjnz 2b\n\t"
                     : [a] "+r"(a), [w] "+r"(words), [groups] "+r"(groups), [part] "=&r"(part)
                     : [sums] "r"(sums)
                     : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "cc", "memory");
}

/* The four bytes of k of a vector of 8 columns, 64 bytes apart. */
#define CODES_SPREAD(from, to0, to1, to2, to3) \
    "vmovdqu " from "(%[w]),%%ymm0\n\tvpsrlw $2,%%ymm0,%%ymm1\n\tvpsrlw $4,%%ymm0,%%ymm2\n\tvpsrlw $6,%%ymm0,%%ymm3\n\t" \
    "vpand %%ymm8,%%ymm0,%%ymm0\n\tvpand %%ymm8,%%ymm1,%%ymm1\n\tvpand %%ymm8,%%ymm2,%%ymm2\n\tvpand %%ymm8,%%ymm3,%%ymm3\n\t" \
    "vmovdqu %%ymm0," to0 "\n\tvmovdqu %%ymm1," to1 "\n\tvmovdqu %%ymm2," to2 "\n\tvmovdqu %%ymm3," to3 "\n\t"

inline void codes_expand(__global const char *words, ulong next, ulong groups, char *codes)
{
    __asm__ volatile("vpcmpeqd %%ymm9,%%ymm9,%%ymm9\n\tvpabsb %%ymm9,%%ymm8\n\tvpaddb %%ymm8,%%ymm8,%%ymm10\n\tvpaddb %%ymm10,%%ymm8,%%ymm8\n\t.p2align 5\n"
                     "1:\n\tprefetcht0 (%[w],%[next])\n\tprefetcht0 64(%[w],%[next])\n\t"
                     CODES_SPREAD("0", "(%[to])", "64(%[to])", "128(%[to])", "192(%[to])")
                     CODES_SPREAD("32", "32(%[to])", "96(%[to])", "160(%[to])", "224(%[to])")
                     CODES_SPREAD("64", "4096(%[to])", "4160(%[to])", "4224(%[to])", "4288(%[to])")
                     CODES_SPREAD("96", "4128(%[to])", "4192(%[to])", "4256(%[to])", "4320(%[to])")
                     "add $256,%[to]\n\tsub $-128,%[w]\n\tdec %[groups]\n\tjnz 1b\n\t"
                     : [w] "+r"(words), [to] "+r"(codes), [groups] "+r"(groups)
                     : [next] "r"(next)
                     : "xmm0", "xmm1", "xmm2", "xmm3", "xmm8", "xmm9", "xmm10", "cc", "memory");
}

#define CODES_EACH_1(X) X("0", "0", 0, 1)
#define CODES_EACH_2(X) CODES_EACH_1(X) X("256", "64", 2, 3)
#define CODES_EACH_3(X) CODES_EACH_2(X) X("512", "128", 4, 5)
#define CODES_EACH_4(X) CODES_EACH_3(X) X("768", "192", 6, 7)
#define CODES_EACH_5(X) CODES_EACH_4(X) X("1024", "256", 8, 9)
#define CODES_EACH_6(X) CODES_EACH_5(X) X("1280", "320", 10, 11)
#define CODES_CLEAR(a, c, c0, c1) "vpxor %%ymm" #c0 ",%%ymm" #c0 ",%%ymm" #c0 "\n\tvpxor %%ymm" #c1 ",%%ymm" #c1 ",%%ymm" #c1 "\n\t"
#define CODES_STEP(a, c, c0, c1) \
    "vpbroadcastd " a "(%[a]),%%ymm14\n\tvpmaddubsw %%ymm14,%%ymm12,%%ymm15\n\tvpmaddubsw %%ymm14,%%ymm13,%%ymm14\n\t" \
    "vpaddw %%ymm15,%%ymm" #c0 ",%%ymm" #c0 "\n\tvpaddw %%ymm14,%%ymm" #c1 ",%%ymm" #c1 "\n\t"
#define CODES_STORE(a, c, c0, c1) \
    "vpmaddwd %%ymm12,%%ymm" #c0 ",%%ymm" #c0 "\n\tvpmaddwd %%ymm12,%%ymm" #c1 ",%%ymm" #c1 "\n\t" \
    "vpaddd " c "(%[sums]),%%ymm" #c0 ",%%ymm" #c0 "\n\tvpaddd 32+" c "(%[sums]),%%ymm" #c1 ",%%ymm" #c1 "\n\t" \
    "vmovdqu %%ymm" #c0 "," c "(%[sums])\n\tvmovdqu %%ymm" #c1 ",32+" c "(%[sums])\n\t"
#define CODES_CASE(height) \
    case height: \
        __asm__ volatile(CODES_EACH_##height(CODES_CLEAR) ".p2align 5\n" \
                         "1:\n\tvmovdqu (%[b]),%%ymm12\n\tvmovdqu 32(%[b]),%%ymm13\n\t" \
                         CODES_EACH_##height(CODES_STEP) \
                         "add $4,%[a]\n\tadd $64,%[b]\n\tdec %[count]\n\tjnz 1b\n\tvpcmpeqd %%ymm12,%%ymm12,%%ymm12\n\tvpsrlw $15,%%ymm12,%%ymm12\n\t" \
                         CODES_EACH_##height(CODES_STORE) \
                         : [a] "+r"(a), [b] "+r"(codes), [count] "+r"(count) \
                         : [sums] "r"(sums) \
                         : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", \
                           "xmm14", "xmm15", "cc", "memory"); \
        break;

inline void codes_tile(int height, const char *a, const char *codes, ulong count, int16 *sums)
{
    switch (height) {
        CODES_CASE(1) CODES_CASE(2) CODES_CASE(3) CODES_CASE(4) CODES_CASE(5) CODES_CASE(6)
    }
}
