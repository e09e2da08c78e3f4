/* SPDX-License-Identifier: Apache-2.0 */
#include "layer_problem.h"

#include <string.h>

#define INPUT_BYTES 32768
#define BLOB_BYTES 16384

const clq_layer_problem clq_layer_problems[] = {
    {.name = "constant weights", .m = 5, .n = 33, .k = 19, .launches = 1},
    {.name = "b at run time", .m = 5, .n = 33, .k = 19, .runtime_b = true, .launches = 2},
    {.name = "transposed a", .m = 5, .n = 33, .k = 19, .transposed_a = true, .launches = 2, .tried_cold = true},
    {.name = "dynamic per row", .m = 5, .n = 33, .k = 19, .dynamic = CLQNN_DYNAMIC_PER_ROW, .launches = 2},
    {.name = "dynamic per tensor, b at run time", .m = 5, .n = 33, .k = 19, .runtime_b = true, .dynamic = CLQNN_DYNAMIC_PER_TENSOR, .launches = 5},
    {.name = "floats", .floats = true, .m = 5, .n = 33, .k = 19, .launches = 1},
    {.name = "floats, b at run time", .floats = true, .m = 5, .n = 33, .k = 19, .runtime_b = true, .transposed_a = true, .launches = 1},
    {.name = "floats in a sequence", .floats = true, .sequence = true, .variant = "gemm_mixed_portable", .m = 5, .n = 33, .k = 19, .launches = 2},
    {.name = "bits", .bits = true, .m = 5, .n = 33, .k = 64, .launches = 1},
    {.name = "bits, b at run time", .bits = true, .variant = "gemm_bits_portable", .m = 5, .n = 33, .k = 64, .runtime_b = true, .launches = 1},
    {.name = "convolution of bits", .bits = true, .convolution = true, .m = 9, .n = 18, .k = 64, .taps = 3, .launches = 1},
    {.name = "split k", .variant = "gemm_i8_split_k", .m = 3, .n = 17, .k = 700, .launches = 2, .tried_cold = true},
    {.name = "convolution", .convolution = true, .m = 9, .n = 18, .k = 5, .taps = 3, .launches = 1, .tried_cold = true},
    {.name = "convolution, x prepared", .convolution = true, .variant = "conv_i8_vec16", .channels_first = true, .m = 9, .n = 18, .k = 5, .taps = 3, .launches = 2},
    {.name = "convolution as a product", .convolution = true, .m = 9, .n = 18, .k = 5, .taps = 1, .launches = 1},
    {.name = "conversion", .conversion = true, .variant = "convert_portable", .m = 9, .n = 18, .launches = 1, .tried_cold = true},
    {.name = "sequence", .sequence = true, .m = 5, .n = 33, .k = 19, .launches = 2, .tried_cold = true},
    {.name = "sequence on any device", .sequence = true, .variant = "gemm_i8_portable", .m = 5, .n = 33, .k = 19, .launches = 2},
    {.name = "nothing to do", .m = 0, .n = 33, .k = 19, .launches = 0},
};
const unsigned clq_layer_problem_count = sizeof clq_layer_problems / sizeof clq_layer_problems[0];

/* Bytes that are finite floats of ordinary size, too, when read as f32. */
static const unsigned char *input(void)
{
    static unsigned char bytes[INPUT_BYTES];
    if (bytes[3] == 0) {
        uint32_t state = 7;
        for (size_t i = 0; i < sizeof bytes; i++) {
            state = state * 1664525u + 1013904223u;
            bytes[i] = i % 4 == 3 ? (unsigned char)(state & 1u << 31 ? 0xbf : 0x3f) : (unsigned char)(state >> 24);
        }
    }
    return bytes;
}

/* Bytes of `count` elements. */
static uint64_t bytes_of(clqnn_type type, int64_t count)
{
    return (uint64_t)count * clqnn_type_bits(type) / 8;
}

