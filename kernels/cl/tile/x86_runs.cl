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
} runs_job;

/* The text below has these offsets as numbers; the epilogue has those of x86_bytes at 64. */
typedef char runs_job_offsets[((__builtin_offsetof(runs_job, flip) == 40) & (__builtin_offsetof(runs_job, dwords) == 48) & (__builtin_offsetof(runs_job, back) == 56) &
                              (__builtin_offsetof(runs_job, bytes) == 64)) ? 1 : -1];

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
