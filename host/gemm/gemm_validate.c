/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_validate.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "core/checked.h"
#include "core/descriptor.h"
#include "core/message.h"
#include "gemm/gemm_weights.h"

#define LARGEST_STRIDE ((int64_t)1 << 48)

int32_t clq_zero_point_at(const clqnn_quantization *quantization, int64_t index)
{
    if (quantization->zero_point_count == 0) return 0;
    return quantization->zero_points[quantization->zero_point_count == 1 ? 0 : index];
}

float clq_scale_at(const clqnn_quantization *quantization, int64_t index)
{
    if (quantization->scale_count == 0) return 1.0f;
    return quantization->scales[quantization->scale_count == 1 ? 0 : index];
}

static bool is_8bit(clqnn_type type)
{
    return type == CLQNN_S8 || type == CLQNN_U8;
}

static bool is_float(clqnn_type type)
{
    return type == CLQNN_F32 || type == CLQNN_F16;
}

static clqnn_status check_dimension(const char *name, int64_t value)
{
    if (value < 0 || value > INT32_MAX) return clq_fail(CLQNN_INVALID_SHAPE, "%s is %lld, must be in 0..2147483647", name, (long long)value);
    return CLQNN_OK;
}

static clqnn_status check_dimensions(clqnn_gemm_desc *desc)
{
    CLQ_FORWARD(check_dimension("m", desc->m));
    CLQ_FORWARD(check_dimension("n", desc->n));
    CLQ_FORWARD(check_dimension("k", desc->k));
    CLQ_FORWARD(check_dimension("batch[0]", desc->batch[0]));
    CLQ_FORWARD(check_dimension("batch[1]", desc->batch[1]));
    for (int i = 0; i < 2; i++) {
        if (desc->batch[i] == 0) desc->batch[i] = 1;
    }
    if (desc->batch[0] > INT32_MAX / desc->batch[1]) {
        return clq_fail(CLQNN_INVALID_SHAPE, "batch is %lld x %lld, more than 2147483647", (long long)desc->batch[0], (long long)desc->batch[1]);
    }
    return CLQNN_OK;
}

static clqnn_status check_flag(const char *name, int32_t value)
{
    if (value != 0 && value != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is %d, must be 0 or 1", name, (int)value);
    return CLQNN_OK;
}

static clqnn_status type_failure(const char *name, clqnn_type type, const char *expected)
{
    const char *known = clqnn_type_name(type);
    return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is %s (%d), must be %s", name, known ? known : "unknown", (int)type, expected);
}

static clqnn_status check_types(const clqnn_gemm_desc *desc)
{
    if (desc->dynamic != CLQNN_STATIC && desc->dynamic != CLQNN_DYNAMIC_PER_TENSOR && desc->dynamic != CLQNN_DYNAMIC_PER_ROW) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "dynamic is %d, not a clqnn_dynamic", (int)desc->dynamic);
    }
    if (desc->dynamic == CLQNN_STATIC && !is_8bit(desc->a.type)) return type_failure("a.type", desc->a.type, "s8 or u8 (f32 or f16 with dynamic)");
    if (desc->dynamic != CLQNN_STATIC && !is_float(desc->a.type)) return type_failure("a.type", desc->a.type, "f32 or f16 with dynamic");
    if (!is_8bit(desc->b.type)) return type_failure("b.type", desc->b.type, "s8 or u8");
    if (!is_8bit(desc->c.type) && !is_float(desc->c.type) && desc->c.type != CLQNN_S32) return type_failure("c.type", desc->c.type, "s8, u8, s32, f32 or f16");
    if (desc->dynamic != CLQNN_STATIC && !is_float(desc->c.type)) return type_failure("c.type", desc->c.type, "f32 or f16 with dynamic");
    if (desc->dynamic_type != CLQNN_TYPE_NONE && desc->dynamic == CLQNN_STATIC) return type_failure("dynamic_type", desc->dynamic_type, "none without dynamic");
    if (desc->dynamic_type != CLQNN_TYPE_NONE && !is_8bit(desc->dynamic_type)) return type_failure("dynamic_type", desc->dynamic_type, "s8 or u8");
    return CLQNN_OK;
}

