/* SPDX-License-Identifier: Apache-2.0 */
#include "pointwise_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POISON 0x5a

const clq_pointwise_family *clq_pointwise_family_find(const char *kind)
{
#define X(family) if (strcmp(kind, #family) == 0) return &clq_pointwise_##family;
#include "pointwise_families.def"
#undef X
    return NULL;
}

void clq_pointwise_shape(clq_random *random, const clq_pointwise_case *test, int64_t most, clqnn_tensor *tensor)
{
    if (!test->is_large) {
        clq_op_random_shape(random, most, tensor);
        return;
    }
    tensor->rank = 1;
    tensor->shape[0] = (int64_t)CLQ_POINTWISE_LARGE * 8 / (int64_t)clqnn_type_bits(tensor->type) + clq_random_range(random, 0, 200);
}

void clq_pointwise_strides(clq_random *random, const clq_pointwise_case *test, clqnn_tensor *tensor)
{
    clq_op_random_strides(random, test->is_large ? CLQ_OP_DENSE : (clq_op_memory)clq_random_range(random, 0, 2), tensor);
}

bool clq_pointwise_allocate(clq_random *random, clq_pointwise_case *test)
{
    if (!clq_op_image_allocate(random, &test->x, -1)) return false;
    if (test->b.tensor.type != CLQNN_TYPE_NONE && !clq_op_image_allocate(random, &test->b, -1)) return false;
    if (test->flag.tensor.type != CLQNN_TYPE_NONE && !clq_op_image_allocate(random, &test->flag, POISON)) return false;
    return clq_op_image_allocate(random, &test->expected, POISON);
}

/* In place: the expected result lies in a copy of x's buffer. */
static bool share_buffer(clq_pointwise_case *test)
{
    unsigned char *const copy = malloc(test->x.size);
    if (copy == NULL) return false;
    memcpy(copy, test->x.bytes, test->x.size);
    free(test->expected.bytes);
    test->expected.bytes = copy;
    test->expected.size = test->x.size;
    test->expected.offset = test->x.offset;
    return true;
}

static void free_case(clq_pointwise_case *test)
{
    free(test->thresholds);
    clq_op_image_free(&test->x);
    clq_op_image_free(&test->b);
    clq_op_image_free(&test->expected);
    clq_op_image_free(&test->got);
    clq_op_image_free(&test->flag);
    clq_op_image_free(&test->got_flag);
}

static clq_outcome run(clqnn_context *context, const clq_pointwise_family *family, clq_pointwise_case *test, const clqnn_op *op, char message[512])
{
    char difference[256];
    if ((test->in_place && !share_buffer(test)) || !clq_op_image_copy(&test->expected, &test->got)) return (void)snprintf(message, 512, "no memory"), CLQ_FAILED;
    if (test->flag.bytes && !clq_op_image_copy(&test->flag, &test->got_flag)) return (void)snprintf(message, 512, "no memory"), CLQ_FAILED;
    family->reference(test);
    clq_op_image *const inputs[] = { test->in_place ? &test->got : &test->x, &test->b }, *const outputs[] = { &test->got, &test->got_flag };
    if (clq_op_run(context, op, inputs, test->b.bytes ? 2 : 1, outputs, test->flag.bytes ? 2 : 1) != CLQNN_OK) {
        (void)snprintf(message, 512, "%s", clqnn_last_error());
        return CLQ_FAILED;
    }
    bool same = clq_op_compare(&test->expected, &test->got, difference);
    if (same && test->flag.bytes) same = clq_op_compare(&test->flag, &test->got_flag, difference);
    if (same) return CLQ_PASSED;
    (void)snprintf(message, 512, "%s", difference);
    return CLQ_FAILED;
}

clq_outcome clq_pointwise_verify(clqnn_context *context, const clq_pointwise_family *family, const clq_sweep *sweep, size_t index, bool is_large, char message[512])
{
    clq_random random = clq_random_seed(sweep->seed, index);
    clq_pointwise_case test = { .is_large = is_large };
    clqnn_op *op = NULL;
    clq_outcome outcome = CLQ_FAILED;
    message[0] = '\0';
    if (!family->make(&random, index, sweep->variant, &test)) {
        (void)snprintf(message, 512, "no memory for a case");
    } else {
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

const char *clq_pointwise_describe(const clq_pointwise_family *family, const clq_sweep *sweep, size_t index, char *text, size_t size)
{
    clq_random random = clq_random_seed(sweep->seed, index);
    clq_pointwise_case test = { .is_large = false };
    (void)family->make(&random, index, sweep->variant, &test);
    (void)snprintf(text, size, "%s", test.text);
    free_case(&test);
    return text;
}
