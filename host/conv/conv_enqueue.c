/* SPDX-License-Identifier: Apache-2.0 */
/* From a plan to its launch, behind one that prepares x where the variant needs it. */
#include <string.h>

#include "conv/conv_family_calls.h"
#include "conv/conv_plan.h"
#include "core/message.h"
#include "device/context.h"
#include "device/launch.h"
#include "device/opencl_error.h"
#include "device/region.h"
#include "gemm/gemm_plan.h"
#include "gemm/gemm_units.h"
#include "quantization/bit_form.h"

/* One call in progress. */
typedef struct conv_call {
    const clqnn_conv *plan;
    const clqnn_conv_args *args;
    clq_launches launches;
    cl_event *event;
} conv_call;

/* Of bit planes `count` is a multiple of 32. */
static uint64_t bytes_of(clqnn_type type, uint64_t count)
{
    return count * clqnn_type_bits(type) / 8;
}

/* Of a region's offset: elements, or words of bit planes. */
static uint64_t alignment_of(clqnn_type type)
{
    return clq_is_bits(type) ? sizeof(uint32_t) : clqnn_type_size(type);
}

static clq_footprint footprint_of(const clq_extent *extent, const clq_conv_image *image, int64_t given_channels, int64_t pixels)
{
    const int64_t channels = clq_is_bits(image->type) ? clq_bit_room(given_channels) : given_channels;
    const uint64_t batch = (uint64_t)image->batch_stride;
    const bool last = image->channel_step == 1 && image->step[2] > 1 && image->step[2] >= channels;
    const uint64_t step = (uint64_t)image->step[2], planes = (uint64_t)(channels - 1) * (uint64_t)image->channel_step + (uint64_t)pixels;
    if (!last) return (clq_footprint){.extent = *extent, .period = bytes_of(image->type, batch), .length = bytes_of(image->type, planes)};
    return (clq_footprint){.extent = *extent, .period = batch % step ? 0 : bytes_of(image->type, step), .length = bytes_of(image->type, (uint64_t)channels)};
}

static bool is_same_image(const clq_conv_image *a, const clq_conv_image *b)
{
    return clqnn_type_bits(a->type) == clqnn_type_bits(b->type) && a->batch_stride == b->batch_stride && a->channel_step == b->channel_step && memcmp(a->step, b->step, sizeof a->step) == 0;
}

static clqnn_status check_args(const clqnn_conv *plan, const clqnn_conv_args *args)
{
    const clq_conv_problem *problem = &plan->problem;
    const clqnn_type x_type = problem->x.type, y_type = problem->y.type, residual_type = problem->residual.type;
    const int64_t in_pixels = problem->input[0] * problem->input[1] * problem->input[2], out_pixels = clq_conv_pixels(problem);
    const uint64_t workspace_bytes = clqnn_conv_workspace_size(plan);
    clq_extent x = {0}, y = {0}, residual = {0}, workspace = {0};
    CLQ_FORWARD(clq_region_check("x", &args->x, bytes_of(x_type, (uint64_t)plan->x_span), alignment_of(x_type), plan->context->cl, &x));
    CLQ_FORWARD(clq_region_check("y", &args->y, bytes_of(y_type, (uint64_t)plan->y_span), alignment_of(y_type), plan->context->cl, &y));
    const clq_footprint x_bytes = footprint_of(&x, &plan->x, problem->in_channels, in_pixels);
    const clq_footprint y_bytes = footprint_of(&y, &problem->y, problem->out_channels, out_pixels);
    if (clq_footprints_meet(&x_bytes, &y_bytes)) return clq_fail(CLQNN_INVALID_ARGUMENT, "y overlaps x");
    if (workspace_bytes) CLQ_FORWARD(clq_region_check("workspace", &args->workspace, workspace_bytes, 64, plan->context->cl, &workspace));
    if (clq_extents_overlap(&workspace, &x) || clq_extents_overlap(&workspace, &y)) return clq_fail(CLQNN_INVALID_ARGUMENT, "workspace overlaps x or y");
    if (residual_type == CLQNN_TYPE_NONE) return CLQNN_OK;
    CLQ_FORWARD(clq_region_check("residual", &args->residual, bytes_of(residual_type, (uint64_t)plan->residual_span), alignment_of(residual_type), plan->context->cl,
                                 &residual));
    const clq_footprint residual_bytes = footprint_of(&residual, &problem->residual, problem->out_channels, out_pixels);
    if (clq_extents_overlap(&workspace, &residual)) return clq_fail(CLQNN_INVALID_ARGUMENT, "workspace overlaps residual");
    const bool is_y = residual.root == y.root && residual.begin == y.begin && is_same_image(&problem->residual, &problem->y);
    if (!is_y && clq_footprints_meet(&residual_bytes, &y_bytes)) return clq_fail(CLQNN_INVALID_ARGUMENT, "y overlaps residual, and is not the same tensor");
    return CLQNN_OK;
}

