/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of up to 14 pixels x 32 channels over runs of bytes, with AVX-512 vpdpbusd: each pixel reads one run of `run` neighbouring bytes from each of several
 * rows, dword by dword; the last dword ends with the run and overlaps the one before, so nothing behind the run is read (a run of less than 4 bytes reads 4).
 * Stands behind tile/x86_vnni and uses its registers, addresses and epilogue. w: [row][dword][32 channels][4], zeros where the last dword overlaps. */
typedef struct runs_job {
    ulong rows;        /* address of the addresses of pixel 0's runs */
    ulong init;        /* address of 32 ints */
    ulong out;         /* address of the first pixel's 32 results */
    ulong out_stride;  /* bytes from pixel to pixel */
    ulong multipliers; /* address of 32 floats; 0: the results are the sums */
    int flip;          /* xored with four bytes of x */
    int spare;
    ulong dwords;      /* of a run, without the last */
    ulong back;        /* from behind them to the last one: 0, -1, -2 or -3 */
    x86_bytes bytes;
    ulong second;      /* bytes from a pixel to the one that shares its registers; of the narrow tile, as what follows */
    ulong list, left;  /* used by the call */
} runs_job;

/* The text below has these offsets as numbers; the epilogue has those of x86_bytes at 64. */
typedef char runs_job_offsets[((__builtin_offsetof(runs_job, flip) == 40) & (__builtin_offsetof(runs_job, dwords) == 48) & (__builtin_offsetof(runs_job, back) == 56) &
                              (__builtin_offsetof(runs_job, bytes) == 64) & (__builtin_offsetof(runs_job, second) == 320) & (__builtin_offsetof(runs_job, left) == 336)) ? 1 : -1];

#define RUNS_LOAD_W "vmovdqu64 (%[w]),%%zmm28\n\tvmovdqu64 64(%[w]),%%zmm29\n\tsub $-128,%[w]\n\t"

/* 4: a row. 1: a dword. 5: the last dword. */
#define RUNS_CASE(height) \
    case height: \
        __asm__ volatile("mov 8(%[job]),%[q]\n\t" \
                         "vmovdqu64 (%[q]),%%zmm28\n\tvmovdqu64 64(%[q]),%%zmm29\n\tvpbroadcastd 40(%[job]),%%zmm31\n\t" \
                         VNNI_EACH_##height(VNNI_START) "mov (%[job]),%[list]\n\t" \
                         "lea (%[s1],%[s1],2),%[s3]\n\tlea (%[s1],%[s1],4),%[s5]\n" \
                         "4:\n\tmov (%[list]),%[p]\n\tadd $8,%[list]\n\tmov 48(%[job]),%[count]\n\t" \
                         "lea (%[p],%[s5]),%[q]\n\tlea (%[q],%[s1],2),%[q]\n\ttest %[count],%[count]\n\tjz 5f\n" \
                         "1:\n\t" RUNS_LOAD_W VNNI_EACH_##height(VNNI_STEP_0) \
                         "add $4,%[p]\n\tadd $4,%[q]\n\tdec %[count]\n\tjnz 1b\n" \
                         "5:\n\tadd 56(%[job]),%[p]\n\tadd 56(%[job]),%[q]\n\t" RUNS_LOAD_W VNNI_EACH_##height(VNNI_STEP_0) \
                         "dec %[left]\n\tjnz 4b\n\t" \
                         "mov 16(%[job]),%[p]\n\tmov 24(%[job]),%[s1]\n\t" VNNI_STRIDES \
                         "mov 32(%[job]),%[w]\n\ttest %[w],%[w]\n\tjz 6f\n\t" \
                         "vmovups (%[w]),%%zmm28\n\tvmovups 64(%[w]),%%zmm29\n\t" \
                         "vpbroadcastd 256(%[job]),%%zmm30\n\tvmovdqu64 192(%[job]),%%zmm31\n\t" \
                         VNNI_BYTES_##height "jmp 7f\n" \
                         "6:\n\t" VNNI_EACH_##height(VNNI_STORE) \
                         "7:\n\t" \
                         : [p] "=&r"(p), [q] "=&r"(q), [w] "+r"(w), [count] "=&r"(count), [left] "+r"(rows), [list] "=&r"(list), [s1] "+r"(pixel_stride), \
                           [s3] "=&r"(s3), [s5] "=&r"(s5) \
                         : [job] "r"(job) \
                         : VNNI_CLOBBERS, "cc", "memory"); \
        break;

/* `pixels` pixels `pixel_stride` bytes apart, `rows` runs each. */
static inline void runs_tile(int pixels, ulong pixel_stride, ulong rows, __global const char *w, const runs_job *job)
{
    ulong p, q, count, list, s3, s5;
    switch (pixels) {
        RUNS_CASE(1)
        RUNS_CASE(2)
        RUNS_CASE(3)
        RUNS_CASE(4)
        RUNS_CASE(5)
        RUNS_CASE(6)
        RUNS_CASE(7)
        RUNS_CASE(8)
        RUNS_CASE(9)
        RUNS_CASE(10)
        RUNS_CASE(11)
        RUNS_CASE(12)
        RUNS_CASE(13)
        RUNS_CASE(14)
    }
}

