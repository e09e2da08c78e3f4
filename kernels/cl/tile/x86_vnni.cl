/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of up to 14 rows x 32 columns with AVX-512 vpdpbusd (u8 x s8), a read in place row by row, b packed [k group][32 columns][4 k].
 *
 *   vnni_tile(height, a, row_stride, b, k / 4, job);
 *
 * One asm block a height: 28 registers of sums, two of weights, one broadcast, one with the flip. The compiler cannot spill or reorder inside, and
 * parses it in no time. The sums start from job->init and leave as s32 or, by epilogue/requantize_x86, as bytes. */
typedef struct vnni_job {
    ulong tail;        /* address of `height` dwords, the last k % 4 bytes of each row; 0 if there are none. Set to 0 by the call */
    ulong init;        /* address of 32 ints */
    ulong out;         /* address of the first row's 32 results */
    ulong out_stride;  /* bytes from row to row */
    ulong multipliers; /* address of 32 floats; 0: the results are the sums */
    int flip;          /* xored with four bytes of a */
    x86_bytes bytes;
} vnni_job;

/* The text below has these offsets as numbers. */
typedef char vnni_job_offsets[(__builtin_offsetof(vnni_job, flip) == 40 && __builtin_offsetof(vnni_job, bytes) == 64) ? 1 : -1];
typedef char x86_bytes_offsets[(__builtin_offsetof(x86_bytes, zero_point) == 192 && __builtin_offsetof(x86_bytes, flip) == 196) ? 1 : -1];

#define X86_ADDRESS_0 "(%[p])"
#define X86_ADDRESS_1 "(%[p],%[s1])"
#define X86_ADDRESS_2 "(%[p],%[s1],2)"
#define X86_ADDRESS_3 "(%[p],%[s3])"
#define X86_ADDRESS_4 "(%[p],%[s1],4)"
#define X86_ADDRESS_5 "(%[p],%[s5])"
#define X86_ADDRESS_6 "(%[p],%[s3],2)"
#define X86_ADDRESS_7 "(%[q])"
#define X86_ADDRESS_8 "(%[q],%[s1])"
#define X86_ADDRESS_9 "(%[q],%[s1],2)"
#define X86_ADDRESS_10 "(%[q],%[s3])"
#define X86_ADDRESS_11 "(%[q],%[s1],4)"
#define X86_ADDRESS_12 "(%[q],%[s5])"
#define X86_ADDRESS_13 "(%[q],%[s3],2)"

/* Row i keeps its sums in registers zmm<2i> and zmm<2i+1>. */
#define VNNI_EACH_1(X) X(0, 0, 1)
#define VNNI_EACH_2(X) VNNI_EACH_1(X) X(1, 2, 3)
#define VNNI_EACH_3(X) VNNI_EACH_2(X) X(2, 4, 5)
#define VNNI_EACH_4(X) VNNI_EACH_3(X) X(3, 6, 7)
#define VNNI_EACH_5(X) VNNI_EACH_4(X) X(4, 8, 9)
#define VNNI_EACH_6(X) VNNI_EACH_5(X) X(5, 10, 11)
#define VNNI_EACH_7(X) VNNI_EACH_6(X) X(6, 12, 13)
#define VNNI_EACH_8(X) VNNI_EACH_7(X) X(7, 14, 15)
#define VNNI_EACH_9(X) VNNI_EACH_8(X) X(8, 16, 17)
#define VNNI_EACH_10(X) VNNI_EACH_9(X) X(9, 18, 19)
#define VNNI_EACH_11(X) VNNI_EACH_10(X) X(10, 20, 21)
#define VNNI_EACH_12(X) VNNI_EACH_11(X) X(11, 22, 23)
#define VNNI_EACH_13(X) VNNI_EACH_12(X) X(12, 24, 25)
#define VNNI_EACH_14(X) VNNI_EACH_13(X) X(13, 26, 27)