/* A residual where there is more than one tap, but not of bits. */
static clqnn_conv_desc describe_convolution(const clq_layer_problem *problem, clqnn_conv_weights *weights)
{
    static const float scale = 0.25f;
    static const int32_t zero_point = 3;
    const clqnn_quantization quantization = {.scales = &scale, .scale_count = 1, .zero_points = &zero_point, .zero_point_count = 1}, none = {0};
    const bool has_residual = problem->taps > 1 && !problem->bits;
    clqnn_conv_desc desc = {
        .struct_size = sizeof(clqnn_conv_desc),
        .spatial_rank = 1,
        .in_channels = problem->k,
        .out_channels = problem->n,
        .input = {problem->m},
        .kernel = {problem->taps},
        .pad_begin = {(problem->taps - 1) / 2},
        .pad_end = {problem->taps / 2},
        .x = {.type = CLQNN_U8, .layout = problem->channels_first ? CLQNN_CHANNELS_FIRST : CLQNN_CHANNELS_LAST, .quantization = quantization},
        .y = {.type = CLQNN_U8, .quantization = quantization},
        .residual = {.type = has_residual ? CLQNN_U8 : CLQNN_TYPE_NONE, .quantization = has_residual ? quantization : none},
        .sum_quantization = has_residual ? quantization : none,
        .weight_type = CLQNN_S8,
        .weight_quantization = quantization,
        .weight_data = weights ? NULL : input(),
        .weights = weights,
        .variant = problem->variant,
    };
    if (!problem->bits) return desc;
    desc.x = (clqnn_conv_tensor){.type = CLQNN_B1};
    desc.y.type = CLQNN_S8;
    desc.weight_type = CLQNN_B1;
    desc.weight_quantization = none;
    return desc;
}

static clqnn_gemm_desc describe_floats(const clq_layer_problem *problem, clqnn_gemm_weights *weights)
{
    return (clqnn_gemm_desc){
        .struct_size = sizeof(clqnn_gemm_desc),
        .m = problem->m,
        .n = problem->n,
        .k = problem->k,
        .a = {.type = CLQNN_F32, .transposed = problem->transposed_a},
        .b = {.type = CLQNN_F32},
        .c = {.type = CLQNN_F32},
        .b_data = problem->runtime_b || weights ? NULL : input(),
        .weights = weights,
        .bias = input(),
        .bias_type = CLQNN_F32,
        .residual = {.type = CLQNN_F32},
        .activation = CLQNN_TANH,
        .variant = problem->variant,
    };
}

static clqnn_gemm_desc describe_bits(const clq_layer_problem *problem, clqnn_gemm_weights *weights)
{
    return (clqnn_gemm_desc){
        .struct_size = sizeof(clqnn_gemm_desc),
        .m = problem->m,
        .n = problem->n,
        .k = problem->k,
        .a = {.type = CLQNN_B1},
        .b = {.type = CLQNN_B1, .transposed = 1},
        .c = {.type = CLQNN_F32},
        .b_data = problem->runtime_b || weights ? NULL : input(),
        .weights = weights,
        .bias = input(),
        .bias_type = CLQNN_F32,
        .residual = {.type = CLQNN_F32},
        .has_row_scales = 1,
        .variant = problem->variant,
    };
}

static clqnn_gemm_desc describe(const clq_layer_problem *problem, clqnn_gemm_weights *weights)
{
    if (problem->floats) return describe_floats(problem, weights);
    if (problem->bits) return describe_bits(problem, weights);
    static const float scale = 0.25f;
    static const int32_t zero_point = 3;
    const bool dynamic = problem->dynamic != CLQNN_STATIC;
    const clqnn_quantization quantization = {.scales = &scale, .scale_count = 1, .zero_points = &zero_point, .zero_point_count = 1};
    const clqnn_quantization none = {0};
    return (clqnn_gemm_desc){
        .struct_size = sizeof(clqnn_gemm_desc),
        .m = problem->m,
        .n = problem->n,
        .k = problem->k,
        .a = {.type = dynamic ? CLQNN_F32 : CLQNN_U8, .transposed = problem->transposed_a, .quantization = dynamic ? none : quantization},
        .b = {.type = CLQNN_S8, .quantization = quantization},
        .c = {.type = dynamic ? CLQNN_F32 : CLQNN_S32},
        .b_data = problem->runtime_b || weights ? NULL : input(),
        .weights = weights,
        .dynamic = problem->dynamic,
        .variant = problem->variant,
    };
}

bool clq_layer_problem_fits(clqnn_context *context, const clq_layer_problem *problem)
{
    const clqnn_conv_desc desc = describe_convolution(problem, NULL);
    clqnn_conv_info info;
    return !problem->convolution || clqnn_conv_query(context, &desc, &info) != CLQNN_UNSUPPORTED;
}

static clqnn_status make_region(clqnn_context *context, uint64_t bytes, const void *data, clqnn_region *region)
{
    if (bytes == 0) return CLQNN_OK;
    const clqnn_status status = clqnn_buffer_create(context, bytes, &region->memory);
    return status == CLQNN_OK && data ? clqnn_upload(context, region->memory, 0, data, bytes) : status;
}

