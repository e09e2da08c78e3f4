/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn verify: every variant that this device admits, against the reference. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "case/case_file.h"
#include "gemm_run.h"
#include "report_output.h"
#include "subcommand.h"
#include "variant_list.h"

enum { SHOWN_FAILURES = 8, NO_CASE = -1 };

typedef struct verify_run {
    clq_output *output;
    clqnn_context *context;
    const char *case_folder;
    clq_level level;
    uint64_t seed;
    int64_t only_case; /* NO_CASE: all */
    size_t passed, failed, skipped, refused;
} verify_run;

/* One variant, or the library's own choice. */
typedef struct verify_target {
    const char *label;                     /* "auto" for the choice */
    const clqnn_gemm_variant_info *variant; /* NULL for the choice */
    size_t passed, failed, refused;
    char refusal[512];
} verify_target;

static const char *level_option(clq_level level) { return level == CLQ_LEVEL_QUICK ? " --quick" : level == CLQ_LEVEL_FULL ? " --full" : ""; }

static void write_case_file(verify_run *run, const verify_target *target, const clq_gemm_case *spec, size_t index)
{
    static const char *const levels[] = { "quick", "normal", "full" };
    char path[1024], message[256], source[512], text[400];
    if ((spec->a_broadcast[0] && spec->b_broadcast[0]) || (spec->a_broadcast[1] && spec->b_broadcast[1])) {
        clq_print_always(run->output, "    no case file: the format cannot say that both operands broadcast along a batch dimension\n");
        return;
    }
    clq_gemm_problem *const problem = clq_gemm_problem_create(spec, message, sizeof message);
    if (problem == NULL) {
        clq_print_always(run->output, "    no case file: %s\n", message);
        return;
    }
    snprintf(path, sizeof path, "%s/clqnn_gemm_%s_%" PRIu64 "_%s_%zu.safetensors", run->case_folder, target->label, run->seed, levels[run->level], index);
    snprintf(source, sizeof source, "clqnn verify --op gemm --variant %s --seed %" PRIu64 "%s --case %zu: %s", target->label, run->seed,
             level_option(run->level), index, clq_gemm_case_describe(spec, text, sizeof text));
    const clq_case_gemm gemm = { .desc = problem->desc, .a = problem->a.data + problem->a.offset,
                                 .b = problem->b.data + problem->b.offset, .expected = problem->c.data + problem->c.offset };
    const clqnn_status status = clq_case_write_gemm(path, &gemm, source, NULL, message, sizeof message);
    if (status == CLQNN_OK) {
        clq_print_always(run->output, "    case file: %s\n", path);
    } else {
        clq_print_always(run->output, "    no case file: %s\n", message);
    }
    clq_gemm_problem_destroy(problem);
}

static void report_failure(verify_run *run, const verify_target *target, const clq_gemm_case *spec, size_t index, const clq_gemm_result *result)
{
    char text[400];
    if (target->failed > SHOWN_FAILURES) return;
    clq_print_always(run->output, "%s %s, seed %" PRIu64 ", case %zu: %s\n    %s", clq_coloured(run->output, "FAIL", 'r'), target->label, run->seed, index,
                     clq_gemm_case_describe(spec, text, sizeof text), result->message);
    if (result->differences > 1) clq_print_always(run->output, " (%zu elements differ)", result->differences);
    clq_print_always(run->output, "\n    repeat: clqnn verify --op gemm --variant %s --seed %" PRIu64 "%s --case %zu\n", target->label, run->seed,
                     level_option(run->level), index);
    write_case_file(run, target, spec, index);
    if (target->failed == SHOWN_FAILURES) clq_print_always(run->output, "    further failures of %s are counted, not printed\n", target->label);
}

