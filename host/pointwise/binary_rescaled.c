/* SPDX-License-Identifier: Apache-2.0 */
/* Two variants of one kernel, that differ in the width of a register. */
#include <stdlib.h>
#include <string.h>

#include "pointwise/binary_fit.h"
#include "pointwise/pointwise_programs.h"

#include "pointwise/binary_rescaled_params.cl"

_Static_assert(sizeof(binary_rescaled_params) <= CLQ_OP_PARAMS_WORDS * 8, "the params fit a step");

/* Results and what fits them. NULL, or the reason why there is none; `results` is the caller's. */
static const char *fit_results(const clq_binary_problem *binary, uint8_t *results, clq_binary_fit *fit)
{
    const binary_params scalars = clq_binary_scalars(binary);
    clq_binary_fill_results(binary, &scalars, results);
    const bool fits = binary->desc.kind == CLQNN_MUL ? clq_binary_fit_product(&binary->desc, &scalars, results, fit)
                                                     : clq_binary_fit_sum(&binary->desc, &scalars, results, fit);
    return fits ? NULL : "the scales lie so far apart that 32 bits do not hold the sums";
}

static const char *fixed_accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_binary_problem *binary = problem;
    clq_binary_fit fit;
    (void)capabilities;
    if (binary->desc.rounding == CLQNN_FLOAT_EVEN) return "the rounding is not a fixed-point rule";
    uint8_t *results = malloc(CLQ_BINARY_PAIRS);
    if (!results) return "no memory for the results of all pairs of bytes";
    const char *reason = fit_results(binary, results, &fit);
    free(results);
    return reason;
}

/* Float rules too, where all pairs fit: division does the others. */
static const char *any_accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_binary_problem *binary = problem;
    clq_binary_fit fit;
    if (binary->desc.rounding != CLQNN_FLOAT_EVEN) return fixed_accepts(problem, capabilities);
    if (binary->desc.kind > CLQNN_MUL) return "kind is min or max";
    uint8_t *results = malloc(CLQ_BINARY_PAIRS);
    if (!results) return "no memory for the results of all pairs of bytes";
    const char *reason = fit_results(binary, results, &fit);
    free(results);
    return reason ? reason : fit.is_exact ? NULL : "no factors fit the results of all pairs of bytes";
}

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_binary_problem *binary = problem;
    return 10e-6 + (double)binary->nest.count / (7e9 * capabilities->compute_units);
}

static double wide_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_binary_problem *binary = problem;
    return 10e-6 + (double)binary->nest.count / (9e9 * capabilities->compute_units);
}

/* A word for two factors: bits of a's in the lower half. */
static clq_int two_words(int32_t a, int32_t b)
{
    return (clq_int)(((uint32_t)a & 0xffff) | (uint32_t)b << 16);
}

static int32_t floor_part(int32_t factor)
{
    const int32_t unit = 1 << RESCALED_FACTOR_BITS;
    return factor >= 0 ? factor / unit : -((unit - 1 - factor) / unit);
}

static void fill_params(const clq_binary_fit *fit, binary_rescaled_params *params)
{
    const int32_t a = floor_part(fit->a_factor), b = floor_part(fit->b_factor), unit = 1 << RESCALED_FACTOR_BITS;
    params->factors_high = two_words(a, b);
    params->factors_low = two_words(fit->a_factor - a * unit, fit->b_factor - b * unit);
    params->shift = fit->shift;
    params->factor = fit->factor;
    params->offset_sign = fit->offset_takes_sign ? INT32_MIN : 0;
    params->is_fitted = fit->is_exact;
    memcpy(params->terms, fit->terms, sizeof params->terms);
    memcpy(params->offsets, fit->offsets, sizeof params->offsets);
}

/* y for the bytes of a and b: as they are in memory. */
static void fill_table(const binary_params *scalars, const uint8_t *results, uint8_t *table)
{
    for (int a = 0; a < 256; a++) {
        for (int b = 0; b < 256; b++) table[a * 256 + b] = results[(a ^ scalars->a_flip) * 256 + (b ^ scalars->b_flip)] ^ (uint8_t)scalars->y_flip;
    }
}

static clqnn_status add_fitted_step(const clq_binary_problem *binary, const clq_op_program *program, int64_t chunk, const uint8_t *results,
                                    const clq_binary_fit *fit, clq_op_recipe *recipe)
{
    binary_rescaled_params params = {.base = clq_binary_scalars(binary)};
    uint64_t offset = 0;
    if (!fit->is_exact) {
        uint8_t *table = clq_op_add_table(recipe, CLQ_BINARY_PAIRS, &offset);
        if (!table) return CLQNN_OUT_OF_MEMORY;
        fill_table(&params.base, results, table);
    }
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    params.base.nest = clq_op_nest(&binary->nest, chunk);
    fill_params(fit, &params);
    step->kernel = CLQ_POINTWISE_RESCALED;
    step->buffers[0] = CLQ_OP_INPUT;
    step->buffers[1] = CLQ_OP_INPUT + 1;
    step->buffers[2] = fit->is_exact ? CLQ_OP_INPUT : CLQ_OP_TABLES; /* something, where nothing is read */
    step->buffers[3] = CLQ_OP_OUTPUT;
    step->base[2] = offset;
    memcpy(step->params, &params, sizeof params);
    clq_pointwise_geometry(step, program, binary->nest.count, chunk);
    return CLQNN_OK;
}

static clqnn_status arrange_with(const clq_binary_problem *binary, const clq_op_program *program, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    clq_binary_fit fit;
    uint8_t *results = malloc(CLQ_BINARY_PAIRS);
    if (!results) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for the results of all pairs of bytes");
    const char *reason = fit_results(binary, results, &fit);
    const int64_t chunk = clq_op_vector_chunk(binary->nest.count, capabilities);
    const clqnn_status status = reason ? clq_fail(CLQNN_UNSUPPORTED, "%s", reason) : add_fitted_step(binary, program, chunk, results, &fit, recipe);
    free(results);
    return status;
}

static clqnn_status arrange_avx2(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    return arrange_with(problem, &clq_pointwise_avx2_program, capabilities, recipe);
}

static clqnn_status arrange_avx512(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    return arrange_with(problem, &clq_pointwise_avx512_program, capabilities, recipe);
}

const clq_op_variant clq_binary_rescaled_avx2 = {
    .name = "binary_rescaled_avx2",
    .summary = "sums and products by factors fitted to the results of all pairs of bytes, 32 elements at a time; CPUs with AVX2",
    .program = &clq_pointwise_avx2_program,
    .needs = CLQ_CAP_X86_AVX2,
    .counts_begun = true,
    .accepts = any_accepts,
    .cost = cost,
    .arrange = arrange_avx2,
};

const clq_op_variant clq_binary_rescaled_avx512 = {
    .name = "binary_rescaled_avx512",
    .summary = "binary_rescaled_avx2 for the fixed-point rules, 64 elements at a time; CPUs with AVX-512",
    .program = &clq_pointwise_avx512_program,
    .needs = CLQ_CAP_X86_AVX512,
    .counts_begun = true,
    .accepts = fixed_accepts,
    .cost = wide_cost,
    .arrange = arrange_avx512,
};
