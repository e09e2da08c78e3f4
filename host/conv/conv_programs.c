/* SPDX-License-Identifier: Apache-2.0 */
#include "conv/conv_programs.h"

#include <stdio.h>

#include "core/message.h"
#include "device/context.h"
#include "device/warm.h"

static const char *source_stem(const clq_conv_variant *variant)
{
    return variant->source ? variant->source : variant->name;
}

void clq_conv_program_source(const clq_conv_variant *variant, clq_program_source *source)
{
    *source = (clq_program_source){.parts = {"prelude/types", "prelude/divide", "prelude/gemm_params", "prelude/conv_params", "prelude/conv_enter"},
                                   .defines = variant->defines};
    size_t count = 5;
    for (size_t i = 0; i < CLQ_CONV_MAX_PARTS && variant->parts[i]; i++) source->parts[count++] = variant->parts[i];
    (void)snprintf(source->own_part, sizeof source->own_part, "conv/%s", source_stem(variant));
}

static clqnn_status get_program(clqnn_context *context, const clq_conv_variant *variant, cl_program *program)
{
    const conv_params nothing = {.groups = 1, .output = {1, 1, 1}, .stride = {1, 1, 1}};
    const clq_conv_problem smallest = {
        .weights = {.groups = 1, .group_out = 1, .group_in = 1, .kernel = {1, 1, 1}},
        .batch = 1, .in_channels = 1, .out_channels = 1,
        .input = {1, 1, 1}, .output = {1, 1, 1}, .stride = {1, 1, 1}, .dilation = {1, 1, 1},
    };
    clq_program_source source;
    clq_conv_program_source(variant, &source);
    clq_warm_list list = {.count = 0};
    clq_warm_add(&list, source_stem(variant), "", clq_conv_buffer_count(variant), &nothing, sizeof nothing,
                 variant->geometry(&smallest, &context->capabilities).local);
    return clq_program_get(context, &source, clq_warm_run, &list, program);
}

clqnn_status clq_conv_warm(clqnn_context *context, const clq_conv_variant *variant)
{
    cl_program program = NULL;
    CLQ_FORWARD(get_program(context, variant, &program));
    clReleaseProgram(program);
    return CLQNN_OK;
}

clqnn_status clq_conv_create_kernel(clqnn_conv *plan)
{
    if (plan->variant->counts_begun) CLQ_FORWARD(clq_active_wait_prepare(plan->context));
    cl_program program = NULL;
    CLQ_FORWARD(get_program(plan->context, plan->variant, &program));
    const clqnn_status status = clq_kernel_create(program, source_stem(plan->variant), "", &plan->kernel);
    clReleaseProgram(program);
    return status;
}
