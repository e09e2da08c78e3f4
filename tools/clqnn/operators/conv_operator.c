/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_reference.h"
#include "conv_run.h"
#include "operator.h"
#include "plain_conv.h"
#include "plane_words.h"
#include "problem_explain.h"

static clqnn_status variants(clq_variant *list, size_t capacity, size_t *count)
{
    clqnn_status status = clqnn_conv_variants(NULL, 0, count);
    if (status != CLQNN_OK || capacity == 0) return status;
    clqnn_conv_variant_info *const infos = calloc(*count + 1, sizeof *infos);
    if (infos == NULL) return CLQNN_OUT_OF_MEMORY;
    status = clqnn_conv_variants(infos, *count, count);
    for (size_t i = 0; status == CLQNN_OK && i < *count && i < capacity; i++) {
        list[i] = (clq_variant){ .name = infos[i].name, .summary = infos[i].summary, .types = infos[i].types, .layout = infos[i].layout };
        snprintf(list[i].needs, sizeof list[i].needs, "%s", infos[i].needs);
    }
    free(infos);
    return status;
}

/* ---- verify ---- */

static void case_run(clqnn_context *context, const clq_sweep *sweep, size_t index, clq_verify_result *result)
{
    const clq_conv_case spec = clq_conv_case_make(sweep, index);
    clq_conv_verify(context, &spec, sweep->variant, result);
}

static const char *case_describe(const clq_sweep *sweep, size_t index, char *text, size_t size)
{
    const clq_conv_case spec = clq_conv_case_make(sweep, index);
    return clq_conv_case_describe(&spec, text, size);
}

static bool case_write(const clq_sweep *sweep, size_t index, const char *path, const char *source, char *message, size_t size)
{
    const clq_conv_case spec = clq_conv_case_make(sweep, index);
    if (clq_is_planes(spec.w_type)) {
        snprintf(message, size, "the format cannot say weights of bit planes below wider activations");
        return false;
    }
    clq_conv_problem *const problem = clq_conv_problem_create(&spec, message, size);
    if (problem == NULL) return false;
    const clq_case_conv conv = { .desc = problem->desc, .x = problem->x.data + problem->x.offset, .expected = problem->y.data + problem->y.offset,
                                 .residual = problem->residual.data != NULL ? problem->residual.data + problem->residual.offset : NULL };
    const clqnn_status status = clq_case_write_conv(path, &conv, source, NULL, message, size);
    clq_conv_problem_destroy(problem);
    return status == CLQNN_OK;
}

/* ---- check ---- */

static clq_case_verdict check(clqnn_context *context, clq_case *file, char *message, size_t capacity)
{
    clq_case_conv conv;
    const clqnn_status made = clq_case_make_conv(file, &conv, message, capacity);
    if (made != CLQNN_OK) return made == CLQNN_UNSUPPORTED ? CLQ_CASE_SKIPPED : CLQ_CASE_BAD;
    void *const got = malloc(conv.y_bytes > 0 ? conv.y_bytes : 1);
    if (got == NULL) return clq_refused_call(CLQNN_OUT_OF_MEMORY, "malloc", message, capacity);
    const char *call = "";
    const plain_conv plain = { .desc = &conv.desc,
                               .x = conv.x,
                               .x_bytes = conv.x_bytes,
                               .residual = conv.residual,
                               .residual_bytes = conv.residual_bytes,
                               .y = got,
                               .y_bytes = conv.y_bytes };
    const clqnn_status status = plain_conv_run(context, &plain, &call);
    clq_case_verdict verdict = CLQ_CASE_SAME;
    if (status != CLQNN_OK) {
        verdict = clq_refused_call(status, call, message, capacity);
    } else if (clq_case_uses_bound(file)) {
        verdict = clq_case_compare_bound(file, &conv, got, message, capacity);
    } else if (clq_case_compare(file, "y", got, message, capacity) != 0) {
        verdict = CLQ_CASE_DIFFERS;
    }
    free(got);
    return verdict;
}

const clq_operator clq_conv_operator = {
    .name = "conv",
    .variants = variants,
    .explain_parse = clq_conv_explain_parse,
    .explain = clq_problem_explain,
    .explain_free = clq_problem_explain_free,
    .case_count = clq_conv_case_count,
    .case_run = case_run,
    .case_describe = case_describe,
    .case_write = case_write,
    .check = check,
};