/* A tile of few rows has too few chains to hide the latency: the groups of a turn then have sums of their own, added at the end. */
#define VNNI_EACH_1B(X) X(0, 2, 3)
#define VNNI_EACH_1C(X) X(0, 4, 5)
#define VNNI_EACH_1D(X) X(0, 6, 7)
#define VNNI_EACH_2B(X) X(0, 4, 5) X(1, 6, 7)
#define VNNI_EACH_2C(X) X(0, 8, 9) X(1, 10, 11)
#define VNNI_EACH_2D(X) X(0, 12, 13) X(1, 14, 15)
#define VNNI_EACH_3B(X) X(0, 6, 7) X(1, 8, 9) X(2, 10, 11)
#define VNNI_EACH_4B(X) X(0, 8, 9) X(1, 10, 11) X(2, 12, 13) X(3, 14, 15)
#define VNNI_ZERO(row, c0, c1) "vpxord %%zmm" #c0 ",%%zmm" #c0 ",%%zmm" #c0 "\n\tvpxord %%zmm" #c1 ",%%zmm" #c1 ",%%zmm" #c1 "\n\t"
#define VNNI_ADD(to, from) "vpaddd %%zmm" #from ",%%zmm" #to ",%%zmm" #to "\n\t"
#define VNNI_ADD_1 VNNI_ADD(0, 2) VNNI_ADD(1, 3) VNNI_ADD(4, 6) VNNI_ADD(5, 7) VNNI_ADD(0, 4) VNNI_ADD(1, 5)
#define VNNI_ADD_2 \
    VNNI_ADD(0, 4) VNNI_ADD(1, 5) VNNI_ADD(2, 6) VNNI_ADD(3, 7) VNNI_ADD(8, 12) VNNI_ADD(9, 13) VNNI_ADD(10, 14) VNNI_ADD(11, 15) \
    VNNI_ADD(0, 8) VNNI_ADD(1, 9) VNNI_ADD(2, 10) VNNI_ADD(3, 11)
#define VNNI_ADD_3 VNNI_ADD(0, 6) VNNI_ADD(1, 7) VNNI_ADD(2, 8) VNNI_ADD(3, 9) VNNI_ADD(4, 10) VNNI_ADD(5, 11)
#define VNNI_ADD_4 \
    VNNI_ADD(0, 8) VNNI_ADD(1, 9) VNNI_ADD(2, 10) VNNI_ADD(3, 11) VNNI_ADD(4, 12) VNNI_ADD(5, 13) VNNI_ADD(6, 14) VNNI_ADD(7, 15)

#define VNNI_BYTES_0
#define VNNI_BYTES_1 VNNI_BYTES_0 X86_BYTES_1(0, 0, 1)
#define VNNI_BYTES_2 VNNI_BYTES_0 X86_BYTES_2(0, 0, 1, 1, 2, 3)
#define VNNI_BYTES_3 VNNI_BYTES_2 X86_BYTES_1(2, 4, 5)
#define VNNI_BYTES_4 VNNI_BYTES_2 X86_BYTES_2(2, 4, 5, 3, 6, 7)
#define VNNI_BYTES_5 VNNI_BYTES_4 X86_BYTES_1(4, 8, 9)
#define VNNI_BYTES_6 VNNI_BYTES_4 X86_BYTES_2(4, 8, 9, 5, 10, 11)
#define VNNI_BYTES_7 VNNI_BYTES_6 X86_BYTES_1(6, 12, 13)
#define VNNI_BYTES_8 VNNI_BYTES_6 X86_BYTES_2(6, 12, 13, 7, 14, 15)
#define VNNI_BYTES_9 VNNI_BYTES_8 X86_BYTES_1(8, 16, 17)
#define VNNI_BYTES_10 VNNI_BYTES_8 X86_BYTES_2(8, 16, 17, 9, 18, 19)
#define VNNI_BYTES_11 VNNI_BYTES_10 X86_BYTES_1(10, 20, 21)
#define VNNI_BYTES_12 VNNI_BYTES_10 X86_BYTES_2(10, 20, 21, 11, 22, 23)
#define VNNI_BYTES_13 VNNI_BYTES_12 X86_BYTES_1(12, 24, 25)
#define VNNI_BYTES_14 VNNI_BYTES_12 X86_BYTES_2(12, 24, 25, 13, 26, 27)

