/* SPDX-License-Identifier: Apache-2.0 */
#include "bits/bits_pack_step.h"

#include <string.h>

#include "bits/bits_bound.h"
#include "bits/bits_family.h"

#define ALIGNMENT 64

typedef struct pack_sizes {
    uint64_t matrix_bytes, matrices, packed_bytes;   /* packed_bytes: of all, then the bases begin */
} pack_sizes;

/* Spans of at most 2^48 values: nothing overflows. */
static pack_sizes sizes_of(const clq_bits_problem *problem, const clq_bit_layout *layout)
{
    int64_t batch[2];
    pack_sizes sizes = {0};
    clq_bits_stored_batches(problem, batch);
    sizes.matrices = (uint64_t)(batch[0] * batch[1]);
    (void)layout->size(layout, &problem->shape, &sizes.matrix_bytes);
    sizes.packed_bytes = (sizes.matrix_bytes * sizes.matrices + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return sizes;
}

uint64_t clq_bits_pack_workspace(const clq_bits_problem *problem, const clq_bit_layout *layout)
{
    if (problem->b_constant) return 0;
    const pack_sizes sizes = sizes_of(problem, layout);
    return sizes.packed_bytes + sizes.matrices * clq_bits_table_plane(problem) * sizeof(uint32_t);
}

double clq_bits_pack_seconds(const clq_bits_problem *problem, const clq_capabilities *capabilities)
{
    const double words = (double)problem->n * (double)clq_bit_groups(problem->k) * problem->shape.planes * (double)(problem->batch[0] * problem->batch[1]);
    return problem->b_constant ? 0 : 10e-6 + words / ((capabilities->is_cpu ? 0.3e6 : 8e6) * (double)capabilities->clock_mhz * (double)capabilities->compute_units);
}

/* From where the product would read b in place to where it will read it. */
static void place_packing(const clq_bits_problem *problem, const clq_bit_layout *layout, const pack_sizes *sizes, const clq_op_step *product, clq_op_step *packing)
{
    const bits_params *in_place = (const bits_params *)product->params;
    const clq_bit_steps steps = clq_bit_panel_steps(layout, &problem->shape);
    int64_t batch[2];
    clq_bits_stored_batches(problem, batch);
    bits_pack_params params = {
        .from_column = in_place->b_column,
        .from_batch = {in_place->b_batch[0], in_place->b_batch[1]},
        .to_panel = steps.panel,
        .to_group = steps.group,
        .to_plane = steps.plane,
        .to_batch = sizes->matrix_bytes / sizeof(uint32_t),
        .bases_plane = clq_bits_table_plane(problem),
        .n = (clq_int)problem->n,
        .groups = in_place->groups,
        .planes = in_place->b_planes,
        .columns = (clq_int)clq_bit_room(problem->n),
        .inner_matrices = (clq_int)batch[1],
    };
    for (int i = 0; i < BITS_PLANES; i++) params.column_weights[i] = in_place->column_weights[i];
    memcpy(packing->params, &params, sizeof params);
    const uint8_t buffers[] = {product->buffers[1], product->buffers[2], CLQ_OP_WORKSPACE, CLQ_OP_WORKSPACE};
    memcpy(packing->buffers, buffers, sizeof buffers);
    packing->kernel = 1;
    packing->base[1] = product->base[2];
    packing->base[3] = sizes->packed_bytes;
    packing->global[0] = (size_t)params.columns;
    packing->global[1] = (size_t)sizes->matrices;
    packing->global[2] = 1;
}

clq_op_step *clq_bits_add_packed_step(const clq_bits_problem *problem, bool and_only, const clq_bit_layout *layout, clq_op_recipe *recipe)
{
    if (problem->b_constant) return clq_bits_add_step(problem, and_only, recipe);
    const size_t first = recipe->step_count;
    if (!clq_op_add_step(recipe)) return NULL;
    clq_op_step *product = clq_bits_add_step(problem, and_only, recipe);
    if (!product) return NULL;
    const pack_sizes sizes = sizes_of(problem, layout);
    place_packing(problem, layout, &sizes, product, &recipe->steps[first]);
    bits_params *params = (bits_params *)product->params;
    const clq_bit_steps steps = clq_bit_panel_steps(layout, &problem->shape);
    int64_t batch[2];
    clq_bits_stored_batches(problem, batch);
    params->b_panel = steps.panel;
    params->b_column = 1;
    params->b_group = steps.group;
    params->b_plane = steps.plane;
    params->has_column_sums = 0;
    for (int i = 0; i < 2; i++) {
        const uint64_t matrices = i == 0 ? (uint64_t)batch[1] : 1;
        params->b_batch[i] = batch[i] > 1 ? sizes.matrix_bytes / sizeof(uint32_t) * matrices : 0;
        params->base_batch[i] = batch[i] > 1 ? clq_bits_table_plane(problem) * matrices : 0;
    }
    product->buffers[1] = product->buffers[2] = CLQ_OP_WORKSPACE;
    product->base[1] = 0;
    product->base[2] = sizes.packed_bytes;
    return product;
}
_Static_assert(sizeof(bits_pack_params) <= CLQ_OP_PARAMS_WORDS * 8, "params fit");
