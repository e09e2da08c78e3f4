/* SPDX-License-Identifier: Apache-2.0 */
#include "core/descriptor.h"

#include <string.h>

#define LARGEST ((size_t)1 << 16)

clqnn_status clq_descriptor_copy(const char *name, const void *descriptor, void *copy, size_t size, size_t first_size)
{
    if (!descriptor) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", name);
    size_t given = 0;
    memcpy(&given, descriptor, sizeof given);
    if (given < first_size || given > LARGEST) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "struct_size of %s is %zu, expected %zu", name, given, size);
    }
    for (size_t i = size; i < given; i++) {
        if (((const unsigned char *)descriptor)[i] != 0) {
            return clq_fail(CLQNN_INVALID_ARGUMENT, "struct_size of %s is %zu: this version knows %zu bytes, and byte %zu beyond them is not 0", name, given, size, i);
        }
    }
    memset(copy, 0, size);
    memcpy(copy, descriptor, given < size ? given : size);
    return CLQNN_OK;
}
