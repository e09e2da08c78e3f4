/* SPDX-License-Identifier: Apache-2.0 */
/* mixed_variant_test gemm_mixed|conv_mixed VARIANT|auto [quick|normal|full [SEED [CASES [PRODUCTS [plain-buffers]]]]]: the harness's cases, those of at most PRODUCTS products
 * (0: all), with one variant forced, or with the library's choice. Exit status: 0 all that the variant takes are right; 77 this device cannot run it; 1
 * otherwise, with the command that repeats each failure. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conv_mixed_case.h"
#include "mixed_run.h"

static const char *const level_names[] = {[CLQ_LEVEL_QUICK] = "quick", [CLQ_LEVEL_NORMAL] = "normal", [CLQ_LEVEL_FULL] = "full"};
static const char *const level_options[] = {[CLQ_LEVEL_QUICK] = " --quick", [CLQ_LEVEL_NORMAL] = "", [CLQ_LEVEL_FULL] = " --full"};

enum { SKIPPED = 77, SHOWN = 5 };

typedef struct variant_run {
    clqnn_context *context;
    bool convolutions;            /* the operator is conv_mixed */
    const char *name, *variant;   /* as given; NULL: the library's choice */
    clq_sweep sweep;
    int64_t most_products;        /* of a case; 0: any */
    bool plain_buffers;           /* no sub-buffers */
    size_t passed, failed, refused;
    char refusal[512];            /* the last one */
} variant_run;

/* Runs one case; false where it has too many products. `text`: what it is. */
static bool run_product(const variant_run *run, size_t index, clq_verify_result *result, char *text, size_t size)
{
    clq_mixed_case spec = clq_mixed_case_make(&run->sweep, index);
    if (run->most_products > 0 && spec.batch[0] * spec.batch[1] * spec.m * spec.n * (spec.k + 1) > run->most_products) return false;
    if (run->plain_buffers) spec.sub_buffers = false;
    clq_mixed_verify(run->context, &spec, run->variant, result);
    clq_mixed_case_describe(&spec, text, size);
    return true;
}

static bool run_convolution(const variant_run *run, size_t index, clq_verify_result *result, char *text, size_t size)
{
    clq_conv_mixed_case spec = clq_conv_mixed_case_make(&run->sweep, index);
    if (run->most_products > 0 && clq_conv_shape_macs(&spec.shape) > (double)run->most_products) return false;
    if (run->plain_buffers) spec.sub_buffers = false;
    clq_conv_mixed_verify(run->context, &spec, run->variant, result);
    clq_conv_mixed_case_describe(&spec, text, size);
    return true;
}

static void run_case(variant_run *run, size_t index)
{
    clq_verify_result result;
    char text[600];
    if (!(run->convolutions ? run_convolution : run_product)(run, index, &result, text, sizeof text)) return;
    if (result.outcome == CLQ_PASSED && run->variant && strcmp(result.variant, run->variant) != 0) {
        result.outcome = CLQ_FAILED;
        (void)snprintf(result.message, sizeof result.message, "%s ran instead", result.variant);
    }
    if (result.outcome == CLQ_PASSED) {
        run->passed++;
    } else if (result.outcome == CLQ_REFUSED && run->variant) {
        run->refused++;
        (void)snprintf(run->refusal, sizeof run->refusal, "%s", result.message);
    } else if (run->failed++ < SHOWN) {
        printf("FAIL %s, seed %" PRIu64 ", case %zu: %s\n    %s (%zu elements differ)\n    repeat: clqnn verify --op %s --variant %s --seed %" PRIu64
               "%s --case %zu\n", run->name, run->sweep.seed, index, text, result.message, result.differences, run->convolutions ? "conv_mixed" : "gemm_mixed",
               run->name, run->sweep.seed, level_options[run->sweep.level], index);
    }
}

/* Fewer cases than there are are spread over all kinds. */
static int run_cases(variant_run *run, size_t most)
{
    const size_t all = run->convolutions ? clq_conv_mixed_case_count(&run->sweep) : clq_mixed_case_count(&run->sweep), count = most < all ? most : all;
    /* what the device lacks it lacks for each case */
    for (size_t i = 0; i < count && !strstr(run->refusal, ": the device lacks"); i++) run_case(run, i * all / count);
    printf("%s, seed %" PRIu64 ": %zu passed, %zu failed, %zu not for this variant\n", run->name, run->sweep.seed, run->passed, run->failed, run->refused);
    if (run->failed) return 1;
    if (run->passed) return 0;
    printf("%s: the last refusal: %s\n", run->name, run->refusal);
    return strstr(run->refusal, ": the device") ? SKIPPED : 1;
}

static clq_level find_level(const char *name)
{
    size_t level = 0;
    while (level < CLQ_LEVEL_FULL && strcmp(level_names[level], name) != 0) level++;
    return (clq_level)level;
}

int main(int argc, char **argv)
{
    if (argc < 3) return 2;
    variant_run run = {.convolutions = strcmp(argv[1], "conv_mixed") == 0, .name = argv[2], .variant = strcmp(argv[2], "auto") == 0 ? NULL : argv[2]};
    run.sweep = (clq_sweep){.level = find_level(argc > 3 ? argv[3] : "normal"), .seed = argc > 4 ? strtoull(argv[4], NULL, 10) : 1, .variant = run.variant};
    const size_t most = argc > 5 ? (size_t)strtoull(argv[5], NULL, 10) : SIZE_MAX;
    run.most_products = argc > 6 ? strtoll(argv[6], NULL, 10) : 0;
    run.plain_buffers = argc > 7 && strcmp(argv[7], "plain-buffers") == 0;
    const clqnn_status status = clqnn_context_create(NULL, &run.context);
    if (status != CLQNN_OK) {
        printf("%s: %s\n", status == CLQNN_NO_DEVICE ? "skipped" : "FAIL", clqnn_last_error());
        return status == CLQNN_NO_DEVICE ? SKIPPED : 1;
    }
    const int code = run_cases(&run, most);
    clqnn_context_release(run.context);
    return code;
}
