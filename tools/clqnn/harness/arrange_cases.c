/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "clqnn/reference_shape.h"
#include "shape_case.h"

static clqnn_type moved_type(clq_random *random)
{
    static const clqnn_type types[] = {CLQNN_S8, CLQNN_U8, CLQNN_U8, CLQNN_S16, CLQNN_F16, CLQNN_S32, CLQNN_F32};
    return types[clq_random_range(random, 0, 6)];
}

static bool is_byte(clqnn_type type)
{
    return type == CLQNN_S8 || type == CLQNN_U8;
}

/* x and y quantized differently only where they are bytes. */
static void quantize_moved(clq_random *random, clq_op_image *x, clq_op_image *y)
{
    if (is_byte(x->tensor.type) && clq_random_range(random, 0, 1)) {
        if (clq_random_range(random, 0, 1)) y->tensor.type = clq_shape_byte_type(random);
        clq_shape_quantize(random, x, y, 0.1f, false);
    }
}

/* ---- Concat and split: parts[i] is a slice of the whole ---- */

static int32_t cut(clq_random *random, clq_op_image *whole, clq_op_image *parts, uint32_t count)
{
    const int32_t rank = (int32_t)clq_random_range(random, 1, 5), axis = (int32_t)clq_random_range(random, 0, rank - 1);
    whole->tensor.type = moved_type(random);
    clq_shape_random(random, rank, 8000, &whole->tensor);
    whole->tensor.shape[axis] = 0;
    for (uint32_t i = 0; i < count; i++) {
        parts[i].tensor = whole->tensor;
        parts[i].tensor.shape[axis] = clq_shape_extent(random, 40);
    }
    for (uint32_t i = 0; i < count; i++) whole->tensor.shape[axis] += parts[i].tensor.shape[axis];
    clq_shape_strides(random, &whole->tensor);
    for (uint32_t i = 0; i < count; i++) {
        clq_shape_strides(random, &parts[i].tensor);
        if (is_byte(whole->tensor.type) && clq_random_range(random, 0, 1)) {
            parts[i].tensor.type = clq_shape_byte_type(random);
            clq_op_random_quantization(random, &parts[i], 1.0f, 1);
        }
    }
    return clq_random_range(random, 0, 1) ? axis : axis - rank;
}

static void make_concat(clq_random *random, const char *variant, clq_shape_case *test)
{
    clqnn_concat_desc *desc = &test->desc.concat;
    test->input_count = (uint32_t)clq_random_range(random, 1, CLQ_SHAPE_PARTS);
    const int32_t axis = cut(random, &test->expected[0], test->inputs, test->input_count);
    for (uint32_t i = 0; i < test->input_count; i++) test->parts[i] = test->inputs[i].tensor;
    *desc = (clqnn_concat_desc){sizeof *desc, test->parts, (int32_t)test->input_count, axis, test->expected[0].tensor, variant};
    (void)snprintf(test->text, sizeof test->text, "%u inputs, axis %d of %d", (unsigned)test->input_count, (int)axis, (int)desc->y.rank);
}

static clqnn_status create_concat(clqnn_context *context, const clq_shape_case *test, clqnn_op **op)
{
    return clqnn_concat_create(context, &test->desc.concat, op);
}

static clqnn_status reference_concat(const clq_shape_case *test)
{
    const void *inputs[CLQ_SHAPE_PARTS];
    for (uint32_t i = 0; i < test->input_count; i++) inputs[i] = clq_op_image_data(&test->inputs[i]);
    return clqnn_reference_concat(&test->desc.concat, inputs, clq_op_image_data(&test->expected[0]));
}

const clq_shape_family clq_shape_concat = {"concat", make_concat, create_concat, reference_concat};

static void make_split(clq_random *random, const char *variant, clq_shape_case *test)
{
    clqnn_split_desc *desc = &test->desc.split;
    test->output_count = (uint32_t)clq_random_range(random, 1, CLQ_SHAPE_PARTS);
    const int32_t axis = cut(random, &test->inputs[0], test->expected, test->output_count);
    for (uint32_t i = 0; i < test->output_count; i++) test->parts[i] = test->expected[i].tensor;
    *desc = (clqnn_split_desc){sizeof *desc, test->inputs[0].tensor, test->parts, (int32_t)test->output_count, axis, variant};
    (void)snprintf(test->text, sizeof test->text, "%u outputs, axis %d of %d", (unsigned)test->output_count, (int)axis, (int)desc->x.rank);
}

static clqnn_status create_split(clqnn_context *context, const clq_shape_case *test, clqnn_op **op)
{
    return clqnn_split_create(context, &test->desc.split, op);
}

static clqnn_status reference_split(const clq_shape_case *test)
{
    void *outputs[CLQ_SHAPE_PARTS];
    for (uint32_t i = 0; i < test->output_count; i++) outputs[i] = clq_op_image_data(&test->expected[i]);
    return clqnn_reference_split(&test->desc.split, clq_op_image_data(&test->inputs[0]), outputs);
}

