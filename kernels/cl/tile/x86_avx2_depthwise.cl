/* SPDX-License-Identifier: Apache-2.0 */
/* Depthwise sums with AVX2 vpmaddwd, 16 channels wide: two rows of a column at a time are interleaved to pairs of 16-bit values [channel][2 rows], which meet pairs of
 * weights, rows below each other. An output row that begins between the rows of a pair uses the same pairs with weights shifted by a row. Nothing saturates: a
 * pair of products is below 2^18.
 *
 *   avx2_pairs(&run);        columns of one pair of rows
 *   avx2_nine(&job);         3 x 3 kernels: pixels of a row to finished bytes
 *   avx2_madd(a, b);         pairs of products, 8 channels */

/* `count` columns of 16 channels of two rows, ^ flip, widened: 64 bytes each. A row that is outside of x has steps of 0. */
typedef struct avx2_pairs_run {
    ulong row[2], step[2];      /* addresses of the first column's channels; bytes from column to column */
    ulong to, pitch;            /* address of the first column's pairs; bytes from column to column */
    ulong count;
    int flip;                   /* in each byte */
} avx2_pairs_run;

static inline void avx2_pairs(const avx2_pairs_run *run)
{
    ulong first = run->row[0], second = run->row[1], to = run->to, count = run->count;
    if (count == 0) return;
    __asm__ volatile("vmovd %[flip],%%xmm4\n\tvpbroadcastd %%xmm4,%%xmm4\n"
                     "1:\n\tvpxor (%[first]),%%xmm4,%%xmm0\n\tvpxor (%[second]),%%xmm4,%%xmm1\n\tvpunpcklbw %%xmm1,%%xmm0,%%xmm2\n\tvpunpckhbw %%xmm1,%%xmm0,%%xmm3\n\t"
                     "vpmovzxbw %%xmm2,%%ymm2\n\tvpmovzxbw %%xmm3,%%ymm3\n\tvmovdqa %%ymm2,(%[to])\n\tvmovdqa %%ymm3,32(%[to])\n\t"
                     "add %[step0],%[first]\n\tadd %[step1],%[second]\n\tadd %[pitch],%[to]\n\tdec %[count]\n\tjnz 1b\n\t"
                     : [first] "+r"(first), [second] "+r"(second), [to] "+r"(to), [count] "+r"(count)
                     : [step0] "r"(run->step[0]), [step1] "r"(run->step[1]), [pitch] "r"(run->pitch), [flip] "r"(run->flip)
                     : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "cc", "memory");
}

static inline int8 avx2_madd(int8 a, int8 b)
{
    int8 r;
    __asm__("vpmaddwd %2,%1,%0" : "=x"(r) : "x"(a), "x"(b));
    return r;
}

/* Pixels of one row of outputs of a kernel three columns wide that needs two pairs of rows. `weights`: [3 columns][2 pairs][2 halves] vectors; `base` and `multipliers`
 * of 16 channels. */
typedef struct avx2_nine_job {
    int8 base[2];
    avx2_bytes bytes;
    ulong columns, column_step, pair_step;  /* address of the first pixel's first column; bytes from pixel to pixel, and from pair to pair */
    ulong pitch;                            /* from column to column */
    ulong y, y_step, count;
    ulong weights, multipliers;             /* addresses */
} avx2_nine_job;

#define AVX2_NINE_LOAD(w) "vmovdqa 32*" #w "(%[weights]),%%ymm" #w "\n\t"
#define AVX2_NINE_TAP(from, w0, w1) \
    "vpmaddwd " from ",%%ymm" #w0 ",%%ymm14\n\tvpmaddwd 32" from ",%%ymm" #w1 ",%%ymm15\n\tvpaddd %%ymm14,%%ymm12,%%ymm12\n\tvpaddd %%ymm15,%%ymm13,%%ymm13\n\t"

static inline void avx2_nine(const avx2_nine_job *job)
{
    ulong p = job->columns, y = job->y, count = job->count;
    if (count == 0) return;
    __asm__ volatile(AVX2_NINE_LOAD(0) AVX2_NINE_LOAD(1) AVX2_NINE_LOAD(2) AVX2_NINE_LOAD(3) AVX2_NINE_LOAD(4) AVX2_NINE_LOAD(5)
                     AVX2_NINE_LOAD(6) AVX2_NINE_LOAD(7) AVX2_NINE_LOAD(8) AVX2_NINE_LOAD(9) AVX2_NINE_LOAD(10) AVX2_NINE_LOAD(11) ".p2align 5\n"
                     "1:\n\tvmovdqa (%[job]),%%ymm12\n\tvmovdqa 32(%[job]),%%ymm13\n\t"
                     AVX2_NINE_TAP("(%[p])", 0, 1) AVX2_NINE_TAP("(%[p],%[pair])", 2, 3)
                     AVX2_NINE_TAP("(%[p],%[pitch])", 4, 5) AVX2_NINE_TAP("(%[p],%[next])", 6, 7)
                     AVX2_NINE_TAP("(%[p],%[pitch],2)", 8, 9) AVX2_NINE_TAP("(%[p],%[last])", 10, 11)
                     "vcvtdq2ps %%ymm12,%%ymm12\n\tvcvtdq2ps %%ymm13,%%ymm13\n\tvmulps (%[multipliers]),%%ymm12,%%ymm12\n\tvmulps 32(%[multipliers]),%%ymm13,%%ymm13\n\t"
                     "vcvtps2dq %%ymm12,%%ymm12\n\tvcvtps2dq %%ymm13,%%ymm13\n\tvpackssdw %%ymm13,%%ymm12,%%ymm12\n\tvpaddsw 64(%[job]),%%ymm12,%%ymm12\n\t"
                     "vpackuswb %%ymm12,%%ymm12,%%ymm12\n\tvextracti128 $1,%%ymm12,%%xmm13\n\tvpunpckldq %%xmm13,%%xmm12,%%xmm12\n\tvpmaxub 96(%[job]),%%xmm12,%%xmm12\n\t"
                     "vpminub 112(%[job]),%%xmm12,%%xmm12\n\tvpxor 128(%[job]),%%xmm12,%%xmm12\n\tvmovdqu %%xmm12,(%[y])\n\t"
                     "add %[advance],%[p]\n\tadd %[y_step],%[y]\n\tdec %[count]\n\tjnz 1b\n\t"
                     : [p] "+r"(p), [y] "+r"(y), [count] "+r"(count)
                     : [job] "r"(job), [weights] "r"(job->weights), [multipliers] "r"(job->multipliers), [pair] "r"(job->pair_step), [pitch] "r"(job->pitch),
                       [next] "r"(job->pitch + job->pair_step), [last] "r"(2 * job->pitch + job->pair_step), [advance] "r"(job->column_step), [y_step] "r"(job->y_step)
                     : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15", "cc", "memory");
}

/* The text above has these offsets as numbers. */
typedef char avx2_nine_job_offsets[((__builtin_offsetof(avx2_nine_job, bytes) == 64) & (__builtin_offsetof(avx2_bytes, low) == 32) &
                                    (__builtin_offsetof(avx2_bytes, high) == 48) & (__builtin_offsetof(avx2_bytes, flip) == 64)) ? 1 : -1];
