/* SPDX-License-Identifier: Apache-2.0 */
/* convert_sweep_test VARIANT|auto [CASES]: every pair of types, random shapes and quantizations for the tensor, an axis or blocks, through the library; every byte of the
 * output's buffer compared with the reference. Exit status 77 where the device does not have the variant. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/clqnn.h"
#include "clqnn/reference.h"
#include "clqnn/reference_convert.h"
#include "op_image.h"

#define SEED 20262

typedef struct convert_case {
    clqnn_convert_desc desc;
    clq_op_image x, expected, got;
} convert_case;

static const clqnn_type types[] = {CLQNN_F32, CLQNN_F16, CLQNN_S8, CLQNN_U8, CLQNN_S4, CLQNN_U4, CLQNN_S16, CLQNN_S32};

static bool is_float(clqnn_type type)
{
    return type == CLQNN_F32 || type == CLQNN_F16;
}

/* One value, a value for each index of an axis, or one for each block. */
static void quantize_image(clq_random *random, clq_op_image *image, float scale)
{
    clqnn_tensor *tensor = &image->tensor;
    const int64_t kind = tensor->rank ? clq_random_range(random, 0, 3) : 0;
    int64_t count = 1;
    if (is_float(tensor->type)) return;
    if (kind) {
        const int axis = (int)clq_random_range(random, 0, tensor->rank - 1);
        tensor->axis = clq_random_range(random, 0, 1) ? axis : axis - tensor->rank;
        tensor->block = kind == 1 ? 0 : clq_random_range(random, 1, 33);
        count = tensor->shape[axis];
        if (tensor->block) {
            count = (tensor->shape[axis] - 1) / tensor->block + 1;
            for (int i = 0; i < tensor->rank; i++) count *= i == axis ? 1 : tensor->shape[i];
        }
    }
    clq_op_random_quantization(random, image, scale, count);
    if (tensor->type == CLQNN_S32) tensor->quantization.zero_point_count = 0;
    else if (clq_random_range(random, 0, 5) == 0) tensor->quantization.zero_point_count = 1;
}

/* Floats that cover the range of y, ties and the special values. */
static void fill_floats(clq_random *random, const clq_op_image *image, float largest)
{
    static const float special[] = {0.0f, -0.0f, INFINITY, -INFINITY, NAN, 1e30f, -1e30f, 1e-40f, 0.5f, 1.5f, 65504.0f, 3e38f};
    const size_t size = clqnn_type_size(image->tensor.type);
    for (size_t at = image->offset; at + size <= image->size; at += size) {
        const int64_t kind = clq_random_range(random, 0, 9);
        const float random_value = clq_random_float(random, -largest, largest);
        const float value = kind == 0 ? special[clq_random_range(random, 0, sizeof special / sizeof special[0] - 1)] : kind == 1 ? rintf(random_value * 8.0f) / 8.0f : random_value;
        const uint16_t half = clqnn_reference_f32_to_f16(value);
        if (size == 2) memcpy(image->bytes + at, &half, size);
        else memcpy(image->bytes + at, &value, size);
    }
}

static bool make_case(uint64_t index, const char *variant, convert_case *test)
{
    clq_random random = clq_random_seed(SEED, index);
    clqnn_tensor *x = &test->x.tensor, *y = &test->expected.tensor;
    memset(test, 0, sizeof *test);
    clq_op_random_shape(&random, 6000, y);
    *x = *y;
    x->type = types[index % 8];
    y->type = types[index / 8 % 7];
    if (is_float(x->type) && is_float(y->type)) y->type = CLQNN_U8;
    clq_op_random_strides(&random, (clq_op_memory)clq_random_range(&random, 0, 2), x);
    clq_op_random_strides(&random, (clq_op_memory)clq_random_range(&random, 0, 2), y);
    const float steps = y->type == CLQNN_S16 ? 32768.0f : clqnn_type_bits(y->type) < 8 ? 8.0f : 128.0f;
    const float scale = clq_random_float(&random, 0.01f, 0.2f);
    const float largest = is_float(x->type) ? 10.0f : scale * (x->type == CLQNN_S32 ? 1e9f : (float)(1 << (clqnn_type_bits(x->type) - 1)));
    quantize_image(&random, &test->x, scale);
    quantize_image(&random, &test->expected, largest / steps);
    if (!clq_op_image_allocate(&random, &test->x, -1) || !clq_op_image_allocate(&random, &test->expected, 0x5a)) return false;
    if (is_float(x->type)) fill_floats(&random, &test->x, largest * 1.2f);
    test->desc = (clqnn_convert_desc){.struct_size = sizeof test->desc, .x = *x, .y = *y, .variant = variant};
    return true;
}

static clqnn_status run_case(clqnn_context *context, convert_case *test, char message[256])
{
    clqnn_op *op = NULL;
    clqnn_status status = clqnn_convert_create(context, &test->desc, &op);
    if (status == CLQNN_UNSUPPORTED) return status;
    bool good = status == CLQNN_OK && clq_op_image_copy(&test->expected, &test->got);
    if (good) (void)clqnn_reference_convert(&test->desc, clq_op_image_data(&test->x), clq_op_image_data(&test->expected));
    clq_op_image *const inputs[] = {&test->x}, *const outputs[] = {&test->got};
    good = good && clq_op_run(context, op, inputs, 1, outputs, 1) == CLQNN_OK;
    if (!good) (void)snprintf(message, 256, "%s", clqnn_last_error());
    good = good && clq_op_compare(&test->expected, &test->got, message);
    clqnn_op_destroy(op);
    return good ? CLQNN_OK : CLQNN_INVALID_ARGUMENT;
}

int main(int count, char **arguments)
{
    const char *variant = count > 1 && strcmp(arguments[1], "auto") != 0 ? arguments[1] : NULL;
    const int cases = count > 2 ? atoi(arguments[2]) : 1680;
    clqnn_context *context = NULL;
    int refused = 0, failed = 0;
    if (clqnn_context_create(NULL, &context) != CLQNN_OK) return printf("skipped: %s\n", clqnn_last_error()), 77;
    for (int i = 0; i < cases && failed < 10; i++) {
        convert_case test;
        char message[256] = "";
        const bool made = make_case((uint64_t)i, variant, &test);
        const clqnn_status status = made ? run_case(context, &test, message) : CLQNN_OUT_OF_MEMORY;
        refused += status == CLQNN_UNSUPPORTED;
        if (status != CLQNN_OK && status != CLQNN_UNSUPPORTED) {
            failed++;
            printf("seed %d case %d: %s to %s, rank %d: %s\n", SEED, i, clqnn_type_name(test.desc.x.type), clqnn_type_name(test.desc.y.type), (int)test.desc.y.rank, message);
        }
        clq_op_image_free(&test.x);
        clq_op_image_free(&test.expected);
        clq_op_image_free(&test.got);
    }
    printf("%d cases, %d refused (%s), %d failed\n", cases, refused, refused ? clqnn_last_error() : "none", failed);
    clqnn_context_release(context);
    return failed ? 1 : refused == cases ? 77 : 0;
}
