/* SPDX-License-Identifier: Apache-2.0 */
/* Each family's descriptor of a call, and around it the library's and the reference's functions. */
#include <math.h>
#include <string.h>

#include "clqnn/reference_convert.h"
#include "clqnn/reference_pack.h"
#include "clqnn/reference_loss_scale.h"
#include "clqnn/reference_pointwise.h"
#include "clqnn/reference_shape.h"
#include "operator_call.h"

enum { LEFT_SHIFT = 20 };

/* The number of a part, or what stands for an absent one. */
static int64_t part(const clq_operator_call *call, clq_shape_part part, int64_t otherwise)
{
    return call->shape.parts[part] >= 0 ? call->shape.parts[part] : otherwise;
}

static bool has(const clq_operator_call *call, clq_shape_part part) { return call->shape.parts[part] >= 0; }

static int32_t axis_of(const clq_operator_call *call) { return (int32_t)part(call, CLQ_PART_AXIS, call->shape.rank - 1); }

static clqnn_layout layout_of(const clq_operator_call *call) { return has(call, CLQ_PART_FIRST) ? CLQNN_CHANNELS_FIRST : CLQNN_CHANNELS_LAST; }

/* Q31 and shift of a real factor. */
static clqnn_fixed fixed_of(double factor)
{
    int shift = 0;
    int64_t multiplier = llround(frexp(factor, &shift) * 2147483648.0);
    if (multiplier > INT32_MAX) {
        multiplier /= 2;
        shift++;
    }
    return (clqnn_fixed){ (int32_t)multiplier, shift };
}

static clqnn_binary_desc binary_desc(const clq_operator_call *call)
{
    clqnn_binary_desc desc = { .struct_size = sizeof desc, .kind = (clqnn_binary_kind)(call->op - CLQ_BENCH_ADD), .a = call->inputs[0], .b = call->inputs[1],
                               .y = call->y, .variant = call->variant };
    if (!has(call, CLQ_PART_FIXED)) return desc;
    const double a = (double)call->scales[0], b = (double)call->scales[1], y = (double)call->scales[CLQ_CALL_INPUTS], most = 2.0 * fmax(a, b);
    desc.rounding = CLQNN_FIXED_DOUBLE;
    desc.y_fixed = fixed_of(desc.kind == CLQNN_MUL ? a * b / y : most / ldexp(y, LEFT_SHIFT));
    if (desc.kind == CLQNN_MUL) return desc;
    desc.left_shift = LEFT_SHIFT;
    desc.a_fixed = fixed_of(a / most);
    desc.b_fixed = fixed_of(b / most);
    return desc;
}

static clqnn_table_desc table_desc(const clq_operator_call *call)
{
    return (clqnn_table_desc){ .struct_size = sizeof(clqnn_table_desc), .x = call->inputs[0], .y = call->y, .function = CLQNN_HARD_SWISH, .variant = call->variant };
}

static clqnn_convert_desc convert_desc(const clq_operator_call *call)
{
    return (clqnn_convert_desc){ .struct_size = sizeof(clqnn_convert_desc), .x = call->inputs[0], .y = call->y, .variant = call->variant };
}

static clqnn_pack_bits_desc pack_bits_desc(const clq_operator_call *call)
{
    return (clqnn_pack_bits_desc){ .struct_size = sizeof(clqnn_pack_bits_desc), .x = call->inputs[0], .y = call->y, .variant = call->variant };
}

static clqnn_unpack_bits_desc unpack_bits_desc(const clq_operator_call *call)
{
    return (clqnn_unpack_bits_desc){ .struct_size = sizeof(clqnn_unpack_bits_desc), .x = call->inputs[0], .y = call->y, .variant = call->variant };
}

static clqnn_pool_desc pool_desc(const clq_operator_call *call)
{
    clqnn_pool_desc desc = { .struct_size = sizeof desc, .kind = has(call, CLQ_PART_AVERAGE) ? CLQNN_POOL_AVERAGE : CLQNN_POOL_MAX,
                             .spatial_rank = call->shape.rank - 2, .layout = layout_of(call), .x = call->inputs[0], .y = call->y,
                             .is_global = has(call, CLQ_PART_GLOBAL), .variant = call->variant };
    for (int32_t i = 0; i < CLQNN_POOL_MAX_SPATIAL; i++) {
        desc.kernel[i] = part(call, CLQ_PART_KERNEL, 2);
        desc.stride[i] = part(call, CLQ_PART_STRIDE, 1);
        desc.pad_begin[i] = desc.pad_end[i] = part(call, CLQ_PART_PADDING, 0);
    }
    return desc;
}

static clqnn_concat_desc concat_desc(const clq_operator_call *call)
{
    return (clqnn_concat_desc){ .struct_size = sizeof(clqnn_concat_desc), .inputs = call->inputs, .input_count = (int32_t)call->input_count,
                                .axis = axis_of(call), .y = call->y, .variant = call->variant };
}

