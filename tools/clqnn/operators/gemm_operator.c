/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gemm_run.h"
#include "operator.h"
#include "plain_gemm.h"
#include "plane_words.h"
#include "problem_explain.h"

static clqnn_status variants(clq_variant *list, size_t capacity, size_t *count)
{
    clqnn_status status = clqnn_gemm_variants(NULL, 0, count);
    if (status != CLQNN_OK || capacity == 0) return status;
    clqnn_gemm_variant_info *const infos = calloc(*count + 1, sizeof *infos);
    if (infos == NULL) return CLQNN_OUT_OF_MEMORY;
    status = clqnn_gemm_variants(infos, *count, count);
    for (size_t i = 0; status == CLQNN_OK && i < *count && i < capacity; i++) {
        list[i] = (clq_variant){ .name = infos[i].name, .summary = infos[i].summary, .types = infos[i].types, .layout = infos[i].layout,
                                 .tile = { infos[i].tile_m, infos[i].tile_n, infos[i].tile_k } };
        snprintf(list[i].needs, sizeof list[i].needs, "%s", infos[i].needs);
    }
    free(infos);
    return status;
}

/* ---- verify ---- */

static bool takes_planes_only(const char *name)
{
    clqnn_gemm_variant_info infos[64];
    size_t count = 0;
    if (name == NULL || clqnn_gemm_variants(infos, sizeof infos / sizeof *infos, &count) != CLQNN_OK) return false;
    for (size_t i = 0; i < count && i < sizeof infos / sizeof *infos; i++) {
        if (strcmp(infos[i].name, name) == 0) return clq_gemm_takes_planes_only(infos[i].types);
    }
    return false;
}

static clq_gemm_sweep sweep_of(const clq_sweep *sweep)
{
    return (
        clq_gemm_sweep) { .planes_only = takes_planes_only(sweep->variant), .level = sweep->level, .seed = sweep->seed, .tile_m = sweep->tile[0], .tile_n = sweep->tile[1], .tile_k = sweep->tile[2] };
}

static clq_gemm_case case_of(const clq_sweep *sweep, size_t index)
{
    const clq_gemm_sweep own = sweep_of(sweep);
    return clq_gemm_case_make(&own, index);
}

static size_t case_count(const clq_sweep *sweep)
{
    const clq_gemm_sweep own = sweep_of(sweep);
    return clq_gemm_case_count(&own);
}

static void case_run(clqnn_context *context, const clq_sweep *sweep, size_t index, clq_verify_result *result)
{
    const clq_gemm_case spec = case_of(sweep, index);
    clq_gemm_verify(context, &spec, sweep->variant, result);
}

static const char *case_describe(const clq_sweep *sweep, size_t index, char *text, size_t size)
{
    const clq_gemm_case spec = case_of(sweep, index);
    return clq_gemm_case_describe(&spec, text, size);
}

static bool case_write(const clq_sweep *sweep, size_t index, const char *path, const char *source, char *message, size_t size)
{
    const clq_gemm_case spec = case_of(sweep, index);
    if (clq_is_planes(spec.b_type)) {
        snprintf(message, size, "the format cannot say weights of bit planes below wider activations");
        return false;
    }
    if ((spec.a_broadcast[0] && spec.b_broadcast[0]) || (spec.a_broadcast[1] && spec.b_broadcast[1])) {
        snprintf(message, size, "the format cannot say that both operands broadcast along a batch dimension");
        return false;
    }
    clq_gemm_problem *const problem = clq_gemm_problem_create(&spec, message, size);
    if (problem == NULL) return false;
    const clq_case_gemm gemm = { .desc = problem->desc, .a = problem->a.data + problem->a.offset,
                                 .b = problem->b.data + problem->b.offset, .expected = problem->c.data + problem->c.offset };
    const clqnn_status status = clq_case_write_gemm(path, &gemm, source, NULL, message, size);
    clq_gemm_problem_destroy(problem);
    return status == CLQNN_OK;
}

/* ---- check ---- */

static clq_case_verdict check(clqnn_context *context, clq_case *file, char *message, size_t capacity)
{
    clq_case_gemm gemm;
    const clqnn_status made = clq_case_make_gemm(file, &gemm, message, capacity);
    if (made != CLQNN_OK) return made == CLQNN_UNSUPPORTED ? CLQ_CASE_SKIPPED : CLQ_CASE_BAD;
    void *const got = malloc(gemm.c_bytes > 0 ? gemm.c_bytes : 1);
    if (got == NULL) return clq_refused_call(CLQNN_OUT_OF_MEMORY, "malloc", message, capacity);
    const char *call = "";
    const plain_gemm plain = { .desc = &gemm.desc, .a = gemm.a, .a_bytes = gemm.a_bytes, .c = got, .c_bytes = gemm.c_bytes, .residual = gemm.residual,
                               .residual_bytes = gemm.residual_bytes, .row_scales = gemm.row_scales, .row_scale_bytes = gemm.row_scale_bytes };
    const clqnn_status status = plain_gemm_run(context, &plain, &call);
    clq_case_verdict verdict = CLQ_CASE_SAME;
    if (status != CLQNN_OK) {
        verdict = clq_refused_call(status, call, message, capacity);
    } else if (clq_case_compare(file, "y", got, message, capacity) != 0) {
        verdict = CLQ_CASE_DIFFERS;
    }
    free(got);
    return verdict;
}

const clq_operator clq_gemm_operator = {
    .name = "gemm",
    .variants = variants,
    .explain_parse = clq_gemm_explain_parse,
    .explain = clq_problem_explain,
    .explain_free = clq_problem_explain_free,
    .case_count = case_count,
    .case_run = case_run,
    .case_describe = case_describe,
    .case_write = case_write,
    .check = check,
};
