/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn verify: every variant that this device admits, of every operator, against the reference. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "operator_words.h"
#include "report_output.h"
#include "subcommand.h"
#include "variant_list.h"

enum { SHOWN_FAILURES = 8, NO_CASE = -1 };

typedef struct verify_run {
    clq_output *output;
    clqnn_context *context;
    const clq_operator *op;
    const char *case_folder;
    clq_level level;
    uint64_t seed;
    int64_t only_case; /* NO_CASE: all */
    size_t passed, failed, skipped, refused;
} verify_run;

/* One variant, or the library's own choice. */
typedef struct verify_target {
    const char *label; /* "auto" for the choice */
    clq_sweep sweep;
    size_t passed, failed, refused;
    char refusal[512];
} verify_target;

static const char *level_option(clq_level level) { return level == CLQ_LEVEL_QUICK ? " --quick" : level == CLQ_LEVEL_FULL ? " --full" : ""; }

static void write_case_file(verify_run *run, const verify_target *target, size_t index)
{
    static const char *const levels[] = { "quick", "normal", "full" };
    char path[1024], message[256], source[640], text[400];
    const char *const op = run->op->name;
    if (run->op->case_write == NULL) return;
    snprintf(path, sizeof path, "%s/clqnn_%s_%s_%" PRIu64 "_%s_%zu.safetensors", run->case_folder, op, target->label, run->seed, levels[run->level],
             index);
    snprintf(source, sizeof source, "clqnn verify --op %s --variant %s --seed %" PRIu64 "%s --case %zu: %s", op, target->label, run->seed,
             level_option(run->level), index, run->op->case_describe(&target->sweep, index, text, sizeof text));
    if (run->op->case_write(&target->sweep, index, path, source, message, sizeof message)) {
        clq_print_always(run->output, "    case file: %s\n", path);
    } else {
        clq_print_always(run->output, "    no case file: %s\n", message);
    }
}

static void report_failure(verify_run *run, const verify_target *target, size_t index, const clq_verify_result *result)
{
    char text[400];
    if (target->failed > SHOWN_FAILURES) return;
    clq_print_always(run->output, "%s %s, seed %" PRIu64 ", case %zu: %s\n    %s", clq_coloured(run->output, "FAIL", 'r'), target->label, run->seed, index,
                     run->op->case_describe(&target->sweep, index, text, sizeof text), result->message);
    if (result->differences > 1) clq_print_always(run->output, " (%zu elements differ)", result->differences);
    clq_print_always(run->output, "\n    repeat: clqnn verify --op %s --variant %s --seed %" PRIu64 "%s --case %zu\n", run->op->name, target->label,
                     run->seed, level_option(run->level), index);
    write_case_file(run, target, index);
    if (target->failed == SHOWN_FAILURES) clq_print_always(run->output, "    further failures of %s are counted, not printed\n", target->label);
}

static void run_case(verify_run *run, verify_target *target, size_t index)
{
    clq_verify_result result;
    run->op->case_run(run->context, &target->sweep, index, &result);
    if (result.outcome == CLQ_REFUSED && target->sweep.variant == NULL) result.outcome = CLQ_FAILED; /* the library takes every case */
    if (result.outcome == CLQ_PASSED) {
        target->passed++;
    } else if (result.outcome == CLQ_REFUSED) {
        target->refused++;
        snprintf(target->refusal, sizeof target->refusal, "%s", result.message);
    } else {
        target->failed++;
        report_failure(run, target, index, &result);
    }
}

static void json_target(verify_run *run, const verify_target *target, const char *skip)
{
    cJSON *const object = clq_output_object(run->output);
    if (object == NULL) return;
    cJSON_AddStringToObject(object, "op", run->op->name);
    cJSON_AddStringToObject(object, "variant", target->label);
    cJSON_AddNumberToObject(object, "seed", (double)run->seed);
    cJSON_AddNumberToObject(object, "passed", (double)target->passed);
    cJSON_AddNumberToObject(object, "failed", (double)target->failed);
    cJSON_AddNumberToObject(object, "refused", (double)target->refused);
    if (skip != NULL) cJSON_AddStringToObject(object, "skipped", skip);
}

static void run_target(verify_run *run, verify_target *target)
{
    const size_t count = run->op->case_count(&target->sweep), first = run->only_case == NO_CASE ? 0 : (size_t)run->only_case;
    const size_t end = run->only_case == NO_CASE ? count : first + 1;
    for (size_t index = first; index < end && index < count; index++) {
        clq_progress(run->output, "%s %s: case %zu of %zu, %zu failed", run->op->name, target->label, index + 1, count, target->failed);
        run_case(run, target, index);
    }
    if (target->passed + target->failed == 0) {
        clq_print_always(run->output, "%s %s: admitted, but it took none of the %zu cases; the last refusal: %s\n", clq_coloured(run->output, "FAIL", 'r'),
                         target->label, end > first ? end - first : 0, target->refusal);
        target->failed++;
    }
    clq_print(run->output, "%-28s %zu passed, %zu failed, %zu not for this variant\n", target->label, target->passed, target->failed,
              target->refused);
    json_target(run, target, NULL);
    run->passed += target->passed;
    run->failed += target->failed;
    run->refused += target->refused;
}

static void run_variant(verify_run *run, const clq_variant_list *list, const clq_variant *variant)
{
    char reason[192];
    verify_target target = { .label = variant->name, .sweep = { .level = run->level, .seed = run->seed, .variant = variant->name } };
    memcpy(target.sweep.tile, variant->tile, sizeof target.sweep.tile);
    if (clq_variant_admitted(list, variant, reason, sizeof reason)) {
        run_target(run, &target);
        return;
    }
    clq_print(run->output, "%-28s %s %s\n", variant->name, clq_coloured(run->output, "skip", 'y'), reason);
    json_target(run, &target, reason);
    run->skipped++;
}