/* Without a permutation the dimensions are reversed. */
static clqnn_transpose_desc transpose_desc(const clq_operator_call *call)
{
    clqnn_transpose_desc desc = { .struct_size = sizeof desc, .x = call->inputs[0], .y = call->y, .variant = call->variant };
    int64_t digits = part(call, CLQ_PART_PERMUTATION, 0);
    for (int32_t i = call->shape.rank - 1; i >= 0; i--, digits /= 10) {
        desc.permutation[i] = has(call, CLQ_PART_PERMUTATION) ? (int32_t)(digits % 10) : call->shape.rank - 1 - i;
    }
    return desc;
}

/* All dimensions but the first and the last are padded; of one or two the last. */
static clqnn_pad_desc pad_desc(const clq_operator_call *call)
{
    clqnn_pad_desc desc = { .struct_size = sizeof desc, .x = call->inputs[0], .y = call->y, .variant = call->variant };
    const int32_t rank = call->shape.rank, first = rank > 2 ? 1 : rank - 1, last = rank > 2 ? rank - 2 : rank - 1;
    for (int32_t i = first; i <= last; i++) desc.begin[i] = desc.end[i] = part(call, CLQ_PART_PADDING, 1);
    return desc;
}

static clqnn_resize_desc resize_desc(const clq_operator_call *call)
{
    return (clqnn_resize_desc){ .struct_size = sizeof(clqnn_resize_desc), .mode = has(call, CLQ_PART_LINEAR) ? CLQNN_RESIZE_LINEAR : CLQNN_RESIZE_NEAREST,
                                .layout = layout_of(call), .x = call->inputs[0], .y = call->y, .variant = call->variant };
}

static clqnn_reduce_desc reduce_desc(const clq_operator_call *call)
{
    const clqnn_reduce_kind kind = has(call, CLQ_PART_SUM) ? CLQNN_REDUCE_SUM
                                 : has(call, CLQ_PART_MAX) ? CLQNN_REDUCE_MAX
                                 : has(call, CLQ_PART_MIN) ? CLQNN_REDUCE_MIN
                                                           : CLQNN_REDUCE_MEAN;
    return (clqnn_reduce_desc){ .struct_size = sizeof(clqnn_reduce_desc), .kind = kind, .x = call->inputs[0], .y = call->y, .axes = { axis_of(call) },
                                .axis_count = 1, .variant = call->variant };
}

static clqnn_softmax_desc softmax_desc(const clq_operator_call *call)
{
    return (clqnn_softmax_desc){ .struct_size = sizeof(clqnn_softmax_desc), .x = call->inputs[0], .y = call->y, .axis = axis_of(call),
                                 .is_log = has(call, CLQ_PART_LOG), .variant = call->variant };
}

static clqnn_layer_norm_desc layer_norm_desc(const clq_operator_call *call)
{
    return (clqnn_layer_norm_desc){ .struct_size = sizeof(clqnn_layer_norm_desc), .x = call->inputs[0], .y = call->y, .axis = -1, .variant = call->variant };
}

static clqnn_loss_scale_desc loss_scale_desc(const clq_operator_call *call)
{
    return (clqnn_loss_scale_desc){ .struct_size = sizeof(clqnn_loss_scale_desc), .kind = call->op == CLQ_BENCH_UNSCALE ? CLQNN_LOSS_UNSCALE : CLQNN_LOSS_SCALE,
                                    .x = call->inputs[0], .y = call->y, .variant = call->variant };
}

/* ---- The library's and the reference's functions ---- */

typedef struct family_row {
    const char *kind;
    clqnn_status (*plan)(clqnn_context *context, const clq_operator_call *call, clqnn_op **op);
    clqnn_status (*query)(clqnn_context *context, const clq_operator_call *call, clqnn_op_info *info);
    clqnn_status (*reference)(const clq_operator_call *call, const void *const *inputs, void *y);
} family_row;

#define FAMILY(family, ...)                                                                                         \
    static clqnn_status plan_##family(clqnn_context *context, const clq_operator_call *call, clqnn_op **op)        \
    {                                                                                                               \
        const clqnn_##family##_desc desc = family##_desc(call);                                                     \
        return clqnn_##family##_create(context, &desc, op);                                                         \
    }                                                                                                               \
    static clqnn_status query_##family(clqnn_context *context, const clq_operator_call *call, clqnn_op_info *info) \
    {                                                                                                               \
        const clqnn_##family##_desc desc = family##_desc(call);                                                     \
        return clqnn_##family##_query(context, &desc, info);                                                        \
    }                                                                                                               \
    static clqnn_status reference_##family(const clq_operator_call *call, const void *const *inputs, void *y)      \
    {                                                                                                               \
        const clqnn_##family##_desc desc = family##_desc(call);                                                     \
        return clqnn_reference_##family(&desc, __VA_ARGS__, y);                                                     \
    }
