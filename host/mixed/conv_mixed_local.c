/* SPDX-License-Identifier: Apache-2.0 */
/* Convolutions of floats through local-memory tiles of GPUs: one kernel, a row for what it sums in, as gemm_mixed_local.c. */
#include "gemm/gpu_cost.h"
#include "mixed/conv_mixed_problem.h"

#define ITEMS 256
#define TILE 64
#define TILE_K 16
#define FMA_RATE 64.0            /* a clock and compute unit; what a row reaches of it is its efficiency, halves count twice */
#define LAUNCH_SECONDS 5e-6
#define CPU_LAUNCH_SECONDS 100e-6
#define CPU_PRODUCTS 1e8         /* a second: behind every kernel made for CPUs */

static int64_t tiles(int64_t extent)
{
    return (extent + TILE - 1) / TILE;
}

static const char *refuses(clqnn_accumulation sums, const clq_conv_mixed_problem *problem, const clq_capabilities *capabilities)
{
    const char *refusal = clq_gpu_refusal(capabilities, ITEMS, (uint64_t)(2 * TILE_K * (TILE + 1)) * sizeof(float));
    if (refusal) return refusal;
    if (problem->conv.weights.group_in == 1 && problem->conv.weights.groups > 1) return "its groups must have more than one input channel";
    return clq_conv_mixed_refuses_sums(problem, &clq_layout_float_rows, sums);
}

static double seconds_of(double efficiency, const clq_conv_mixed_problem *problem, const clq_capabilities *capabilities)
{
    const clq_conv_problem *conv = &problem->conv;
    if (!capabilities->is_gpu) return CPU_LAUNCH_SECONDS + clq_conv_products(conv) / CPU_PRODUCTS;
    const int64_t groups = tiles(clq_conv_pixels(conv)) * tiles(conv->weights.group_out) * conv->batch * conv->weights.groups;
    const int64_t units = capabilities->compute_units ? capabilities->compute_units : 1;
    const double rounds = (double)((groups + units - 1) / units), clock = capabilities->clock_mhz ? capabilities->clock_mhz * 1e6 : 1e9;
    return LAUNCH_SECONDS + rounds * TILE * TILE * (double)problem->form.k / (FMA_RATE * efficiency * clock);
}

static clqnn_status arrange(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    (void)capabilities;
    const clq_conv_mixed_problem *problem = given;
    clq_op_step *step = clq_conv_mixed_add_step(problem, recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->global[0] = (size_t)tiles(problem->conv.weights.group_out) * ITEMS;
    step->global[1] = (size_t)tiles(clq_conv_pixels(&problem->conv));
    step->global[2] = (size_t)(problem->conv.batch * problem->conv.weights.groups);
    return CLQNN_OK;
}

#define ROW(id, sums, part, capability, efficiency)                                                                                     \
    static const char *id##_accepts(const void *problem, const clq_capabilities *capabilities)                                          \
    {                                                                                                                                   \
        return refuses(sums, problem, capabilities);                                                                                    \
    }                                                                                                                                   \
    static double id##_cost(const void *problem, const clq_capabilities *capabilities)                                                  \
    {                                                                                                                                   \
        return seconds_of(efficiency, problem, capabilities);                                                                           \
    }                                                                                                                                   \
    static const clq_op_program id##_program = {                                                                                        \
        .parts = {"prelude/float_types", "mixed/mixed_params", "mixed/conv_mixed_params", "mixed/mixed_element", "mixed/mixed_store",   \
                  "mixed/conv_tap_position", "mixed/" part, "mixed/chosen_sum", "mixed/conv_mixed_local"},                                                  \
        .defines = "-DITEM_ROWS=4 -DITEM_COLUMNS=4",                                                                                    \
        .kernels = {{"conv_mixed_local", 5, sizeof(conv_mixed_params), {ITEMS, 1, 1}}},                                                 \
    };                                                                                                                                  \
    const clq_conv_mixed_variant clq_conv_mixed_##id = {                                                                                \
        .op = {.name = "conv_mixed_" #id, .summary = "64 pixels x 64 channels by a work-group, through local memory, " part, .program = &id##_program, \
               .needs = (capability), .accepts = id##_accepts, .cost = id##_cost, .arrange = arrange},                                  \
        .layout = &clq_layout_float_rows,                                                                                               \
    }

ROW(local, CLQNN_ACCUMULATE_F32, "local_sums_f32", 0, 0.4);
ROW(local_f16, CLQNN_ACCUMULATE_F16, "local_sums_f16", CLQ_CAP_FP16, 0.6);