#define VNNI_START(row, c0, c1) "vmovdqa64 %%zmm28,%%zmm" #c0 "\n\tvmovdqa64 %%zmm29,%%zmm" #c1 "\n\t"
#define VNNI_STEP_AT(offset, row, c0, c1) \
    "vpxord " offset X86_ADDRESS_##row "%{1to16%},%%zmm31,%%zmm30\n\t" \
    "vpdpbusd %%zmm28,%%zmm30,%%zmm" #c0 "\n\tvpdpbusd %%zmm29,%%zmm30,%%zmm" #c1 "\n\t"
#define VNNI_STEP_0(row, c0, c1) VNNI_STEP_AT("", row, c0, c1)
#define VNNI_STEP_1(row, c0, c1) VNNI_STEP_AT("4", row, c0, c1)
#define VNNI_STEP_2(row, c0, c1) VNNI_STEP_AT("8", row, c0, c1)
#define VNNI_STEP_3(row, c0, c1) VNNI_STEP_AT("12", row, c0, c1)
#define VNNI_STORE(row, c0, c1) "vmovdqu64 %%zmm" #c0 "," X86_ADDRESS_##row "\n\tvmovdqu64 %%zmm" #c1 ",64" X86_ADDRESS_##row "\n\t"
/* Weights that stream from memory come at full speed only if asked for 4 KB ahead (the next panel stands right behind). */
#define VNNI_LOAD_B(offset0, offset1) \
    "vmovdqu64 " offset0 "(%[b]),%%zmm28\n\tvmovdqu64 " offset1 "(%[b]),%%zmm29\n\t" \
    "prefetcht0 4096+" offset0 "(%[b])\n\tprefetcht0 4096+" offset1 "(%[b])\n\t"
#define VNNI_STRIDES "lea (%[s1],%[s1],2),%[s3]\n\tlea (%[s1],%[s1],4),%[s5]\n\tlea (%[p],%[s5]),%[q]\n\tlea (%[q],%[s1],2),%[q]\n\t"

/* 4: four groups a turn. 1: one group a turn. 2: the tail's group, once. 3: the results. */
#define VNNI_CASE(height, each1, each2, each3, begin, end) \
    case height: \
        __asm__ volatile("mov 8(%[job]),%[q]\n\t" \
                         "vmovdqu64 (%[q]),%%zmm28\n\tvmovdqu64 64(%[q]),%%zmm29\n\tvpbroadcastd 40(%[job]),%%zmm31\n\t" \
                         VNNI_EACH_##height(VNNI_START) begin VNNI_STRIDES \
                         "mov %[count],%[quads]\n\tand $3,%[count]\n\tshr $2,%[quads]\n\tjz 5f\n\t" \
                         ".p2align 5\n" \
                         "4:\n\t" VNNI_LOAD_B("0", "64") VNNI_EACH_##height(VNNI_STEP_0) \
                         VNNI_LOAD_B("128", "192") each1(VNNI_STEP_1) \
                         VNNI_LOAD_B("256", "320") each2(VNNI_STEP_2) \
                         VNNI_LOAD_B("384", "448") each3(VNNI_STEP_3) \
                         "add $16,%[p]\n\tadd $16,%[q]\n\tadd $512,%[b]\n\tdec %[quads]\n\tjnz 4b\n" \
                         "5:\n\ttest %[count],%[count]\n\tjz 2f\n" \
                         "1:\n\t" VNNI_LOAD_B("0", "64") VNNI_EACH_##height(VNNI_STEP_0) \
                         "add $4,%[p]\n\tadd $4,%[q]\n\tsub $-128,%[b]\n\tdec %[count]\n\tjnz 1b\n" \
                         "2:\n\tmov (%[job]),%[p]\n\ttest %[p],%[p]\n\tjz 3f\n\t" \
                         "movq $0,(%[job])\n\tmov $4,%[s1]\n\tmov $1,%[count]\n\t" VNNI_STRIDES "jmp 1b\n" \
                         "3:\n\t" end "mov 16(%[job]),%[p]\n\tmov 24(%[job]),%[s1]\n\t" VNNI_STRIDES \
                         "mov 32(%[job]),%[b]\n\ttest %[b],%[b]\n\tjz 6f\n\t" \
                         "vmovups (%[b]),%%zmm28\n\tvmovups 64(%[b]),%%zmm29\n\t" \
                         "vpbroadcastd 256(%[job]),%%zmm30\n\tvmovdqu64 192(%[job]),%%zmm31\n\t" \
                         VNNI_BYTES_##height "jmp 7f\n" \
                         "6:\n\t" VNNI_EACH_##height(VNNI_STORE) \
                         "7:\n\t" \
                         : [p] "+r"(a), [b] "+r"(b), [count] "+r"(count), [s1] "+r"(row_stride), [q] "=&r"(q), [quads] "=&r"(quads), \
                           [s3] "=&r"(s3), [s5] "=&r"(s5) \
                         : [job] "r"(job) \
                         : VNNI_CLOBBERS, "cc", "memory"); \
        break;
