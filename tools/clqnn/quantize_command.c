/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn quantize: a file of float weights becomes one of codes. Names and metadata: docs/quantization.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "quantize_calibrate.h"
#include "quantize_file.h"
#include "quantize_report.h"
#include "quantize_schemes.h"
#include "subcommand.h"

/* Why a tensor stays as it is; NULL: it is quantized. */
static const char *reason_to_keep(const clq_quantize_plan *plan, const clq_safetensors_tensor *stored)
{
    if (plan->include != NULL && !clq_quantize_fits(plan->include, stored->name)) return "not in --include";
    if (plan->exclude != NULL && clq_quantize_fits(plan->exclude, stored->name)) return "in --exclude";
    if (!clq_float_tensor_is(stored)) return "not F32, F16 or BF16, or empty";
    return stored->rank < 2 && plan->include == NULL ? "one dimension, as a bias has" : NULL;
}

/* The shape of scales: the tensor's with the slots of its axis and 1 elsewhere dropped. */
static clq_safetensors_tensor scale_shape(const clq_quantize_plan *plan, const clq_float_tensor *tensor, const clq_quantized_tensor *quantized)
{
    clq_safetensors_tensor shape = {.dtype = CLQ_SAFETENSORS_F32, .rank = 1, .shape = {quantized->scale_count}};
    if (plan->granularity != CLQNN_PER_GROUP || quantized->scale_count != tensor->slots) return shape;
    shape.rank = tensor->stored->rank;
    memcpy(shape.shape, tensor->stored->shape, sizeof shape.shape);
    const int64_t extent = shape.shape[tensor->axis];
    shape.shape[tensor->axis] = extent / plan->block + (extent % plan->block != 0);
    return shape;
}

/* Hands the blocks of `quantized` to the file. */
static void add_tensors(clq_quantize_file *file, const clq_quantize_plan *plan, const clq_float_tensor *tensor, clq_quantized_tensor *quantized)
{
    const char *name = tensor->stored->name;
    clq_safetensors_tensor codes = *tensor->stored, scales = scale_shape(plan, tensor, quantized);
    codes.dtype = quantized->dtype;
    codes.data = quantized->codes;
    if (quantized->code_bytes != (size_t)tensor->count || quantized->dtype == CLQ_SAFETENSORS_U32) {
        codes.rank = 1;
        codes.shape[0] = (int64_t)(quantized->code_bytes / clq_safetensors_dtype_size(quantized->dtype));
    }
    clq_quantize_file_own(file, quantized->codes);
    clq_quantize_file_add(file, &codes, name, "");
    scales.data = quantized->scales;
    clq_quantize_file_own(file, quantized->scales);
    if (quantized->scales != NULL) clq_quantize_file_add(file, &scales, name, ".scales");
    scales.dtype = plan->codes.is_signed ? CLQ_SAFETENSORS_I8 : CLQ_SAFETENSORS_U8;
    scales.data = quantized->zero_points;
    clq_quantize_file_own(file, quantized->zero_points);
    if (quantized->zero_points != NULL) clq_quantize_file_add(file, &scales, name, ".zero_points");
    quantized->codes = NULL;
    quantized->scales = NULL;
    quantized->zero_points = NULL;
}

static void add_texts(clq_quantize_file *file, const clq_quantize_plan *plan, const clq_float_tensor *tensor, const clq_quantized_tensor *quantized)
{
    const char *name = tensor->stored->name;
    char shape[256] = "";
    size_t used = 0;
    for (int32_t i = 0; i < tensor->stored->rank; i++) {
        used += (size_t)snprintf(shape + used, sizeof shape - used, i ? ",%lld" : "%lld", (long long)tensor->stored->shape[i]);
    }
    clq_quantize_file_text(file, name, ".scheme", "%s", clq_quantize_scheme_name(plan->scheme));
    clq_quantize_file_text(file, name, ".type", "%s", quantized->type);
    clq_quantize_file_text(file, name, ".shape", "%s", shape);
    if (quantized->scale_count != tensor->slots || plan->granularity == CLQNN_PER_TENSOR) return;
    clq_quantize_file_text(file, name, ".axis", "%d", (int)tensor->axis);
    if (plan->granularity == CLQNN_PER_GROUP) clq_quantize_file_text(file, name, ".block", "%lld", (long long)plan->block);
}

static clqnn_status quantize_tensor(clqnn_context *context, const clq_quantize_plan *plan, const clq_safetensors_tensor *stored, clq_quantize_file *file,
                                    clq_output *output, clq_quantize_totals *totals, char message[CLQ_QUANTIZE_MESSAGE])
{
    clq_float_tensor tensor;
    clq_quantized_tensor quantized;
    clqnn_status status = clq_float_tensor_make(stored, plan->granularity, plan->axis, plan->block, &tensor, message);
    if (status != CLQNN_OK) return status;
    status = plan->scheme == CLQ_QUANTIZE_AFFINE ? clq_quantize_affine(context, plan, &tensor, &quantized, message)
                                                 : clq_quantize_trained(context, plan, &tensor, &quantized, message);
    if (status == CLQNN_OK) {
        clq_report_quantized(output, plan, &tensor, &quantized, totals);
        add_texts(file, plan, &tensor, &quantized);
        add_tensors(file, plan, &tensor, &quantized);
        clq_quantized_tensor_free(&quantized);
    }
    clq_float_tensor_free(&tensor);
    return status;
}

