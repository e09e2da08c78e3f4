/* SPDX-License-Identifier: Apache-2.0 */
/* Damaged case files: each is refused with a message that names what is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "case_bytes.h"
#include "case_file.h"

#define META(extra) "\"__metadata__\":{\"clqnn.case\":\"1\",\"op\":\"gemm\"" extra "}"
#define A "\"a\":{\"dtype\":\"U8\",\"shape\":[2,3],\"data_offsets\":[0,6]}"
#define B "\"b\":{\"dtype\":\"I8\",\"shape\":[3,2],\"data_offsets\":[6,12]}"
#define Y "\"y\":{\"dtype\":\"I32\",\"shape\":[2,2],\"data_offsets\":[12,28]}"
#define GOOD "{" META("") "," A "," B "," Y "}"
#define DATA_BYTES 28

typedef struct damage {
    const char *header;
    size_t data_bytes;
    const char *needle; /* must be in the message */
} damage;

static clqnn_status read_header(const damage *row, char *message, size_t capacity)
{
    unsigned char data[256] = {0};
    size_t size = 0;
    unsigned char *bytes = case_bytes(row->header, data, row->data_bytes, &size);
    assert_non_null(bytes);
    clq_case *file = NULL;
    clqnn_status status = clq_case_read_memory(bytes, size, &file, message, capacity);
    clq_case_gemm gemm;
    if (status == CLQNN_OK) status = clq_case_make_gemm(file, &gemm, message, capacity);
    else assert_null(file);
    clq_case_free(file);
    free(bytes);
    return status;
}

static void expect_rows(const damage *rows, size_t count, clqnn_status expected)
{
    for (size_t i = 0; i < count; i++) {
        char message[256] = "";
        const clqnn_status status = read_header(&rows[i], message, sizeof message);
        if (status != expected || strstr(message, rows[i].needle) == NULL) {
            fail_msg("row %zu: status %d, message '%s', wanted '%s' for %s", i, (int)status, message, rows[i].needle, rows[i].header);
        }
    }
}

#define EXPECT_ROWS(rows, status) expect_rows(rows, sizeof(rows) / sizeof((rows)[0]), status)

static void good_case_is_read(void **state)
{
    (void)state;
    char message[256] = "";
    const damage good = {GOOD, DATA_BYTES, ""};
    assert_int_equal(read_header(&good, message, sizeof message), CLQNN_OK);
    const damage padded = {GOOD "    ", DATA_BYTES, ""};
    assert_int_equal(read_header(&padded, message, sizeof message), CLQNN_OK);
}