static clqnn_status begin_convolution(clq_layer_call *call, const clq_layer_problem *problem, clqnn_conv_weights *weights)
{
    const clqnn_conv_desc desc = describe_convolution(problem, weights);
    call->c_bytes = (uint64_t)(problem->m * problem->n);
    clqnn_status status = clqnn_conv_create(call->context, &desc, &call->conv);
    if (status == CLQNN_OK) status = make_region(call->context, bytes_of(desc.x.type, problem->m * problem->k), input(), &call->args.a);
    if (status == CLQNN_OK && desc.residual.type != CLQNN_TYPE_NONE) status = make_region(call->context, call->c_bytes, input(), &call->args.b);
    if (status == CLQNN_OK) status = make_region(call->context, call->c_bytes, NULL, &call->args.c);
    if (status == CLQNN_OK) status = make_region(call->context, clqnn_conv_workspace_size(call->conv), NULL, &call->args.workspace);
    return status;
}

static clqnn_status begin_conversion(clq_layer_call *call, const clq_layer_problem *problem)
{
    static const float scales[32] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5f, 0.5f};
    const clqnn_convert_desc desc = {
        .struct_size = sizeof desc,
        .x = {.type = CLQNN_F32, .rank = 2, .shape = {problem->m, problem->n}},
        .y = {.type = CLQNN_U8, .rank = 2, .shape = {problem->m, problem->n}, .axis = 1, .quantization = {.scales = scales, .scale_count = problem->n}},
        .variant = problem->variant,
    };
    call->c_bytes = (uint64_t)(problem->m * problem->n);
    clqnn_status status = clqnn_convert_create(call->context, &desc, &call->op);
    if (status == CLQNN_OK) status = make_region(call->context, call->c_bytes * sizeof(float), input(), &call->args.a);
    if (status == CLQNN_OK) status = make_region(call->context, call->c_bytes, NULL, &call->args.c);
    return status;
}

clqnn_status clq_layer_call_begin(clq_layer_call *call, clqnn_context *context, const clq_layer_problem *problem, const clq_layer_weights *weights)
{
    *call = (clq_layer_call){.context = context};
    if (problem->conversion) return begin_conversion(call, problem);
    if (problem->convolution) return begin_convolution(call, problem, weights ? weights->conv : NULL);
    const clqnn_gemm_desc desc = describe(problem, weights ? weights->gemm : NULL);
    const bool has_residual = desc.residual.type != CLQNN_TYPE_NONE;
    call->c_bytes = (uint64_t)(problem->m * problem->n) * clqnn_type_size(desc.c.type);
    clqnn_status status = clqnn_gemm_create(context, &desc, &call->gemm);
    if (status == CLQNN_OK) status = make_region(context, bytes_of(desc.a.type, problem->m * problem->k), input(), &call->args.a);
    if (status == CLQNN_OK && problem->runtime_b) status = make_region(context, bytes_of(desc.b.type, problem->k * problem->n), input(), &call->args.b);
    if (status == CLQNN_OK && has_residual) status = make_region(context, call->c_bytes, input(), &call->args.residual);
    if (status == CLQNN_OK && desc.has_row_scales) status = make_region(context, (uint64_t)problem->m * sizeof(float), input(), &call->args.row_scales);
    if (status == CLQNN_OK) status = make_region(context, call->c_bytes, NULL, &call->args.c);
    if (status == CLQNN_OK) status = make_region(context, clqnn_gemm_workspace_size(call->gemm), NULL, &call->args.workspace);
    const clqnn_step twice[] = {{.gemm = call->gemm, .gemm_args = &call->args}, {.gemm = call->gemm, .gemm_args = &call->args}};
    if (status == CLQNN_OK && problem->sequence) status = clqnn_sequence_create(context, twice, 2, &call->sequence);
    return status;
}

clqnn_status clq_layer_call_enqueue(const clq_layer_call *call, struct _cl_command_queue *queue, struct _cl_event **event)
{
    const clqnn_op_args op_args = {.inputs = &call->args.a, .outputs = &call->args.c, .input_count = 1, .output_count = 1};
    if (call->sequence) return clqnn_sequence_enqueue(call->sequence, queue, 0, NULL, event);
    if (call->op) return clqnn_op_enqueue(call->op, queue, &op_args, 0, NULL, event);
    if (!call->conv) return clqnn_gemm_enqueue(call->gemm, queue, &call->args, 0, NULL, event);
    const clqnn_conv_args args = {.x = call->args.a, .y = call->args.c, .residual = call->args.b, .workspace = call->args.workspace};
    return clqnn_conv_enqueue(call->conv, queue, &args, 0, NULL, event);
}