static void run_case(verify_run *run, verify_target *target, const clq_gemm_sweep *sweep, size_t index)
{
    const clq_gemm_case spec = clq_gemm_case_make(sweep, index);
    clq_gemm_result result;
    clq_gemm_verify(run->context, &spec, target->variant ? target->variant->name : NULL, &result);
    if (result.outcome == CLQ_REFUSED && target->variant == NULL) result.outcome = CLQ_FAILED; /* the library takes every case */
    if (result.outcome == CLQ_PASSED) {
        target->passed++;
    } else if (result.outcome == CLQ_REFUSED) {
        target->refused++;
        snprintf(target->refusal, sizeof target->refusal, "%s", result.message);
    } else {
        target->failed++;
        report_failure(run, target, &spec, index, &result);
    }
}

static void json_target(verify_run *run, const verify_target *target, const char *skip)
{
    cJSON *const object = clq_output_object(run->output);
    if (object == NULL) return;
    cJSON_AddStringToObject(object, "op", "gemm");
    cJSON_AddStringToObject(object, "variant", target->label);
    cJSON_AddNumberToObject(object, "seed", (double)run->seed);
    cJSON_AddNumberToObject(object, "passed", (double)target->passed);
    cJSON_AddNumberToObject(object, "failed", (double)target->failed);
    cJSON_AddNumberToObject(object, "refused", (double)target->refused);
    if (skip != NULL) cJSON_AddStringToObject(object, "skipped", skip);
}

static void run_target(verify_run *run, verify_target *target)
{
    clq_gemm_sweep sweep = { .level = run->level, .seed = run->seed };
    if (target->variant != NULL) {
        sweep.tile_m = target->variant->tile_m;
        sweep.tile_n = target->variant->tile_n;
        sweep.tile_k = target->variant->tile_k;
    }
    const size_t count = clq_gemm_case_count(&sweep), first = run->only_case == NO_CASE ? 0 : (size_t)run->only_case;
    const size_t end = run->only_case == NO_CASE ? count : first + 1;
    for (size_t index = first; index < end && index < count; index++) {
        clq_progress(run->output, "%s: case %zu of %zu, %zu failed", target->label, index + 1, count, target->failed);
        run_case(run, target, &sweep, index);
    }
    if (target->passed + target->failed == 0) {
        clq_print_always(run->output, "%s %s: admitted, but it took none of the %zu cases; the last refusal: %s\n", clq_coloured(run->output, "FAIL", 'r'),
                         target->label, end > first ? end - first : 0, target->refusal);
        target->failed++;
    }
    clq_print(run->output, "%-24s %zu passed, %zu failed, %zu not for this variant\n", target->label, target->passed, target->failed, target->refused);
    json_target(run, target, NULL);
    run->passed += target->passed;
    run->failed += target->failed;
    run->refused += target->refused;
}

static void run_variant(verify_run *run, const clq_variant_list *list, const clqnn_gemm_variant_info *variant)
{
    char reason[192];
    verify_target target = { .label = variant->name, .variant = variant };
    if (clq_variant_admitted(list, variant, reason, sizeof reason)) {
        run_target(run, &target);
        return;
    }
    clq_print(run->output, "%-24s %s %s\n", variant->name, clq_coloured(run->output, "skip", 'y'), reason);
    json_target(run, &target, reason);
    run->skipped++;
}

static int run_all(verify_run *run, const clq_variant_list *list, const char *variant)
{
    const bool automatic = variant == NULL || strcmp(variant, "auto") == 0;
    clqnn_device_info device = { .device = NULL };
    clqnn_context_device(run->context, &device);
    clq_print(run->output, "gemm on %s (%s), seed %" PRIu64 "\n", device.name, device.driver, run->seed);
    if (automatic) {
        verify_target target = { .label = "auto" };
        run_target(run, &target);
    }
    for (size_t i = 0; i < list->count; i++) {
        if (variant == NULL || strcmp(variant, list->variants[i].name) == 0) run_variant(run, list, &list->variants[i]);
    }
    return clq_closing_line(run->output, run->passed, run->failed, run->skipped);
}