FAMILY(binary, inputs[0], inputs[1])
FAMILY(table, inputs[0])
FAMILY(convert, inputs[0])
FAMILY(pack_bits, inputs[0])
FAMILY(unpack_bits, inputs[0])
FAMILY(pool, inputs[0])
FAMILY(concat, inputs)
FAMILY(transpose, inputs[0])
FAMILY(pad, inputs[0])
FAMILY(resize, inputs[0])
FAMILY(reduce, inputs[0])
FAMILY(softmax, inputs[0])
FAMILY(layer_norm, inputs[0])
#undef FAMILY

static clqnn_status plan_loss_scale(clqnn_context *context, const clq_operator_call *call, clqnn_op **op)
{
    const clqnn_loss_scale_desc desc = loss_scale_desc(call);
    return clqnn_loss_scale_create(context, &desc, op);
}

static clqnn_status query_loss_scale(clqnn_context *context, const clq_operator_call *call, clqnn_op_info *info)
{
    const clqnn_loss_scale_desc desc = loss_scale_desc(call);
    return clqnn_loss_scale_query(context, &desc, info);
}

static clqnn_status reference_loss_scale(const clq_operator_call *call, const void *const *inputs, void *y)
{
    const clqnn_loss_scale_desc desc = loss_scale_desc(call);
    int32_t flag = 0;
    const clqnn_status status = clqnn_reference_loss_scale(&desc, inputs[0], *(const float *)inputs[1], y, &flag);
    return status != CLQNN_OK || flag == 0 ? status : CLQNN_INVALID_ARGUMENT; /* the data is finite */
}

static const family_row families[CLQ_BENCH_OP_COUNT] = {
#define X(NAME, name, family) [CLQ_BENCH_##NAME] = { #family, plan_##family, query_##family, reference_##family },
#include "bench_operators.def"
#undef X
};

const char *clq_operator_call_kind(const clq_operator_call *call) { return families[call->op].kind; }

clqnn_status clq_operator_call_plan(clqnn_context *context, const clq_operator_call *call, clqnn_op **op)
{
    return families[call->op].plan(context, call, op);
}

clqnn_status clq_operator_call_query(clqnn_context *context, const clq_operator_call *call, clqnn_op_info *info)
{
    return families[call->op].query(context, call, info);
}

clqnn_status clq_operator_call_reference(const clq_operator_call *call, const void *const *inputs, void *y)
{
    return families[call->op].reference(call, inputs, y);
}

/* ---- The output ---- */

static bool shape_pooled(clq_operator_call *call)
{
    const int32_t spatial_rank = call->shape.rank - 2, first = has(call, CLQ_PART_FIRST) ? 2 : 1;
    int64_t output[CLQNN_POOL_MAX_SPATIAL];
    if (spatial_rank < 1 || spatial_rank > CLQNN_POOL_MAX_SPATIAL) return false;
    const clqnn_pool_desc desc = pool_desc(call);
    if (clqnn_pool_output_shape(&desc, output) != CLQNN_OK) return false;
    for (int32_t i = 0; i < spatial_rank; i++) call->y.shape[first + i] = output[i];
    return true;
}

static bool shape_transposed(clq_operator_call *call)
{
    const clqnn_transpose_desc desc = transpose_desc(call);
    unsigned seen = 0;
    for (int32_t i = 0; i < call->y.rank; i++) {
        if (desc.permutation[i] >= call->y.rank) return false;
        seen |= 1u << desc.permutation[i];
        call->y.shape[i] = call->inputs[0].shape[desc.permutation[i]];
    }
    call->is_separable = desc.permutation[0] == 0;
    return seen == (1u << call->y.rank) - 1u;
}

static bool shape_resized(clq_operator_call *call)
{
    const int32_t first = has(call, CLQ_PART_FIRST) ? 2 : 1;
    if (call->shape.rank != 4) return false;
    for (int32_t i = first; i < first + 2; i++) call->y.shape[i] *= part(call, CLQ_PART_UP, 2);
    return true;
}

bool clq_operator_call_shape_y(clq_operator_call *call)
{
    clqnn_tensor *const y = &call->y;
    const int32_t axis = axis_of(call);
    y->rank = call->shape.rank;
    memcpy(y->shape, call->shape.extents, sizeof y->shape);
    if (axis >= y->rank) return false;
    call->is_separable = call->op <= CLQ_BENCH_POOL || call->op == CLQ_BENCH_RESIZE || call->op >= CLQ_BENCH_SCALE || axis > 0;
    if (call->op >= CLQ_BENCH_PACK_BITS && y->rank == 1) call->is_separable = false; /* values of a row share words */
    if (call->op == CLQ_BENCH_POOL) return shape_pooled(call);
    if (call->op == CLQ_BENCH_TRANSPOSE) return shape_transposed(call);
    if (call->op == CLQ_BENCH_RESIZE) return shape_resized(call);
    if (call->op == CLQ_BENCH_CONCAT) y->shape[axis] *= call->input_count;
    if (call->op == CLQ_BENCH_REDUCE) y->shape[axis] = 1;
    if (call->op == CLQ_BENCH_PAD) {
        const clqnn_pad_desc desc = pad_desc(call);
        for (int32_t i = 0; i < y->rank; i++) y->shape[i] += desc.begin[i] + desc.end[i];
    }
    return true;
}
