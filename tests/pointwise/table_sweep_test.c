/* SPDX-License-Identifier: Apache-2.0 */
/* table_sweep_test VARIANT|auto [CASES]: random functions by table through the library, every byte of the output's buffer compared with the reference. Exit status 77 where the
 * device does not have the variant. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/clqnn.h"
#include "clqnn/reference_pointwise.h"
#include "op_image.h"

#define SEED 20261

typedef struct table_case {
    clqnn_table_desc desc;
    clq_op_image x, expected, got;
    uint8_t given[256];
    bool in_place;
} table_case;

static bool make_case(uint64_t index, const char *variant, table_case *test)
{
    clq_random random = clq_random_seed(SEED, index);
    clqnn_tensor *x = &test->x.tensor, *y = &test->expected.tensor;
    memset(test, 0, sizeof *test);
    clq_op_random_shape(&random, 20000, y);
    y->type = clq_random_range(&random, 0, 1) ? CLQNN_U8 : CLQNN_S8;
    clq_op_random_strides(&random, (clq_op_memory)clq_random_range(&random, 0, 2), y);
    *x = *y;
    x->type = clq_random_range(&random, 0, 1) ? CLQNN_U8 : CLQNN_S8;
    test->in_place = clq_random_range(&random, 0, 5) == 0;
    if (!test->in_place) clq_op_random_strides(&random, (clq_op_memory)clq_random_range(&random, 0, 2), x);
    clq_op_random_quantization(&random, &test->x, clq_random_float(&random, 0.005f, 0.2f), 1);
    clq_op_random_quantization(&random, &test->expected, clq_random_float(&random, 0.002f, 0.2f), 1);
    test->desc = (clqnn_table_desc){.struct_size = sizeof test->desc, .function = (clqnn_function)(index % (CLQNN_EXP + 1)), .variant = variant};
    test->desc.alpha = clq_random_float(&random, -0.5f, 1.5f);
    test->desc.beta = clq_random_float(&random, -0.5f, 0.5f);
    test->desc.has_clamp = clq_random_range(&random, 0, 3) == 0;
    test->desc.clamp_min = (int32_t)clq_random_range(&random, -200, 60);
    test->desc.clamp_max = (int32_t)clq_random_range(&random, test->desc.clamp_min < 0 ? 0 : test->desc.clamp_min, 300);
    if (clq_random_range(&random, 0, 4) == 0) {
        clq_random_fill(&random, test->given, sizeof test->given);
        test->desc.table = test->given;
        test->desc.table_length = 256;
    }
    if (!clq_op_image_allocate(&random, &test->x, -1) || !clq_op_image_allocate(&random, &test->expected, 0x5a)) return false;
    test->desc.x = *x;
    test->desc.y = *y;
    return true;
}

static bool share_buffer(table_case *test)
{
    free(test->expected.bytes);
    test->expected.size = test->x.size;
    test->expected.offset = test->x.offset;
    test->expected.bytes = malloc(test->x.size);
    if (test->expected.bytes) memcpy(test->expected.bytes, test->x.bytes, test->x.size);
    return test->expected.bytes != NULL;
}

static clqnn_status run_case(clqnn_context *context, table_case *test, char message[256])
{
    clqnn_op *op = NULL;
    clqnn_status status = clqnn_table_create(context, &test->desc, &op);
    if (status == CLQNN_UNSUPPORTED) return status;
    bool good = status == CLQNN_OK && (!test->in_place || share_buffer(test)) && clq_op_image_copy(&test->expected, &test->got);
    if (good) (void)clqnn_reference_table(&test->desc, clq_op_image_data(&test->x), clq_op_image_data(&test->expected));
    clq_op_image *const inputs[] = {test->in_place ? &test->got : &test->x}, *const outputs[] = {&test->got};
    good = good && clq_op_run(context, op, inputs, 1, outputs, 1) == CLQNN_OK;
    if (!good) (void)snprintf(message, 256, "%s", clqnn_last_error());
    good = good && clq_op_compare(&test->expected, &test->got, message);
    clqnn_op_destroy(op);
    return good ? CLQNN_OK : CLQNN_INVALID_ARGUMENT;
}

int main(int count, char **arguments)
{
    const char *variant = count > 1 && strcmp(arguments[1], "auto") != 0 ? arguments[1] : NULL;
    const int cases = count > 2 ? atoi(arguments[2]) : 1200;
    clqnn_context *context = NULL;
    int refused = 0, failed = 0;
    if (clqnn_context_create(NULL, &context) != CLQNN_OK) return printf("skipped: %s\n", clqnn_last_error()), 77;
    for (int i = 0; i < cases && failed < 10; i++) {
        table_case test;
        char message[256] = "";
        const bool made = make_case((uint64_t)i, variant, &test);
        const clqnn_status status = made ? run_case(context, &test, message) : CLQNN_OUT_OF_MEMORY;
        refused += status == CLQNN_UNSUPPORTED;
        if (status != CLQNN_OK && status != CLQNN_UNSUPPORTED) {
            failed++;
            printf("seed %d case %d: function %d rank %d in place %d: %s\n", SEED, i, (int)test.desc.function, (int)test.desc.y.rank, test.in_place, message);
        }
        clq_op_image_free(&test.x);
        clq_op_image_free(&test.expected);
        clq_op_image_free(&test.got);
    }
    printf("%d cases, %d refused (%s), %d failed\n", cases, refused, refused ? clqnn_last_error() : "none", failed);
    clqnn_context_release(context);
    return failed ? 1 : refused == cases ? 77 : 0;
}
