/* SPDX-License-Identifier: Apache-2.0 */
/* Golden selections of the GEMM. Words: m, n, k, and options, as golden_selections.txt says. */
#include <inttypes.h>
#include <stdio.h>

#include "clqnn/status.h"
#include "gemm/gemm_select.h"
#include "golden_file.h"
#include "invented_devices.h"

static clq_gemm_problem problem_of(int64_t m, int64_t n, int64_t k, const char *options)
{
    clq_gemm_problem problem = plain_problem(m, n, k);
    if (golden_has_word(options, "batch16")) problem.batch[1] = 16;
    if (golden_has_word(options, "runtime")) problem.b_constant = false;
    if (golden_has_word(options, "transposed")) problem.a.transposed = true;
    if (golden_has_word(options, "planes")) problem.b.type = CLQNN_T2;
    if (golden_has_word(options, "dynamic")) {
        problem.dynamic = CLQNN_DYNAMIC_PER_ROW;
        problem.a.type = CLQNN_F32;
        problem.c.type = CLQNN_F32;
        problem.a_zero_per_row = problem.row_scales = true;
    }
    return problem;
}

static const char *choose(const clq_capabilities *device, const char *words)
{
    int64_t m = 0, n = 0, k = 0;
    if (sscanf(words, "%" SCNd64 " %" SCNd64 " %" SCNd64, &m, &n, &k) != 3) return NULL;
    const clq_gemm_spec spec = {.problem = problem_of(m, n, k, words)};
    const clq_gemm_variant *variant = NULL;
    double seconds = 0;
    return clq_gemm_choose(&spec, NULL, device, &variant, &seconds) == CLQNN_OK ? variant->name : "none";
}

int main(int argc, char **argv)
{
    return golden_file_run(argc, argv, choose, 40);
}