const clq_shape_family clq_shape_split = {"split", make_split, create_split, reference_split};

/* ---- Transpose ---- */

static void make_transpose(clq_random *random, const char *variant, clq_shape_case *test)
{
    clqnn_transpose_desc *desc = &test->desc.transpose;
    clq_op_image *x = &test->inputs[0], *y = &test->expected[0];
    const int32_t rank = (int32_t)clq_random_range(random, 1, CLQNN_MAX_RANK);
    x->tensor.type = moved_type(random);
    clq_shape_random(random, rank, 60000, &x->tensor);
    *desc = (clqnn_transpose_desc){.struct_size = sizeof *desc, .variant = variant};
    for (int32_t i = 0; i < rank; i++) desc->permutation[i] = i;
    for (int32_t i = rank - 1; i > 0; i--) {
        const int32_t other = (int32_t)clq_random_range(random, 0, i), kept = desc->permutation[i];
        desc->permutation[i] = desc->permutation[other];
        desc->permutation[other] = kept;
    }
    y->tensor = x->tensor;
    for (int32_t i = 0; i < rank; i++) y->tensor.shape[i] = x->tensor.shape[desc->permutation[i]];
    clq_shape_strides(random, &x->tensor);
    clq_shape_strides(random, &y->tensor);
    quantize_moved(random, x, y);
    desc->x = x->tensor;
    desc->y = y->tensor;
    (void)snprintf(test->text, sizeof test->text, "rank %d by %d,%d,%d,%d,%d,%d", (int)rank, (int)desc->permutation[0], (int)desc->permutation[1],
                   (int)desc->permutation[2], (int)desc->permutation[3], (int)desc->permutation[4], (int)desc->permutation[5]);
}

static clqnn_status create_transpose(clqnn_context *context, const clq_shape_case *test, clqnn_op **op)
{
    return clqnn_transpose_create(context, &test->desc.transpose, op);
}

static clqnn_status reference_transpose(const clq_shape_case *test)
{
    return clqnn_reference_transpose(&test->desc.transpose, clq_op_image_data(&test->inputs[0]), clq_op_image_data(&test->expected[0]));
}

const clq_shape_family clq_shape_transpose = {"transpose", make_transpose, create_transpose, reference_transpose};

/* ---- Pad ---- */

static void random_pads(clq_random *random, clqnn_pad_desc *desc, const clqnn_tensor *x, clqnn_tensor *y)
{
    for (int32_t i = 0; i < x->rank; i++) {
        const int64_t extent = x->shape[i], most = desc->mode == CLQNN_PAD_REFLECT ? (extent < 5 ? extent - 1 : 4) : clq_random_range(random, 0, 1) * 4;
        const int64_t least = desc->mode == CLQNN_PAD_CONSTANT && extent > 8 ? -3 : 0;
        desc->begin[i] = clq_random_range(random, least, most);
        desc->end[i] = clq_random_range(random, least, most);
        y->shape[i] = extent + desc->begin[i] + desc->end[i];
    }
}

static void make_pad(clq_random *random, const char *variant, clq_shape_case *test)
{
    clqnn_pad_desc *desc = &test->desc.pad;
    clq_op_image *x = &test->inputs[0], *y = &test->expected[0];
    x->tensor.type = moved_type(random);
    clq_shape_random(random, (int32_t)clq_random_range(random, 1, 5), 6000, &x->tensor);
    y->tensor = x->tensor;
    *desc = (clqnn_pad_desc){.struct_size = sizeof *desc, .mode = (clqnn_pad_mode)clq_random_range(random, 0, 2), .variant = variant};
    random_pads(random, desc, &x->tensor, &y->tensor);
    clq_shape_strides(random, &x->tensor);
    clq_shape_strides(random, &y->tensor);
    quantize_moved(random, x, y);
    desc->has_value = (int32_t)clq_random_range(random, 0, 1);
    desc->value = (int32_t)clq_random_range(random, y->tensor.type == CLQNN_U8 ? 0 : -128, y->tensor.type == CLQNN_U8 ? 255 : 127);
    desc->float_value = clq_random_float(random, -70000.0f, 70000.0f);
    if (clq_random_range(random, 0, 1)) desc->float_value *= 1e-9f;
    desc->x = x->tensor;
    desc->y = y->tensor;
    (void)snprintf(test->text, sizeof test->text, "mode %d rank %d type %d value %d %d %g", (int)desc->mode, (int)desc->x.rank, (int)desc->x.type, (int)desc->has_value,
                   (int)desc->value, (double)desc->float_value);
}

static clqnn_status create_pad(clqnn_context *context, const clq_shape_case *test, clqnn_op **op)
{
    return clqnn_pad_create(context, &test->desc.pad, op);
}

static clqnn_status reference_pad(const clq_shape_case *test)
{
    return clqnn_reference_pad(&test->desc.pad, clq_op_image_data(&test->inputs[0]), clq_op_image_data(&test->expected[0]));
}

const clq_shape_family clq_shape_pad = {"pad", make_pad, create_pad, reference_pad};