static void damaged_container_is_refused(void **state)
{
    (void)state;
    static const damage rows[] = {
        {"", 0, "does not begin with '{'"},
        {"[]", 0, "does not begin with '{'"},
        {"{", 0, "not JSON"},
        {GOOD "x", DATA_BYTES, "behind its object"},
        {"{" META("") "," A "," B "," Y "", DATA_BYTES, "not JSON"},
        {"{\"1\":1,", 0, "not JSON"},
        {"{\"a\\u0000\":1}", 0, "zero byte"},
        {GOOD, DATA_BYTES - 1, "truncated"},
        {GOOD, 0, "truncated"},
        {GOOD, DATA_BYTES + 3, "3 bytes behind the last tensor"},
        {"{" META("") "," A "," A "," B "," Y "}", DATA_BYTES, "'a' twice"},
        {"{" META(",\"op\":\"conv\"") "," A "," B "," Y "}", DATA_BYTES, "'op' twice"},
        {"{" META("") "," META("") "," A "," B "," Y "}", DATA_BYTES, "twice"},
        {"{" META("") "," A ",\"b\":{\"dtype\":\"I8\",\"shape\":[3,2],\"data_offsets\":[5,11]}," Y "}", DATA_BYTES, "overlaps"},
        {"{" META("") "," A ",\"b\":{\"dtype\":\"I8\",\"shape\":[3,2],\"data_offsets\":[0,6]}," Y "}", DATA_BYTES, "overlaps"},
        {"{" META("") "," A ",\"b\":{\"dtype\":\"I8\",\"shape\":[3,1],\"data_offsets\":[6,9]}," Y "}", DATA_BYTES, "belong to no tensor"},
        {"{" META("") ",\"a\":{\"dtype\":\"U8\",\"shape\":[2,3],\"data_offsets\":[6,0]}}", DATA_BYTES, "ascending"},
        {"{" META("") ",\"a\":{\"dtype\":\"U8\",\"shape\":[2,3],\"data_offsets\":[0]}}", DATA_BYTES, "data_offsets"},
        {"{" META("") ",\"a\":{\"dtype\":\"U8\",\"shape\":[2,3],\"data_offsets\":[0,6.5]}}", DATA_BYTES, "whole numbers"},
        {"{" META("") ",\"a\":{\"dtype\":\"U8\",\"shape\":[2,-3],\"data_offsets\":[0,6]}}", DATA_BYTES, "whole number"},
        {"{" META("") ",\"a\":{\"dtype\":\"U8\",\"shape\":[2,1e30],\"data_offsets\":[0,6]}}", DATA_BYTES, "whole number"},
        {"{" META("") ",\"a\":{\"dtype\":\"U8\",\"shape\":[0,9007199254740991,9007199254740991],\"data_offsets\":[0,0]}}", DATA_BYTES, "too large"},
        {"{" META("") ",\"a\":{\"dtype\":\"I32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}", DATA_BYTES, "too large"},
        {"{" META("") ",\"a\":{\"dtype\":\"U8\",\"shape\":[1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,1]}}", DATA_BYTES, "dimensions"},
        {"{" META("") ",\"a\":{\"dtype\":\"U8\",\"shape\":[2,4],\"data_offsets\":[0,6]}}", DATA_BYTES, "does not fit its 6 bytes"},
        {"{" META("") ",\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}", 8, "dtype F64"},
        {"{" META("") ",\"a\":{\"dtype\":\"U8\",\"shape\":[2,3],\"data_offsets\":[0,6],\"extra\":1}}", DATA_BYTES, "'a'"},
        {"{" META("") ",\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\",\"data_offsets\":[0,6]}}", DATA_BYTES, "twice"},
        {"{" META("") ",\"a\":7}", DATA_BYTES, "'a'"},
        {"{\"__metadata__\":7}", 0, "__metadata__"},
        {"{\"__metadata__\":{\"op\":7}}", 0, "'op' is not a string"},
    };
    EXPECT_ROWS(rows, CLQNN_CORRUPT_DATA);
}

