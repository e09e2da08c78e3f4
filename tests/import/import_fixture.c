/* SPDX-License-Identifier: Apache-2.0 */
#include "import_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Code `at`, a bit at a time: independent of the library's own packing. */
static int code_at(const clqnn_imported_info *info, int64_t at)
{
    const int width = (int)clqnn_type_bits(info->type);
    const char *name = clqnn_type_name(info->type);
    int code = 0;
    for (int i = 0; i < width; i++) {
        const int64_t bit = at * width + i;
        code |= (((const uint8_t *)info->data)[bit / 8] >> (bit % 8) & 1) << i;
    }
    return name[0] == 's' && code >> (width - 1) ? code - (1 << width) : code;
}

void expect_codes(const clqnn_imported *imported, clqnn_type type, const int *codes, int count)
{
    clqnn_imported_info info;
    assert_int_equal(clqnn_imported_describe(imported, &info), CLQNN_OK);
    assert_int_equal(info.type, type);
    assert_int_equal(info.n * info.k, count);
    assert_int_equal(info.data_bytes, (count * (int)clqnn_type_bits(type) + 7) / 8);
    for (int i = 0; i < count; i++) {
        if (code_at(&info, i) != codes[i]) fail_msg("code %d is %d, expected %d", i, code_at(&info, i), codes[i]);
    }
    const unsigned used = (unsigned)count * (unsigned)clqnn_type_bits(type) % 8;
    if (used) assert_int_equal(((const uint8_t *)info.data)[info.data_bytes - 1] >> used, 0);
}

void expect_weights(const clqnn_imported *imported, const float *weights, int count)
{
    float *w = calloc((size_t)count + 1, sizeof *w);
    assert_non_null(w);
    w[count] = 123.0f;
    assert_int_equal(clqnn_imported_dequantize(imported, w), CLQNN_OK);
    for (int i = 0; i < count; i++) {
        if (w[i] != weights[i]) fail_msg("weight %d is %a, expected %a", i, (double)w[i], (double)weights[i]);
    }
    assert_true(w[count] == 123.0f);
    free(w);
}

void expect_refusal(clqnn_status status, const clqnn_imported *imported, clqnn_status expected, const char *text)
{
    if (status != expected || !strstr(clqnn_last_error(), text)) {
        fail_msg("%s, \"%s\"; expected %s, \"%s\"", clqnn_status_name(status), clqnn_last_error(), clqnn_status_name(expected), text);
    }
    assert_null(imported);
}

unsigned random_next(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}
