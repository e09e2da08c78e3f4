/* SPDX-License-Identifier: Apache-2.0 */
/* From a plan to launches: [pack b] then, for each slab of a's rows, [quantize | transpose] gemm [join], a range of all of a first. Most plans are one launch. */
#include <string.h>

#include "core/message.h"
#include "device/context.h"
#include "device/launch.h"
#include "device/opencl_error.h"
#include "device/region.h"
#include "gemm/gemm_family.h"
#include "gemm/gemm_plan.h"
#include "gemm/gemm_programs.h"
#include "gemm/gemm_units.h"

/* One call in progress. */
typedef struct gemm_call {
    const clqnn_gemm *plan;
    const clqnn_gemm_args *args;
    clq_launches launches;
    cl_event *event;
} gemm_call;

/* One launch's share of the product. */
typedef struct gemm_slab {
    int64_t first_row, rows;
    int64_t first_batch, batches;
    bool is_last;
} gemm_slab;

/* Rows of a matrix that is not transposed, where every batch starts at a row. */
static clq_footprint footprint_of(const clq_extent *extent, const clq_gemm_matrix *matrix, int64_t columns)
{
    const uint64_t size = clqnn_type_size(matrix->type);
    const int64_t leading = matrix->leading_dimension;
    const bool in_step = leading > 0 && !matrix->transposed && matrix->batch_stride[0] % leading == 0 && matrix->batch_stride[1] % leading == 0;
    return (clq_footprint){.extent = *extent, .period = in_step ? (uint64_t)leading * size : 0, .length = (uint64_t)columns * size};
}

static clqnn_status check_args(const clqnn_gemm *plan, const clqnn_gemm_args *args)
{
    const clq_gemm_problem *problem = &plan->problem;
    const uint64_t a_size = clqnn_type_size(problem->a.type), c_size = clqnn_type_size(problem->c.type);
    clq_extent a = {0}, b = {0}, c = {0}, workspace = {0};
    if (plan->a_span) CLQ_FORWARD(clq_region_check("a", &args->a, (uint64_t)plan->a_span * a_size, a_size, plan->context->cl, &a));
    if (plan->b_span && !plan->weights) CLQ_FORWARD(clq_region_check("b", &args->b, (uint64_t)plan->b_span, 1, plan->context->cl, &b));
    CLQ_FORWARD(clq_region_check("c", &args->c, (uint64_t)plan->c_span * c_size, c_size, plan->context->cl, &c));
    if (plan->workspace.total) CLQ_FORWARD(clq_region_check("workspace", &args->workspace, plan->workspace.total, 64, plan->context->cl, &workspace));
    const clq_footprint a_rows = footprint_of(&a, &problem->a, problem->k), c_rows = footprint_of(&c, &problem->c, problem->n);
    if (clq_footprints_meet(&a_rows, &c_rows)) return clq_fail(CLQNN_INVALID_ARGUMENT, "c overlaps a");
    if (clq_extents_overlap(&b, &c)) return clq_fail(CLQNN_INVALID_ARGUMENT, "c overlaps b");
    if (clq_extents_overlap(&workspace, &a) || clq_extents_overlap(&workspace, &b) || clq_extents_overlap(&workspace, &c)) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "workspace overlaps a, b or c");
    }
    return CLQNN_OK;
}

/* Sets the leading buffer arguments, then the params; launches. */
static clqnn_status launch(gemm_call *call, clq_gemm_kernel which, const cl_mem *buffers, cl_uint count, const void *params, size_t params_size,
                           const clq_geometry *geometry, bool is_last)
{
    cl_kernel kernel = call->plan->kernels[which];
    for (cl_uint i = 0; i < count; i++) CLQ_FORWARD_OPENCL("clSetKernelArg", clSetKernelArg(kernel, i, sizeof buffers[i], &buffers[i]));
    CLQ_FORWARD_OPENCL("clSetKernelArg", clSetKernelArg(kernel, count, params_size, params));
    return clq_launches_add(&call->launches, kernel, geometry->global, geometry->local, is_last, call->event);
}

static clq_geometry prepare_geometry(int64_t x, int64_t y, int64_t z)
{
    const int64_t local = (int64_t)clq_prepare_local[0];
    return (clq_geometry){.global = {(size_t)((x + local - 1) / local * local), (size_t)y, (size_t)z}, .local = {(size_t)local, 1, 1}};
}

