/* SPDX-License-Identifier: Apache-2.0 */
/* Good and damaged safetensors files, made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "safetensors.h"

#define W "\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}"
#define B "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[24,26]}"
#define DATA_BYTES 26

/* Length, header, data[i] = i, in a block of exactly *size bytes. */
static unsigned char *file_bytes(const char *header, size_t data_bytes, size_t *size)
{
    const size_t length = strlen(header);
    *size = 8 + length + data_bytes;
    unsigned char *bytes = malloc(*size);
    assert_non_null(bytes);
    for (int i = 0; i < 8; i++) bytes[i] = (unsigned char)((uint64_t)length >> 8 * i);
    memcpy(bytes + 8, header, length);
    for (size_t i = 0; i < data_bytes; i++) bytes[8 + length + i] = (unsigned char)i;
    return bytes;
}

static clq_safetensors *read_header(const char *header, size_t data_bytes, clqnn_status *status, char *message, size_t capacity)
{
    size_t size = 0;
    clq_safetensors *file = NULL;
    unsigned char *bytes = file_bytes(header, data_bytes, &size);
    *status = clq_safetensors_read_memory(bytes, size, &file, message, capacity);
    free(bytes);
    return file;
}

static void good_file_is_read(void **state)
{
    (void)state;
    char message[256] = "";
    clqnn_status status = CLQNN_OK;
    clq_safetensors *file = read_header("{\"__metadata__\":{\"format\":\"pt\",\"k\":\"v\"}," W "," B "}   ", DATA_BYTES, &status, message, sizeof message);
    assert_int_equal(status, CLQNN_OK);
    assert_int_equal(clq_safetensors_count(file), 2);
    const clq_safetensors_tensor *w = clq_safetensors_at(file, 0), *b = clq_safetensors_find(file, "b");
    assert_string_equal(w->name, "w");
    assert_int_equal(w->dtype, CLQ_SAFETENSORS_F32);
    assert_int_equal(w->rank, 2);
    assert_int_equal(w->shape[0], 2);
    assert_int_equal(w->shape[1], 3);
    assert_int_equal((uintptr_t)w->data % 8, 0);
    for (unsigned char i = 0; i < 24; i++) assert_int_equal(((const unsigned char *)w->data)[i], i);
    assert_ptr_equal(b, clq_safetensors_at(file, 1));
    assert_memory_equal(b->data, "\x18\x19", 2);
    assert_null(clq_safetensors_find(file, "W"));
    assert_int_equal(clq_safetensors_text_count(file), 2);
    assert_string_equal(clq_safetensors_text_at(file, 1)->key, "k");
    assert_string_equal(clq_safetensors_text_of(file, "format"), "pt");
    assert_null(clq_safetensors_text_of(file, "none"));
    clq_safetensors_free(file);
    clq_safetensors_free(NULL);
}

/* Data need not lie in the order of the header, nor at multiples of its elements' size. */
static void unaligned_data_is_aligned(void **state)
{
    (void)state;
    char message[256] = "";
    clqnn_status status = CLQNN_OK;
    clq_safetensors *file = read_header("{\"d\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[3,11]},\"e\":{\"dtype\":\"I16\",\"shape\":[0],\"data_offsets\":[3,3]},"
                                        "\"b\":{\"dtype\":\"BOOL\",\"shape\":[3,1],\"data_offsets\":[0,3]}}",
                                        11, &status, message, sizeof message);
    assert_int_equal(status, CLQNN_OK);
    const clq_safetensors_tensor *d = clq_safetensors_at(file, 0), *e = clq_safetensors_at(file, 1);
    assert_string_equal(d->name, "d");
    assert_int_equal(d->rank, 0);
    assert_int_equal((uintptr_t)d->data % 8, 0);
    assert_memory_equal(d->data, "\x03\x04\x05\x06\x07\x08\x09\x0a", 8);
    assert_non_null(e->data);
    assert_memory_equal(clq_safetensors_find(file, "b")->data, "\x00\x01\x02", 3);
    assert_int_equal(clq_safetensors_text_count(file), 0);
    clq_safetensors_free(file);
}

typedef struct damage {
    const char *header;
    size_t data_bytes;
    const char *needle; /* must be in the message */
} damage;

