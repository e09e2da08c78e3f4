/* SPDX-License-Identifier: Apache-2.0 */
/* Depthwise sums with AVX-512 vpdpbusd, 64 channels wide: four rows of a column at a time are interleaved to dwords [channel][4 rows], which meet dwords of
 * weights, rows below each other. Several output rows use the same dwords with shifted weights.
 *
 * Interleaving permutes channels: lane i of vector v is byte 16 * (i >> 2) + 4 * v + (i & 3) of the 64. Weights and column tables are brought into that
 * order once for many pixels; packing to bytes restores the channels' own order. */
typedef struct depthwise_job {
    int16 base[4];
    int16 multipliers[4];       /* float bits */
    int16 results[16];          /* sums [output][vector] */
    x86_bytes bytes;            /* order is not used */
    ulong out, other, stride;   /* bytes of outputs 0 and 2; bytes from them to outputs 1 and 3 */
} depthwise_job;

/* The text below has these offsets as numbers. */
typedef char depthwise_job_offsets[((__builtin_offsetof(depthwise_job, multipliers) == 256) & (__builtin_offsetof(depthwise_job, results) == 512) &
                                   (__builtin_offsetof(depthwise_job, bytes) == 1536) & (__builtin_offsetof(depthwise_job, out) == 1792)) ? 1 : -1];

#define DEPTHWISE_ASM2(name, text) \
    static inline int16 name(int16 a, int16 b) \
    { \
        int16 r; \
        __asm__(text " %2,%1,%0" : "=v"(r) : "v"(a), "v"(b)); \
        return r; \
    }
DEPTHWISE_ASM2(x86_low_bytes, "vpunpcklbw")
DEPTHWISE_ASM2(x86_high_bytes, "vpunpckhbw")
DEPTHWISE_ASM2(x86_low_words, "vpunpcklwd")
DEPTHWISE_ASM2(x86_high_words, "vpunpckhwd")

/* 64 bytes of each of four rows as dwords of four rows. */
static inline void depthwise_interleave(int16 r0, int16 r1, int16 r2, int16 r3, int flip, int16 *to)
{
    r0 ^= flip, r1 ^= flip, r2 ^= flip, r3 ^= flip;
    const int16 low01 = x86_low_bytes(r0, r1), high01 = x86_high_bytes(r0, r1), low23 = x86_low_bytes(r2, r3), high23 = x86_high_bytes(r2, r3);
    to[0] = x86_low_words(low01, low23);
    to[1] = x86_high_words(low01, low23);
    to[2] = x86_low_words(high01, high23);
    to[3] = x86_high_words(high01, high23);
}

/* Registers: outputs' sums zmm0 .. zmm15, columns zmm16 .. zmm19, weights zmm20 .. zmm23. DEPTHWISE_STEP_<rows>(vector, sums of each output) adds one dword. */
#define DEPTHWISE_DOT(weights, column, sum) "vpdpbusd %%zmm" #weights ",%%zmm" #column ",%%zmm" #sum "\n\t"
#define DEPTHWISE_COLUMN(at, place, to) "vmovdqa64 " #at place ",%%zmm" #to "\n\t"
#define DEPTHWISE_WEIGHTS(at, to) "vmovdqa64 " #at "(%[w]),%%zmm" #to "\n\t"
/* Outputs: four columns. */
#define DEPTHWISE_STEP_1(at, c0, c1, c2, c3) \
    DEPTHWISE_WEIGHTS(at, 20) DEPTHWISE_COLUMN(at, "(%[p])", 16) DEPTHWISE_COLUMN(at, "(%[p],%[d])", 17) DEPTHWISE_COLUMN(at, "(%[p],%[d],2)", 18) \
    DEPTHWISE_COLUMN(at, "(%[p],%[d3])", 19) \
    DEPTHWISE_DOT(20, 16, c0) DEPTHWISE_DOT(20, 17, c1) DEPTHWISE_DOT(20, 18, c2) DEPTHWISE_DOT(20, 19, c3)
/* Outputs: two columns of two rows. */
#define DEPTHWISE_STEP_2(at, c0, c1, c2, c3) \
    DEPTHWISE_WEIGHTS(at, 20) DEPTHWISE_WEIGHTS(256 + at, 21) DEPTHWISE_COLUMN(at, "(%[p])", 16) DEPTHWISE_COLUMN(at, "(%[p],%[d])", 17) \
    DEPTHWISE_DOT(20, 16, c0) DEPTHWISE_DOT(21, 16, c1) DEPTHWISE_DOT(20, 17, c2) DEPTHWISE_DOT(21, 17, c3)
/* Outputs: four rows. */
#define DEPTHWISE_STEP_4(at, c0, c1, c2, c3) \
    DEPTHWISE_WEIGHTS(at, 20) DEPTHWISE_WEIGHTS(256 + at, 21) DEPTHWISE_WEIGHTS(512 + at, 22) DEPTHWISE_WEIGHTS(768 + at, 23) \
    DEPTHWISE_COLUMN(at, "(%[p])", 16) \
    DEPTHWISE_DOT(20, 16, c0) DEPTHWISE_DOT(21, 16, c1) DEPTHWISE_DOT(22, 16, c2) DEPTHWISE_DOT(23, 16, c3)

#define DEPTHWISE_START(at, c0, c1, c2, c3) \
    "vmovdqa64 " #at "(%[job]),%%zmm" #c0 "\n\tvmovdqa64 %%zmm" #c0 ",%%zmm" #c1 "\n\tvmovdqa64 %%zmm" #c0 ",%%zmm" #c2 "\n\t" \
    "vmovdqa64 %%zmm" #c0 ",%%zmm" #c3 "\n\t"
