/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of up to 14 pixels x 32 channels over a list of taps, with AVX-512 vpdpbusd (u8 x s8): tile/x86_vnni, whose macros it uses, with a loop over
 * taps around the loop over channels. Pixels of a tile stand `pixel_stride` bytes apart; the first seven from a tap's p, the others from its q, so that a
 * tile is up to 14 pixels of one row, or two rows of seven.
 *
 *   vnni_taps(height, two_strips, pixel_stride, taps, job);
 *
 * A tap may leave out the tile's first pixel or its last one (of both strips, where there are two): those stand outside of the input. What they would have
 * added is in `first` or `last`. */
typedef struct vnni_tap {
    ulong p, q;   /* addresses of pixels 0 and 7 */
    ulong b;      /* bytes from a panel's weights to the tap's */
    ulong leaves; /* 0: no pixel, 1: the first, 2: the last */
} vnni_tap;

typedef struct vnni_taps_job {
    ulong taps;         /* address of the list */
    ulong init;         /* address of 32 ints: what sums start from */
    ulong out, out_q;   /* addresses of the results of pixels 0 and 7 */
    ulong multipliers;  /* address of 32 floats; 0: the results are the sums */
    int flip;           /* xored with four bytes of x */
    int quads, rest;    /* groups of 4 channels: quads * 4 + rest */
    ulong weights;      /* address of the panel's weights */
    x86_bytes bytes;
    int16 first[2], last[2]; /* more for the first and the last pixel */
} vnni_taps_job;

/* The text below has these offsets as numbers. */
typedef char vnni_taps_job_offsets[(__builtin_offsetof(vnni_taps_job, flip) == 40 && __builtin_offsetof(vnni_taps_job, quads) == 44 &&
                                    __builtin_offsetof(vnni_taps_job, weights) == 56 && __builtin_offsetof(vnni_taps_job, bytes) == 64 &&
                                    __builtin_offsetof(vnni_taps_job, first) == 320 && __builtin_offsetof(vnni_taps_job, last) == 448) ? 1 : -1];

/* Tiles of `height` pixels without their first or last one. */
#define TAPS_BUT_FIRST_1(X)
#define TAPS_BUT_FIRST_2(X) X(1, 2, 3)
#define TAPS_BUT_FIRST_3(X) TAPS_BUT_FIRST_2(X) X(2, 4, 5)
#define TAPS_BUT_FIRST_4(X) TAPS_BUT_FIRST_3(X) X(3, 6, 7)
#define TAPS_BUT_FIRST_5(X) TAPS_BUT_FIRST_4(X) X(4, 8, 9)
#define TAPS_BUT_FIRST_6(X) TAPS_BUT_FIRST_5(X) X(5, 10, 11)
#define TAPS_BUT_FIRST_7(X) TAPS_BUT_FIRST_6(X) X(6, 12, 13)
#define TAPS_BUT_FIRST_8(X) TAPS_BUT_FIRST_7(X) X(7, 14, 15)
#define TAPS_BUT_FIRST_9(X) TAPS_BUT_FIRST_8(X) X(8, 16, 17)
#define TAPS_BUT_FIRST_10(X) TAPS_BUT_FIRST_9(X) X(9, 18, 19)
#define TAPS_BUT_FIRST_11(X) TAPS_BUT_FIRST_10(X) X(10, 20, 21)
#define TAPS_BUT_FIRST_12(X) TAPS_BUT_FIRST_11(X) X(11, 22, 23)
#define TAPS_BUT_FIRST_13(X) TAPS_BUT_FIRST_12(X) X(12, 24, 25)
#define TAPS_BUT_FIRST_14(X) TAPS_BUT_FIRST_13(X) X(13, 26, 27)
#define TAPS_BUT_LAST_1(X)
#define TAPS_BUT_LAST_2(X) VNNI_EACH_1(X)
#define TAPS_BUT_LAST_3(X) VNNI_EACH_2(X)
#define TAPS_BUT_LAST_4(X) VNNI_EACH_3(X)
#define TAPS_BUT_LAST_5(X) VNNI_EACH_4(X)
#define TAPS_BUT_LAST_6(X) VNNI_EACH_5(X)
#define TAPS_BUT_LAST_7(X) VNNI_EACH_6(X)
#define TAPS_BUT_LAST_8(X) VNNI_EACH_7(X)
#define TAPS_BUT_LAST_9(X) VNNI_EACH_8(X)
#define TAPS_BUT_LAST_10(X) VNNI_EACH_9(X)
#define TAPS_BUT_LAST_11(X) VNNI_EACH_10(X)
#define TAPS_BUT_LAST_12(X) VNNI_EACH_11(X)
#define TAPS_BUT_LAST_13(X) VNNI_EACH_12(X)
#define TAPS_BUT_LAST_14(X) VNNI_EACH_13(X)
/* Two strips of seven: pixels 0 and 7, or 6 and 13. */
#define TAPS_SECOND_MIDDLE(X) X(8, 16, 17) X(9, 18, 19) X(10, 20, 21) X(11, 22, 23) X(12, 24, 25)
#define TAPS_BUT_FIRST_STRIPS(X) TAPS_BUT_FIRST_7(X) TAPS_SECOND_MIDDLE(X) X(13, 26, 27)
#define TAPS_BUT_LAST_STRIPS(X) VNNI_EACH_6(X) X(7, 14, 15) TAPS_SECOND_MIDDLE(X)