#define VNNI_CLOBBERS \
    "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15", \
    "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21", "xmm22", "xmm23", "xmm24", "xmm25", "xmm26", "xmm27", "xmm28", "xmm29", "xmm30", "xmm31"

/* 16 columns: the first half of a panel, half of the products. */
#define HALF_START(row, c0, c1) "vmovdqa64 %%zmm28,%%zmm" #c0 "\n\t"
#define HALF_STEP_AT(offset, row, c0) "vpxord " offset X86_ADDRESS_##row "%{1to16%},%%zmm31,%%zmm30\n\tvpdpbusd %%zmm28,%%zmm30,%%zmm" #c0 "\n\t"
#define HALF_STEP_0(row, c0, c1) HALF_STEP_AT("", row, c0)
#define HALF_STEP_1(row, c0, c1) HALF_STEP_AT("4", row, c0)
#define HALF_STEP_2(row, c0, c1) HALF_STEP_AT("8", row, c0)
#define HALF_STEP_3(row, c0, c1) HALF_STEP_AT("12", row, c0)
#define HALF_STORE(row, c0, c1) "vmovdqu64 %%zmm" #c0 "," X86_ADDRESS_##row "\n\t"
#define HALF_LOAD_B(offset) "vmovdqu64 " offset "(%[b]),%%zmm28\n\tprefetcht0 4096+" offset "(%[b])\n\t"
#define HALF_BYTES_4 X86_HALF_BYTES_2(0, 0, 1, 2) X86_HALF_BYTES_2(2, 4, 3, 6)
#define HALF_BYTES_5 HALF_BYTES_4 X86_HALF_BYTES_1(4, 8)
#define HALF_BYTES_6 HALF_BYTES_4 X86_HALF_BYTES_2(4, 8, 5, 10)
#define HALF_BYTES_7 HALF_BYTES_6 X86_HALF_BYTES_1(6, 12)
#define HALF_BYTES_8 HALF_BYTES_6 X86_HALF_BYTES_2(6, 12, 7, 14)
#define HALF_BYTES_9 HALF_BYTES_8 X86_HALF_BYTES_1(8, 16)
#define HALF_BYTES_10 HALF_BYTES_8 X86_HALF_BYTES_2(8, 16, 9, 18)
#define HALF_BYTES_11 HALF_BYTES_10 X86_HALF_BYTES_1(10, 20)
#define HALF_BYTES_12 HALF_BYTES_10 X86_HALF_BYTES_2(10, 20, 11, 22)
#define HALF_BYTES_13 HALF_BYTES_12 X86_HALF_BYTES_1(12, 24)
#define HALF_BYTES_14 HALF_BYTES_12 X86_HALF_BYTES_2(12, 24, 13, 26)

