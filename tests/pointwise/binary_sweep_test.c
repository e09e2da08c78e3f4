/* SPDX-License-Identifier: Apache-2.0 */
/* binary_sweep_test VARIANT|auto [CASES]: random problems of two inputs through the library, every byte of the output's buffer compared with the reference. Exit status 77 where
 * the device does not have the variant. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/clqnn.h"
#include "clqnn/reference_pointwise.h"
#include "op_image.h"

#define SEED 20260

typedef struct binary_case {
    clqnn_binary_desc desc;
    clq_op_image a, b, expected, got;
    bool in_place;
} binary_case;

static clqnn_type byte_type(clq_random *random)
{
    return clq_random_range(random, 0, 1) ? CLQNN_U8 : CLQNN_S8;
}

/* An input whose dimensions are those of y, some of them 1, leading ones left out. */
static void random_input(clq_random *random, const clqnn_tensor *y, bool may_shrink, clqnn_tensor *tensor)
{
    const bool shrinks = may_shrink && clq_random_range(random, 0, 2) == 0;
    const int dropped = shrinks ? (int)clq_random_range(random, 0, y->rank) : 0;
    *tensor = (clqnn_tensor){.type = byte_type(random), .rank = y->rank - dropped};
    for (int i = 0; i < tensor->rank; i++) {
        tensor->shape[i] = shrinks && clq_random_range(random, 0, 1) ? 1 : y->shape[i + dropped];
    }
    clq_op_random_strides(random, (clq_op_memory)clq_random_range(random, 0, 2), tensor);
}

static clqnn_fixed random_fixed(clq_random *random, int low, int high)
{
    return (clqnn_fixed){(int32_t)clq_random_range(random, 1 << 30, INT32_MAX), (int32_t)clq_random_range(random, low, high)};
}

static void random_numerics(clq_random *random, binary_case *test)
{
    clqnn_binary_desc *desc = &test->desc;
    desc->rounding = desc->kind > CLQNN_MUL || clq_random_range(random, 0, 1) ? CLQNN_FLOAT_EVEN : (clqnn_rounding)clq_random_range(random, 1, 2);
    const float scale = clq_random_float(random, 0.001f, 0.5f);
    clq_op_random_quantization(random, &test->a, scale, 1);
    clq_op_random_quantization(random, &test->b, scale, 1);
    clq_op_random_quantization(random, &test->expected, desc->kind == CLQNN_MUL ? scale * scale * 90 : scale, 1);
    if (clq_random_range(random, 0, 5) == 0) test->b.tensor.quantization = test->expected.tensor.quantization = test->a.tensor.quantization; /* of one type only */
    if (desc->rounding != CLQNN_FLOAT_EVEN) {
        desc->left_shift = desc->kind == CLQNN_MUL ? 0 : (int32_t)clq_random_range(random, 0, 20);
        desc->a_fixed = random_fixed(random, -4, 0);
        desc->b_fixed = random_fixed(random, -4, 0);
        desc->y_fixed = desc->kind == CLQNN_MUL ? random_fixed(random, -10, -5) : random_fixed(random, -desc->left_shift - 3, 1 - desc->left_shift);
    }
    desc->has_clamp = clq_random_range(random, 0, 3) == 0;
    desc->clamp_min = (int32_t)clq_random_range(random, -200, 60);
    desc->clamp_max = (int32_t)clq_random_range(random, desc->clamp_min < 0 ? 0 : desc->clamp_min, 300);
}

