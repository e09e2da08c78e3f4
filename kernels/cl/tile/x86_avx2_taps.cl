/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of up to 6 pixels x 16 channels over a list of taps with AVX2: tile/x86_avx2, which stands before it, with a loop over taps around the loop over
 * pairs of channels.
 *
 *   avx2_taps(height, job, sums);         sums[pixel][16] = start[pixel][16] + products of all taps
 *   avx2_widen(from, count, flip, to);    to[i] = from[i] ^ flip, 16 bits
 *   avx2_widen_three(from, pixels, flip, to);    pixels of three channels, a fourth of 0 behind each */
typedef struct avx2_tap {
    ulong a; /* bytes from a pixel's window to the tap's channels */
    ulong b; /* bytes from a panel's weights to the tap's */
} avx2_tap;

typedef struct avx2_taps_job {
    ulong a;            /* address of the first pixel's window, 16-bit values */
    ulong weights;      /* address of the panel's weights: [channel pair][16 columns][2 channels], 16 bits */
    ulong steps;        /* channel pairs of a tap */
    ulong taps, count;  /* address of the list, entries */
    ulong pixel_stride; /* bytes */
    ulong start;        /* address of what sums start from; may be `sums` */
} avx2_taps_job;

/* The text below has these offsets as numbers. */
typedef char avx2_taps_job_offsets[((__builtin_offsetof(avx2_taps_job, weights) == 8) & (__builtin_offsetof(avx2_taps_job, steps) == 16) &
                                    (__builtin_offsetof(avx2_taps_job, start) == 48)) ? 1 : -1];

#define AVX2_TAPS_EACH_1(X) X("(%[p])", "0", 0, 1)
#define AVX2_TAPS_EACH_2(X) AVX2_TAPS_EACH_1(X) X("(%[p],%[s1])", "64", 2, 3)
#define AVX2_TAPS_EACH_3(X) AVX2_TAPS_EACH_2(X) X("(%[p],%[s1],2)", "128", 4, 5)
#define AVX2_TAPS_EACH_4(X) AVX2_TAPS_EACH_3(X) X("(%[p],%[s3])", "192", 6, 7)
#define AVX2_TAPS_EACH_5(X) AVX2_TAPS_EACH_4(X) X("(%[p],%[s1],4)", "256", 8, 9)
#define AVX2_TAPS_EACH_6(X) AVX2_TAPS_EACH_5(X) X("(%[p],%[s5])", "320", 10, 11)
#define AVX2_TAPS_LOAD(a, c, c0, c1) "vmovdqu " c "(%[p]),%%ymm" #c0 "\n\tvmovdqu 32+" c "(%[p]),%%ymm" #c1 "\n\t"
#define AVX2_TAPS_STEP(a, c, c0, c1) \
    "vpbroadcastd " a ",%%ymm14\n\tvpmaddwd %%ymm12,%%ymm14,%%ymm15\n\tvpmaddwd %%ymm13,%%ymm14,%%ymm14\n\t" \
    "vpaddd %%ymm15,%%ymm" #c0 ",%%ymm" #c0 "\n\tvpaddd %%ymm14,%%ymm" #c1 ",%%ymm" #c1 "\n\t"
