/* SPDX-License-Identifier: Apache-2.0 */
#include "layer_case.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POISON 0x5a

const clq_layer_family *clq_layer_family_find(const char *kind)
{
#define X(family) if (strcmp(kind, #family) == 0) return &clq_layer_##family;
#include "layer_families.def"
#undef X
    return NULL;
}

void clq_layer_matrix(clq_random *random, const clq_layer_case *test, int64_t most, int64_t *rows, int64_t *channels)
{
    static const int64_t all_rows[] = {1, 2, 3, 15, 16, 17, 33, 100, 127, 128, 129, 130, 255, 256, 257, 1000, 3000, 16384, 16385, 20000};
    static const int64_t all_channels[] = {1, 2, 3, 5, 8, 10, 15, 16, 17, 24, 32, 40, 63, 64, 65, 79, 80, 96, 127, 128, 130, 192, 200, 257};
    *rows = all_rows[clq_random_range(random, 0, sizeof all_rows / sizeof *all_rows - 1)];
    *channels = all_channels[clq_random_range(random, 0, sizeof all_channels / sizeof *all_channels - 1)];
    if (test->is_large) *rows = (CLQ_LAYER_LARGE + *channels - 1) / *channels;
    if (test->is_large || *rows * *channels <= most) return;
    if (clq_random_range(random, 0, 2)) *rows = most / *channels;
    else *channels = most / *rows;
}

static float value_of(clq_random *random, float range)
{
    return clq_random_range(random, 0, 19) ? clq_random_float(random, -range, range) : 0.0f;
}

static void *fill(clq_random *random, clq_op_image *image, clqnn_type type, int64_t count, float range)
{
    image->tensor = (clqnn_tensor){.type = type, .rank = 1, .shape = {count}};
    if (!clq_op_image_allocate(random, image, POISON)) return NULL;
    unsigned char *data = clq_op_image_data(image);
    for (int64_t i = 0; type == CLQNN_F32 && range > 0.0f && i < count; i++) {
        const float value = value_of(random, range);
        memcpy(data + 4 * i, &value, sizeof value);
    }
    return data;
}

void *clq_layer_case_input(clq_random *random, clq_layer_case *test, clqnn_type type, int64_t count, float range)
{
    return fill(random, &test->inputs[test->input_count++], type, count, range);
}

void *clq_layer_case_output(clq_random *random, clq_layer_case *test, clqnn_type type, int64_t count, float range)
{
    return fill(random, &test->expected[test->output_count++], type, count, range);
}

void clq_layer_spoil(clq_random *random, float *values, int64_t count)
{
    const int64_t kind = clq_random_range(random, 0, 23);
    if (kind < 3) values[clq_random_range(random, 0, count - 1)] = kind == 0 ? NAN : kind == 1 ? INFINITY : -INFINITY;
}

void clq_layer_floats(const clq_layer_case *test, const float *inputs[CLQ_LAYER_INPUTS], float *outputs[CLQ_LAYER_OUTPUTS])
{
    for (uint32_t i = 0; i < test->input_count; i++) inputs[i] = clq_op_image_data(&test->inputs[i]);
    for (uint32_t i = 0; i < test->output_count; i++) outputs[i] = clq_op_image_data(&test->expected[i]);
}

static void free_case(clq_layer_case *test)
{
    for (uint32_t i = 0; i < CLQ_LAYER_INPUTS; i++) clq_op_image_free(&test->inputs[i]);
    for (uint32_t i = 0; i < CLQ_LAYER_OUTPUTS; i++) {
        clq_op_image_free(&test->expected[i]);
        clq_op_image_free(&test->got[i]);
    }
}

/* In place: what the library writes lies in a copy of input 0's buffer, with as much around it as the expected result has. */
static void share_buffer(clq_layer_case *test)
{
    clq_op_image *const got = &test->got[0];
    memcpy(clq_op_image_data(got), clq_op_image_data(&test->inputs[0]), got->size - got->offset - CLQ_OP_GUARD);
}

static clq_outcome run_case(clqnn_context *context, const clq_layer_family *family, clq_layer_case *test, const clqnn_op *op, clq_layer_runner run, char message[512])
{
    clq_op_image *inputs[CLQ_LAYER_INPUTS], *outputs[CLQ_LAYER_OUTPUTS];
    for (uint32_t i = 0; i < test->output_count; i++) {
        if (!clq_op_image_copy(&test->expected[i], &test->got[i])) return (void)snprintf(message, 512, "no memory"), CLQ_FAILED;
        outputs[i] = &test->got[i];
    }
    if (test->in_place) share_buffer(test);
    for (uint32_t i = 0; i < test->input_count; i++) inputs[i] = test->in_place && i == 0 ? outputs[0] : &test->inputs[i];
    if (family->reference(test) != CLQNN_OK) return (void)snprintf(message, 512, "the reference refuses"), CLQ_FAILED;
    if (run(context, op, inputs, test->input_count, outputs, test->output_count) != CLQNN_OK) {
        (void)snprintf(message, 512, "%s", clqnn_last_error());
        return CLQ_FAILED;
    }
    for (uint32_t i = 0; i < test->output_count; i++) {
        char difference[256];
        if (clq_op_compare(&test->expected[i], &test->got[i], difference)) continue;
        (void)snprintf(message, 512, "output %u: %s", (unsigned)i, difference);
        return CLQ_FAILED;
    }
    return CLQ_PASSED;
}

clq_outcome clq_layer_verify(clqnn_context *context, const clq_layer_family *family, const clq_sweep *sweep, size_t index, bool is_large, clq_layer_runner run,
                             char message[512])
{
    clq_random random = clq_random_seed(sweep->seed, index);
    clq_layer_case test = {.is_large = is_large};
    clqnn_op *op = NULL;
    clq_outcome outcome = CLQ_FAILED;
    message[0] = '\0';
    if (!family->make(&random, index, sweep->variant, &test)) {
        (void)snprintf(message, 512, "no memory for a case");
    } else {
        const clqnn_status status = family->create(context, &test, &op);
        if (status == CLQNN_OK) outcome = run_case(context, family, &test, op, run, message);
        else (void)snprintf(message, 512, "%s", clqnn_last_error());
        if (status == CLQNN_UNSUPPORTED) outcome = CLQ_REFUSED;
    }
    const size_t used = strlen(message);
    if (outcome == CLQ_FAILED) (void)snprintf(message + used, 512 - used, " (%s)", test.text);
    clqnn_op_destroy(op);
    free_case(&test);
    return outcome;
}

const char *clq_layer_describe(const clq_layer_family *family, const clq_sweep *sweep, size_t index, char *text, size_t size)
{
    clq_random random = clq_random_seed(sweep->seed, index);
    clq_layer_case test = {.in_place = false};
    (void)family->make(&random, index, sweep->variant, &test);
    (void)snprintf(text, size, "%s", test.text);
    free_case(&test);
    return text;
}
