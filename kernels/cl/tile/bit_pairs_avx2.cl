/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of table entries, of up to 5 pairs of rows x 32 columns, with AVX2 vpshufb. An entry has a row's count in its low half and the next row's in its high
 * half, both at most 4: three of them are added before the halves are parted, and 63 before bytes are widened.
 *
 *   bit_pairs(pairs, indices, b, triples, table, sums);
 *
 *   table     [256][16] entries      indices   [pair][PAIR_STEPS] of 16 bits: bytes from the table's begin on to 16 entries; what a step's four bits of
 *   b         [step][32 columns]               b, the place in these 16, are added up of
 *   triples   3 steps each, 1 or more
 *   sums      [row][2][16] of 16 bits, added to: bytes c + 256 * d of a column at 2 i and its neighbour at 2 i + 1, and d alone, modulo 2^16
 *
 * One asm block a height, so that the compiler can't spill. The rows of odd heights are given as a pair with a row of zeros. */
#define PAIR_STEPS 1088 /* the text below has its offsets: 2176 bytes */
#define PAIR_ROWS 10
#define MOST_TRIPLES 21 /* 63 entries of at most 4 fit a byte */

#define BIT_EACH_1(X) X("0", "0", "1", "0", "64")
#define BIT_EACH_2(X) BIT_EACH_1(X) X("2176", "2", "3", "128", "192")
#define BIT_EACH_3(X) BIT_EACH_2(X) X("4352", "4", "5", "256", "320")
#define BIT_EACH_4(X) BIT_EACH_3(X) X("6528", "6", "7", "384", "448")
#define BIT_EACH_5(X) BIT_EACH_4(X) X("8704", "8", "9", "512", "576")
#define BIT_ZERO(i, whole, high, row, next) \
    "vpxor %%ymm" whole ",%%ymm" whole ",%%ymm" whole "\n\tvpxor %%ymm" high ",%%ymm" high ",%%ymm" high "\n\t"
#define BIT_STEP(i, whole, high, row, next) \
    "movzwl " i "(%[indices]),%%eax\n\tvbroadcasti128 (%[table],%%rax),%%ymm14\n\tmovzwl 2+" i "(%[indices]),%%eax\n\t" \
    "vpshufb %%ymm10,%%ymm14,%%ymm14\n\tvbroadcasti128 (%[table],%%rax),%%ymm15\n\tmovzwl 4+" i "(%[indices]),%%eax\n\t" \
    "vpshufb %%ymm11,%%ymm15,%%ymm15\n\tvpaddb %%ymm15,%%ymm14,%%ymm14\n\t" \
    "vbroadcasti128 (%[table],%%rax),%%ymm15\n\tvpshufb %%ymm12,%%ymm15,%%ymm15\n\tvpaddb %%ymm15,%%ymm14,%%ymm14\n\t" \
    "vpaddb %%ymm14,%%ymm" whole ",%%ymm" whole "\n\tvpsrlw $4,%%ymm14,%%ymm14\n\tvpaddb %%ymm14,%%ymm" high ",%%ymm" high "\n\t"
#define BIT_WIDEN(bytes, row) \
    "vpaddw " row "(%[sums]),%%ymm" bytes ",%%ymm14\n\tvmovdqu %%ymm14," row "(%[sums])\n\tvpsrlw $8,%%ymm" bytes ",%%ymm" bytes "\n\t" \
    "vpaddw 32+" row "(%[sums]),%%ymm" bytes ",%%ymm" bytes "\n\tvmovdqu %%ymm" bytes ",32+" row "(%[sums])\n\t"
/* ymm12, ymm14, ymm15 are free by now; ymm13 is 15 in each byte. The shift brought the low half of each odd byte into the high half of the even one before it,
 * so that, modulo 256: whole = low + 16 * high, and the register of high halves has in even bytes 16 * low of the odd neighbour besides. */
#define BIT_PART(i, whole, high, row, next) \
    "vpand %%ymm13,%%ymm" high ",%%ymm14\n\tvpsllw $4,%%ymm14,%%ymm14\n\tvpsubb %%ymm14,%%ymm" whole ",%%ymm" whole "\n\t" \
    "vpsrlw $8,%%ymm" whole ",%%ymm15\n\tvpand %%ymm13,%%ymm15,%%ymm15\n\tvpsllw $4,%%ymm15,%%ymm15\n\t" \
    "vpsubb %%ymm15,%%ymm" high ",%%ymm" high "\n\t" \
    BIT_WIDEN(whole, row) BIT_WIDEN(high, next)
#define BIT_CASE(pairs) \
    case pairs: \
        __asm__ volatile("vpcmpeqb %%ymm13,%%ymm13,%%ymm13\n\tvpsrlw $12,%%ymm13,%%ymm13\n\tvpackuswb %%ymm13,%%ymm13,%%ymm13\n\t" BIT_EACH_##pairs(BIT_ZERO) \
                         ".p2align 5\n1:\n\tvmovdqu (%[b]),%%ymm10\n\tvmovdqu 32(%[b]),%%ymm11\n\tvmovdqu 64(%[b]),%%ymm12\n\t" BIT_EACH_##pairs(BIT_STEP) \
                         "add $6,%[indices]\n\tadd $96,%[b]\n\tdec %[count]\n\tjnz 1b\n\t" BIT_EACH_##pairs(BIT_PART) \
                         : [indices] "+r"(indices), [b] "+r"(b), [count] "+r"(count) \
                         : [table] "r"(table), [sums] "r"(sums) \
                         : "rax", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", \
                           "xmm14", "xmm15", "cc", "memory"); \
        break;

static inline void bit_pairs(int pairs, __local const ushort *indices, __global const uchar *b, int triples, __global const uchar *table, ushort *sums)
{
    while (triples > 0) {
        ulong count = min(triples, MOST_TRIPLES);
        triples -= MOST_TRIPLES;
        switch (pairs) {
            BIT_CASE(1) BIT_CASE(2) BIT_CASE(3) BIT_CASE(4) BIT_CASE(5)
        }
    }
}
