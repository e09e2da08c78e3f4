/* SPDX-License-Identifier: Apache-2.0 */
#include "op_image.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Values that only whole groups of the last dimension hold: 32 of bit planes. */
static int64_t group_of(clqnn_type type)
{
    return type >= CLQNN_B1 ? 32 : 1;
}

static int64_t whole_groups(const clqnn_tensor *tensor)
{
    const int64_t group = group_of(tensor->type);
    return tensor->rank ? (tensor->shape[tensor->rank - 1] + group - 1) / group * group : 1;
}

void clq_op_random_shape(clq_random *random, int64_t most, clqnn_tensor *tensor)
{
    static const int64_t extents[] = {1, 1, 2, 3, 5, 7, 15, 16, 17, 31, 33, 63, 64, 65, 130, 257};
    int64_t count = 1;
    tensor->rank = (int32_t)clq_random_range(random, 0, CLQNN_MAX_RANK);
    for (int i = tensor->rank - 1; i >= 0; i--) {
        const int64_t extent = extents[clq_random_range(random, 0, sizeof extents / sizeof extents[0] - 1)];
        tensor->shape[i] = count * extent > most ? 1 : extent;
        count *= tensor->shape[i];
    }
}

void clq_op_random_strides(clq_random *random, clq_op_memory memory, clqnn_tensor *tensor)
{
    int order[CLQNN_MAX_RANK];
    int64_t step = 1;
    memset(tensor->strides, 0, sizeof tensor->strides);
    const int64_t group = group_of(tensor->type);
    if (memory == CLQ_OP_DENSE || (clqnn_type_bits(tensor->type) < 8 && group == 1)) return;
    if (group > 1) memory = CLQ_OP_PADDED; /* values of the last dimension share words */
    for (int i = 0; i < tensor->rank; i++) order[i] = tensor->rank - 1 - i;
    for (int i = tensor->rank - 1; memory == CLQ_OP_PERMUTED && i > 0; i--) {
        const int other = (int)clq_random_range(random, 0, i), kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
    for (int i = 0; i < tensor->rank; i++) {
        tensor->strides[order[i]] = step;
        step = step * (i == 0 && group > 1 ? whole_groups(tensor) : tensor->shape[order[i]]) + group * clq_random_range(random, 0, 1) * clq_random_range(random, 1, 5);
    }
}

static void type_ends(clqnn_type type, int32_t *low, int32_t *high)
{
    const int32_t half = type == CLQNN_S32 ? 1 : 1 << (clqnn_type_bits(type) - 1); /* zero points of s32 are not drawn */
    const bool is_signed = type == CLQNN_S4 || type == CLQNN_S8 || type == CLQNN_S16 || (type >= CLQNN_PS2 && type <= CLQNN_PS8);
    *low = is_signed ? -half : 0;
    *high = is_signed ? half - 1 : 2 * half - 1;
}

void clq_op_random_quantization(clq_random *random, clq_op_image *image, float scale, int64_t count)
{
    int32_t low, high;
    type_ends(image->tensor.type, &low, &high);
    image->scales = malloc((size_t)count * sizeof *image->scales);
    image->zero_points = malloc((size_t)count * sizeof *image->zero_points);
    if (!image->scales || !image->zero_points) return; /* clq_op_image_allocate says so */
    const bool even = clq_random_range(random, 0, 3) == 0;
    for (int64_t i = 0; i < count; i++) {
        const int64_t kind = clq_random_range(random, 0, 5);
        image->scales[i] = even ? exp2f(rintf(log2f(scale)) + (float)clq_random_range(random, -1, 1)) : clq_random_float(random, 0.5f, 2.0f) * scale;
        image->zero_points[i] = kind == 0 ? low : kind == 1 ? high : kind == 2 ? (low < 0 ? 0 : high / 2 + 1) : (int32_t)clq_random_range(random, low, high);
    }
    image->tensor.quantization = (clqnn_quantization){image->scales, count, image->zero_points, count};
}

/* Elements of memory from the first to one past the last. */
static int64_t span_of(const clqnn_tensor *tensor)
{
    int64_t dense = 1, reach = 1;
    bool given = false;
    for (int i = 0; i < tensor->rank; i++) {
        dense *= i == tensor->rank - 1 ? whole_groups(tensor) : tensor->shape[i];
        reach += (tensor->shape[i] - 1) * tensor->strides[i];
        given = given || tensor->strides[i] != 0;
    }
    return given && tensor->rank ? reach + whole_groups(tensor) - tensor->shape[tensor->rank - 1] : dense;
}

/* Bit planes as their layout wants them: no bits behind the last value of a row, of t2 no sign without a value. */
static void make_neutral(const clq_op_image *image)
{
    const clqnn_tensor *tensor = &image->tensor;
    const int64_t last = tensor->shape[tensor->rank - 1], groups = whole_groups(tensor) / 32, planes = (int64_t)clqnn_type_bits(tensor->type);
    int64_t rows = 1, stride[CLQNN_MAX_RANK], step = whole_groups(tensor);
    bool given = false;
    for (int i = 0; i < tensor->rank; i++) given = given || tensor->strides[i] != 0;
    for (int i = tensor->rank - 2; i >= 0; i--) {
        stride[i] = given ? tensor->strides[i] : step;
        step *= tensor->shape[i];
        rows *= tensor->shape[i];
    }
    for (int64_t row = 0; row < rows; row++) {
        int64_t at = 0, rest = row;
        for (int i = tensor->rank - 2; i >= 0; i--) {
            at += rest % tensor->shape[i] * stride[i];
            rest /= tensor->shape[i];
        }
        for (int64_t group = 0; group < groups; group++) {
            unsigned char *words = image->bytes + image->offset + (size_t)((at / 32 + group) * planes * 4);
            for (int64_t value = last - 32 * group; value >= 0 && value < 32; value++) {
                for (int64_t plane = 0; plane < planes; plane++) words[plane * 4 + value / 8] &= (unsigned char)~(1 << value % 8);
            }
            for (int i = 0; i < 4 && tensor->type == CLQNN_T2; i++) words[4 + i] &= words[i];
        }
    }
}

bool clq_op_image_allocate(clq_random *random, clq_op_image *image, int poison)
{
    const size_t bits = clqnn_type_bits(image->tensor.type), element = group_of(image->tensor.type) > 1 ? 4 : (bits + 7) / 8;
    image->offset = element * (size_t)clq_random_range(random, 0, 5);
    image->size = image->offset + ((size_t)span_of(&image->tensor) * bits + 7) / 8 + CLQ_OP_GUARD;
    image->bytes = malloc(image->size);
    const bool arrays = image->tensor.quantization.scale_count == 0 || image->tensor.quantization.scales;
    if (!image->bytes || !arrays) return false;
    if (poison < 0) clq_random_fill(random, image->bytes, image->size);
    if (poison < 0 && group_of(image->tensor.type) > 1) make_neutral(image);
    if (poison >= 0) memset(image->bytes, poison, image->size);
    return true;
}

bool clq_op_image_copy(const clq_op_image *image, clq_op_image *copy)
{
    *copy = *image;
    copy->scales = NULL;
    copy->zero_points = NULL;
    copy->bytes = malloc(image->size);
    if (copy->bytes) memcpy(copy->bytes, image->bytes, image->size);
    return copy->bytes != NULL;
}

void clq_op_image_free(clq_op_image *image)
{
    free(image->bytes);
    free(image->scales);
    free(image->zero_points);
    memset(image, 0, sizeof *image);
}

void *clq_op_image_data(const clq_op_image *image)
{
    return image->bytes + image->offset;
}

/* Where NaN begins: the magnitude of infinity, or the largest number where there is none; 0 for a type that is not a float. */
static uint32_t last_before_nan(clqnn_type type)
{
    switch (type) {
    case CLQNN_F32: return 0x7f800000u;
    case CLQNN_F16: return 0x7c00u;
    case CLQNN_BF16: return 0x7f80u;
    case CLQNN_F8E4M3: return 0x7eu;
    case CLQNN_F8E5M2: return 0x7cu;
    default: return 0;
    }
}

/* The first byte that differs, or `size`; two NaNs are equal. */
static size_t first_difference(const clq_op_image *expected, const clq_op_image *got)
{
    const size_t element = clqnn_type_size(got->tensor.type);
    const uint32_t last = last_before_nan(got->tensor.type), magnitude = last ? UINT32_MAX >> (33 - 8 * element) : 0;
    for (size_t i = 0; i < got->size; i++) {
        if (expected->bytes[i] == got->bytes[i]) continue;
        if (last == 0 || i < got->offset) return i;
        const size_t begin = i - (i - got->offset) % element;
        uint32_t bits[2] = {0, 0};
        if (begin + element > got->size) return i;
        memcpy(&bits[0], expected->bytes + begin, element);
        memcpy(&bits[1], got->bytes + begin, element);
        if ((bits[0] & magnitude) <= last || (bits[1] & magnitude) <= last) return i;
        i = begin + element - 1;
    }
    return got->size;
}

bool clq_op_compare(const clq_op_image *expected, const clq_op_image *got, char message[256])
{
    const size_t at = first_difference(expected, got);
    if (at == got->size) return true;
    if (at < got->offset || at >= got->size - CLQ_OP_GUARD) {
        (void)snprintf(message, 256, "byte %zu, outside the tensor (%zu..%zu), was overwritten with %d", at, got->offset, got->size - CLQ_OP_GUARD, got->bytes[at]);
        return false;
    }
    const size_t bits = clqnn_type_bits(got->tensor.type);
    (void)snprintf(message, 256, "element %zu of memory (byte %zu of a tensor of %s): expected byte %d, got %d", (at - got->offset) * 8 / bits, at - got->offset,
                   clqnn_type_name(got->tensor.type), expected->bytes[at], got->bytes[at]);
    return false;
}
