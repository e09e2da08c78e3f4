/* SPDX-License-Identifier: Apache-2.0 */
/* codes_row and codes_tile of tile/x86_codes_avx2 with AVX-512 vpdpbusd, codes on the unsigned side; up to 12 rows x 16 columns. Nothing is shifted for one
 * row: each field of a word has sums of its own, code * 4^field, and these are shifted, exactly, at the end. At most 2^26 each. */
#define CODES_ROWS 12

#define CODES_FIELD(at, mask, s0, s1) \
    "vpbroadcastd " at "(%[a]),%%zmm12\n\tvpandd %%zmm" #mask ",%%zmm8,%%zmm10\n\tvpandd %%zmm" #mask ",%%zmm9,%%zmm11\n\t" \
    "vpdpbusd %%zmm12,%%zmm10,%%zmm" #s0 "\n\tvpdpbusd %%zmm12,%%zmm11,%%zmm" #s1 "\n\t"
#define CODES_ADD(shift, s0, s1) \
    "vpsrad $" #shift ",%%zmm" #s0 ",%%zmm" #s0 "\n\tvpsrad $" #shift ",%%zmm" #s1 ",%%zmm" #s1 "\n\t" \
    "vpaddd %%zmm" #s0 ",%%zmm0,%%zmm0\n\tvpaddd %%zmm" #s1 ",%%zmm1,%%zmm1\n\t"

inline void codes_row(const char *a, __global const char *words, ulong groups, int *sums)
{
    __asm__ volatile("vpxor %%xmm2,%%xmm2,%%xmm2\n\tvpxor %%xmm3,%%xmm3,%%xmm3\n\tvpxor %%xmm4,%%xmm4,%%xmm4\n\tvpxor %%xmm5,%%xmm5,%%xmm5\n\t"
                     "vpxor %%xmm6,%%xmm6,%%xmm6\n\tvpxor %%xmm7,%%xmm7,%%xmm7\n\tvmovdqu32 (%[sums]),%%zmm0\n\tvmovdqu32 64(%[sums]),%%zmm1\n\t"
                     "vpbroadcastd %[mask],%%zmm13\n\tvpslld $2,%%zmm13,%%zmm14\n\tvpslld $4,%%zmm13,%%zmm15\n\tvpslld $6,%%zmm13,%%zmm16\n\t.p2align 5\n"
                     "1:\n\tvmovdqu32 (%[w]),%%zmm8\n\tvmovdqu32 64(%[w]),%%zmm9\n\tprefetcht0 4096(%[w])\n\tprefetcht0 4160(%[w])\n\t"
                     CODES_FIELD("0", 13, 0, 1) CODES_FIELD("4", 14, 2, 3) CODES_FIELD("8", 15, 4, 5) CODES_FIELD("12", 16, 6, 7)
                     "add $16,%[a]\n\tsub $-128,%[w]\n\tdec %[groups]\n\tjnz 1b\n\t"
                     CODES_ADD(2, 2, 3) CODES_ADD(4, 4, 5) CODES_ADD(6, 6, 7)
                     "vmovdqu32 %%zmm0,(%[sums])\n\tvmovdqu32 %%zmm1,64(%[sums])\n\t"
                     : [a] "+r"(a), [w] "+r"(words), [groups] "+r"(groups)
                     : [sums] "r"(sums), [mask] "r"(0x03030303)
                     : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15",
                       "xmm16", "cc", "memory");
}

#define CODES_EACH_1(X) X("0", "0", 0)
#define CODES_EACH_2(X) CODES_EACH_1(X) X("256", "64", 1)
#define CODES_EACH_3(X) CODES_EACH_2(X) X("512", "128", 2)
#define CODES_EACH_4(X) CODES_EACH_3(X) X("768", "192", 3)
#define CODES_EACH_5(X) CODES_EACH_4(X) X("1024", "256", 4)
#define CODES_EACH_6(X) CODES_EACH_5(X) X("1280", "320", 5)
#define CODES_EACH_7(X) CODES_EACH_6(X) X("1536", "384", 6)
#define CODES_EACH_8(X) CODES_EACH_7(X) X("1792", "448", 7)
#define CODES_EACH_9(X) CODES_EACH_8(X) X("2048", "512", 8)
#define CODES_EACH_10(X) CODES_EACH_9(X) X("2304", "576", 9)
#define CODES_EACH_11(X) CODES_EACH_10(X) X("2560", "640", 10)
#define CODES_EACH_12(X) CODES_EACH_11(X) X("2816", "704", 11)
#define CODES_LOAD(a, c, s) "vmovdqu32 " c "(%[sums]),%%zmm" #s "\n\t"
#define CODES_STEP(a, c, s) "vpbroadcastd " a "(%[a]),%%zmm13\n\tvpdpbusd %%zmm13,%%zmm12,%%zmm" #s "\n\t"
#define CODES_STORE(a, c, s) "vmovdqu32 %%zmm" #s "," c "(%[sums])\n\t"
#define CODES_CASE(height) \
    case height: \
        __asm__ volatile(CODES_EACH_##height(CODES_LOAD) ".p2align 5\n" \
                         "1:\n\tvmovdqu32 (%[b]),%%zmm12\n\t" CODES_EACH_##height(CODES_STEP) \
                         "add $4,%[a]\n\tadd $64,%[b]\n\tdec %[count]\n\tjnz 1b\n\t" CODES_EACH_##height(CODES_STORE) \
                         : [a] "+r"(a), [b] "+r"(codes), [count] "+r"(count) \
                         : [sums] "r"(sums) \
                         : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "cc", "memory"); \
        break;

inline void codes_tile(int height, const char *a, const char *codes, ulong count, int16 *sums)
{
    switch (height) {
        CODES_CASE(1) CODES_CASE(2) CODES_CASE(3) CODES_CASE(4) CODES_CASE(5) CODES_CASE(6)
        CODES_CASE(7) CODES_CASE(8) CODES_CASE(9) CODES_CASE(10) CODES_CASE(11) CODES_CASE(12)
    }
}
