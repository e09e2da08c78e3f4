/* SPDX-License-Identifier: Apache-2.0 */
/* Written safetensors files: their bytes, what is refused, what stays when writing fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "safetensors.h"

typedef struct place {
    char folder[40], path[80];
} place;

static int make_place(void **state)
{
    static place here;
    strcpy(here.folder, "/tmp/clqnn-safetensors-XXXXXX");
    if (mkdtemp(here.folder) == NULL) return -1;
    snprintf(here.path, sizeof here.path, "%s/out.safetensors", here.folder);
    *state = &here;
    return 0;
}

static int files_in(const char *folder)
{
    int count = 0;
    DIR *stream = opendir(folder);
    assert_non_null(stream);
    for (const struct dirent *entry = readdir(stream); entry != NULL; entry = readdir(stream)) count += entry->d_name[0] != '.';
    closedir(stream);
    return count;
}

static int remove_place(void **state)
{
    place *here = *state;
    remove(here->path);
    return rmdir(here->folder);
}

static size_t read_bytes(const char *path, char *bytes, size_t capacity)
{
    FILE *stream = fopen(path, "rb");
    assert_non_null(stream);
    const size_t size = fread(bytes, 1, capacity, stream);
    fclose(stream);
    return size;
}

static const float three[3] = {1, 2, 3};
static const uint8_t two[2] = {4, 5};
static const double one = 6;

/* Header of a multiple of 8 bytes, wide elements first, then by name; independent of the order that is given. */
static void bytes_are_as_documented(void **state)
{
    const place *here = *state;
    const clq_safetensors_tensor tensors[] = {
        {.name = "z", .dtype = CLQ_SAFETENSORS_U8, .rank = 1, .shape = {2}, .data = two},
        {.name = "b", .dtype = CLQ_SAFETENSORS_F32, .rank = 2, .shape = {1, 3}, .data = three},
        {.name = "c", .dtype = CLQ_SAFETENSORS_F64, .data = &one},
        {.name = "a", .dtype = CLQ_SAFETENSORS_F32, .rank = 1, .shape = {0}},
    };
    const clq_safetensors_text text = {"note", "a \"b\""};
    static const char header[] = "{\"__metadata__\":{\"note\":\"a \\\"b\\\"\"},\"c\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]},"
                                 "\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[8,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1,3],\"data_offsets\":[8,20]},"
                                 "\"z\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[20,22]}}";
    char bytes[1024], message[256] = "";
    const size_t used = sizeof header - 1, length = (used + 7) / 8 * 8;
    for (int turn = 0; turn < 2; turn++) {
        clq_safetensors_tensor turned[4];
        for (int i = 0; i < 4; i++) turned[i] = tensors[turn == 0 ? i : 3 - i];
        const clq_safetensors_content content = {.texts = &text, .text_count = 1, .tensors = turned, .tensor_count = 4};
        assert_int_equal(clq_safetensors_write(here->path, &content, message, sizeof message), CLQNN_OK);
        assert_int_equal(read_bytes(here->path, bytes, sizeof bytes), 8 + length + 22);
        assert_int_equal((unsigned char)bytes[0] + 256 * (unsigned char)bytes[1], length);
        assert_memory_equal(bytes + 8, header, used);
        for (size_t i = used; i < length; i++) assert_int_equal(bytes[8 + i], ' ');
        assert_memory_equal(bytes + 8 + length, &one, 8);
        assert_memory_equal(bytes + 16 + length, three, 12);
        assert_memory_equal(bytes + 28 + length, two, 2);
    }
    assert_int_equal(files_in(here->folder), 1);
}

static void empty_content_is_a_file(void **state)
{
    const place *here = *state;
    clq_safetensors *file = NULL;
    char message[256] = "";
    assert_int_equal(clq_safetensors_write(here->path, &(clq_safetensors_content){.texts = NULL}, message, sizeof message), CLQNN_OK);
    assert_int_equal(clq_safetensors_read(here->path, &file, message, sizeof message), CLQNN_OK);
    assert_int_equal(clq_safetensors_count(file), 0);
    assert_int_equal(clq_safetensors_text_count(file), 0);
    clq_safetensors_free(file);
}