void clq_layer_call_end(clq_layer_call *call)
{
    clqnn_sequence_destroy(call->sequence);
    clqnn_buffer_release(call->args.a.memory);
    clqnn_buffer_release(call->args.b.memory);
    clqnn_buffer_release(call->args.c.memory);
    clqnn_buffer_release(call->args.workspace.memory);
    clqnn_buffer_release(call->args.residual.memory);
    clqnn_buffer_release(call->args.row_scales.memory);
    clqnn_gemm_destroy(call->gemm);
    clqnn_conv_destroy(call->conv);
    clqnn_op_destroy(call->op);
    *call = (clq_layer_call){0};
}

clqnn_status clq_layer_multiply(clqnn_context *context, const clq_layer_problem *problem, const clq_layer_weights *weights,
                                unsigned char output[CLQ_LAYER_OUTPUT_BYTES])
{
    clq_layer_call call;
    struct _cl_command_queue *queue = NULL;
    memset(output, 0, CLQ_LAYER_OUTPUT_BYTES);
    clqnn_status status = clq_layer_call_begin(&call, context, problem, weights);
    if (status == CLQNN_OK) status = clqnn_default_queue(context, &queue);
    if (status == CLQNN_OK) status = clq_layer_call_enqueue(&call, queue, NULL);
    if (status == CLQNN_OK) status = clqnn_finish(context);
    if (status == CLQNN_OK && call.c_bytes) status = clqnn_download(context, call.args.c.memory, 0, output, call.c_bytes);
    clq_layer_call_end(&call);
    return status;
}

/* What was unpacked goes to the end of the output. */
static clqnn_status round_trip_gemm(clqnn_context *context, const clq_layer_problem *problem, unsigned char *blob, unsigned char *output)
{
    const clqnn_gemm_desc desc = describe(problem, NULL);
    clqnn_gemm_weights *packed = NULL;
    clq_layer_weights copy = {0};
    size_t size = 0;
    const size_t dense = (size_t)bytes_of(desc.b.type, problem->n * problem->k);
    clqnn_status status = clqnn_gemm_pack(context, &desc, &packed);
    if (status == CLQNN_OK) status = clqnn_gemm_weights_serialize(packed, blob, BLOB_BYTES, &size);
    if (status == CLQNN_OK) status = clqnn_gemm_weights_deserialize(context, blob, size, &copy.gemm);
    if (status == CLQNN_OK) status = clq_layer_multiply(context, problem, &copy, output);
    if (status == CLQNN_OK) status = clqnn_gemm_weights_unpack(copy.gemm, output + CLQ_LAYER_OUTPUT_BYTES - dense, dense);
    clqnn_gemm_weights_release(copy.gemm);
    clqnn_gemm_weights_release(packed);
    return status;
}

static clqnn_status round_trip_convolution(clqnn_context *context, const clq_layer_problem *problem, unsigned char *blob, unsigned char *output)
{
    const clqnn_conv_desc desc = describe_convolution(problem, NULL);
    clqnn_conv_weights *packed = NULL;
    clq_layer_weights copy = {0};
    size_t size = 0;
    const size_t dense = (size_t)bytes_of(desc.weight_type, problem->n * problem->k * problem->taps);
    clqnn_status status = clqnn_conv_pack(context, &desc, &packed);
    if (status == CLQNN_OK) status = clqnn_conv_weights_serialize(packed, blob, BLOB_BYTES, &size);
    if (status == CLQNN_OK) status = clqnn_conv_weights_deserialize(context, blob, size, &copy.conv);
    if (status == CLQNN_OK) status = clq_layer_multiply(context, problem, &copy, output);
    if (status == CLQNN_OK) status = clqnn_conv_weights_unpack(copy.conv, output + CLQ_LAYER_OUTPUT_BYTES - dense, dense);
    clqnn_conv_weights_release(copy.conv);
    clqnn_conv_weights_release(packed);
    return status;
}

clqnn_status clq_layer_round_trip(clqnn_context *context, const clq_layer_problem *problem, unsigned char output[CLQ_LAYER_OUTPUT_BYTES])
{
    static unsigned char blob[BLOB_BYTES];
    return problem->convolution ? round_trip_convolution(context, problem, blob, output) : round_trip_gemm(context, problem, blob, output);
}