static void broken_contract_is_refused(void **state)
{
    (void)state;
    static const damage rows[] = {
        {"{" A "," B "," Y "}", DATA_BYTES, "clqnn.case"},
        {"{\"__metadata__\":{\"clqnn.case\":\"2\",\"op\":\"gemm\"}," A "," B "," Y "}", DATA_BYTES, "'2'"},
        {"{\"__metadata__\":{\"clqnn.case\":\"1\"}," A "," B "," Y "}", DATA_BYTES, "'op'"},
        {"{\"__metadata__\":{\"clqnn.case\":\"1\",\"op\":\"gem\"}," A "," B "," Y "}", DATA_BYTES, "'gem'"},
        {"{" META(",\"colour\":\"red\"") "," A "," B "," Y "}", DATA_BYTES, "'colour'"},
        {"{" META(",\"op requantize\":\"x\"") "," A "," B "," Y "}", DATA_BYTES, "'op requantize'"},
        {"{" META(",\"a.colour\":\"red\"") "," A "," B "," Y "}", DATA_BYTES, "'a.colour'"},
        {"{" META(",\"requantize\":\"up\"") "," A "," B "," Y "}", DATA_BYTES, "'up'"},
        {"{" META(",\"tolerance\":\"abs=-1\"") "," A "," B "," Y "}", DATA_BYTES, "'abs=-1'"},
        {"{" META(",\"tolerance\":\"ulp=1.5\"") "," A "," B "," Y "}", DATA_BYTES, "'ulp=1.5'"},
        {"{" META(",\"tolerance\":\"abs=nan\"") "," A "," B "," Y "}", DATA_BYTES, "'abs=nan'"},
        {"{" META(",\"clamp\":\"5,1\"") "," A "," B "," Y "}", DATA_BYTES, "'5,1'"},
        {"{" META(",\"clamp\":\"5\"") "," A "," B "," Y "}", DATA_BYTES, "clamp"},
        {"{" META(",\"b.layout\":\"kk\"") "," A "," B "," Y "}", DATA_BYTES, "'kk'"},
        {"{" META(",\"a.axis\":\"2\"") "," A "," B "," Y "}", DATA_BYTES, "a.axis"},
        {"{" META(",\"b.group\":\"0\"") "," A "," B "," Y "}", DATA_BYTES, "b.group"},
        {"{" META(",\"b.type\":\"s4\"") "," A "," B "," Y "}", DATA_BYTES, "b.shape"},
        {"{" META(",\"a.type\":\"s5\",\"a.shape\":\"2,3\"") "," A "," B "," Y "}", DATA_BYTES, "'s5'"},
        {"{" META(",\"a.type\":\"s4\",\"a.shape\":\"2,7\"") "," A "," B "," Y "}", DATA_BYTES, "a.shape"},
        {"{" META(",\"a.type\":\"s4\",\"a.shape\":\"2,99999999999999999999\"") "," A "," B "," Y "}", DATA_BYTES, "a.shape"},
        {"{" META("") "," A "," B "}", 12, "'y' is missing"},
        {"{" META("") "," A "," B "," Y ",\"z\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[28,29]}}", 29, "'z'"},
        {"{" META("") "," A "," B "," Y ",\"a.foo\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[28,29]}}", 29, "'a.foo'"},
        {"{" META("") "," A "," B "," Y ",\"bias.scale\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[28,32]}}", 32, "'bias.scale'"},
        {"{" META("") "," A "," B "," Y ",\"a.scale\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[28,30]}}", 30, "'a.scale'"},
        {"{" META("") "," A "," B "," Y ",\"a.scale\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[28,32]}}", 32, "'a.scale'[0] is 0"},
        {"{" META("") "," A "," B "," Y ",\"a.zero_point\":{\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[28,29]}}", 29, "'a.zero_point'"},
        {"{" META("") "," A "," B "," Y ",\"b.zero_point\":{\"dtype\":\"I8\",\"shape\":[3],\"data_offsets\":[28,31]}}", 31, "'b.zero_point'"},
        {"{" META("") "," A "," B "," Y ",\"bias\":{\"dtype\":\"I32\",\"shape\":[3],\"data_offsets\":[28,40]}}", 40, "'bias'"},
        {"{" META("") "," A "," B "," Y ",\"bias\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[28,30]}}", 30, "'bias'"},
        {"{" META("") "," A "," B "," Y ",\"shift\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[28,32]}}", 32, "fixed_double"},
        {"{" META("") "," A "," B ",\"y\":{\"dtype\":\"I32\",\"shape\":[2,3],\"data_offsets\":[12,36]}}", 36, "'y' has shape [2,3], not [2,2]"},
        {"{" META("") "," A "," B ",\"y\":{\"dtype\":\"U8\",\"shape\":[2,2],\"data_offsets\":[12,16]}}", 16, "'a.scale' is missing"},
        {"{" META(",\"requantize\":\"fixed_double\"") "," A "," B ",\"y\":{\"dtype\":\"U8\",\"shape\":[2,2],\"data_offsets\":[12,16]}}", 16,
         "'multiplier' is missing"},
        {"{" META("") "," A ",\"b\":{\"dtype\":\"I8\",\"shape\":[2,3],\"data_offsets\":[6,12]}," Y "}", DATA_BYTES, "differ in k"},
        {"{" META("") ",\"a\":{\"dtype\":\"U8\",\"shape\":[6],\"data_offsets\":[0,6]}," B "," Y "}", DATA_BYTES, "two or more dimensions"},
        {"{" META(",\"a.dynamic\":\"row\"") "," A "," B "," Y "}", DATA_BYTES, "a.dynamic"},
    };
    EXPECT_ROWS(rows, CLQNN_CORRUPT_DATA);
}