#define HALF_CASE(height) \
    case height: \
        __asm__ volatile("mov 8(%[job]),%[q]\n\tvmovdqu64 (%[q]),%%zmm28\n\tvpbroadcastd 40(%[job]),%%zmm31\n\t" \
                         VNNI_EACH_##height(HALF_START) VNNI_STRIDES \
                         "mov %[count],%[quads]\n\tand $3,%[count]\n\tshr $2,%[quads]\n\tjz 5f\n\t" \
                         ".p2align 5\n" \
                         "4:\n\t" HALF_LOAD_B("0") VNNI_EACH_##height(HALF_STEP_0) HALF_LOAD_B("128") VNNI_EACH_##height(HALF_STEP_1) \
                         HALF_LOAD_B("256") VNNI_EACH_##height(HALF_STEP_2) HALF_LOAD_B("384") VNNI_EACH_##height(HALF_STEP_3) \
                         "add $16,%[p]\n\tadd $16,%[q]\n\tadd $512,%[b]\n\tdec %[quads]\n\tjnz 4b\n" \
                         "5:\n\ttest %[count],%[count]\n\tjz 2f\n" \
                         "1:\n\t" HALF_LOAD_B("0") VNNI_EACH_##height(HALF_STEP_0) \
                         "add $4,%[p]\n\tadd $4,%[q]\n\tsub $-128,%[b]\n\tdec %[count]\n\tjnz 1b\n" \
                         "2:\n\tmov (%[job]),%[p]\n\ttest %[p],%[p]\n\tjz 3f\n\t" \
                         "movq $0,(%[job])\n\tmov $4,%[s1]\n\tmov $1,%[count]\n\t" VNNI_STRIDES "jmp 1b\n" \
                         "3:\n\tmov 16(%[job]),%[p]\n\tmov 24(%[job]),%[s1]\n\t" VNNI_STRIDES \
                         "mov 32(%[job]),%[b]\n\ttest %[b],%[b]\n\tjz 6f\n\t" \
                         "vmovups (%[b]),%%zmm28\n\tvpbroadcastd 256(%[job]),%%zmm30\n\tvmovdqu64 192(%[job]),%%zmm31\n\t" \
                         HALF_BYTES_##height "jmp 7f\n" \
                         "6:\n\t" VNNI_EACH_##height(HALF_STORE) \
                         "7:\n\t" \
                         : [p] "+r"(a), [b] "+r"(b), [count] "+r"(count), [s1] "+r"(row_stride), [q] "=&r"(q), [quads] "=&r"(quads), \
                           [s3] "=&r"(s3), [s5] "=&r"(s5) \
                         : [job] "r"(job) \
                         : VNNI_CLOBBERS, "cc", "memory"); \
        break;

#define VNNI_HALF_HEIGHT 5 /* from here on half tiles pay: there are chains enough to hide the latency */

/* vnni_tile for the first 16 columns of a panel; height at least VNNI_HALF_HEIGHT. */
inline void vnni_half_tile(int height, __global const uchar *a, ulong row_stride, __global const char *b, ulong count, vnni_job *job)
{
    ulong q, quads, s3, s5;
    switch (height) {
        HALF_CASE(5)
        HALF_CASE(6)
        HALF_CASE(7)
        HALF_CASE(8)
        HALF_CASE(9)
        HALF_CASE(10)
        HALF_CASE(11)
        HALF_CASE(12)
        HALF_CASE(13)
        HALF_CASE(14)
    }
}