/* Every tensor of the file, quantized or kept, into `file`. */
static clqnn_status quantize_all(clqnn_context *context, const clq_quantize_plan *plan, const clq_safetensors *source, clq_quantize_file *file,
                                 clq_output *output, clq_quantize_totals *totals, char message[CLQ_QUANTIZE_MESSAGE])
{
    clqnn_status status = CLQNN_OK;
    for (size_t i = 0; i < clq_safetensors_text_count(source); i++) {
        const clq_safetensors_text *text = clq_safetensors_text_at(source, i);
        clq_quantize_file_text(file, text->key, "", "%s", text->value);
    }
    clq_quantize_file_text(file, "clqnn.quantize", "", "1");
    for (size_t i = 0; i < clq_safetensors_count(source) && status == CLQNN_OK; i++) {
        const clq_safetensors_tensor *stored = clq_safetensors_at(source, i);
        const char *reason = reason_to_keep(plan, stored);
        clq_progress(output, "%zu of %zu tensors", i + 1, clq_safetensors_count(source));
        if (reason == NULL) {
            status = quantize_tensor(context, plan, stored, file, output, totals, message);
        } else {
            clq_quantize_file_add(file, stored, stored->name, "");
            clq_report_kept(output, stored, reason, totals);
        }
    }
    if (status == CLQNN_OK && plan->calibrate != NULL) status = clq_quantize_calibrate(context, plan, file, output, totals, message);
    return status;
}

/* Whether there is anything to do: asked before a device is. */
static bool has_work(const clq_quantize_plan *plan, const clq_safetensors *source)
{
    for (size_t i = 0; i < clq_safetensors_count(source); i++) {
        if (reason_to_keep(plan, clq_safetensors_at(source, i)) == NULL) return true;
    }
    return false;
}

static int quantize_file(clq_globals *globals, const clq_quantize_plan *plan, const clq_safetensors *source)
{
    int exit_status = CLQ_EXIT_HELD;
    clqnn_context *context = clq_open_context(globals, &exit_status);
    if (context == NULL) return exit_status;
    clq_output output = clq_output_open(globals);
    clq_quantize_file file = {.tensors = NULL};
    clq_quantize_totals totals = {0};
    char message[CLQ_QUANTIZE_MESSAGE] = "";
    clqnn_status status = quantize_all(context, plan, source, &file, &output, &totals, message);
    if (status == CLQNN_OK) status = clq_quantize_file_write(&file, plan->output, message, sizeof message);
    if (status == CLQNN_OK) {
        clq_print_always(&output, "%zu quantized, %zu kept, %zu calibrated, %llu -> %llu bytes\n", totals.quantized, totals.kept, totals.calibrated,
                         (unsigned long long)totals.bytes_before, (unsigned long long)totals.bytes_after);
    } else {
        clq_print(&output, "%s", ""); /* takes a progress line away */
        fprintf(stderr, "clqnn quantize: %s\n", message);
    }
    clq_quantize_file_free(&file);
    clqnn_context_release(context);
    return clq_output_close(&output, status == CLQNN_OK ? CLQ_EXIT_HELD : CLQ_EXIT_FAILED);
}

static int run(clq_globals *globals, int argc, char **argv)
{
    clq_quantize_words words = {.bits = UINT64_MAX, .calibrate_bits = UINT64_MAX};
    clq_option options[CLQ_QUANTIZE_OPTIONS];
    clq_quantize_options(&words, options);
    clq_command_line line = {.globals = globals, .options = options, .option_count = CLQ_QUANTIZE_OPTIONS};
    clq_quantize_plan plan;
    int status = CLQ_EXIT_HELD;
    if (!clq_subcommand_parse(&clq_quantize_command, &line, argc, argv, &status)) return status;
    if (line.positional_count != 1) {
        return clq_bad_usage("quantize", line.positional_count == 0 ? "no file of weights is named" : "one file of weights is wanted, and then came \"%s\"",
                             line.positional_count == 0 ? "" : line.positionals[1]);
    }
    if (!clq_quantize_plan_make(&words, line.positionals[0], &plan)) return CLQ_EXIT_USAGE;
    char message[CLQ_QUANTIZE_MESSAGE] = "";
    clq_safetensors *source = NULL;
    if (clq_safetensors_read(plan.input, &source, message, sizeof message) != CLQNN_OK) {
        fprintf(stderr, "clqnn quantize: %s\n", message);
        return CLQ_EXIT_FAILED;
    }
    if (has_work(&plan, source)) {
        status = quantize_file(globals, &plan, source);
    } else {
        fprintf(stderr, "clqnn quantize: %s: none of %zu tensors is to be quantized: %s%s\n", plan.input, clq_safetensors_count(source),
                plan.include != NULL ? "none of floats matches --include " : "none is of floats with two dimensions", plan.include != NULL ? plan.include : "");
        status = CLQ_EXIT_FAILED;
    }
    clq_safetensors_free(source);
    return status;
}

const clq_subcommand clq_quantize_command = { "quantize", "quantize [OPTIONS] IN.safetensors -o OUT.safetensors",
                                              "quantizes the float weights of a safetensors file; biases are kept", run };
