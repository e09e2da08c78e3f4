/* SPDX-License-Identifier: Apache-2.0 */
/* Averages over 3 x 3 with every pair of pads before and behind a row, of images with channels first, in every variant: the windows that borders cut have other divisors
 * at both ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/clqnn.h"
#include "clqnn/reference_shape.h"

#define CHANNELS 3
#define HEIGHT 5
#define MOST_WIDTH 70

static clqnn_pool_desc describe(const char *variant, int width, int stride, int before, int behind)
{
    clqnn_pool_desc desc = {.struct_size = sizeof desc, .kind = CLQNN_POOL_AVERAGE, .layout = CLQNN_CHANNELS_FIRST, .variant = variant, .kernel = {3, 3}};
    desc.stride[0] = 1;
    desc.stride[1] = stride;
    desc.pad_begin[0] = desc.pad_end[0] = 1;
    desc.pad_begin[1] = before;
    desc.pad_end[1] = behind;
    desc.x = (clqnn_tensor){.type = CLQNN_S8, .rank = 4, .shape = {1, CHANNELS, HEIGHT, width}};
    desc.y = (clqnn_tensor){.type = CLQNN_S8, .rank = 4, .shape = {1, CHANNELS, HEIGHT, (width + before + behind - 3) / stride + 1}};
    return desc;
}

/* 1: the device lacks the variant. */
static int run(clqnn_context *context, const clqnn_pool_desc *desc)
{
    static int8_t x[CHANNELS * HEIGHT * MOST_WIDTH], y[CHANNELS * HEIGHT * (MOST_WIDTH + 2)], expected[sizeof y];
    clqnn_op *op = NULL;
    const clqnn_status made = clqnn_pool_create(context, desc, &op);
    if (made == CLQNN_UNSUPPORTED) return 1;
    assert_int_equal(made, CLQNN_OK);
    for (size_t i = 0; i < sizeof x; i++) x[i] = (int8_t)(i * 73 + (i >> 3) * 29);
    assert_int_equal(clqnn_reference_pool(desc, x, expected), CLQNN_OK);
    struct _cl_mem *memory[2] = {NULL, NULL};
    struct _cl_command_queue *queue = NULL;
    assert_int_equal(clqnn_buffer_create(context, sizeof x, &memory[0]), CLQNN_OK);
    assert_int_equal(clqnn_buffer_create(context, sizeof y, &memory[1]), CLQNN_OK);
    assert_int_equal(clqnn_upload(context, memory[0], 0, x, sizeof x), CLQNN_OK);
    assert_int_equal(clqnn_default_queue(context, &queue), CLQNN_OK);
    const clqnn_op_args args = {.inputs = &(clqnn_region){memory[0], 0}, .outputs = &(clqnn_region){memory[1], 0}, .input_count = 1, .output_count = 1};
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_OK);
    assert_int_equal(clqnn_download(context, memory[1], 0, y, sizeof y), CLQNN_OK);
    const size_t count = (size_t)(CHANNELS * HEIGHT * desc->y.shape[3]);
    if (memcmp(y, expected, count) != 0) {
        fail_msg("%s: width %d stride %d pads %d, %d", desc->variant, (int)desc->x.shape[3], (int)desc->stride[1], (int)desc->pad_begin[1], (int)desc->pad_end[1]);
    }
    clqnn_buffer_release(memory[0]);
    clqnn_buffer_release(memory[1]);
    clqnn_op_destroy(op);
    return 0;
}

static void averages_at_borders(void **state)
{
    static const char *const variants[] = {"pool_portable", "pool_bands", "pool_planes"};
    static const int widths[] = {3, 7, 14, 16, 33, MOST_WIDTH};
    clqnn_context *context = NULL;
    int ran = 0;
    (void)state;
    assert_int_equal(clqnn_context_create(NULL, &context), CLQNN_OK);
    for (int v = 0; v < 3; v++) {
        for (int i = 0; i < 6 * 9 * 2; i++) {
            const clqnn_pool_desc desc = describe(variants[v], widths[i / 18], i % 2 + 1, i / 2 % 3, i / 6 % 3);
            ran += !run(context, &desc);
        }
    }
    assert_true(ran >= 6 * 9 * 2); /* the portable one at least */
    clqnn_context_release(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(averages_at_borders)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