#define TAPS_ADD(offset, c0, c1) "vpaddd " #offset "(%[job]),%%zmm" #c0 ",%%zmm" #c0 "\n\tvpaddd " #offset "+64(%[job]),%%zmm" #c1 ",%%zmm" #c1 "\n\t"
#define TAPS_ADD_FIRST(c0, c1) TAPS_ADD(320, c0, c1)
#define TAPS_ADD_LAST(c0, c1) TAPS_ADD(448, c0, c1)

/* One tap's channels for the pixels of `each`: labels `quad` four groups a turn, `rest` behind it, `one` one group a turn. */
#define TAPS_CHANNELS(each, quad, rest, one) \
    "test %[quads],%[quads]\n\tjz " #rest "f\n\t.p2align 5\n" \
    #quad ":\n\t" VNNI_LOAD_B("0", "64") each(VNNI_STEP_0) VNNI_LOAD_B("128", "192") each(VNNI_STEP_1) \
    VNNI_LOAD_B("256", "320") each(VNNI_STEP_2) VNNI_LOAD_B("384", "448") each(VNNI_STEP_3) \
    "add $16,%[p]\n\tadd $16,%[q]\n\tadd $512,%[b]\n\tdec %[quads]\n\tjnz " #quad "b\n" \
    #rest ":\n\tmov 48(%[job]),%k[quads]\n\ttest %[quads],%[quads]\n\tjz 9f\n" \
    #one ":\n\t" VNNI_LOAD_B("0", "64") each(VNNI_STEP_0) \
    "add $4,%[p]\n\tadd $4,%[q]\n\tsub $-128,%[b]\n\tdec %[quads]\n\tjnz " #one "b\n\tjmp 9f\n"