/* One stored matrix of rows x columns per batch; fills `matrix` and the span over all batches. */
static clqnn_status resolve_matrix(const char *name, const clqnn_gemm_operand *operand, int64_t rows, int64_t columns, const int64_t batch[2],
                                   bool may_broadcast, clq_gemm_matrix *matrix, int64_t *span)
{
    const int64_t stored_rows = operand->transposed ? columns : rows;
    const int64_t stored_columns = operand->transposed ? rows : columns;
    const int64_t leading = operand->leading_dimension ? operand->leading_dimension : stored_columns;
    if (leading < stored_columns || leading > LARGEST_STRIDE) {
        return clq_fail(CLQNN_INVALID_SHAPE, "%s.leading_dimension is %lld, must be 0 or at least %lld", name, (long long)operand->leading_dimension,
                        (long long)stored_columns);
    }
    *matrix = (clq_gemm_matrix){.type = operand->type, .transposed = operand->transposed != 0, .leading_dimension = leading};
    int64_t dense = 0;
    if (!clq_multiply_signed(stored_rows, leading, &dense)) dense = INT64_MAX;
    int64_t extent = stored_rows == 0 || stored_columns == 0 ? 0 : (stored_rows - 1) * (dense == INT64_MAX ? 0 : leading) + stored_columns;
    bool fits = dense < LARGEST_STRIDE;
    for (int i = 1; i >= 0; i--) {
        const int64_t given = operand->batch_stride[i];
        if (given < 0 && !(given == CLQNN_BROADCAST && may_broadcast)) {
            return clq_fail(CLQNN_INVALID_SHAPE, "%s.batch_stride[%d] is %lld, must be 0 or positive%s", name, i, (long long)given,
                            may_broadcast ? " or CLQNN_BROADCAST" : "");
        }
        if (given > LARGEST_STRIDE) return clq_fail(CLQNN_INVALID_SHAPE, "%s.batch_stride[%d] is %lld, too large", name, i, (long long)given);
        if (given == CLQNN_BROADCAST) continue;
        const int64_t stride = given ? given : dense;
        matrix->batch_stride[i] = stride;
        int64_t more = 0;
        fits = fits && clq_multiply_signed(batch[i] - 1, stride, &more) && clq_add_signed(extent, extent ? more : 0, &extent);
        fits = fits && clq_multiply_signed(stride, batch[i], &dense) && dense < LARGEST_STRIDE;
        if (!fits) break;
    }
    if (!fits || extent > LARGEST_STRIDE) return clq_fail(CLQNN_INVALID_SHAPE, "%s is too large: its strides reach beyond 2^48 elements", name);
    *span = extent;
    return CLQNN_OK;
}

/* Rows and batches of c must not share elements: sorted by stride, each stride must step over all that the smaller ones cover. */
static clqnn_status check_c_disjoint(const clq_gemm_problem *problem)
{
    if (problem->m == 0 || problem->n == 0) return CLQNN_OK;
    int64_t counts[3] = {problem->m, problem->batch[0], problem->batch[1]};
    int64_t strides[3] = {problem->c.leading_dimension, problem->c.batch_stride[0], problem->c.batch_stride[1]};
    int64_t covered = problem->n;
    for (int step = 0; step < 3; step++) {
        int least = -1;
        for (int i = 0; i < 3; i++) {
            if (counts[i] > 1 && (least < 0 || strides[i] < strides[least])) least = i;
        }
        if (least < 0) break;
        if (strides[least] < covered) {
            return clq_fail(CLQNN_INVALID_SHAPE, "c overlaps itself: a stride of %lld elements steps over %lld", (long long)strides[least], (long long)covered);
        }
        covered += (counts[least] - 1) * strides[least];
        counts[least] = 1;
    }
    return CLQNN_OK;
}