/* Sixteen channels: pixel i and pixel i + count / 2 are the two registers of a row, so that a tile has up to 28 pixels. */
#define RUNS_SECOND_0 "(%[p2])"
#define RUNS_SECOND_1 "(%[p2],%[s1])"
#define RUNS_SECOND_2 "(%[p2],%[s1],2)"
#define RUNS_SECOND_3 "(%[p2],%[s3])"
#define RUNS_SECOND_4 "(%[p2],%[s1],4)"
#define RUNS_SECOND_5 "(%[p2],%[s5])"
#define RUNS_SECOND_6 "(%[p2],%[s3],2)"
#define RUNS_SECOND_7 "(%[q2])"
#define RUNS_SECOND_8 "(%[q2],%[s1])"
#define RUNS_SECOND_9 "(%[q2],%[s1],2)"
#define RUNS_SECOND_10 "(%[q2],%[s3])"
#define RUNS_SECOND_11 "(%[q2],%[s1],4)"
#define RUNS_SECOND_12 "(%[q2],%[s5])"
#define RUNS_SECOND_13 "(%[q2],%[s3],2)"
#define RUNS_NARROW_STEP(row, c0, c1) \
    "vpxord " X86_ADDRESS_##row "%{1to16%},%%zmm31,%%zmm30\n\tvpdpbusd %%zmm28,%%zmm30,%%zmm" #c0 "\n\t" \
    "vpxord " RUNS_SECOND_##row "%{1to16%},%%zmm31,%%zmm29\n\tvpdpbusd %%zmm28,%%zmm29,%%zmm" #c1 "\n\t"
#define RUNS_NARROW_LOAD_W "vmovdqu64 (%[w]),%%zmm28\n\tsub $-128,%[w]\n\t"

/* Labels as in RUNS_CASE. */
#define RUNS_NARROW_CASE(height) \
    case height: \
        __asm__ volatile("mov 8(%[job]),%[q]\n\tvmovdqu64 (%[q]),%%zmm28\n\tvmovdqa64 %%zmm28,%%zmm29\n\tvpbroadcastd 40(%[job]),%%zmm31\n\t" \
                         VNNI_EACH_##height(VNNI_START) "mov (%[job]),%[q]\n\tmov %[q],328(%[job])\n\t" \
                         "lea (%[s1],%[s1],2),%[s3]\n\tlea (%[s1],%[s1],4),%[s5]\n" \
                         "4:\n\tmov 328(%[job]),%[q]\n\tmov (%[q]),%[p]\n\taddq $8,328(%[job])\n\tmov 48(%[job]),%[count]\n\t" \
                         "lea (%[p],%[s5]),%[q]\n\tlea (%[q],%[s1],2),%[q]\n\t" \
                         "mov 320(%[job]),%[q2]\n\tlea (%[p],%[q2]),%[p2]\n\tadd %[q],%[q2]\n\ttest %[count],%[count]\n\tjz 5f\n" \
                         "1:\n\t" RUNS_NARROW_LOAD_W VNNI_EACH_##height(RUNS_NARROW_STEP) \
                         "add $4,%[p]\n\tadd $4,%[q]\n\tadd $4,%[p2]\n\tadd $4,%[q2]\n\tdec %[count]\n\tjnz 1b\n" \
                         "5:\n\tmov 56(%[job]),%[count]\n\tadd %[count],%[p]\n\tadd %[count],%[q]\n\tadd %[count],%[p2]\n\tadd %[count],%[q2]\n\t" \
                         RUNS_NARROW_LOAD_W VNNI_EACH_##height(RUNS_NARROW_STEP) \
                         "decq 336(%[job])\n\tjnz 4b\n\t" \
                         "mov 16(%[job]),%[p]\n\tmov 24(%[job]),%[s1]\n\t" VNNI_STRIDES \
                         "mov 32(%[job]),%[w]\n\ttest %[w],%[w]\n\tjz 6f\n\t" \
                         "vmovups (%[w]),%%zmm28\n\tvmovdqa64 %%zmm28,%%zmm29\n\t" \
                         "vpbroadcastd 256(%[job]),%%zmm30\n\tvmovdqu64 192(%[job]),%%zmm31\n\t" \
                         VNNI_BYTES_##height "jmp 7f\n" \
                         "6:\n\t" VNNI_EACH_##height(VNNI_STORE) \
                         "7:\n\t" \
                         : [p] "=&r"(p), [q] "=&r"(q), [p2] "=&r"(p2), [q2] "=&r"(q2), [w] "+r"(w), [count] "=&r"(count), [s1] "+r"(pixel_stride), \
                           [s3] "=&r"(s3), [s5] "=&r"(s5) \
                         : [job] "r"(job) \
                         : VNNI_CLOBBERS, "cc", "memory"); \
        break;

/* `height` pairs of pixels. The results of a row are those of its first pixel, then of its second one. */
static inline void runs_narrow_tile(int height, ulong pixel_stride, ulong rows, __global const char *w, runs_job *job)
{
    ulong p, q, p2, q2, count, s3, s5;
    job->second = (ulong)height * pixel_stride;
    job->left = rows;
    switch (height) {
        RUNS_NARROW_CASE(1)
        RUNS_NARROW_CASE(2)
        RUNS_NARROW_CASE(3)
        RUNS_NARROW_CASE(4)
        RUNS_NARROW_CASE(5)
        RUNS_NARROW_CASE(6)
        RUNS_NARROW_CASE(7)
        RUNS_NARROW_CASE(8)
        RUNS_NARROW_CASE(9)
        RUNS_NARROW_CASE(10)
        RUNS_NARROW_CASE(11)
        RUNS_NARROW_CASE(12)
        RUNS_NARROW_CASE(13)
        RUNS_NARROW_CASE(14)
    }
}