static clqnn_status pack_b(gemm_call *call)
{
    const clqnn_gemm *plan = call->plan;
    const uint64_t base = call->args->workspace.offset;
    pack_params params = plan->pack;
    params.source_offset = call->args->b.offset;
    params.packed_offset = base + plan->workspace.packed_b;
    params.sums_offset = (base + plan->workspace.column_sums) / sizeof(cl_int);
    cl_mem workspace = call->args->workspace.memory;
    cl_mem source = plan->b_span ? call->args->b.memory : workspace;
    const cl_mem buffers[] = {source, workspace, workspace, plan->tables};
    const clq_geometry geometry = prepare_geometry(params.padded_n, plan->problem.batch[0] * plan->problem.batch[1], 1);
    return launch(call, CLQ_KERNEL_PACK, buffers, 4, &params, sizeof params, &geometry, false);
}

static void place_prepare(const gemm_call *call, const gemm_slab *slab, prepare_params *params)
{
    const clq_gemm_workspace *workspace = &call->plan->workspace;
    const uint64_t base = call->args->workspace.offset;
    *params = call->plan->prepare;
    params->source_offset = call->args->a.offset;
    params->ranges_offset = (base + workspace->ranges) / (2 * sizeof(cl_float));
    params->rows_offset = (base + workspace->rows) / (2 * sizeof(cl_int));
    params->target_offset = base + workspace->slab;
    params->first_batch = (clq_int)slab->first_batch;
}

/* One work-group for each row or set of rows. */
static clq_geometry row_geometry(const clqnn_gemm *plan, int64_t rows, int64_t batches)
{
    const size_t lanes = clq_prepare_lanes(&plan->context->capabilities);
    return (clq_geometry){.global = {lanes, (size_t)rows, (size_t)batches}, .local = {lanes, 1, 1}};
}

/* One range for a whole matrix a. */
static clqnn_status find_ranges(gemm_call *call, const gemm_slab *slab)
{
    const clqnn_gemm *plan = call->plan;
    prepare_params params;
    place_prepare(call, slab, &params);
    params.rows = (clq_int)slab->rows;
    params.slots = (clq_int)plan->workspace.range_slots;
    cl_mem workspace = call->args->workspace.memory;
    const cl_mem source[] = {plan->a_span ? call->args->a.memory : workspace, workspace}, both[] = {workspace, workspace};
    const clq_geometry wide = row_geometry(plan, params.slots, slab->batches), narrow = prepare_geometry(1, slab->batches, 1);
    CLQ_FORWARD(launch(call, CLQ_KERNEL_RANGES, source, 2, &params, sizeof params, &wide, false));
    return launch(call, CLQ_KERNEL_PARAMETERS, both, 2, &params, sizeof params, &narrow, false);
}

/* Fills the workspace's slab with 8-bit rows, and the rows table where each row has its own range (k of 0 too). */
static clqnn_status prepare_rows(gemm_call *call, const gemm_slab *slab)
{
    const clqnn_gemm *plan = call->plan;
    if (plan->problem.k == 0 && plan->problem.dynamic != CLQNN_DYNAMIC_PER_ROW) return CLQNN_OK;
    prepare_params params;
    place_prepare(call, slab, &params);
    params.source_offset += (uint64_t)slab->first_row * params.row_stride;
    params.rows = (clq_int)slab->rows;
    params.slots = (clq_int)slab->rows;
    cl_mem workspace = call->args->workspace.memory;
    cl_mem source = plan->a_span ? call->args->a.memory : workspace;
    if (plan->problem.dynamic == CLQNN_STATIC) {
        const clq_geometry geometry = prepare_geometry((plan->problem.k + 63) / 64, slab->rows, slab->batches);
        const cl_mem buffers[] = {source, workspace};
        return launch(call, CLQ_KERNEL_TRANSPOSE, buffers, 2, &params, sizeof params, &geometry, false);
    }
    const clq_geometry geometry = row_geometry(plan, slab->rows, slab->batches);
    const cl_mem buffers[] = {source, workspace, workspace};
    return launch(call, CLQ_KERNEL_QUANTIZE, buffers, 3, &params, sizeof params, &geometry, false);
}