static clqnn_status check_quantization(const char *name, const clqnn_quantization *q, clqnn_type type, int64_t channels)
{
    if (q->scale_count != 0 && q->scale_count != 1 && q->scale_count != channels) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.scale_count is %lld, must be 0, 1 or %lld", name, (long long)q->scale_count, (long long)channels);
    }
    if (q->zero_point_count != 0 && q->zero_point_count != 1 && q->zero_point_count != channels) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.zero_point_count is %lld, must be 0, 1 or %lld", name, (long long)q->zero_point_count, (long long)channels);
    }
    if (q->scale_count && !q->scales) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s.scales is NULL but scale_count is %lld", name, (long long)q->scale_count);
    if (q->zero_point_count && !q->zero_points) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "%s.zero_points is NULL but zero_point_count is %lld", name, (long long)q->zero_point_count);
    }
    for (int64_t i = 0; i < q->scale_count; i++) {
        if (!(q->scales[i] >= FLT_MIN && q->scales[i] <= FLT_MAX)) {
            return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.scales[%lld] is %g, must be positive, finite and normal", name, (long long)i, (double)q->scales[i]);
        }
    }
    const int32_t low = type == CLQNN_S8 ? -128 : 0, high = type == CLQNN_S8 ? 127 : type == CLQNN_U8 ? 255 : 0;
    for (int64_t i = 0; i < q->zero_point_count; i++) {
        if (q->zero_points[i] < low || q->zero_points[i] > high) {
            return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.zero_points[%lld] is %d, must be in %d..%d for %s", name, (long long)i, (int)q->zero_points[i], (int)low,
                            (int)high, clqnn_type_name(type));
        }
    }
    return CLQNN_OK;
}

static void scale_extent(const clqnn_quantization *q, float *least, float *most)
{
    *least = *most = clq_scale_at(q, 0);
    for (int64_t i = 1; i < q->scale_count; i++) {
        if (q->scales[i] < *least) *least = q->scales[i];
        if (q->scales[i] > *most) *most = q->scales[i];
    }
}

/* sa * sb and (sa * sb) / sc must stay within float's normal range, so that every device computes the same multiplier. */
static clqnn_status check_multipliers(const clqnn_gemm_desc *desc)
{
    if (desc->c.type == CLQNN_S32 || desc->rounding != CLQNN_FLOAT_EVEN) return CLQNN_OK;
    float a_least, a_most, b_least, b_most;
    scale_extent(&desc->a.quantization, &a_least, &a_most);
    scale_extent(&desc->b.quantization, &b_least, &b_most);
    const float least = a_least * b_least, most = a_most * b_most;
    if (!(least >= FLT_MIN && most <= FLT_MAX)) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "the product of a's and b's scales runs from %g to %g, beyond float's normal range", (double)least, (double)most);
    }
    const float multiplier = most / clq_scale_at(&desc->c.quantization, 0);
    if (!(multiplier <= FLT_MAX)) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "the product of a's and b's scales, %g, divided by c's scale, %g, is beyond float's range", (double)most,
                        (double)clq_scale_at(&desc->c.quantization, 0));
    }
    return CLQNN_OK;
}

static clqnn_status check_fixed(const clqnn_gemm_desc *desc)
{
    if (desc->rounding != CLQNN_FLOAT_EVEN && desc->rounding != CLQNN_FIXED_DOUBLE && desc->rounding != CLQNN_FIXED_SINGLE) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "rounding is %d, not a clqnn_rounding", (int)desc->rounding);
    }
    if (desc->rounding == CLQNN_FLOAT_EVEN) {
        if (desc->fixed_count == 0) return CLQNN_OK;
        return clq_fail(CLQNN_INVALID_ARGUMENT, "fixed_count is %lld, but rounding is CLQNN_FLOAT_EVEN", (long long)desc->fixed_count);
    }
    if (!is_8bit(desc->c.type)) return clq_fail(CLQNN_INVALID_ARGUMENT, "rounding is a fixed-point rule, but c.type is %s", clqnn_type_name(desc->c.type));
    if (desc->fixed_count != 1 && desc->fixed_count != desc->n) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "fixed_count is %lld, must be 1 or n = %lld", (long long)desc->fixed_count, (long long)desc->n);
    }
    if (desc->fixed_count && (!desc->multipliers || !desc->shifts)) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", desc->multipliers ? "shifts" : "multipliers");
    }
    for (int64_t i = 0; i < desc->fixed_count; i++) {
        if (desc->multipliers[i] < 0) return clq_fail(CLQNN_INVALID_QUANTIZATION, "multipliers[%lld] is %d, must not be negative", (long long)i, (int)desc->multipliers[i]);
        if (desc->shifts[i] < -31 || desc->shifts[i] > 30) return clq_fail(CLQNN_INVALID_QUANTIZATION, "shifts[%lld] is %d, must be in -31..30", (long long)i, (int)desc->shifts[i]);
    }
    return CLQNN_OK;
}

