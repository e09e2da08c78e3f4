/* SPDX-License-Identifier: Apache-2.0 */
#include "shape_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POISON 0x5a

const clq_shape_family *const clq_shape_families[] = {
#define X(family) &clq_shape_##family,
#include "shape_families.def"
#undef X
};
const size_t clq_shape_family_count = sizeof clq_shape_families / sizeof clq_shape_families[0];

const clq_shape_family *clq_shape_family_find(const char *kind)
{
    for (size_t i = 0; i < clq_shape_family_count; i++) {
        if (strcmp(clq_shape_families[i]->kind, kind) == 0) return clq_shape_families[i];
    }
    return NULL;
}

clqnn_type clq_shape_byte_type(clq_random *random)
{
    return clq_random_range(random, 0, 1) ? CLQNN_U8 : CLQNN_S8;
}

int64_t clq_shape_extent(clq_random *random, int64_t most)
{
    static const int64_t extents[] = {1, 1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 100, 127, 128, 130, 200, 257};
    const int64_t extent = extents[clq_random_range(random, 0, sizeof extents / sizeof extents[0] - 1)];
    return extent < most ? extent : most;
}

void clq_shape_random(clq_random *random, int32_t rank, int64_t most, clqnn_tensor *tensor)
{
    int64_t count = 1;
    tensor->rank = rank;
    for (int32_t done = 0, i = (int32_t)clq_random_range(random, 0, rank > 0 ? rank - 1 : 0); done < rank; done++, i = (i + 1) % rank) {
        tensor->shape[i] = clq_shape_extent(random, most / count);
        count *= tensor->shape[i];
    }
}

void clq_shape_strides(clq_random *random, clqnn_tensor *tensor)
{
    const int64_t kind = clq_random_range(random, 0, 5);
    clq_op_random_strides(random, kind < 3 ? CLQ_OP_DENSE : kind < 5 ? CLQ_OP_PADDED : CLQ_OP_PERMUTED, tensor);
}

void clq_shape_quantize(clq_random *random, clq_op_image *x, clq_op_image *y, float scale, bool alike)
{
    clq_op_random_quantization(random, x, scale, 1);
    if (alike) {
        y->tensor.type = x->tensor.type;
        y->tensor.quantization = x->tensor.quantization;
    } else {
        clq_op_random_quantization(random, y, scale, 1);
    }
}

/* Bytes for all images: random ones in, canaries out; in place, the output's buffer is a copy of the input's. */
static bool allocate(clq_random *random, clq_shape_case *test)
{
    for (uint32_t i = 0; i < test->input_count; i++) {
        if (!clq_op_image_allocate(random, &test->inputs[i], -1)) return false;
    }
    for (uint32_t i = 0; i < test->output_count; i++) {
        clq_op_image *expected = &test->expected[i];
        if (!clq_op_image_allocate(random, expected, POISON)) return false;
        if (!test->in_place) continue;
        unsigned char *copy = malloc(test->inputs[0].size);
        if (!copy) return false;
        free(expected->bytes);
        memcpy(copy, test->inputs[0].bytes, test->inputs[0].size);
        expected->bytes = copy;
        expected->size = test->inputs[0].size;
        expected->offset = test->inputs[0].offset;
    }
    return true;
}

static void free_case(clq_shape_case *test)
{
    for (uint32_t i = 0; i < CLQ_SHAPE_PARTS; i++) {
        clq_op_image_free(&test->inputs[i]);
        clq_op_image_free(&test->expected[i]);
        clq_op_image_free(&test->got[i]);
    }
    free(test->gamma);
    free(test->beta);
}

static clq_outcome run(clqnn_context *context, const clq_shape_family *family, clq_shape_case *test, const clqnn_op *op, char message[512])
{
    clq_op_image *inputs[CLQ_SHAPE_PARTS], *outputs[CLQ_SHAPE_PARTS];
    for (uint32_t i = 0; i < test->output_count; i++) {
        if (!clq_op_image_copy(&test->expected[i], &test->got[i])) return CLQ_FAILED;
        outputs[i] = &test->got[i];
    }
    for (uint32_t i = 0; i < test->input_count; i++) inputs[i] = test->in_place && i == 0 ? outputs[0] : &test->inputs[i];
    if (family->reference(test) != CLQNN_OK) return (void)snprintf(message, 512, "the reference refuses"), CLQ_FAILED;
    if (clq_op_run(context, op, inputs, test->input_count, outputs, test->output_count) != CLQNN_OK) {
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

clq_outcome clq_shape_verify(clqnn_context *context, const clq_shape_family *family, uint64_t seed, uint64_t index, const char *variant, char message[512])
{
    clq_random random = clq_random_seed(seed, index);
    clq_shape_case test = {.input_count = 1, .output_count = 1};
    clqnn_op *op = NULL;
    message[0] = '\0';
    family->make(&random, variant, &test);
    clq_outcome outcome = CLQ_FAILED;
    if (!allocate(&random, &test)) {
        (void)snprintf(message, 512, "no memory for a case");
    } else {
        if (test.fill) test.fill(&random, &test);
        const clqnn_status status = family->create(context, &test, &op);
        if (status == CLQNN_OK) outcome = run(context, family, &test, op, message);
        else (void)snprintf(message, 512, "%s", clqnn_last_error());
        if (status == CLQNN_UNSUPPORTED) outcome = CLQ_REFUSED;
    }
    const size_t used = strlen(message);
    if (outcome == CLQ_FAILED) (void)snprintf(message + used, 512 - used, " (%s)", test.text);
    clqnn_op_destroy(op);
    free_case(&test);
    return outcome;
}

const char *clq_shape_describe(const clq_shape_family *family, uint64_t seed, uint64_t index, char *text, size_t size)
{
    clq_random random = clq_random_seed(seed, index);
    clq_shape_case test = {.input_count = 1, .output_count = 1};
    family->make(&random, NULL, &test);
    (void)snprintf(text, size, "%s", test.text);
    free_case(&test);
    return text;
}