/* Every dtype comes back under its name. */
static void every_dtype_comes_back(void **state)
{
    const place *here = *state;
    static const unsigned char data[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    clq_safetensors_tensor tensors[CLQ_SAFETENSORS_F64];
    for (clq_safetensors_dtype dtype = CLQ_SAFETENSORS_BOOL; dtype <= CLQ_SAFETENSORS_F64; dtype++) {
        tensors[dtype - 1] = (clq_safetensors_tensor){.name = clq_safetensors_dtype_name(dtype), .dtype = dtype, .rank = 1, .shape = {1}, .data = data};
    }
    char message[256] = "";
    clq_safetensors *file = NULL;
    const clq_safetensors_content content = {.tensors = tensors, .tensor_count = CLQ_SAFETENSORS_F64};
    assert_int_equal(clq_safetensors_write(here->path, &content, message, sizeof message), CLQNN_OK);
    assert_int_equal(clq_safetensors_read(here->path, &file, message, sizeof message), CLQNN_OK);
    assert_int_equal(clq_safetensors_count(file), CLQ_SAFETENSORS_F64);
    for (size_t i = 0; i < clq_safetensors_count(file); i++) {
        const clq_safetensors_tensor *tensor = clq_safetensors_at(file, i);
        assert_string_equal(tensor->name, clq_safetensors_dtype_name(tensor->dtype));
        assert_memory_equal(tensor->data, data, clq_safetensors_dtype_size(tensor->dtype));
    }
    clq_safetensors_free(file);
    assert_string_equal(clq_safetensors_dtype_name((clq_safetensors_dtype)99), "none");
    assert_int_equal(clq_safetensors_dtype_size((clq_safetensors_dtype)-1), 0);
}

static void bad_content_is_refused(void **state)
{
    const place *here = *state;
    const clq_safetensors_tensor good = {.name = "t", .dtype = CLQ_SAFETENSORS_U8, .rank = 1, .shape = {2}, .data = two};
    clq_safetensors_tensor bad[9];
    for (int i = 0; i < 9; i++) bad[i] = good;
    bad[0].name = NULL;
    bad[1].name = "__metadata__";
    bad[2].name = "\xff";
    bad[3].dtype = CLQ_SAFETENSORS_NONE;
    bad[4].rank = 9;
    bad[5].rank = -1;
    bad[6].shape[0] = -2;
    bad[7].data = NULL;
    bad[8] = (clq_safetensors_tensor){.name = "t", .dtype = CLQ_SAFETENSORS_U8, .rank = 2, .shape = {INT64_C(1) << 40, INT64_C(1) << 40}, .data = two};
    char message[256] = "";
    for (int i = 0; i < 9; i++) {
        const clq_safetensors_tensor pair[2] = {good, bad[i]};
        const clq_safetensors_content content = {.tensors = pair, .tensor_count = 2};
        assert_int_equal(clq_safetensors_write(here->path, &content, message, sizeof message), CLQNN_INVALID_ARGUMENT);
        assert_non_null(strstr(message, "tensor 1"));
    }
    const clq_safetensors_tensor twice[3] = {good, {.name = "u", .dtype = CLQ_SAFETENSORS_F64, .data = &one}, good};
    const clq_safetensors_content same = {.tensors = twice, .tensor_count = 3};
    assert_int_equal(clq_safetensors_write(here->path, &same, message, sizeof message), CLQNN_INVALID_ARGUMENT);
    assert_string_equal(message, "tensor 't' is given twice");
    const clq_safetensors_text texts[][2] = {{{"k", "1"}, {"k", "2"}}, {{"k", "1"}, {"l", NULL}}, {{"k", "1"}, {NULL, ""}}, {{"k", "1"}, {"l", "\xc3"}}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const clq_safetensors_content content = {.texts = texts[i], .text_count = 2};
        assert_int_equal(clq_safetensors_write(here->path, &content, message, sizeof message), CLQNN_INVALID_ARGUMENT);
    }
    assert_int_equal(clq_safetensors_write(NULL, &same, NULL, 0), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clq_safetensors_write(here->path, NULL, NULL, 0), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clq_safetensors_write(here->path, &(clq_safetensors_content){.tensor_count = 1}, NULL, 0), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(files_in(here->folder), 0);
}

static void failed_write_leaves_what_was(void **state)
{
    place *here = *state;
    char message[256] = "", path[128];
    const clq_safetensors_content content = {.texts = NULL};
    snprintf(path, sizeof path, "%s/none/out.safetensors", here->folder);
    assert_int_equal(clq_safetensors_write(path, &content, message, sizeof message), CLQNN_IO_ERROR);
    assert_non_null(strstr(message, path));
    /* A folder in the way: the new file is whole, but cannot take its place. */
    assert_int_equal(mkdir(here->path, 0700), 0);
    assert_int_equal(clq_safetensors_write(here->path, &content, message, sizeof message), CLQNN_IO_ERROR);
    assert_int_equal(files_in(here->folder), 1);
    assert_int_equal(rmdir(here->path), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(bytes_are_as_documented, make_place, remove_place),
        cmocka_unit_test_setup_teardown(empty_content_is_a_file, make_place, remove_place),
        cmocka_unit_test_setup_teardown(every_dtype_comes_back, make_place, remove_place),
        cmocka_unit_test_setup_teardown(bad_content_is_refused, make_place, remove_place),
        cmocka_unit_test_setup_teardown(failed_write_leaves_what_was, make_place, remove_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
