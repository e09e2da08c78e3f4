/* SPDX-License-Identifier: Apache-2.0 */
/* gemm_variant_test VARIANT|auto [quick|normal|full [SEED [CASES [PRODUCTS [plain-buffers] [static]]]]]: the harness's cases with one
 * variant forced, or with the library's choice. Exit status: 0 all that the variant takes are right; 77 this device cannot run it; 1
 * otherwise, with the command that repeats each failure. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gemm_run.h"

static const char *const level_names[] = {[CLQ_LEVEL_QUICK] = "quick", [CLQ_LEVEL_NORMAL] = "normal", [CLQ_LEVEL_FULL] = "full"};
static const char *const level_options[] = {[CLQ_LEVEL_QUICK] = " --quick", [CLQ_LEVEL_NORMAL] = "", [CLQ_LEVEL_FULL] = " --full"};

enum { SKIPPED = 77, MOST_VARIANTS = 256, MOST_CAPABILITIES = 64, SHOWN = 5 };

typedef struct variant_run {
    clqnn_context *context;
    const char *variant;   /* NULL: the library's choice */
    clq_gemm_sweep sweep;
    bool plain_buffers;    /* no sub-buffers */
    bool is_static;        /* no dynamic quantization */
    size_t passed, failed, refused;
    char refusal[512];     /* the last one */
} variant_run;

static int fail(const char *call)
{
    printf("FAIL: %s: %s\n", call, clqnn_last_error());
    return 1;
}

static bool find_variant(const char *name, clqnn_gemm_variant_info *found)
{
    static clqnn_gemm_variant_info list[MOST_VARIANTS];
    size_t count = 0;
    if (clqnn_gemm_variants(list, MOST_VARIANTS, &count) != CLQNN_OK) return false;
    for (size_t i = 0; i < count && i < MOST_VARIANTS; i++) {
        if (strcmp(list[i].name, name) != 0) continue;
        *found = list[i];
        return true;
    }
    return false;
}

static bool names_capability(const char *needs, const char *name)
{
    const size_t length = strlen(name);
    for (const char *at = needs; (at = strstr(at, name)) != NULL; at += length) {
        if ((at == needs || at[-1] == ',') && (at[length] == ',' || at[length] == '\0')) return true;
    }
    return false;
}

/* The first capability that the variant needs and the device lacks; NULL if it has them all. */
static const clqnn_capability *missing_capability(clqnn_context *context, const char *needs)
{
    static clqnn_capability list[MOST_CAPABILITIES];
    size_t count = 0;
    if (clqnn_context_capabilities(context, list, MOST_CAPABILITIES, &count) != CLQNN_OK) return NULL;
    for (size_t i = 0; i < count && i < MOST_CAPABILITIES; i++) {
        if (!list[i].available && names_capability(needs, list[i].name)) return &list[i];
    }
    return NULL;
}

static void run_case(variant_run *run, size_t index)
{
    clq_gemm_case spec = clq_gemm_case_make(&run->sweep, index);
    if (run->plain_buffers) spec.sub_buffers = false;
    if (run->is_static && spec.dynamic != CLQNN_STATIC) return;
    const char *label = run->variant ? run->variant : "auto";
    clq_gemm_result result;
    char text[400];
    clq_gemm_verify(run->context, &spec, run->variant, &result);
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
        printf("FAIL %s, seed %" PRIu64 ", case %zu: %s\n    %s (%zu elements differ)\n    repeat: clqnn verify --op gemm --variant %s --seed %" PRIu64
               "%s --case %zu\n", label, run->sweep.seed, index, clq_gemm_case_describe(&spec, text, sizeof text), result.message, result.differences, label,
               run->sweep.seed, level_options[run->sweep.level], index);
    }
}

static int run_cases(variant_run *run, size_t most)
{
    const size_t all = clq_gemm_case_count(&run->sweep), count = most < all ? most : all;
    for (size_t i = 0; i < count; i++) run_case(run, i * all / count); /* fewer cases are spread over all kinds */
    printf("%s, seed %" PRIu64 ": %zu passed, %zu failed, %zu not for this variant\n", run->variant ? run->variant : "auto", run->sweep.seed, run->passed,
           run->failed, run->refused);
    if (run->failed) return 1;
    if (run->passed) return 0;
    printf("%s: the last refusal: %s\n", run->variant, run->refusal);
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
    if (argc < 2) return 2;
    const char *name = argv[1];
    variant_run run = {.variant = strcmp(name, "auto") == 0 ? NULL : name,
                       .sweep = {.level = find_level(argc > 2 ? argv[2] : "normal"), .seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1}};
    const size_t most = argc > 4 ? (size_t)strtoull(argv[4], NULL, 10) : SIZE_MAX;
    if (argc > 5) run.sweep.max_macs = (int64_t)strtoull(argv[5], NULL, 10); /* of a case */
    for (int i = 6; i < argc; i++) {
        run.plain_buffers = run.plain_buffers || strcmp(argv[i], "plain-buffers") == 0;
        run.is_static = run.is_static || strcmp(argv[i], "static") == 0;
    }
    clqnn_gemm_variant_info info = {.needs = ""};
    if (run.variant && !find_variant(name, &info)) return fail("no such variant");
    const clqnn_status status = clqnn_context_create(NULL, &run.context);
    if (status == CLQNN_NO_DEVICE) {
        printf("skipped: %s\n", clqnn_last_error());
        return SKIPPED;
    }
    if (status != CLQNN_OK) return fail("clqnn_context_create");
    run.sweep.tile_m = info.tile_m;
    run.sweep.tile_n = info.tile_n;
    run.sweep.tile_k = info.tile_k;
    run.sweep.planes_only = run.variant && clq_gemm_takes_planes_only(info.types);
    const clqnn_capability *missing = missing_capability(run.context, info.needs);
    int code = SKIPPED;
    if (missing) {
        printf("skipped: %s needs %s: %s\n", name, missing->name, missing->verdict);
    } else {
        code = run_cases(&run, most);
    }
    clqnn_context_release(run.context);
    return code;
}
