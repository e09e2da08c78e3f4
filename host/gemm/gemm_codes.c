/* SPDX-License-Identifier: Apache-2.0 */
/* b1 and t2 weights as codes of two bits on CPUs: one kernel, a row for each set of instructions. */
#include "gemm/gemm_variant.h"
#include "select/cpu_cost.h"

enum { FEW_ROWS = 4 /* that meet the packed words one by one */, PANEL = 32, BLOCK_ROWS = 48 };

/* What a core does in a cycle. */
typedef struct core_rates {
    double word_bytes;   /* of packed words, decoded and multiplied by one row */
    double products;     /* of rows in blocks */
} core_rates;

static const core_rates avx2_rates = {6.0, 30.0}, vnni_rates = {24.0, 100.0} /* an estimate */, vector_rates = {0.25, 1.0};

/* A block of rows first makes bytes of the codes, which takes about as long as a row's products. */
static double product_cycles(const clq_gemm_problem *problem, int64_t m, int64_t batches, const core_rates *rates)
{
    const double weights = (double)(clq_ceil_div(problem->n, PANEL) * PANEL) * (double)problem->k * (double)batches;
    if (m <= FEW_ROWS) return (double)m * weights / 4.0 / rates->word_bytes;
    return ((double)m + (double)clq_ceil_div(m, BLOCK_ROWS)) * weights / rates->products;
}

static double cost_at(const clq_gemm_problem *problem, const clq_capabilities *capabilities, const core_rates *rates)
{
    return clq_cpu_seconds(product_cycles(problem, problem->m, problem->batch[0] * problem->batch[1], rates), capabilities);
}

static double cost_avx2(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    return cost_at(problem, capabilities, &avx2_rates);
}

static double cost_vnni(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    return cost_at(problem, capabilities, &vnni_rates);
}

static double cost_vector(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    return cost_at(problem, capabilities, &vector_rates);
}

/* About 16 units a thread: blocks of rows where there are many, ranges of panels. */
static clq_geometry geometry(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches)
{
    const int64_t rows = clq_ceil_div(m, BLOCK_ROWS), panels = clq_ceil_div(problem->n, PANEL), wanted = 16 * clq_thread_count(capabilities);
    const int64_t most = clq_at_least(wanted / rows / batches, 1);
    return (clq_geometry){.global = {(size_t)rows, (size_t)(most < panels ? most : panels), (size_t)batches}, .local = {1, 1, 1}};
}

static clq_units units(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches, bool awake)
{
    const core_rates *rates = capabilities->bits & CLQ_CAP_X86_AVX512_VNNI ? &vnni_rates : &avx2_rates;
    if (clq_is_small_work(product_cycles(problem, m, batches, rates), awake)) return (clq_units){.blocks = {1, 1, (int32_t)batches}};
    const clq_geometry groups = geometry(problem, capabilities, m, batches);
    return (clq_units){.blocks = {(int32_t)groups.global[0], (int32_t)groups.global[1], (int32_t)batches}, .rows_first = problem->n >= m};
}

#define ROW(suffix, capabilities, rows, seconds, text, ...) \
    const clq_gemm_variant clq_gemm_codes_##suffix = { \
        .name = "gemm_codes_" #suffix, \
        .source = "gemm_codes", \
        .summary = "two-bit codes of b1 and t2 on CPUs: up to four rows by the packed words, more by bytes made of them; " text, \
        .parts = {"epilogue/requantize", __VA_ARGS__, "launch/shares"}, \
        .defines = "-DLANES=16", \
        .needs = CLQ_CAP_HOST_CPU | (capabilities), \
        .b_layout = &clq_layout_t2_n32k16, \
        .a_signedness = CLQNN_S8, \
        .counts_begun = true, \
        .tile = {rows, PANEL, 16}, \
        .cost = (seconds), \
        .geometry = geometry, \
        .units = units, \
    }

ROW(vnni, CLQ_CAP_X86_AVX512 | CLQ_CAP_X86_AVX512_VNNI, 12, cost_vnni, "AVX-512 VNNI", "tile/codes_spread", "tile/x86_codes_vnni");
ROW(avx2, CLQ_CAP_X86_AVX2, 6, cost_avx2, "AVX2 vpmaddubsw", "tile/x86_codes_avx2");
ROW(vec16, 0, 4, cost_vector, "plain 16-wide vectors", "tile/codes_spread", "tile/vector_codes");