static void damaged_file_is_refused(void **state)
{
    (void)state;
    static const damage rows[] = {
        {"", 0, "does not begin with '{'"},
        {"[]", 0, "does not begin with '{'"},
        {" {}", 0, "does not begin with '{'"},
        {"{", 0, "not JSON"},
        {"{}x", 0, "behind its object"},
        {"{}{}", 0, "behind its object"},
        {"{\"a\\u0000\":1}", 0, "zero byte"},
        {"{" W "," B "}", DATA_BYTES - 1, "'b' ends at byte 26 of 25 bytes of data: the file is truncated"},
        {"{" W "," B "}", 0, "truncated"},
        {"{" W "," B "}", DATA_BYTES + 3, "3 bytes behind the last tensor"},
        {"{}", 1, "1 bytes behind the last tensor"},
        {"{" W "," W "," B "}", DATA_BYTES, "'w' twice"},
        {"{\"__metadata__\":{},\"__metadata__\":{}}", 0, "'__metadata__' twice"},
        {"{\"__metadata__\":{\"k\":\"1\",\"l\":\"2\",\"k\":\"1\"}}", 0, "'k' twice"},
        {"{\"__metadata__\":7}", 0, "__metadata__"},
        {"{\"__metadata__\":{\"k\":7}}", 0, "'k' is not a string"},
        {"{\"__metadata__\":{\"k\":\"\xff\"}}", 0, "'k' is not UTF-8"},
        {"{" W ",\"\xc0\x80\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[24,26]}}", DATA_BYTES, "not UTF-8"},
        {"{" W ",\"b\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[23,26]}}", DATA_BYTES, "'b' overlaps the data of 'w'"},
        {"{" W ",\"b\":{\"dtype\":\"U8\",\"shape\":[24],\"data_offsets\":[0,24]}}", 24, "overlaps"},
        {"{" W ",\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[25,26]}}", DATA_BYTES, "1 bytes of data before tensor 'b'"},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,0]}}", 1, "ascending"},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0]}}", 1, "data_offsets"},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1,2]}}", 1, "data_offsets"},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,0.5]}}", 1, "whole numbers"},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,18446744073709551616]}}", 1, "whole numbers"},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,9007199254740991]}}", 1, "9007199254740991 of 1 bytes"},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":[-1],\"data_offsets\":[0,1]}}", 1, "whole number"},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":\"1\",\"data_offsets\":[0,1]}}", 1, "no shape"},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":[1,1e30],\"data_offsets\":[0,1]}}", 1, "whole number"},
        {"{\"a\":{\"dtype\":\"F64\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}", 0, "[4294967296,4294967296] of tensor 'a' is too large"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[0,9007199254740991,9007199254740991],\"data_offsets\":[0,0]}}", 0, "too large"},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":[1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,1]}}", 1, "more than 8 dimensions"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,7]}}", 7, "shape [2] and dtype F32 does not fit its 7 bytes"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,7]}}", 7, "does not fit its 7 bytes"},
        {"{\"a\":{\"dtype\":\"F33\",\"shape\":[2],\"data_offsets\":[0,7]}}", 7, "unknown dtype F33"},
        {"{\"a\":{\"dtype\":\"none\",\"shape\":[2],\"data_offsets\":[0,0]}}", 0, "unknown dtype none"},
        {"{\"a\":{\"dtype\":\"f32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "unknown dtype f32"},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1],\"extra\":1}}", 1, "'a'"},
        {"{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\",\"data_offsets\":[0,1]}}", 1, "twice"},
        {"{\"a\":7}", 0, "'a' is not an object"},
        {"{\"\\u001b[31m\":7}", 0, "'?[31m'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char message[256] = "";
        clqnn_status status = CLQNN_OK;
        const clq_safetensors *file = read_header(rows[i].header, rows[i].data_bytes, &status, message, sizeof message);
        if (status != CLQNN_CORRUPT_DATA || file != NULL || strstr(message, rows[i].needle) == NULL) {
            fail_msg("row %zu: status %d, message '%s', wanted '%s' for %s", i, (int)status, message, rows[i].needle, rows[i].header);
        }
    }
}