static bool make_case(uint64_t index, const char *variant, binary_case *test)
{
    clq_random random = clq_random_seed(SEED, index);
    clqnn_tensor *y = &test->expected.tensor;
    memset(test, 0, sizeof *test);
    clq_op_random_shape(&random, 6000, y);
    y->type = byte_type(&random);
    clq_op_random_strides(&random, (clq_op_memory)clq_random_range(&random, 0, 2), y);
    const bool a_shrinks = clq_random_range(&random, 0, 1);
    random_input(&random, y, a_shrinks, &test->a.tensor);
    random_input(&random, y, !a_shrinks, &test->b.tensor);
    test->desc = (clqnn_binary_desc){.struct_size = sizeof test->desc, .kind = (clqnn_binary_kind)clq_random_range(&random, 0, 4), .variant = variant};
    test->in_place = clq_random_range(&random, 0, 7) == 0;
    if (test->in_place) memcpy(test->a.tensor.strides, y->strides, sizeof y->strides), memcpy(test->a.tensor.shape, y->shape, sizeof y->shape), test->a.tensor.rank = y->rank;
    if (clq_random_range(&random, 0, 5) == 0) test->b.tensor.type = y->type = test->a.tensor.type;
    random_numerics(&random, test);
    if (test->a.tensor.type != test->b.tensor.type || test->a.tensor.type != y->type) { /* zero points of another type's range would be refused */
        test->b.tensor.quantization = (clqnn_quantization){test->b.scales, 1, test->b.zero_points, 1};
        y->quantization = (clqnn_quantization){test->expected.scales, 1, test->expected.zero_points, 1};
    }
    if (!clq_op_image_allocate(&random, &test->a, -1) || !clq_op_image_allocate(&random, &test->b, -1)) return false;
    if (!clq_op_image_allocate(&random, &test->expected, 0x5a)) return false;
    test->desc.a = test->a.tensor;
    test->desc.b = test->b.tensor;
    test->desc.y = *y;
    return true;
}

static void free_case(binary_case *test)
{
    clq_op_image_free(&test->a);
    clq_op_image_free(&test->b);
    clq_op_image_free(&test->expected);
    clq_op_image_free(&test->got);
}

/* In place: y has the buffer of a. */
static bool share_buffer(binary_case *test)
{
    free(test->expected.bytes);
    test->expected.size = test->a.size;
    test->expected.offset = test->a.offset;
    test->expected.bytes = malloc(test->a.size);
    if (!test->expected.bytes) return false;
    memcpy(test->expected.bytes, test->a.bytes, test->a.size);
    return true;
}

static clqnn_status run_case(clqnn_context *context, binary_case *test, char message[256])
{
    clqnn_op *op = NULL;
    clqnn_status status = clqnn_binary_create(context, &test->desc, &op);
    if (status == CLQNN_UNSUPPORTED) return status;
    bool good = status == CLQNN_OK && (!test->in_place || share_buffer(test)) && clq_op_image_copy(&test->expected, &test->got);
    if (good) (void)clqnn_reference_binary(&test->desc, clq_op_image_data(&test->a), clq_op_image_data(&test->b), clq_op_image_data(&test->expected));
    clq_op_image *first = test->in_place ? &test->got : &test->a;
    clq_op_image *const inputs[] = {first, &test->b}, *const outputs[] = {&test->got};
    good = good && (status = clq_op_run(context, op, inputs, 2, outputs, 1)) == CLQNN_OK;
    if (!good) (void)snprintf(message, 256, "%s", clqnn_last_error());
    good = good && clq_op_compare(&test->expected, &test->got, message);
    clqnn_op_destroy(op);
    return good ? CLQNN_OK : CLQNN_INVALID_ARGUMENT;
}

int main(int count, char **arguments)
{
    const char *variant = count > 1 && strcmp(arguments[1], "auto") != 0 ? arguments[1] : NULL;
    const int cases = count > 2 ? atoi(arguments[2]) : 1500;
    clqnn_context *context = NULL;
    int refused = 0, failed = 0;
    if (clqnn_context_create(NULL, &context) != CLQNN_OK) return printf("skipped: %s\n", clqnn_last_error()), 77;
    for (int i = 0; i < cases && failed < 10; i++) {
        binary_case test;
        char message[256] = "";
        const bool made = make_case((uint64_t)i, variant, &test);
        const clqnn_status status = made ? run_case(context, &test, message) : CLQNN_OUT_OF_MEMORY;
        refused += status == CLQNN_UNSUPPORTED;
        if (status != CLQNN_OK && status != CLQNN_UNSUPPORTED) {
            failed++;
            printf("seed %d case %d: kind %d rule %d rank %d in place %d: %s\n", SEED, i, (int)test.desc.kind, (int)test.desc.rounding, (int)test.desc.y.rank, test.in_place, message);
        }
        free_case(&test);
    }
    printf("%d cases, %d refused (%s), %d failed\n", cases, refused, refused ? clqnn_last_error() : "none", failed);
    clqnn_context_release(context);
    return failed ? 1 : refused == cases ? 77 : 0;
}