static clqnn_status launch(conv_call *call, const conv_params *params, const clq_geometry *geometry)
{
    const clqnn_conv *plan = call->plan;
    const clqnn_conv_args *args = call->args;
    const bool has_residual = plan->problem.residual.type != CLQNN_TYPE_NONE;
    const cl_mem x = plan->prepare ? args->workspace.memory : args->x.memory;
    cl_mem counters = plan->context->wait.counters ? plan->context->wait.memory : plan->constants;
    const cl_mem buffers[] = {x, plan->weights->packed, plan->constants, has_residual ? args->residual.memory : plan->constants, args->y.memory, counters};
    const cl_uint count = clq_conv_buffer_count(plan->variant);
    for (cl_uint i = 0; i < count; i++) CLQ_FORWARD_OPENCL("clSetKernelArg", clSetKernelArg(plan->kernel, i, sizeof buffers[i], &buffers[i]));
    CLQ_FORWARD_OPENCL("clSetKernelArg", clSetKernelArg(plan->kernel, count, sizeof *params, params));
    return clq_launches_add(&call->launches, plan->kernel, geometry->global, geometry->local, true, call->event);
}

/* Moves x into the workspace; the launches that follow wait for that. */
static clqnn_status prepare_x(conv_call *call)
{
    clq_launches *launches = &call->launches;
    const clqnn_region target = {call->args->workspace.memory, call->args->workspace.offset};
    const clqnn_op_args args = {.inputs = &call->args->x, .input_count = 1, .outputs = &target, .output_count = 1};
    cl_event moved = NULL;
    CLQ_FORWARD(clqnn_op_enqueue(call->plan->prepare, launches->queue, &args, launches->wait_count, launches->wait, launches->out_of_order ? &moved : NULL));
    launches->last = moved;
    launches->wait_count = moved ? 1 : 0;
    launches->wait = moved ? &launches->last : NULL;
    return CLQNN_OK;
}

static conv_params placed_params(const clqnn_conv *plan, const clqnn_conv_args *args)
{
    conv_params params = plan->params;
    params.x_offset = plan->prepare ? args->workspace.offset : args->x.offset;
    params.y_offset = args->y.offset / clqnn_type_size(plan->problem.y.type);
    params.residual_offset = plan->problem.residual.type != CLQNN_TYPE_NONE ? args->residual.offset : 0;
    return params;
}