/* The params of one slab: where its rows of a, c and the rows table are. */
static void place_gemm(const gemm_call *call, const gemm_slab *slab, gemm_params *params)
{
    const clqnn_gemm *plan = call->plan;
    const clq_gemm_workspace *workspace = &plan->workspace;
    const uint64_t base = call->args->workspace.offset;
    *params = plan->params;
    params->m = (clq_int)slab->rows;
    params->first_batch = (clq_int)slab->first_batch;
    params->a_offset = call->args->a.offset;
    params->c_offset = call->args->c.offset / clqnn_type_size(plan->problem.c.type) + (uint64_t)slab->first_row * params->c_row_stride;
    params->rows_offset += (uint64_t)slab->first_row * params->rows_row_step;
    if (!plan->weights) {
        params->b_offset = base + workspace->packed_b;
        params->column_sums_offset = (base + workspace->column_sums) / sizeof(cl_int);
    }
    if (clq_gemm_prepares_a(&plan->problem)) {
        const bool whole = slab->batches > 1;
        params->a_offset = base + workspace->slab;
        params->a_row_stride = (clq_ulong)workspace->slab_row_bytes;
        params->a_batch_stride[1] = whole ? (clq_ulong)(slab->rows * workspace->slab_row_bytes) : 0;
        params->a_batch_stride[0] = params->a_batch_stride[1] * (clq_ulong)plan->problem.batch[1];
    }
    if (plan->problem.dynamic != CLQNN_STATIC) {
        const bool per_row = plan->problem.dynamic == CLQNN_DYNAMIC_PER_ROW;
        params->rows_offset = (base + workspace->rows) / (2 * sizeof(cl_int));
        params->rows_row_step = per_row ? 1 : 0;
        params->rows_batch_step = slab->batches > 1 ? (clq_ulong)(per_row ? slab->rows : 1) : 0;
    }
    if (plan->variant->k_part) {
        const int64_t padded_n = clq_layout_padded_n(plan->variant->b_layout, plan->problem.n);
        params->partial_offset = (base + workspace->partials) / sizeof(cl_int);
        params->partial_plane = (clq_ulong)((slab->rows * (padded_n + 1) + 3) / 4 * 4);
    }
}

/* The product itself. A CPU variant's launches on an in-order queue are announced, so that no thread sleeps between them. */
static clqnn_status launch_product(gemm_call *call, const gemm_slab *slab, const cl_mem *buffers, gemm_params *params)
{
    clqnn_context *context = call->plan->context;
    const clq_gemm_variant *variant = call->plan->variant;
    const clq_gemm_problem sized = clq_gemm_at_least_one(&call->plan->problem);
    const cl_uint count = clq_gemm_buffer_count(variant);
    const bool is_last = slab->is_last && !variant->k_part;
    clq_geometry geometry = variant->geometry(&sized, &context->capabilities, slab->rows, slab->batches);
    for (int i = 0; i < 3; i++) params->units[i] = (clq_int)geometry.global[i];
    params->rows_first = 1;
    const clq_announcement announcement = clq_active_wait_announce(context, &call->launches, variant->counts_begun);
    params->counts_begun = announcement.is_counted;
    if (announcement.is_counted && variant->units) {
        const clq_units units = variant->units(&sized, &context->capabilities, slab->rows, slab->batches, announcement.is_followed);
        clq_units_share(context, call->launches.queue, &units, params, &geometry);
    }
    const clqnn_status status = launch(call, CLQ_KERNEL_GEMM, buffers, count, params, sizeof *params, &geometry, is_last);
    return clq_active_wait_launched(context, announcement, &geometry, status);
}

static clqnn_status multiply(gemm_call *call, const gemm_slab *slab)
{
    const clqnn_gemm *plan = call->plan;
    const clqnn_gemm_args *args = call->args;
    const bool prepared = clq_gemm_prepares_a(&plan->problem), split = plan->variant->k_part != NULL, dynamic = plan->problem.dynamic != CLQNN_STATIC;
    gemm_params params;
    place_gemm(call, slab, &params);
    cl_mem workspace = args->workspace.memory;
    cl_mem a = prepared ? workspace : plan->a_span ? args->a.memory : plan->tables;
    cl_mem b = !plan->weights ? workspace : plan->weights->packed ? plan->weights->packed : plan->tables;
    cl_mem seventh = split ? workspace : plan->context->wait.counters ? plan->context->wait.memory : plan->tables;
    const cl_mem buffers[] = {a, b, plan->tables, plan->weights ? plan->tables : workspace, dynamic ? workspace : plan->tables, args->c.memory, seventh};
    CLQ_FORWARD(launch_product(call, slab, buffers, &params));
    if (!split) return CLQNN_OK;
    const clq_gemm_problem sized = clq_gemm_at_least_one(&plan->problem);
    const clq_geometry join = plan->variant->join_geometry(&sized, &plan->context->capabilities, slab->rows, slab->batches);
    return launch(call, CLQ_KERNEL_JOIN, buffers, 7, &params, sizeof params, &join, slab->is_last);
}