static clqnn_status check_bias(const clqnn_gemm_desc *desc)
{
    if (!desc->bias) {
        return desc->bias_type == CLQNN_TYPE_NONE ? CLQNN_OK : clq_fail(CLQNN_INVALID_ARGUMENT, "bias is NULL, but bias_type is %d", (int)desc->bias_type);
    }
    if (desc->bias_type != CLQNN_S32 && desc->bias_type != CLQNN_F32) return type_failure("bias_type", desc->bias_type, "s32 or f32");
    if (desc->bias_type == CLQNN_F32 && !is_float(desc->c.type)) return type_failure("bias_type", desc->bias_type, "s32 where c is not f32 or f16");
    return CLQNN_OK;
}

static clqnn_status resolve_clamp(clq_gemm_spec *spec)
{
    const clqnn_gemm_desc *desc = &spec->desc;
    CLQ_FORWARD(check_flag("has_clamp", desc->has_clamp));
    spec->low = desc->c.type == CLQNN_S8 ? -128 : 0;
    spec->high = desc->c.type == CLQNN_S8 ? 127 : 255;
    if (!desc->has_clamp) return CLQNN_OK;
    if (desc->c.type == CLQNN_S32) return clq_fail(CLQNN_INVALID_ARGUMENT, "has_clamp is 1, but c.type is s32");
    if (!(desc->clamp_min <= desc->clamp_max)) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "clamp_min is %g and clamp_max is %g: an empty range", (double)desc->clamp_min, (double)desc->clamp_max);
    }
    if (is_float(desc->c.type)) return CLQNN_OK;
    const float low = ceilf(desc->clamp_min), high = floorf(desc->clamp_max);
    if (low > (float)spec->low) spec->low = low > (float)spec->high ? INT32_MAX : (int32_t)low;
    if (high < (float)spec->high) spec->high = high < (float)-128 ? INT32_MIN : (int32_t)high;
    if (spec->low > spec->high) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "clamp_min is %g and clamp_max is %g: no value of type %s lies between", (double)desc->clamp_min, (double)desc->clamp_max,
                        clqnn_type_name(desc->c.type));
    }
    return CLQNN_OK;
}

/* Takes b's description from packed weights. */
static clqnn_status adopt_weights(clqnn_gemm_desc *desc)
{
    const clqnn_gemm_weights *weights = desc->weights;
    if (!weights) return CLQNN_OK;
    if (desc->b_data) return clq_fail(CLQNN_INVALID_ARGUMENT, "b_data and weights are both given");
    if (weights->n != desc->n || weights->k != desc->k) {
        return clq_fail(CLQNN_INVALID_SHAPE, "weights are k %lld x n %lld, but k is %lld and n is %lld", (long long)weights->k, (long long)weights->n, (long long)desc->k,
                        (long long)desc->n);
    }
    for (int i = 0; i < 2; i++) {
        const int64_t batch = desc->batch[i] ? desc->batch[i] : 1;
        if (weights->batch[i] != 1 && weights->batch[i] != batch) {
            return clq_fail(CLQNN_INVALID_SHAPE, "weights hold %lld matrices in batch dimension %d, but batch[%d] is %lld", (long long)weights->batch[i], i, i, (long long)batch);
        }
        desc->b.batch_stride[i] = weights->batch[i] == 1 ? CLQNN_BROADCAST : 0;
    }
    if (desc->b.type != CLQNN_TYPE_NONE && desc->b.type != weights->type) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "b.type is %d, but the weights are %s", (int)desc->b.type, clqnn_type_name(weights->type));
    }
    desc->b.type = weights->type;
    desc->b.transposed = 0;
    desc->b.leading_dimension = 0;
    desc->b.quantization.zero_points = weights->zero_points;
    desc->b.quantization.zero_point_count = weights->n;
    return CLQNN_OK;
}