static bool run_operator(verify_run *run, const char *variant)
{
    clq_variant_list list;
    clqnn_device_info device = { .device = NULL };
    if (!clq_variant_list_load(run->op, run->context, &list)) {
        fprintf(stderr, "clqnn verify: %s\n", clqnn_last_error());
        return false;
    }
    clqnn_context_device(run->context, &device);
    clq_print(run->output, "%s on %s (%s), seed %" PRIu64 "\n", run->op->name, device.name, device.driver, run->seed);
    if (variant == NULL || strcmp(variant, "auto") == 0) {
        verify_target target = { .label = "auto", .sweep = { .level = run->level, .seed = run->seed } };
        run_target(run, &target);
    }
    for (size_t i = 0; i < list.count; i++) {
        if (variant == NULL || strcmp(variant, list.variants[i].name) == 0) run_variant(run, &list, &list.variants[i]);
    }
    clq_variant_list_free(&list);
    return true;
}

static bool has_cases(const clq_operator *op) { return op->case_count != NULL; }

typedef struct verify_words {
    const char *op, *variant, *folder;
    uint64_t seed, only_case;
    bool quick, full;
} verify_words;

static clq_level level_of(const verify_words *words) { return words->quick ? CLQ_LEVEL_QUICK : words->full ? CLQ_LEVEL_FULL : CLQ_LEVEL_NORMAL; }

static int verify(const clq_globals *globals, const verify_words *words, const clq_operator *only)
{
    int status = CLQ_EXIT_HELD;
    bool ran = true;
    clqnn_context *const context = clq_open_context(globals, &status);
    if (context == NULL) return status;
    clq_output output = clq_output_open(globals);
    verify_run run = { .output = &output, .context = context, .case_folder = words->folder, .seed = words->seed, .level = level_of(words),
                       .only_case = words->only_case == UINT64_MAX ? NO_CASE : (int64_t)words->only_case };
    for (size_t i = 0; i < clq_operator_count && ran; i++) {
        run.op = clq_operators[i];
        if (has_cases(run.op) && (only == NULL || only == run.op)) ran = run_operator(&run, words->variant);
    }
    status = clq_closing_line(&output, run.passed, run.failed, run.skipped);
    status = clq_output_close(&output, ran ? status : CLQ_EXIT_FAILED);
    clqnn_context_release(context);
    return status;
}

/* A case's number means something for one operator only. */
static int check_case_number(const verify_words *words, const clq_operator *op)
{
    const clq_sweep sweep = { .level = level_of(words), .seed = words->seed };
    if (words->only_case == UINT64_MAX) return CLQ_EXIT_HELD;
    if (op == NULL) return clq_bad_usage("verify", "--case %" PRIu64 ": --op or --variant is wanted with it", words->only_case);
    if (words->only_case < op->case_count(&sweep)) return CLQ_EXIT_HELD;
    return clq_bad_usage("verify", "--case: there is no case %" PRIu64 " (%zu cases at this level)", words->only_case, op->case_count(&sweep));
}

static int run(clq_globals *globals, int argc, char **argv)
{
    verify_words words = { .seed = 1, .folder = ".", .only_case = UINT64_MAX };
    const clq_option options[] = {
        { "--op", CLQ_OPTION_TEXT, &words.op, "OP", "only this operator" },
        { "--variant", CLQ_OPTION_TEXT, &words.variant, "V", "only this variant; auto: what the library chooses" },
        { "--seed", CLQ_OPTION_COUNT, &words.seed, "N", "of all random data (default: 1)" },
        { "--quick", CLQ_OPTION_FLAG, &words.quick, NULL, "a few dozen cases a variant" },
        { "--full", CLQ_OPTION_FLAG, &words.full, NULL, "thousands of cases a variant" },
        { "--case", CLQ_OPTION_COUNT, &words.only_case, "N", "only the case of this number, as a failure names it" },
        { "--case-folder", CLQ_OPTION_TEXT, &words.folder, "FOLDER", "where failures leave their case files (default: .)" },
    };
    clq_command_line line = { .globals = globals, .options = options, .option_count = sizeof options / sizeof *options };
    int status = CLQ_EXIT_HELD;
    const clq_operator *op = NULL;
    if (!clq_subcommand_parse(&clq_verify_command, &line, argc, argv, &status)) return status;
    if (line.positional_count > 0) return clq_bad_usage("verify", "unexpected word \"%s\"", line.positionals[0]);
    if (!clq_operator_of_word("verify", words.op, has_cases, &op)) return CLQ_EXIT_USAGE;
    if (words.quick && words.full) return clq_bad_usage("verify", "--quick and --full exclude each other");
    if (words.variant != NULL && strcmp(words.variant, "auto") != 0) {
        op = clq_variant_operator(op, words.variant);
        if (op == NULL) return clq_bad_usage("verify", "unknown variant \"%s\" (clqnn list names them; auto is the library's choice)", words.variant);
    }
    status = check_case_number(&words, op);
    return status == CLQ_EXIT_HELD ? verify(globals, &words, op) : status;
}

const clq_subcommand clq_verify_command = { "verify", "verify [--op OP] [--variant V] [--seed N] [--quick|--full] [OPTIONS]",
                                            "runs every variant that this device admits against the reference", run };