static void what_is_missing_in_this_version_is_a_skip(void **state)
{
    (void)state;
    static const damage rows[] = {
        {"{\"__metadata__\":{\"clqnn.case\":\"1\",\"op\":\"conv\",\"layout\":\"nhwc\"},"
         "\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"w\":{\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[1,2]},"
         "\"y\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[2,3]}}", 3, "the operator is conv, not gemm"},
        {"{\"__metadata__\":{\"clqnn.case\":\"1\",\"op\":\"concat\",\"axis\":\"0\"},\"x0\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
         "\"x1\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]},\"y\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,4]}}", 4, "concat"},
        {"{" META(",\"a.type\":\"u4\",\"a.shape\":\"4,3\"") "," A "," B ",\"y\":{\"dtype\":\"I32\",\"shape\":[4,2],\"data_offsets\":[12,44]}}", 44, "u4"},
        {"{" META("") ",\"a\":{\"dtype\":\"F16\",\"shape\":[1,3],\"data_offsets\":[0,6]}," B
         ",\"y\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[12,20]}}", 20, "F16"},
        {"{" META("") ",\"a\":{\"dtype\":\"BF16\",\"shape\":[1,3],\"data_offsets\":[0,6]}," B
         ",\"y\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[12,20]}}", 20, "BF16"},
        {"{" META(",\"clamp\":\"0,6\"") "," A "," B "," Y "}", DATA_BYTES, "clamp"},
        {"{" META(",\"b.group\":\"2\"") "," A "," B "," Y ",\"b.zero_point\":{\"dtype\":\"I8\",\"shape\":[2,2],\"data_offsets\":[28,32]}}", 32, "groups"},
        {"{" META(",\"b.axis\":\"0\"") "," A "," B "," Y ",\"b.zero_point\":{\"dtype\":\"I8\",\"shape\":[3],\"data_offsets\":[28,31]}}", 31, "axis 0"},
    };
    EXPECT_ROWS(rows, CLQNN_UNSUPPORTED);
}

static void files_that_cannot_be_read(void **state)
{
    (void)state;
    char message[256], folder[] = "/tmp/clqnn-case-XXXXXX", path[128];
    clq_case *file = NULL;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(clq_case_read(folder, &file, message, sizeof message), CLQNN_IO_ERROR);
    assert_non_null(strstr(message, folder));
    snprintf(path, sizeof path, "%s/case.safetensors", folder);
    assert_int_equal(clq_case_read(path, &file, message, sizeof message), CLQNN_IO_ERROR);
    assert_null(file);
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    fwrite("\377\377\377\377\377\377\377\377{}", 1, 10, stream);
    fclose(stream);
    assert_int_equal(clq_case_read(path, &file, message, sizeof message), CLQNN_CORRUPT_DATA);
    assert_non_null(strstr(message, "header length 18446744073709551615"));
    assert_int_equal(truncate(path, 7), 0);
    assert_int_equal(clq_case_read(path, &file, message, sizeof message), CLQNN_CORRUPT_DATA);
    assert_non_null(strstr(message, "too few"));
    assert_int_equal(clq_case_read(path, NULL, NULL, 0), CLQNN_INVALID_ARGUMENT);
    remove(path);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_case_is_read),
        cmocka_unit_test(damaged_container_is_refused),
        cmocka_unit_test(broken_contract_is_refused),
        cmocka_unit_test(what_is_missing_in_this_version_is_a_skip),
        cmocka_unit_test(files_that_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