static clqnn_status check_enumerations(clq_gemm_spec *spec)
{
    CLQ_FORWARD(check_types(&spec->desc));
    CLQ_FORWARD(check_flag("a.transposed", spec->desc.a.transposed));
    CLQ_FORWARD(check_flag("b.transposed", spec->desc.b.transposed));
    if (spec->desc.c.transposed) return clq_fail(CLQNN_INVALID_ARGUMENT, "c.transposed is %d, must be 0", (int)spec->desc.c.transposed);
    return CLQNN_OK;
}

static clqnn_status check_numbers(clq_gemm_spec *spec)
{
    const clqnn_gemm_desc *desc = &spec->desc;
    const clqnn_quantization *a = &desc->a.quantization;
    if (desc->dynamic != CLQNN_STATIC && (a->scale_count || a->zero_point_count)) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "a.quantization is given, but dynamic computes it");
    }
    CLQ_FORWARD(check_quantization("a.quantization", a, desc->a.type, desc->m));
    CLQ_FORWARD(check_quantization("b.quantization", &desc->b.quantization, desc->b.type, desc->n));
    CLQ_FORWARD(check_quantization("c.quantization", &desc->c.quantization, desc->c.type, 1));
    if (!is_8bit(desc->c.type) && (desc->c.quantization.scale_count || desc->c.quantization.zero_point_count)) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "c.quantization is given, but c.type is %s", clqnn_type_name(desc->c.type));
    }
    CLQ_FORWARD(check_fixed(desc));
    CLQ_FORWARD(check_multipliers(desc));
    CLQ_FORWARD(check_bias(desc));
    return resolve_clamp(spec);
}

static void fill_problem(clq_gemm_spec *spec)
{
    const clqnn_gemm_desc *desc = &spec->desc;
    clq_gemm_problem *problem = &spec->problem;
    problem->dynamic = desc->dynamic;
    problem->a_integer = desc->dynamic == CLQNN_STATIC ? desc->a.type : desc->dynamic_type == CLQNN_S8 ? CLQNN_S8 : CLQNN_U8;
    problem->b_constant = desc->b_data || desc->weights;
    problem->a_zero_per_row = desc->dynamic != CLQNN_STATIC || desc->a.quantization.zero_point_count > 1;
    problem->row_scales = desc->c.type != CLQNN_S32 && desc->rounding == CLQNN_FLOAT_EVEN && (desc->dynamic != CLQNN_STATIC || desc->a.quantization.scale_count > 1);
    problem->float_bias = desc->bias && desc->bias_type == CLQNN_F32;
    problem->clamp = desc->has_clamp;
    problem->rounding = desc->rounding;
    const int32_t shift = desc->b.type == CLQNN_U8 ? 128 : 0;
    const int64_t count = desc->b.quantization.zero_point_count ? desc->b.quantization.zero_point_count : 1;
    for (int64_t i = 0; i < count; i++) problem->b_zero_nonzero = problem->b_zero_nonzero || clq_zero_point_at(&desc->b.quantization, i) != shift;
}

clqnn_status clq_gemm_validate(const clqnn_gemm_desc *desc, clq_gemm_spec *spec)
{
    memset(spec, 0, sizeof *spec);
    CLQ_FORWARD(clq_descriptor_copy("clqnn_gemm_desc", desc, &spec->desc, sizeof spec->desc, sizeof spec->desc));
    clqnn_gemm_desc *full = &spec->desc;
    CLQ_FORWARD(check_dimensions(full));
    CLQ_FORWARD(adopt_weights(full));
    CLQ_FORWARD(check_enumerations(spec));
    clq_gemm_problem *problem = &spec->problem;
    problem->m = full->m;
    problem->n = full->n;
    problem->k = full->k;
    memcpy(problem->batch, full->batch, sizeof problem->batch);
    CLQ_FORWARD(resolve_matrix("a", &full->a, full->m, full->k, full->batch, true, &problem->a, &spec->a_span));
    CLQ_FORWARD(resolve_matrix("b", &full->b, full->k, full->n, full->batch, true, &problem->b, &spec->b_span));
    CLQ_FORWARD(resolve_matrix("c", &full->c, full->m, full->n, full->batch, false, &problem->c, &spec->c_span));
    CLQ_FORWARD(check_c_disjoint(problem));
    CLQ_FORWARD(check_numbers(spec));
    fill_problem(spec);
    return CLQNN_OK;
}
