/* SPDX-License-Identifier: Apache-2.0 */
/* What clqnn_op_enqueue and its siblings promise, with a sum as the operator. */
#include <stdlib.h>
#include <string.h>

#include "op_fixture.h"

enum { ROWS = 6, COLUMNS = 40, BYTES = ROWS * COLUMNS };

static clqnn_op *make_sum(const clqnn_tensor *a, const clqnn_tensor *b, const clqnn_tensor *y)
{
    clqnn_op *op = NULL;
    const clqnn_binary_desc desc = {.struct_size = sizeof desc, .a = *a, .b = *b, .y = *y};
    assert_int_equal(clqnn_binary_create(op_context(), &desc, &op), CLQNN_OK);
    return op;
}

static clqnn_op *make_plain_sum(void)
{
    const clqnn_tensor tensor = op_plain_tensor(ROWS, COLUMNS);
    return make_sum(&tensor, &tensor, &tensor);
}

static clqnn_status enqueue(const clqnn_op *op, const clqnn_region inputs[2], clqnn_region output)
{
    struct _cl_command_queue *queue = NULL;
    const clqnn_op_args args = {.inputs = inputs, .outputs = &output, .input_count = 2, .output_count = 1};
    assert_int_equal(clqnn_default_queue(op_context(), &queue), CLQNN_OK);
    const clqnn_status status = clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL);
    assert_int_equal(clqnn_finish(op_context()), CLQNN_OK);
    return status;
}