/* All slabs of one group of batches. */
static clqnn_status run_batches(gemm_call *call, int64_t first_batch, int64_t batches, bool is_last)
{
    const clqnn_gemm *plan = call->plan;
    const bool per_tensor = plan->problem.dynamic == CLQNN_DYNAMIC_PER_TENSOR;
    const int64_t m = plan->problem.m, step = plan->workspace.slab_rows;
    if (per_tensor) CLQ_FORWARD(find_ranges(call, &(gemm_slab){.rows = m, .first_batch = first_batch, .batches = batches}));
    for (int64_t row = 0; row < m; row += step) {
        const int64_t rows = m - row < step ? m - row : step;
        const gemm_slab slab = {row, rows, first_batch, batches, is_last && row + rows == m};
        if (clq_gemm_prepares_a(&plan->problem)) CLQ_FORWARD(prepare_rows(call, &slab));
        CLQ_FORWARD(multiply(call, &slab));
    }
    return CLQNN_OK;
}

static clqnn_status run(gemm_call *call)
{
    const clqnn_gemm *plan = call->plan;
    const int64_t batches = plan->problem.batch[0] * plan->problem.batch[1], step = plan->workspace.slab_batches;
    if (!plan->weights) CLQ_FORWARD(pack_b(call));
    for (int64_t batch = 0; batch < batches; batch += step) CLQ_FORWARD(run_batches(call, batch, step, batch + step >= batches));
    return CLQNN_OK;
}

clqnn_status clq_gemm_launch(const clqnn_gemm *gemm, const clqnn_gemm_args *args, clq_launches *launches, cl_event *event)
{
    gemm_call call = {.plan = gemm, .args = args, .launches = *launches, .event = event};
    pthread_mutex_t *lock = (pthread_mutex_t *)(uintptr_t)&gemm->lock; /* the plan is immutable but for its kernels' arguments */
    pthread_mutex_lock(lock);
    const clqnn_status status = run(&call);
    pthread_mutex_unlock(lock);
    clq_launches_end(&call.launches);
    return status;
}

clqnn_status clqnn_gemm_enqueue(const clqnn_gemm *gemm, cl_command_queue queue, const clqnn_gemm_args *args, uint32_t wait_count, const cl_event *wait,
                                cl_event *event)
{
    if (event) *event = NULL;
    if (!gemm) return clq_fail(CLQNN_INVALID_ARGUMENT, "gemm is NULL");
    if (!args) return clq_fail(CLQNN_INVALID_ARGUMENT, "args is NULL");
    if (gemm->op) return clq_gemm_op_enqueue(gemm, queue, args, wait_count, wait, event);
    clq_launches launches;
    CLQ_FORWARD(clq_launches_begin(&launches, gemm->context->cl, gemm->context->device, queue, wait_count, wait));
    if (!gemm->tables) return clq_launches_nothing(&launches, event);
    CLQ_FORWARD(check_args(gemm, args));
    return clq_gemm_launch(gemm, args, &launches, event);
}

clqnn_status clq_gemm_chain(const clqnn_gemm *gemm, const clqnn_gemm_args *args, clq_gemm_chained *chained)
{
    *chained = (clq_gemm_chained){.kind = CHAIN_NOTHING};
    if (gemm->op) return clq_gemm_op_check_args(gemm, args);
    if (!gemm->tables) return CLQNN_OK;
    CLQ_FORWARD(check_args(gemm, args));
    if (gemm->variant->chain_kind == CHAIN_NOTHING || !gemm->weights || clq_gemm_prepares_a(&gemm->problem)) return CLQNN_OK;
    const clq_gemm_problem sized = clq_gemm_at_least_one(&gemm->problem);
    const int64_t batches = gemm->problem.batch[0] * gemm->problem.batch[1];
    const clq_units units = gemm->variant->units(&sized, &gemm->context->capabilities, gemm->problem.m, batches, true);
    const gemm_call whole = {.plan = gemm, .args = args};
    place_gemm(&whole, &(gemm_slab){.rows = gemm->problem.m, .batches = batches}, &chained->params);
    if (!clq_units_set(&units, &chained->params)) return CLQNN_OK;
    chained->kind = gemm->variant->chain_kind;
    cl_mem tables = gemm->tables;
    const cl_mem buffers[CHAIN_BUFFERS] = {gemm->a_span ? args->a.memory : tables, gemm->weights->packed ? gemm->weights->packed : tables, tables, tables, tables,
                                           args->c.memory};
    memcpy(chained->buffers, buffers, sizeof buffers);
    return CLQNN_OK;
}