#define DEPTHWISE_SCALE(at, c) \
    "vcvtdq2ps %%zmm" #c ",%%zmm" #c "\n\tvmulps " #at "(%[job]),%%zmm" #c ",%%zmm" #c "\n\tvcvtps2dq %%zmm" #c ",%%zmm" #c "\n\t"
#define DEPTHWISE_WORDS(c0, c1) "vpackssdw %%zmm" #c1 ",%%zmm" #c0 ",%%zmm" #c0 "\n\tvpaddsw %%zmm24,%%zmm" #c0 ",%%zmm" #c0 "\n\t"
/* Rounding and saturation as epilogue/requantize_x86 explains. */
#define DEPTHWISE_BYTES(place, c0, c1, c2, c3) \
    DEPTHWISE_SCALE(256, c0) DEPTHWISE_SCALE(320, c1) DEPTHWISE_SCALE(384, c2) DEPTHWISE_SCALE(448, c3) \
    DEPTHWISE_WORDS(c0, c1) DEPTHWISE_WORDS(c2, c3) "vpackuswb %%zmm" #c2 ",%%zmm" #c0 ",%%zmm" #c0 "\n\t" \
    "vpmaxub %%zmm26,%%zmm" #c0 ",%%zmm" #c0 "\n\tvpminub %%zmm27,%%zmm" #c0 ",%%zmm" #c0 "\n\t" \
    "vpxord %%zmm25,%%zmm" #c0 ",%%zmm" #c0 "\n\tvmovdqu64 %%zmm" #c0 "," place "\n\t"
#define DEPTHWISE_SUMS(at, c0, c1, c2, c3) \
    "vmovdqa64 %%zmm" #c0 "," #at "(%[job])\n\tvmovdqa64 %%zmm" #c1 ",64+" #at "(%[job])\n\t" \
    "vmovdqa64 %%zmm" #c2 ",128+" #at "(%[job])\n\tvmovdqa64 %%zmm" #c3 ",192+" #at "(%[job])\n\t"

/* Output o has its sums in zmm<4o> .. zmm<4o+3>. */
#define DEPTHWISE_CASE(rows) \
    case rows: \
        __asm__ volatile("lea (%[d],%[d],2),%[d3]\n\t" \
                         DEPTHWISE_START(0, 0, 4, 8, 12) DEPTHWISE_START(64, 1, 5, 9, 13) DEPTHWISE_START(128, 2, 6, 10, 14) DEPTHWISE_START(192, 3, 7, 11, 15) \
                         ".p2align 5\n" \
                         "1:\n\t" DEPTHWISE_STEP_##rows(0, 0, 4, 8, 12) DEPTHWISE_STEP_##rows(64, 1, 5, 9, 13) DEPTHWISE_STEP_##rows(128, 2, 6, 10, 14) \
                         DEPTHWISE_STEP_##rows(192, 3, 7, 11, 15) \
                         "add $256,%[p]\n\tadd $(256*" #rows "),%[w]\n\tdec %[steps]\n\tjnz 1b\n\t" \
                         "test %[bytes],%[bytes]\n\tjz 2f\n\t" \
                         "vpbroadcastd 1728(%[job]),%%zmm24\n\tvpbroadcastd 1732(%[job]),%%zmm25\n\t" \
                         "vmovdqa64 1536(%[job]),%%zmm26\n\tvmovdqa64 1600(%[job]),%%zmm27\n\t" \
                         "mov 1792(%[job]),%[p]\n\tmov 1800(%[job]),%[w]\n\tmov 1808(%[job]),%[steps]\n\t" \
                         DEPTHWISE_BYTES("(%[p])", 0, 1, 2, 3) DEPTHWISE_BYTES("(%[p],%[steps])", 4, 5, 6, 7) \
                         DEPTHWISE_BYTES("(%[w])", 8, 9, 10, 11) DEPTHWISE_BYTES("(%[w],%[steps])", 12, 13, 14, 15) \
                         "jmp 3f\n" \
                         "2:\n\t" DEPTHWISE_SUMS(512, 0, 1, 2, 3) DEPTHWISE_SUMS(768, 4, 5, 6, 7) DEPTHWISE_SUMS(1024, 8, 9, 10, 11) DEPTHWISE_SUMS(1280, 12, 13, 14, 15) \
                         "3:\n\t" \
                         : [p] "+r"(columns), [w] "+r"(weights), [steps] "+r"(steps), [d3] "=&r"(distance3) \
                         : [job] "r"(job), [d] "r"(distance), [bytes] "r"((int)bytes) \
                         : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15", \
                           "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21", "xmm22", "xmm23", "xmm24", "xmm25", "xmm26", "xmm27", "cc", "memory"); \
        break;

/* Four outputs of 64 channels: `rows` (1, 2, 4) output rows of 4 / rows pixels; output number pixel * rows + row.
 *   columns   interleaved columns from the first pixel's first tap, [column][quad of rows][4 vectors]
 *   distance  bytes from one pixel's first tap to the next one's
 *   weights   [tap of a row][quad][output row][4 vectors], `steps` = taps of a row * quads
 *   bytes     1: finished, to job->out ..; 0: sums, to job->results */
static inline void depthwise_tile(int rows, const int16 *columns, ulong distance, const int16 *weights, ulong steps, depthwise_job *job, bool bytes)
{
    ulong distance3;
    switch (rows) {
        DEPTHWISE_CASE(1)
        DEPTHWISE_CASE(2)
        DEPTHWISE_CASE(4)
    }
}