typedef struct verify_words {
    const char *op, *variant, *folder;
    uint64_t seed, only_case;
    bool quick, full;
} verify_words;

static int verify(const clq_globals *globals, const verify_words *words)
{
    int status = CLQ_EXIT_HELD;
    clq_variant_list list;
    clqnn_context *const context = clq_open_context(globals, &status);
    if (context == NULL) return status;
    if (!clq_variant_list_load(context, &list)) {
        fprintf(stderr, "clqnn verify: %s\n", clqnn_last_error());
        status = CLQ_EXIT_FAILED;
    } else if (words->variant != NULL && strcmp(words->variant, "auto") != 0 && clq_variant_find(&list, words->variant) == NULL) {
        status = clq_bad_usage("verify", "unknown variant \"%s\" (clqnn list names them; auto is the library's choice)", words->variant);
    } else {
        clq_output output = clq_output_open(globals);
        verify_run run = { .output = &output, .context = context, .case_folder = words->folder, .seed = words->seed,
                           .level = words->quick ? CLQ_LEVEL_QUICK : words->full ? CLQ_LEVEL_FULL : CLQ_LEVEL_NORMAL,
                           .only_case = words->only_case == UINT64_MAX ? NO_CASE : (int64_t)words->only_case };
        status = clq_output_close(&output, run_all(&run, &list, words->variant));
    }
    clq_variant_list_free(&list);
    clqnn_context_release(context);
    return status;
}

static int run(clq_globals *globals, int argc, char **argv)
{
    verify_words words = { .seed = 1, .folder = ".", .only_case = UINT64_MAX };
    const clq_option options[] = {
        { "--op", CLQ_OPTION_TEXT, &words.op, "OP", "only this operator (gemm)" },
        { "--variant", CLQ_OPTION_TEXT, &words.variant, "V", "only this variant; auto: what the library chooses" },
        { "--seed", CLQ_OPTION_COUNT, &words.seed, "N", "of all random data (default: 1)" },
        { "--quick", CLQ_OPTION_FLAG, &words.quick, NULL, "a few dozen cases a variant" },
        { "--full", CLQ_OPTION_FLAG, &words.full, NULL, "thousands of cases a variant" },
        { "--case", CLQ_OPTION_COUNT, &words.only_case, "N", "only the case of this number, as a failure names it" },
        { "--case-folder", CLQ_OPTION_TEXT, &words.folder, "FOLDER", "where failures leave their case files (default: .)" },
    };
    clq_command_line line = { .globals = globals, .options = options, .option_count = sizeof options / sizeof *options };
    int status = CLQ_EXIT_HELD;
    if (!clq_subcommand_parse(&clq_verify_command, &line, argc, argv, &status)) return status;
    if (line.positional_count > 0) return clq_bad_usage("verify", "unexpected word \"%s\"", line.positionals[0]);
    if (words.op != NULL && strcmp(words.op, "gemm") != 0) return clq_bad_usage("verify", "unknown operator \"%s\" (this version has: gemm)", words.op);
    if (words.quick && words.full) return clq_bad_usage("verify", "--quick and --full exclude each other");
    const clq_gemm_sweep sweep = { .level = words.quick ? CLQ_LEVEL_QUICK : words.full ? CLQ_LEVEL_FULL : CLQ_LEVEL_NORMAL };
    if (words.only_case != UINT64_MAX && words.only_case >= clq_gemm_case_count(&sweep)) {
        return clq_bad_usage("verify", "--case: there is no case %" PRIu64 " (%zu cases at this level)", words.only_case, clq_gemm_case_count(&sweep));
    }
    return verify(globals, &words);
}

const clq_subcommand clq_verify_command = { "verify", "verify [--op OP] [--variant V] [--seed N] [--quick|--full] [OPTIONS]",
                                            "runs every variant that this device admits against the reference", run };
