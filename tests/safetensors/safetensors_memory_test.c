/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and writing with the n-th allocation failing, for every n: a status, a message, nothing half done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "safetensors.h"

static long allocations_left = -1; /* before one fails; below 0: none does */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);

static bool is_to_fail(void)
{
    if (allocations_left < 0) return false;
    return allocations_left-- == 0;
}

void *__wrap_malloc(size_t size)
{
    return is_to_fail() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return is_to_fail() ? NULL : __real_calloc(count, size);
}

static void json_free(void *block)
{
    free(block);
}

static const char path[] = "safetensors_memory_test.safetensors";
static const float values[4] = {1, 2, 3, 4};

static clqnn_status write_one(char *message, size_t capacity)
{
    const clq_safetensors_tensor tensors[2] = {{.name = "a", .dtype = CLQ_SAFETENSORS_F32, .rank = 1, .shape = {4}, .data = values},
                                               {.name = "b", .dtype = CLQ_SAFETENSORS_F16, .rank = 2, .shape = {2, 2}, .data = values}};
    const clq_safetensors_text text = {"key", "value"};
    return clq_safetensors_write(path, &(clq_safetensors_content){.texts = &text, .text_count = 1, .tensors = tensors, .tensor_count = 2}, message, capacity);
}

static void every_allocation_of_a_write_fails_once(void **state)
{
    (void)state;
    int failures = 0;
    for (long n = 0; n < 1000; n++) {
        char message[256] = "";
        remove(path);
        allocations_left = n;
        const clqnn_status status = write_one(message, sizeof message);
        const bool was_reached = allocations_left < 0;
        allocations_left = -1;
        if (!was_reached) {
            assert_int_equal(status, CLQNN_OK);
            break;
        }
        /* The C library may do without a buffer. */
        if (status == CLQNN_OK) continue;
        failures++;
        assert_true(status == CLQNN_OUT_OF_MEMORY || status == CLQNN_IO_ERROR);
        assert_true(message[0] != '\0');
        assert_int_not_equal(access(path, F_OK), 0);
    }
    assert_true(failures > 10);
}

static void every_allocation_of_a_read_fails_once(void **state)
{
    (void)state;
    char message[256] = "";
    assert_int_equal(write_one(message, sizeof message), CLQNN_OK);
    int failures = 0;
    clq_safetensors *file = NULL;
    for (long n = 0; n < 1000; n++) {
        allocations_left = n;
        const clqnn_status status = clq_safetensors_read(path, &file, message, sizeof message);
        const bool was_reached = allocations_left < 0;
        allocations_left = -1;
        if (!was_reached) {
            assert_int_equal(status, CLQNN_OK);
            break;
        }
        failures++;
        /* cJSON does not tell a lack of memory from bad JSON. */
        assert_true(status == CLQNN_OUT_OF_MEMORY || status == CLQNN_CORRUPT_DATA);
        assert_null(file);
    }
    assert_true(failures > 10);
    assert_non_null(file);
    clq_safetensors_free(file);
    remove(path);
}

int main(void)
{
    cJSON_Hooks hooks = {.malloc_fn = __wrap_malloc, .free_fn = json_free};
    cJSON_InitHooks(&hooks);
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_of_a_write_fails_once), cmocka_unit_test(every_allocation_of_a_read_fails_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