static void null_pointers_are_refused(void **state)
{
    (void)state;
    clqnn_op *op = make_plain_sum();
    struct _cl_command_queue *queue = NULL;
    clqnn_op_info info;
    size_t count = 0;
    const clqnn_op_args args = {.input_count = 2, .output_count = 1};
    assert_int_equal(clqnn_default_queue(op_context(), &queue), CLQNN_OK);
    assert_int_equal(clqnn_op_enqueue(NULL, queue, &args, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_op_enqueue(op, queue, NULL, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_op_enqueue(op, NULL, &args, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    op_expect_message("inputs is NULL");
    assert_int_equal(clqnn_op_describe(NULL, &info), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_op_describe(op, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_op_variants(NULL, 1, &count), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_op_variants(NULL, 0, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_op_prewarm(NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_op_workspace_size(NULL), 0);
    clqnn_op_destroy(NULL);
    clqnn_op_destroy(op);
}

static void wrong_regions_are_refused(void **state)
{
    (void)state;
    clqnn_op *op = make_plain_sum();
    struct _cl_mem *large = op_buffer(NULL, 4 * BYTES), *small = op_buffer(NULL, BYTES - 1);
    const clqnn_region good[2] = {{large, 0}, {large, BYTES}};
    const clqnn_region ends_early[2] = {{small, 0}, {large, 0}}, is_missing[2] = {{large, 0}, {NULL, 0}};
    assert_int_equal(enqueue(op, ends_early, (clqnn_region){large, 2 * BYTES}), CLQNN_BUFFER_TOO_SMALL);
    op_expect_message("a needs 240 bytes");
    assert_int_equal(enqueue(op, is_missing, (clqnn_region){large, 2 * BYTES}), CLQNN_INVALID_ARGUMENT);
    op_expect_message("b.memory is NULL");
    assert_int_equal(enqueue(op, good, (clqnn_region){large, 3 * BYTES + 1}), CLQNN_BUFFER_TOO_SMALL);
    op_expect_message("y needs 240 bytes from offset 721");
    assert_int_equal(enqueue(op, good, (clqnn_region){large, 2 * BYTES - 1}), CLQNN_INVALID_ARGUMENT);
    op_expect_message("y overlaps b");
    assert_int_equal(enqueue(op, good, (clqnn_region){large, 1}), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(enqueue(op, good, (clqnn_region){large, 2 * BYTES}), CLQNN_OK);
    assert_int_equal(enqueue(op, good, (clqnn_region){large, 0}), CLQNN_OK); /* y is a: in place */
    assert_int_equal(enqueue(op, good, (clqnn_region){large, BYTES}), CLQNN_OK);
    clqnn_op_destroy(op);
    clqnn_buffer_release(large);
    clqnn_buffer_release(small);
}

static void wrong_counts_are_refused(void **state)
{
    (void)state;
    clqnn_op *op = make_plain_sum();
    struct _cl_mem *memory = op_buffer(NULL, 4 * BYTES);
    struct _cl_command_queue *queue = NULL;
    const clqnn_region regions[3] = {{memory, 0}, {memory, BYTES}, {memory, 2 * BYTES}};
    const clqnn_op_args args = {.inputs = regions, .outputs = regions + 2, .input_count = 3, .output_count = 1};
    assert_int_equal(clqnn_default_queue(op_context(), &queue), CLQNN_OK);
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    op_expect_message("3 inputs");
    clqnn_op_destroy(op);
    clqnn_buffer_release(memory);
}

static void another_contexts_buffer_is_refused(void **state)
{
    (void)state;
    clqnn_context *other = NULL;
    clqnn_op *op = make_plain_sum();
    struct _cl_mem *memory = op_buffer(NULL, 4 * BYTES), *foreign = NULL;
    assert_int_equal(clqnn_context_create(NULL, &other), CLQNN_OK);
    assert_int_equal(clqnn_buffer_create(other, BYTES, &foreign), CLQNN_OK);
    const clqnn_region inputs[2] = {{memory, 0}, {foreign, 0}};
    assert_int_equal(enqueue(op, inputs, (clqnn_region){memory, BYTES}), CLQNN_INVALID_ARGUMENT);
    op_expect_message("another OpenCL context");
    clqnn_op_destroy(op);
    clqnn_buffer_release(memory);
    clqnn_buffer_release(foreign);
    clqnn_context_release(other);
}

/* Channels 0..9 and 10..19 of pixels of 40 channels are summed into channels 20..29 of the same buffer. */
static void interleaved_slices_do_not_overlap(void **state)
{
    (void)state;
    unsigned char bytes[BYTES];
    clqnn_tensor slice = op_plain_tensor(ROWS, 10);
    slice.strides[0] = COLUMNS;
    slice.strides[1] = 1;
    for (int i = 0; i < BYTES; i++) bytes[i] = (unsigned char)(10 + i % 7);
    clqnn_op *op = make_sum(&slice, &slice, &slice);
    struct _cl_mem *memory = op_buffer(bytes, BYTES);
    const clqnn_region inputs[2] = {{memory, 0}, {memory, 10}};
    assert_int_equal(enqueue(op, inputs, (clqnn_region){memory, 20}), CLQNN_OK);
    for (int row = 0; row < ROWS; row++) {
        unsigned char *pixel = bytes + row * COLUMNS;
        for (int i = 0; i < 10; i++) pixel[20 + i] = (unsigned char)(pixel[i] - 10 + pixel[10 + i]); /* equal scales: 0.5 * (a - 10) + 0.5 * (b - 10) */
    }
    unsigned char got[BYTES];
    assert_int_equal(clqnn_download(op_context(), memory, 0, got, BYTES), CLQNN_OK);
    assert_memory_equal(got, bytes, BYTES);
    assert_int_equal(enqueue(op, inputs, (clqnn_region){memory, 19}), CLQNN_INVALID_ARGUMENT); /* one channel is shared */
    op_expect_message("y overlaps b");
    clqnn_op_destroy(op);
    clqnn_buffer_release(memory);
}

static void events_and_wait_lists_work_on_any_queue(void **state)
{
    (void)state;
    clqnn_op *op = make_plain_sum();
    unsigned char bytes[BYTES], got[BYTES];
    for (int i = 0; i < BYTES; i++) bytes[i] = (unsigned char)(10 + i % 3);
    struct _cl_mem *a = op_buffer(bytes, BYTES), *y = op_buffer(NULL, BYTES), *z = op_buffer(NULL, BYTES);
    cl_context context = clqnn_context_opencl_context(op_context());
    cl_device_id device = clqnn_context_opencl_device(op_context());
    cl_int code = CL_SUCCESS;
    cl_command_queue queue = clCreateCommandQueue(context, device, CL_QUEUE_OUT_OF_ORDER_EXEC_MODE_ENABLE, &code);
    cl_event first = NULL, second = NULL;
    if (!queue) skip();
    const clqnn_region one[2] = {{a, 0}, {a, 0}}, two[2] = {{y, 0}, {a, 0}}, middle = {y, 0}, end = {z, 0};
    const clqnn_op_args sum = {.inputs = one, .outputs = &middle, .input_count = 2, .output_count = 1};
    const clqnn_op_args again = {.inputs = two, .outputs = &end, .input_count = 2, .output_count = 1};
    assert_int_equal(clqnn_op_enqueue(op, queue, &sum, 0, NULL, &first), CLQNN_OK);
    assert_int_equal(clqnn_op_enqueue(op, queue, &again, 1, &first, &second), CLQNN_OK);
    assert_int_equal(clWaitForEvents(1, &second), CL_SUCCESS);
    assert_int_equal(clqnn_download(op_context(), z, 0, got, BYTES), CLQNN_OK);
    for (int i = 0; i < BYTES; i++) assert_int_equal(got[i], 10 + 3 * (i % 3));
    clReleaseEvent(first);
    clReleaseEvent(second);
    clReleaseCommandQueue(queue);
    clqnn_op_destroy(op);
    clqnn_buffer_release(a);
    clqnn_buffer_release(y);
    clqnn_buffer_release(z);
}

static void plans_say_what_they_are(void **state)
{
    (void)state;
    clqnn_op *op = make_plain_sum();
    clqnn_op_info info, asked;
    const clqnn_tensor tensor = op_plain_tensor(ROWS, COLUMNS);
    const clqnn_binary_desc desc = {.struct_size = sizeof desc, .a = tensor, .b = tensor, .y = tensor};
    assert_int_equal(clqnn_op_describe(op, &info), CLQNN_OK);
    assert_int_equal(clqnn_binary_query(op_context(), &desc, &asked), CLQNN_OK);
    assert_string_equal(info.kind, "binary");
    assert_string_equal(info.variant, asked.variant);
    assert_int_equal(info.input_count, 2);
    assert_int_equal(info.output_count, 1);
    assert_true(info.estimated_seconds > 0);
    clqnn_op_destroy(op);
}

static void all_variants_are_listed_and_prewarmed(void **state)
{
    (void)state;
    size_t count = 0, again = 0;
    bool portable = false;
    assert_int_equal(clqnn_op_variants(NULL, 0, &count), CLQNN_OK);
    assert_in_range(count, 3, 1000);
    clqnn_op_variant_info *list = calloc(count, sizeof *list);
    assert_non_null(list);
    assert_int_equal(clqnn_op_variants(list, count, &again), CLQNN_OK);
    assert_int_equal(count, again);
    for (size_t i = 0; i < count; i++) portable = portable || strcmp(list[i].name, "binary_portable") == 0;
    free(list);
    assert_true(portable);
    assert_int_equal(clqnn_op_prewarm(op_context()), CLQNN_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(null_pointers_are_refused), cmocka_unit_test(wrong_regions_are_refused), cmocka_unit_test(wrong_counts_are_refused),
        cmocka_unit_test(another_contexts_buffer_is_refused), cmocka_unit_test(interleaved_slices_do_not_overlap),
        cmocka_unit_test(events_and_wait_lists_work_on_any_queue), cmocka_unit_test(plans_say_what_they_are), cmocka_unit_test(all_variants_are_listed_and_prewarmed),
    };
    if (!op_fixture_open()) return OP_FIXTURE_SKIPPED;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    op_fixture_close();
    return failed;
}
