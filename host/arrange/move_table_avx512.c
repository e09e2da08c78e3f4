/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of bytes through the kernel that looks bytes up: requantized ones, and copies of what no cache holds, by a table that changes nothing, since that
 * kernel writes past the caches. */
#include <string.h>

#include "arrange/move_launch.h"
#include "pointwise/pointwise_programs.h"
#include "pointwise/table_problem.h"

#define LINE 64              /* bytes that the kernel makes at once; others one by one */
#define LONG_ROW 4096        /* bytes of a row whose unaligned ends do not matter */
#define STREAMED_BYTES 16777216.0

/* Whether jobs write whole lines past the caches. */
static bool streams(const clq_move_problem *move)
{
    if (move->bytes < 2.0 * STREAMED_BYTES) return false;
    for (int i = 0; i < move->job_count; i++) {
        const clq_nest nest = clq_move_row_nest(&move->jobs[i], move->element_bytes);
        bool is_aligned = move->jobs[i].y_first * (uint64_t)move->element_bytes % LINE == 0;
        for (int d = 0; d < OP_RANK - 1; d++) is_aligned = is_aligned && (nest.extent[d] == 1 || nest.stride[1][d] % LINE == 0);
        if (!is_aligned && nest.extent[OP_RANK - 1] < LONG_ROW) return false;
    }
    return true;
}

static const char *accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_move_problem *move = problem;
    bool has_map = false;
    (void)capabilities;
    if (!clq_move_is_rows(move)) return "the innermost elements are not contiguous in both tensors";
    for (int i = 0; i < move->job_count; i++) {
        const int64_t row = move->jobs[i].extent[OP_RANK - 1] * move->element_bytes;
        has_map = has_map || move->jobs[i].has_map;
        if (row < LINE || (row % LINE != 0 && row < LONG_ROW)) return "rows are not whole lines of 64 bytes";
    }
    return has_map || streams(move) ? NULL : "nothing is requantized, and the result fits a cache or does not begin at lines";
}

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_move_problem *move = problem;
    double seconds = 0;
    for (int i = 0; i < move->job_count; i++) {
        const clq_nest nest = clq_move_row_nest(&move->jobs[i], move->element_bytes);
        seconds += (double)nest.count / (double)nest.extent[OP_RANK - 1] * 10e-9 + (double)nest.count / (streams(move) ? 25e9 : 15e9);
    }
    return 10e-6 * move->job_count + seconds / (capabilities->compute_units ? (double)capabilities->compute_units : 1.0);
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_move_problem *move = problem;
    for (int i = 0; i < move->job_count; i++) {
        const clq_nest nest = clq_move_row_nest(&move->jobs[i], move->element_bytes);
        const int64_t chunk = clq_op_vector_chunk(nest.count, capabilities);
        const table_params params = {.nest = clq_op_nest(&nest, chunk), .streams = streams(move)};
        uint64_t same = 0;
        uint8_t *table = move->jobs[i].has_map ? NULL : clq_op_add_table(recipe, 256, &same);
        for (int value = 0; table && value < 256; value++) table[value] = (uint8_t)value;
        clq_op_step *step = table || move->jobs[i].has_map ? clq_move_step(move, i, recipe) : NULL;
        if (!step) return CLQNN_OUT_OF_MEMORY;
        step->kernel = CLQ_POINTWISE_TABLE;
        step->buffers[1] = CLQ_OP_TABLES;
        if (table) step->base[1] = same;
        clq_pointwise_geometry(step, &clq_pointwise_avx512_program, nest.count, chunk);
        memcpy(step->params, &params, sizeof params);
    }
    return CLQNN_OK;
}

const clq_op_variant clq_move_table_avx512 = {
    .name = "move_table_avx512",
    .summary = "rows of 64 bytes at a time by word permutations, past the caches where large; CPUs with AVX-512, rows of whole lines",
    .program = &clq_pointwise_avx512_program,
    .needs = CLQ_CAP_X86_AVX512,
    .counts_begun = true,
    .accepts = accepts,
    .cost = cost,
    .arrange = arrange,
};
