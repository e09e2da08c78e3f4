/* SPDX-License-Identifier: Apache-2.0 */
#include "row_compare.h"

#include <stdio.h>
#include <string.h>

#include "plane_words.h"

static size_t compare_planes(clqnn_type type, const unsigned char *expected, const unsigned char *got, int64_t count, clq_row_difference *first)
{
    size_t differences = 0;
    const size_t bytes = clq_row_bytes(type, clq_row_values(type, count));
    if (memcmp(expected, got, bytes) == 0) return 0;
    for (int64_t i = 0; i < count; i++) {
        const int32_t wanted = clq_plane_value(type, expected, i), found = clq_plane_value(type, got, i);
        if (wanted == found || differences++ > 0) continue;
        first->column = i;
        snprintf(first->text, sizeof first->text, "expected %d, got %d", wanted, found);
    }
    if (differences > 0) return differences;
    size_t byte = 0;
    while (expected[byte] == got[byte]) byte++;
    first->column = count;
    snprintf(first->text, sizeof first->text, "neutral bits, or bits of a value that has several codes: byte %zu of the row expected 0x%02x, got 0x%02x", byte, expected[byte],
             got[byte]);
    return 1;
}

size_t clq_rows_compare(clqnn_type type, const unsigned char *expected, const unsigned char *got, int64_t count, clq_row_difference *first)
{
    size_t differences = 0;
    char wanted[64], found[64];
    if (clq_is_planes(type)) return compare_planes(type, expected, got, count, first);
    for (int64_t i = 0; i < count; i++) {
        const size_t at = clq_row_bytes(type, i);
        if (clq_elements_equal(type, expected + at, got + at) || differences++ > 0) continue;
        first->column = i;
        clq_element_text(type, expected + at, wanted, sizeof wanted);
        clq_element_text(type, got + at, found, sizeof found);
        snprintf(first->text, sizeof first->text, "expected %s, got %s", wanted, found);
    }
    return differences;
}

void clq_canaries_compare(const char *name, const clq_host_bytes *output, const unsigned char *written, const unsigned char *got, unsigned char poison,
                          clq_verify_result *result)
{
    size_t canaries = 0, first = 0;
    for (size_t byte = 0; byte < output->size; byte++) {
        if (!written[byte] && got[byte] != poison && canaries++ == 0) first = byte;
    }
    result->outcome = result->differences || canaries ? CLQ_FAILED : CLQ_PASSED;
    if (canaries && result->differences == 0) {
        snprintf(result->message, sizeof result->message, "%zu bytes outside %s were overwritten, the first at byte %zu of %zu (%s starts at byte %zu)", canaries, name,
                 first, output->size, name, output->offset);
    }
}