/* `count` whole groups of 4 k, then the tail's group. */
inline void vnni_tile(int height, __global const uchar *a, ulong row_stride, __global const char *b, ulong count, vnni_job *job)
{
    ulong q, quads, s3, s5;
    switch (height) {
        VNNI_CASE(1, VNNI_EACH_1B, VNNI_EACH_1C, VNNI_EACH_1D, VNNI_EACH_1B(VNNI_ZERO) VNNI_EACH_1C(VNNI_ZERO) VNNI_EACH_1D(VNNI_ZERO), VNNI_ADD_1)
        VNNI_CASE(2, VNNI_EACH_2B, VNNI_EACH_2C, VNNI_EACH_2D, VNNI_EACH_2B(VNNI_ZERO) VNNI_EACH_2C(VNNI_ZERO) VNNI_EACH_2D(VNNI_ZERO), VNNI_ADD_2)
        VNNI_CASE(3, VNNI_EACH_3B, VNNI_EACH_3, VNNI_EACH_3B, VNNI_EACH_3B(VNNI_ZERO), VNNI_ADD_3)
        VNNI_CASE(4, VNNI_EACH_4B, VNNI_EACH_4, VNNI_EACH_4B, VNNI_EACH_4B(VNNI_ZERO), VNNI_ADD_4)
        VNNI_CASE(5, VNNI_EACH_5, VNNI_EACH_5, VNNI_EACH_5, "", "")
        VNNI_CASE(6, VNNI_EACH_6, VNNI_EACH_6, VNNI_EACH_6, "", "")
        VNNI_CASE(7, VNNI_EACH_7, VNNI_EACH_7, VNNI_EACH_7, "", "")
        VNNI_CASE(8, VNNI_EACH_8, VNNI_EACH_8, VNNI_EACH_8, "", "")
        VNNI_CASE(9, VNNI_EACH_9, VNNI_EACH_9, VNNI_EACH_9, "", "")
        VNNI_CASE(10, VNNI_EACH_10, VNNI_EACH_10, VNNI_EACH_10, "", "")
        VNNI_CASE(11, VNNI_EACH_11, VNNI_EACH_11, VNNI_EACH_11, "", "")
        VNNI_CASE(12, VNNI_EACH_12, VNNI_EACH_12, VNNI_EACH_12, "", "")
        VNNI_CASE(13, VNNI_EACH_13, VNNI_EACH_13, VNNI_EACH_13, "", "")
        VNNI_CASE(14, VNNI_EACH_14, VNNI_EACH_14, VNNI_EACH_14, "", "")
    }
}

/* The last k % 4 bytes of each row as dwords, zeros above; reads no byte behind a row's end. */
inline void vnni_load_tail(int height, __global const uchar *a, ulong row_stride, int k, uint *tail)
{
    const int rest = k & 3;
    for (int row = 0; row < height; row++) {
        __global const uchar *end = a + (ulong)row * row_stride + k;
        uint word;
        if (k >= 4) word = as_uint(vload4(0, end - 4)) >> (32 - 8 * rest);
        else word = end[-rest] | (rest > 1 ? (uint)end[1 - rest] << 8 : 0u) | (rest > 2 ? (uint)end[2 - rest] << 16 : 0u);
        tail[row] = word;
    }
}

/* sums[row] = sum_k a', 64 bytes a step, by ones. */
inline void vnni_row_sums(int height, __global const uchar *a, ulong row_stride, int k, int flip, int *sums)
{
    const int16 ones = 0x01010101;
    for (int row = 0; row < height; row++, a += row_stride) {
        int16 wide = 0;
        int i = 0, sum = 0;
        for (; i + 64 <= k; i += 64) {
            const int16 bytes = vload16(0, (__global const int *)(a + i)) ^ flip;
            __asm__("vpdpbusd %2,%1,%0" : "+v"(wide) : "v"(bytes), "v"(ones));
        }
        for (; i < k; i++) sum += a[i] ^ (flip & 255);
        const int8 s8 = wide.lo + wide.hi;
        const int4 s4 = s8.lo + s8.hi;
        sums[row] = sum + s4.x + s4.y + s4.z + s4.w;
    }
}