#define AVX2_TAPS_CASE(height) \
    case height: \
        __asm__ volatile("mov 48(%[job]),%[p]\n\t" AVX2_TAPS_EACH_##height(AVX2_TAPS_LOAD) "lea (%[s1],%[s1],2),%[s3]\n\tlea (%[s1],%[s1],4),%[s5]\n" \
                         "8:\n\tmov (%[tap]),%[p]\n\tmov 8(%[tap]),%[b]\n\tadd (%[job]),%[p]\n\tadd 8(%[job]),%[b]\n\tmov 16(%[job]),%[steps]\n\t.p2align 5\n" \
                         "1:\n\tvmovdqu (%[b]),%%ymm12\n\tvmovdqu 32(%[b]),%%ymm13\n\t" \
                         AVX2_TAPS_EACH_##height(AVX2_TAPS_STEP) \
                         "add $4,%[p]\n\tadd $64,%[b]\n\tdec %[steps]\n\tjnz 1b\n\tadd $16,%[tap]\n\tdec %[count]\n\tjnz 8b\n\t" \
                         AVX2_TAPS_EACH_##height(AVX2_STORE) \
                         : [p] "=&r"(p), [b] "=&r"(b), [steps] "=&r"(steps), [s3] "=&r"(s3), [s5] "=&r"(s5), [tap] "+r"(tap), [count] "+r"(count) \
                         : [sums] "r"(sums), [job] "r"(job), [s1] "r"(job->pixel_stride) \
                         : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", \
                           "xmm14", "xmm15", "cc", "memory"); \
        break;

static inline void avx2_taps(int height, const avx2_taps_job *job, int16 *sums)
{
    ulong p, b, steps, s3, s5, tap = job->taps, count = job->count;
    switch (height) {
        AVX2_TAPS_CASE(1) AVX2_TAPS_CASE(2) AVX2_TAPS_CASE(3) AVX2_TAPS_CASE(4) AVX2_TAPS_CASE(5) AVX2_TAPS_CASE(6)
    }
}

/* flip: a byte. The last values of 16 or more may be written twice. */
static inline void avx2_widen(ulong from, int count, int flip, ulong to)
{
    const int words = flip | flip << 16;
    ulong i = 0;
    const ulong last = (ulong)(long)(count - 16);
    if (count >= 16) {
        __asm__ volatile("vmovd %[words],%%xmm1\n\tvpbroadcastd %%xmm1,%%ymm1\n\t"
                         "1:\n\tvpmovzxbw (%[from],%[i]),%%ymm0\n\tvpxor %%ymm1,%%ymm0,%%ymm0\n\tvmovdqu %%ymm0,(%[to],%[i],2)\n\t"
                         "add $16,%[i]\n\tcmp %[last],%[i]\n\tjle 1b\n\t"
                         "vpmovzxbw (%[from],%[last]),%%ymm0\n\tvpxor %%ymm1,%%ymm0,%%ymm0\n\tvmovdqu %%ymm0,(%[to],%[last],2)\n\t"
                         : [i] "+r"(i)
                         : [from] "r"(from), [to] "r"(to), [last] "r"(last), [words] "r"(words)
                         : "xmm0", "xmm1", "cc", "memory");
        return;
    }
    for (; (int)i < count; i++) ((short *)to)[i] = (short)(((__global const uchar *)from)[i] ^ flip);
}

static inline void avx2_widen_three(ulong from, int pixels, int flip, ulong to)
{
    const uchar16 order = {0, 1, 2, 128, 3, 4, 5, 128, 6, 7, 8, 128, 9, 10, 11, 128};
    ulong left = (ulong)(long)max(pixels, 0);
    /* Four pixels are read with four bytes more, so six have to be there. */
    if (left >= 6) {
        __asm__ volatile("vmovd %[flip],%%xmm1\n\tvpbroadcastd %%xmm1,%%xmm1\n"
                         "1:\n\tvpxor (%[from]),%%xmm1,%%xmm0\n\tvpshufb %[order],%%xmm0,%%xmm0\n\tvpmovzxbw %%xmm0,%%ymm0\n\tvmovdqu %%ymm0,(%[to])\n\t"
                         "add $12,%[from]\n\tadd $32,%[to]\n\tsub $4,%[left]\n\tcmp $6,%[left]\n\tjae 1b\n\t"
                         : [from] "+r"(from), [to] "+r"(to), [left] "+r"(left)
                         : [flip] "r"(flip * 0x01010101), [order] "x"(order)
                         : "xmm0", "xmm1", "cc", "memory");
    }
    for (; left; left--, from += 3, to += 8) {
        __global const uchar *pixel = (__global const uchar *)from;
        *(short4 *)to = (short4)((short)(pixel[0] ^ flip), (short)(pixel[1] ^ flip), (short)(pixel[2] ^ flip), (short)0);
    }
}
