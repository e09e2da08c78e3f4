/* SPDX-License-Identifier: Apache-2.0 */
#include "output_compare.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clqnn/reference.h"

bool clq_element_text(clqnn_type type, const unsigned char *bytes, char *text, size_t size)
{
    float value = 0.0f;
    uint16_t half = 0;
    int32_t integer = 0;
    switch (type) {
    case CLQNN_S8: snprintf(text, size, "%d", (int)(signed char)bytes[0]); return false;
    case CLQNN_U8: snprintf(text, size, "%d", (int)bytes[0]); return false;
    case CLQNN_S32:
        memcpy(&integer, bytes, sizeof integer);
        snprintf(text, size, "%" PRId32, integer);
        return false;
    case CLQNN_F32: memcpy(&value, bytes, sizeof value); break;
    case CLQNN_F16:
        memcpy(&half, bytes, sizeof half);
        value = clqnn_reference_f16_to_f32(half);
        break;
    default: break;
    }
    snprintf(text, size, "%.9g (%a)", (double)value, (double)value);
    return isnan(value);
}

bool clq_elements_equal(clqnn_type type, const unsigned char *expected, const unsigned char *got)
{
    char text[64];
    if (memcmp(expected, got, clqnn_type_size(type)) == 0) return true;
    if (type != CLQNN_F32 && type != CLQNN_F16) return false;
    return clq_element_text(type, expected, text, sizeof text) && clq_element_text(type, got, text, sizeof text);
}

size_t clq_output_compare(const clq_expected_output *expected, const unsigned char *got, unsigned char poison, clq_verify_result *result)
{
    const size_t element = clqnn_type_size(expected->type), size = expected->bytes.size;
    size_t first_element = size, first_canary = size, canaries = 0;
    result->differences = 0;
    for (size_t byte = 0; byte < size;) {
        if (!expected->written[byte]) {
            if (got[byte] != poison && canaries++ == 0) first_canary = byte;
            byte++;
            continue;
        }
        if (!clq_elements_equal(expected->type, expected->bytes.data + byte, got + byte) && result->differences++ == 0) first_element = byte;
        byte += element;
    }
    result->outcome = result->differences == 0 && canaries == 0 ? CLQ_PASSED : CLQ_FAILED;
    if (result->differences == 0 && canaries > 0) {
        snprintf(result->message, sizeof result->message,
                 "%zu bytes outside %s were overwritten, the first at byte %zu of %zu (%s starts at byte %zu)", canaries, expected->name,
                 first_canary, size, expected->name, expected->bytes.offset);
    }
    return first_element;
}