static void utf8_is_told_from_other_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        clqnn_status status;
    } rows[] = {
        {"\xc3\xa9", CLQNN_OK},           {"\xe2\x82\xac", CLQNN_OK},           {"\xf0\x9f\x98\x80", CLQNN_OK},     {"\xf4\x8f\xbf\xbf", CLQNN_OK},
        {"\xed\x9f\xbf", CLQNN_OK},       {"\xc3", CLQNN_CORRUPT_DATA},         {"\xe2\x82", CLQNN_CORRUPT_DATA},   {"\x80", CLQNN_CORRUPT_DATA},
        {"\xc1\xbf", CLQNN_CORRUPT_DATA}, {"\xe0\x9f\xbf", CLQNN_CORRUPT_DATA}, {"\xed\xa0\x80", CLQNN_CORRUPT_DATA},
        {"\xf0\x8f\xbf\xbf", CLQNN_CORRUPT_DATA}, {"\xf4\x90\x80\x80", CLQNN_CORRUPT_DATA}, {"\xf5\x80\x80\x80", CLQNN_CORRUPT_DATA},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char header[128], message[128] = "";
        snprintf(header, sizeof header, "{\"%s\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}", rows[i].name);
        clqnn_status status = CLQNN_OK;
        clq_safetensors *file = read_header(header, 0, &status, message, sizeof message);
        if (status != rows[i].status) fail_msg("row %zu: status %d, message '%s'", i, (int)status, message);
        clq_safetensors_free(file);
    }
}

/* Many tensors: names are not compared each with each. */
static void many_tensors_are_read(void **state)
{
    (void)state;
    enum { TENSORS = 30000 };
    char *header = malloc(TENSORS * 80), message[256] = "";
    assert_non_null(header);
    size_t used = 0;
    for (int i = 0; i < TENSORS; i++) {
        used += (size_t)sprintf(header + used, "%c\"t%d\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[%d,%d]}", i == 0 ? '{' : ',', i, i, i + 1);
    }
    strcpy(header + used, "}");
    clqnn_status status = CLQNN_OK;
    clq_safetensors *file = read_header(header, TENSORS, &status, message, sizeof message);
    free(header);
    assert_int_equal(status, CLQNN_OK);
    assert_int_equal(clq_safetensors_count(file), TENSORS);
    assert_int_equal(*(const unsigned char *)clq_safetensors_find(file, "t29999")->data, 29999 % 256);
    clq_safetensors_free(file);
}

static void write_bytes(const char *path, const void *bytes, size_t size)
{
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, size, stream), size);
    fclose(stream);
}

static void files_that_cannot_be_read(void **state)
{
    (void)state;
    char message[256] = "", folder[] = "/tmp/clqnn-safetensors-XXXXXX", path[128];
    clq_safetensors *file = NULL;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(clq_safetensors_read(folder, &file, message, sizeof message), CLQNN_IO_ERROR);
    assert_non_null(strstr(message, folder));
    snprintf(path, sizeof path, "%s/x.safetensors", folder);
    assert_int_equal(clq_safetensors_read(path, &file, message, sizeof message), CLQNN_IO_ERROR);
    assert_non_null(strstr(message, "No such file"));
    write_bytes(path, "\377\377\377\377\377\377\377\377{}", 10);
    assert_int_equal(clq_safetensors_read(path, &file, message, sizeof message), CLQNN_CORRUPT_DATA);
    assert_non_null(strstr(message, "header length 18446744073709551615"));
    write_bytes(path, "\3\0\0\0\0\0\0\0{}", 10);
    assert_int_equal(clq_safetensors_read(path, &file, message, sizeof message), CLQNN_CORRUPT_DATA);
    assert_non_null(strstr(message, "header length 3 is above the 2 bytes"));
    assert_int_equal(truncate(path, 7), 0);
    assert_int_equal(clq_safetensors_read(path, &file, message, sizeof message), CLQNN_CORRUPT_DATA);
    assert_non_null(strstr(message, "7 bytes are too few"));
    assert_null(file);
    assert_int_equal(clq_safetensors_read(path, NULL, NULL, 0), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clq_safetensors_read(NULL, &file, NULL, 0), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clq_safetensors_read_memory(NULL, 1, &file, NULL, 0), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clq_safetensors_read_memory(NULL, 0, &file, message, 4), CLQNN_CORRUPT_DATA);
    assert_string_equal(message, "0 b");
    remove(path);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_file_is_read),           cmocka_unit_test(unaligned_data_is_aligned), cmocka_unit_test(damaged_file_is_refused),
        cmocka_unit_test(utf8_is_told_from_other_bytes), cmocka_unit_test(many_tensors_are_read),     cmocka_unit_test(files_that_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
