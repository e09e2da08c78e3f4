/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_programs.h"

#include <stdio.h>
#include <string.h>

#include "core/message.h"
#include "device/context.h"
#include "device/warm.h"

const size_t clq_prepare_local[3] = {16, 1, 1};

size_t clq_prepare_lanes(const clq_capabilities *capabilities)
{
    size_t lanes = 256;
    if (capabilities->is_cpu) return 1;
    while (lanes > 1 && lanes > capabilities->max_work_group) lanes /= 2;
    return lanes;
}

static const char *source_stem(const clq_gemm_variant *variant)
{
    return variant->source ? variant->source : variant->name;
}

void clq_gemm_program_source(const clq_gemm_variant *variant, clq_program_source *source)
{
    *source = (clq_program_source){.parts = {"prelude/types", "prelude/divide", "prelude/gemm_params", "prelude/gemm_batch"}, .defines = variant->defines};
    size_t count = 4;
    for (size_t i = 0; i < CLQ_GEMM_MAX_PARTS && variant->parts[i]; i++) source->parts[count++] = variant->parts[i];
    (void)snprintf(source->own_part, sizeof source->own_part, "gemm/%s", source_stem(variant));
}

static clqnn_status create_kernel(clqnn_gemm *plan, cl_program program, const char *name, const char *suffix, clq_gemm_kernel which)
{
    return clq_kernel_create(program, name, suffix, &plan->kernels[which]);
}

static clqnn_status get_gemm_program(clqnn_context *context, const clq_gemm_variant *variant, cl_program *program)
{
    const clq_gemm_problem smallest = {.m = 1, .n = 1, .k = 1, .batch = {1, 1}};
    const gemm_params nothing = {.inner_batches = 1, .k = 1, .k_part = 1};
    const char *stem = source_stem(variant);
    const bool split = variant->k_part != NULL;
    clq_program_source source;
    clq_gemm_program_source(variant, &source);
    clq_warm_list list = {.count = 0};
    clq_warm_add(&list, stem, "", clq_gemm_buffer_count(variant), &nothing, sizeof nothing, variant->geometry(&smallest, &context->capabilities, 1, 1).local);
    if (split) clq_warm_add(&list, stem, "_join", 7, &nothing, sizeof nothing, variant->join_geometry(&smallest, &context->capabilities, 1, 1).local);
    return clq_program_get(context, &source, clq_warm_run, &list, program);
}

static clqnn_status create_gemm_kernels(clqnn_gemm *plan)
{
    cl_program program = NULL;
    const char *stem = source_stem(plan->variant);
    CLQ_FORWARD(get_gemm_program(plan->context, plan->variant, &program));
    clqnn_status status = create_kernel(plan, program, stem, "", CLQ_KERNEL_GEMM);
    if (status == CLQNN_OK && plan->variant->k_part) status = create_kernel(plan, program, stem, "_join", CLQ_KERNEL_JOIN);
    clReleaseProgram(program);
    return status;
}

static clqnn_status get_pack_program(clqnn_context *context, const clq_layout *layout, cl_program *program)
{
    const pack_params nothing = {.inner_batches = 1};
    char defines[CLQ_KERNEL_NAME_CAPACITY];
    (void)snprintf(defines, sizeof defines, "-DPANEL=%d -DGROUP=%d -DELEMENT=%s", (int)layout->panel_n, (int)layout->group_k, layout->element_size == 1 ? "char" : "short");
    const clq_program_source source = {.parts = {"prelude/types", "prelude/prepare_params", "layout/pack_panels"}, .defines = defines};
    clq_warm_list list = {.count = 0};
    clq_warm_add(&list, "pack_panels", "", 4, &nothing, sizeof nothing, clq_prepare_local);
    return clq_program_get(context, &source, clq_warm_run, &list, program);
}

static clqnn_status create_pack_kernel(clqnn_gemm *plan)
{
    cl_program program = NULL;
    CLQ_FORWARD(get_pack_program(plan->context, plan->variant->b_layout, &program));
    const clqnn_status status = create_kernel(plan, program, "pack_panels", "", CLQ_KERNEL_PACK);
    clReleaseProgram(program);
    return status;
}

static clqnn_status get_prepare_program(clqnn_context *context, cl_program *program)
{
    const prepare_params nothing = {.inner_batches = 1};
    const size_t lanes[3] = {clq_prepare_lanes(&context->capabilities), 1, 1};
    char defines[CLQ_KERNEL_NAME_CAPACITY];
    (void)snprintf(defines, sizeof defines, "-DPREPARE_LANES=%d", (int)lanes[0]);
    const clq_program_source source = {.parts = {"prelude/types", "prelude/divide", "prelude/prepare_params", "quantize/prepare_a"}, .defines = defines};
    clq_warm_list list = {.count = 0};
    clq_warm_add(&list, "ranges", "", 2, &nothing, sizeof nothing, lanes);
    clq_warm_add(&list, "parameters", "", 2, &nothing, sizeof nothing, clq_prepare_local);
    clq_warm_add(&list, "quantize", "", 3, &nothing, sizeof nothing, lanes);
    clq_warm_add(&list, "transpose", "", 2, &nothing, sizeof nothing, clq_prepare_local);
    return clq_program_get(context, &source, clq_warm_run, &list, program);
}

static clqnn_status create_prepare_kernels(clqnn_gemm *plan)
{
    cl_program program = NULL;
    CLQ_FORWARD(get_prepare_program(plan->context, &program));
    clqnn_status status = CLQNN_OK;
    if (plan->problem.dynamic == CLQNN_STATIC) {
        status = create_kernel(plan, program, "transpose", "", CLQ_KERNEL_TRANSPOSE);
    } else {
        status = create_kernel(plan, program, "quantize", "", CLQ_KERNEL_QUANTIZE);
    }
    if (plan->problem.dynamic == CLQNN_DYNAMIC_PER_TENSOR) {
        if (status == CLQNN_OK) status = create_kernel(plan, program, "ranges", "", CLQ_KERNEL_RANGES);
        if (status == CLQNN_OK) status = create_kernel(plan, program, "parameters", "", CLQ_KERNEL_PARAMETERS);
    }
    clReleaseProgram(program);
    return status;
}

clqnn_status clq_gemm_create_kernels(clqnn_gemm *plan)
{
    if (plan->variant->counts_begun) CLQ_FORWARD(clq_active_wait_prepare(plan->context));
    CLQ_FORWARD(create_gemm_kernels(plan));
    if (!plan->weights) CLQ_FORWARD(create_pack_kernel(plan));
    return clq_gemm_prepares_a(&plan->problem) ? create_prepare_kernels(plan) : CLQNN_OK;
}

clqnn_status clq_gemm_warm(clqnn_context *context, const clq_gemm_variant *variant)
{
    cl_program program = NULL;
    CLQ_FORWARD(get_gemm_program(context, variant, &program));
    clReleaseProgram(program);
    CLQ_FORWARD(get_pack_program(context, variant->b_layout, &program));
    clReleaseProgram(program);
    CLQ_FORWARD(get_prepare_program(context, &program));
    clReleaseProgram(program);
    return CLQNN_OK;
}