#define TAPS_CASE(label, all, but_first, but_last, add_ends, bytes) \
    case label: \
        __asm__ volatile("mov 8(%[job]),%[q]\n\t" \
                         "vmovdqu64 (%[q]),%%zmm28\n\tvmovdqu64 64(%[q]),%%zmm29\n\tvpbroadcastd 40(%[job]),%%zmm31\n\t" \
                         all(VNNI_START) add_ends \
                         "lea (%[s1],%[s1],2),%[s3]\n\tlea (%[s1],%[s1],4),%[s5]\n\ttest %[count],%[count]\n\tjz 2f\n" \
                         "8:\n\tmov (%[tap]),%[p]\n\tmov 8(%[tap]),%[q]\n\tmov 16(%[tap]),%[b]\n\tadd 56(%[job]),%[b]\n\tmov 44(%[job]),%k[quads]\n\t" \
                         "cmpq $1,24(%[tap])\n\tje 6f\n\tja 7f\n\t" \
                         TAPS_CHANNELS(all, 20, 21, 22) \
                         "6:\n\t" TAPS_CHANNELS(but_first, 23, 24, 25) \
                         "7:\n\t" TAPS_CHANNELS(but_last, 26, 27, 28) \
                         "9:\n\tadd $32,%[tap]\n\tdec %[count]\n\tjnz 8b\n" \
                         "2:\n\tmov 16(%[job]),%[p]\n\tmov 24(%[job]),%[q]\n\tmov %[out_stride],%[s1]\n\tlea (%[s1],%[s1],2),%[s3]\n\tlea (%[s1],%[s1],4),%[s5]\n\t" \
                         "mov 32(%[job]),%[b]\n\ttest %[b],%[b]\n\tjz 3f\n\t" \
                         "vmovups (%[b]),%%zmm28\n\tvmovups 64(%[b]),%%zmm29\n\t" \
                         "vpbroadcastd 256(%[job]),%%zmm30\n\tvmovdqu64 192(%[job]),%%zmm31\n\t" \
                         bytes "jmp 4f\n" \
                         "3:\n\t" all(VNNI_STORE) \
                         "4:\n\t" \
                         : [p] "=&r"(p), [q] "=&r"(q), [b] "=&r"(b), [count] "+r"(count), [tap] "+r"(tap), [s1] "+r"(s1), [quads] "=&r"(quads), \
                           [s3] "=&r"(s3), [s5] "=&r"(s5) \
                         : [job] "r"(job), [out_stride] "r"(out_stride) \
                         : VNNI_CLOBBERS, "cc", "memory"); \
        break;
#define TAPS_HEIGHT(height, c0, c1) \
    TAPS_CASE(height, VNNI_EACH_##height, TAPS_BUT_FIRST_##height, TAPS_BUT_LAST_##height, TAPS_ADD_FIRST(0, 1) TAPS_ADD_LAST(c0, c1), VNNI_BYTES_##height)

#define TAPS_TWO_STRIPS 15 /* a height of two strips of seven */

/* `count` taps; out_stride: bytes between the results of neighbouring pixels. */
inline void vnni_taps(int height, ulong pixel_stride, ulong count, ulong out_stride, vnni_taps_job *job)
{
    ulong p, q, b, quads, s3, s5, s1 = pixel_stride, tap = job->taps;
    switch (height) {
        TAPS_HEIGHT(1, 0, 1)
        TAPS_HEIGHT(2, 2, 3)
        TAPS_HEIGHT(3, 4, 5)
        TAPS_HEIGHT(4, 6, 7)
        TAPS_HEIGHT(5, 8, 9)
        TAPS_HEIGHT(6, 10, 11)
        TAPS_HEIGHT(7, 12, 13)
        TAPS_HEIGHT(8, 14, 15)
        TAPS_HEIGHT(9, 16, 17)
        TAPS_HEIGHT(10, 18, 19)
        TAPS_HEIGHT(11, 20, 21)
        TAPS_HEIGHT(12, 22, 23)
        TAPS_HEIGHT(13, 24, 25)
        TAPS_HEIGHT(14, 26, 27)
        TAPS_CASE(TAPS_TWO_STRIPS, VNNI_EACH_14, TAPS_BUT_FIRST_STRIPS, TAPS_BUT_LAST_STRIPS,
                  TAPS_ADD_FIRST(0, 1) TAPS_ADD_FIRST(14, 15) TAPS_ADD_LAST(12, 13) TAPS_ADD_LAST(26, 27), VNNI_BYTES_14)
    }
}