/* A CPU variant's launches on an in-order queue are announced, so that no thread sleeps between them. */
static clqnn_status run(conv_call *call)
{
    const clqnn_conv *plan = call->plan;
    clqnn_context *context = plan->context;
    conv_params params = placed_params(plan, call->args);
    clq_geometry geometry = plan->variant->geometry(&plan->problem, &context->capabilities);
    for (int i = 0; i < 3; i++) params.product.units[i] = (clq_int)geometry.global[i];
    params.product.rows_first = 1;
    const clq_announcement announcement = clq_active_wait_announce(context, &call->launches, plan->variant->counts_begun);
    params.product.counts_begun = announcement.is_counted;
    if (announcement.is_counted && plan->variant->units) {
        const clq_units units = plan->variant->units(&plan->problem, &context->capabilities, announcement.is_followed);
        clq_units_share(context, call->launches.queue, &units, &params.product, &geometry);
    }
    return clq_active_wait_launched(context, announcement, &geometry, launch(call, &params, &geometry));
}

static clqnn_gemm_args product_args(const clqnn_conv_args *args)
{
    return (clqnn_gemm_args){.a = args->x, .c = args->y, .workspace = args->workspace, .residual = args->residual, .row_scales = args->row_scales};
}

clqnn_status clqnn_conv_enqueue(const clqnn_conv *conv, cl_command_queue queue, const clqnn_conv_args *args, uint32_t wait_count, const cl_event *wait,
                                cl_event *event)
{
    if (event) *event = NULL;
    if (!conv) return clq_fail(CLQNN_INVALID_ARGUMENT, "conv is NULL");
    if (!args) return clq_fail(CLQNN_INVALID_ARGUMENT, "args is NULL");
    if (conv->op) return clq_conv_family_enqueue(conv, queue, args, wait_count, wait, event);
    conv_call call = {.plan = conv, .args = args, .event = event};
    CLQ_FORWARD(clq_launches_begin(&call.launches, conv->context->cl, conv->context->device, queue, wait_count, wait));
    CLQ_FORWARD(check_args(conv, args));
    if (conv->product) {
        const clqnn_gemm_args product = product_args(args);
        if (conv->family) return clqnn_gemm_enqueue(conv->product, queue, &product, wait_count, wait, event);
        return clq_gemm_launch(conv->product, &product, &call.launches, event);
    }
    pthread_mutex_t *lock = (pthread_mutex_t *)(uintptr_t)&conv->lock; /* the plan is immutable but for its kernel's arguments */
    pthread_mutex_lock(lock);
    clqnn_status status = conv->prepare ? prepare_x(&call) : CLQNN_OK;
    if (status == CLQNN_OK) status = run(&call);
    pthread_mutex_unlock(lock);
    clq_launches_end(&call.launches);
    return status;
}

clqnn_status clq_conv_chain(const clqnn_conv *conv, const clqnn_conv_args *args, clq_conv_chained *chained)
{
    *chained = (clq_conv_chained){.kind = CHAIN_NOTHING};
    if (conv->op) return clq_conv_family_check_args(conv, args);
    CLQ_FORWARD(check_args(conv, args));
    if (conv->product) {
        const clqnn_gemm_args product = product_args(args);
        clq_gemm_chained of_product;
        CLQ_FORWARD(clq_gemm_chain(conv->product, &product, &of_product));
        chained->kind = of_product.kind;
        chained->params.product = of_product.params;
        memcpy(chained->buffers, of_product.buffers, sizeof chained->buffers);
        return CLQNN_OK;
    }
    if (conv->variant->chain_kind == CHAIN_NOTHING || conv->prepare) return CLQNN_OK;
    const clq_units units = conv->variant->units(&conv->problem, &conv->context->capabilities, true);
    chained->params = placed_params(conv, args);
    if (!clq_units_set(&units, &chained->params.product)) return CLQNN_OK;
    chained->kind = conv->variant->chain_kind;
    const bool has_residual = conv->problem.residual.type != CLQNN_TYPE_NONE;
    const cl_mem buffers[CHAIN_BUFFERS] = {args->x.memory, conv->weights->packed, conv->constants, has_residual ? args->residual.memory : conv->constants,
                                           args->y.memory};
    memcpy(chained->buffers, buffers, sizeof buffers);
    return CLQNN_OK;
}
