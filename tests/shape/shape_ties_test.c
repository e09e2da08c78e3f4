/* SPDX-License-Identifier: Apache-2.0 */
/* Averages that lie on a tie, half of the pixels q, half q + 1: away from zero by TFLite's rule, of every even count up to 400; to even by the float rule, whose
 * multiplier is exact for powers of two. Every variant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "clqnn/clqnn.h"

#define CHANNELS 64
#define MOST 400

static int32_t value_of(int channel, int pixel) { return channel * 4 - 128 + (pixel & 1); }

static int32_t rounded(int channel, clqnn_average_rounding rounding)
{
    const int32_t low = value_of(channel, 0); /* even */
    return rounding == CLQNN_AVERAGE_HALF_AWAY && low >= 0 ? low + 1 : low;
}

/* Global averages of images of `count` pixels in one row. 1: the device lacks the variant, or it refuses the layout. */
static int run(clqnn_context *context, const char *variant, int channels_first, int count, clqnn_average_rounding rounding)
{
    static int8_t x[MOST * CHANNELS], y[CHANNELS];
    clqnn_pool_desc desc = {.struct_size = sizeof desc, .kind = CLQNN_POOL_AVERAGE, .spatial_rank = 1, .is_global = 1, .rounding = rounding, .variant = variant};
    desc.layout = channels_first ? CLQNN_CHANNELS_FIRST : CLQNN_CHANNELS_LAST;
    desc.x = (clqnn_tensor){.type = CLQNN_S8, .rank = 3, .shape = {1, channels_first ? CHANNELS : count, channels_first ? count : CHANNELS}};
    desc.y = (clqnn_tensor){.type = CLQNN_S8, .rank = 3, .shape = {1, channels_first ? CHANNELS : 1, channels_first ? 1 : CHANNELS}};
    for (int c = 0; c < CHANNELS; c++) {
        for (int i = 0; i < count; i++) x[channels_first ? c * count + i : i * CHANNELS + c] = (int8_t)value_of(c, i);
    }
    clqnn_op *op = NULL;
    const clqnn_status made = clqnn_pool_create(context, &desc, &op);
    if (made == CLQNN_UNSUPPORTED) return 1;
    assert_int_equal(made, CLQNN_OK);
    struct _cl_mem *memory[2] = {NULL, NULL};
    struct _cl_command_queue *queue = NULL;
    assert_int_equal(clqnn_buffer_create(context, sizeof x, &memory[0]), CLQNN_OK);
    assert_int_equal(clqnn_buffer_create(context, sizeof y, &memory[1]), CLQNN_OK);
    assert_int_equal(clqnn_upload(context, memory[0], 0, x, sizeof x), CLQNN_OK);
    assert_int_equal(clqnn_default_queue(context, &queue), CLQNN_OK);
    const clqnn_op_args args = {.inputs = &(clqnn_region){memory[0], 0}, .outputs = &(clqnn_region){memory[1], 0}, .input_count = 1, .output_count = 1};
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_OK);
    assert_int_equal(clqnn_download(context, memory[1], 0, y, sizeof y), CLQNN_OK);
    for (int c = 0; c < CHANNELS; c++) {
        if (y[c] != rounded(c, rounding)) fail_msg("%s: %d pixels of %d and one more: %d", variant, count, (int)value_of(c, 0), (int)y[c]);
    }
    clqnn_buffer_release(memory[0]);
    clqnn_buffer_release(memory[1]);
    clqnn_op_destroy(op);
    return 0;
}

static void averages_on_ties(void **state)
{
    static const char *const variants[] = {"pool_portable", "pool_vector", "pool_bands", "pool_planes"};
    clqnn_context *context = NULL;
    int ran = 0;
    (void)state;
    assert_int_equal(clqnn_context_create(NULL, &context), CLQNN_OK);
    for (int v = 0; v < 4; v++) {
        for (int count = 2; count <= MOST; count += 2) {
            ran += !run(context, variants[v], v >= 2, count, CLQNN_AVERAGE_HALF_AWAY);
            if ((count & (count - 1)) == 0) ran += !run(context, variants[v], v >= 2, count, CLQNN_AVERAGE_FLOAT_EVEN);
        }
    }
    assert_true(ran >= MOST / 2); /* the portable one at least */
    clqnn_context_release(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(averages_on_ties)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
