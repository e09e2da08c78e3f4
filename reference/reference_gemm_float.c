/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn_reference_gemm_float: for each batch both operands are decoded to binary64 and multiplied there; beside each sum stand the sum of its terms'
 * magnitudes and what flushing subnormals could add. The bound is derived in docs/numerics.md. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference.h"
#include "clqnn/reference_float.h"
#include "float_weights.h"
#include "packed_bits.h"
#include "reference_epilogue.h"
#include "tensor_view.h"

#define UNIT 0x1p-24                   /* half a unit in the last place of binary32, relative */
#define FLUSHED 0x1p-126               /* what a flushed subnormal is less than */
#define OVERFLOWS (0x1p128 - 0x1p103)  /* what rounds to infinity */
#define HALF_UNIT 0x1p-11              /* of sums in f16, as UNIT */
#define HALF_FLUSHED 0x1p-14
#define HALF_OVERFLOWS 65520.0
#define HALF_TERMS 32                  /* products of a sum in f16 */

typedef struct float_run {
    clqnn_gemm_desc desc;
    clq_reference_view a, b, residual;
    /* Of the current batch: */
    double *a_real;               /* m x k */
    int *row_unit, *column_unit;  /* of a's rows and w's columns: all elements are multiples of 2 to this power */
    clq_reference_weight *w;      /* k x n */
    float *line;                  /* k or m * k: of a before it is quantized */
} float_run;

enum { NO_UNIT = -4096, ANY_UNIT = 4096 };

/* The weight of the last bit that is set, as a power of two. */
static int unit_of(double value)
{
    int exponent = 0, bits = 0;
    if (value == 0) return ANY_UNIT;
    if (!isfinite(value)) return NO_UNIT;
    double fraction = frexp(value, &exponent);
    while (fraction != rint(fraction)) fraction *= 2, bits++;
    return exponent - bits;
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* One sum on its way. */
typedef struct float_sum {
    double value, magnitude;      /* sum a * w, sum |a| * |w| */
    double reached;               /* what a partial sum of finite terms may reach: sum |a| * |w|, or sum |a| * (|q| + |z|) in units of a group's scale */
    double flushed;               /* in units of 2^-126 */
} float_sum;

static void quantize_line(const float_run *run, double *real, int64_t count)
{
    const int is_signed = run->desc.dynamic_type == CLQNN_S8;
    float scale;
    int32_t zero;
    clqnn_reference_dynamic_parameters(run->line, count, is_signed ? CLQNN_S8 : CLQNN_U8, &scale, &zero);
    for (int64_t i = 0; i < count; i++) {
        real[i] = (double)scale * (clqnn_reference_quantize(run->line[i], scale, zero, is_signed ? -127 : 0, is_signed ? 127 : 255) - zero);
    }
}

static void load_a(float_run *run, const void *a, int64_t base)
{
    const int64_t k = run->desc.k, lines = run->desc.dynamic == CLQNN_DYNAMIC_PER_TENSOR ? 1 : run->desc.m, rows = run->desc.m / lines;
    for (int64_t i = 0; i < run->desc.m; i++) {
        for (int64_t p = 0; p < k; p++) {
            const float value = clq_reference_load_float(run->desc.a.type, a, base + i * run->a.row_step + p * run->a.column_step);
            run->a_real[i * k + p] = (double)value;
            run->line[i % rows * k + p] = value;
        }
        if (run->desc.dynamic != CLQNN_STATIC && (i + 1) % rows == 0) quantize_line(run, run->a_real + (i + 1 - rows) * k, rows * k);
    }
}

static float_sum multiply(const float_run *run, int64_t i, int64_t j)
{
    float_sum sum = {0};
    double levels = 0;
    for (int64_t p = 0; p < run->desc.k; p++) {
        const double a = run->a_real[i * run->desc.k + p], size = fabs(a);
        const clq_reference_weight *w = &run->w[p * run->desc.n + j];
        sum.value += a * w->value;
        sum.magnitude += size * w->magnitude;
        sum.reached += isfinite(size * w->magnitude) ? size * w->magnitude : 0;
        levels += isfinite(size * w->level) ? size * w->level : 0;
        sum.flushed += size * (1 + w->level + w->step) + w->magnitude + 2 * (1 + w->step);
    }
    sum.reached = fmax(sum.reached, levels);
    return sum;
}

/* Roundings that a term passes at most, whatever the order: docs/numerics.md. */
static double roundings(const clqnn_gemm_desc *desc)
{
    const clqnn_groups *groups = &desc->groups;
    const int apart = groups->offsets || desc->dynamic != CLQNN_STATIC || (groups->zero_points && !clq_reference_integer_bits(groups->zero_point_type));
    return (double)desc->k + (desc->b.quantization.scale_count != 0) + (desc->bias != NULL) + (desc->residual.type != CLQNN_TYPE_NONE)
           + (groups->size == 0 ? 0 : apart ? 4 : 2);
}

/* Whether every partial sum, in any order, is a binary32 number: a multiple of a power of two that is not subnormal, and less than 2^24 of it. */
static int is_exact(const clqnn_gemm_desc *desc, int unit, double magnitude, const double terms[3])
{
    const int sum_unit = unit == ANY_UNIT ? ANY_UNIT : unit + unit_of(terms[0]);
    const int least = smaller(smaller(unit, sum_unit), smaller(unit_of(terms[1]), unit_of(terms[2])));
    return desc->groups.size == 0 && (magnitude == 0 || (least > -126 && magnitude < ldexp(1, 24 + least)));
}

/* What sums of HALF_TERMS products in f16 add to the error of sum a * w, of units of 2 to this power; infinite where one may overflow. */
static double half_error(float_sum sum, int unit)
{
    const double gamma = HALF_TERMS * HALF_UNIT / (1 - HALF_TERMS * HALF_UNIT);
    if (!(sum.reached * (1 + gamma) < HALF_OVERFLOWS)) return INFINITY;
    if (unit == ANY_UNIT || (unit >= -14 && sum.magnitude < ldexp(1, 11 + unit))) return 0; /* every partial sum is a half */
    return gamma * sum.reached + HALF_FLUSHED * sum.flushed;
}

static clqnn_reference_bounded finish(const clqnn_gemm_desc *desc, float_sum sum, int unit, int64_t j, double residual)
{
    const double scale = desc->groups.size ? 1.0 : (double)clq_reference_scale(&desc->b.quantization, j), bias = desc->bias ? (double)((const float *)desc->bias)[j] : 0.0;
    const double n = roundings(desc), gamma = n * UNIT < 1 ? n * UNIT / (1 - n * UNIT) : INFINITY;
    const double value = sum.value * scale + bias + residual, magnitude = fabs(scale) * sum.magnitude + fabs(bias) + fabs(residual);
    const double reached = fmax(sum.reached, fabs(scale) * sum.reached + (isfinite(bias) ? fabs(bias) : 0) + (isfinite(residual) ? fabs(residual) : 0)) * (1 + gamma);
    const double half = desc->accumulation == CLQNN_ACCUMULATE_F16 ? half_error(sum, unit) : 0;
    if (isnan(value)) return (clqnn_reference_bounded){value, 0};
    if (isinf(half)) return (clqnn_reference_bounded){value, INFINITY};
    if (isinf(value)) return (clqnn_reference_bounded){value, reached < (double)FLT_MAX ? 0 : INFINITY}; /* it may meet the other infinity */
    const double error = gamma * magnitude + n * 0x1p-53 * magnitude + FLUSHED * (fabs(scale) * sum.flushed + 5) + fabs(scale) * half * (1 + gamma);
    /* all terms of one sign, and the smallest that their sum can come out as overflows: so does every order */
    if (fabs(value) >= magnitude * (1 - 0x1p-40) && fabs(value) - error >= OVERFLOWS) return (clqnn_reference_bounded){copysign(INFINITY, value), 0};
    if (!(reached < (double)FLT_MAX)) return (clqnn_reference_bounded){value, INFINITY};
    return (clqnn_reference_bounded){value, half == 0 && is_exact(desc, unit, fmax(magnitude, sum.magnitude), (const double[3]){scale, bias, residual}) ? 0 : error};
}

static void find_units(float_run *run)
{
    const int64_t m = run->desc.m, n = run->desc.n, k = run->desc.k;
    for (int64_t i = 0; i < m; i++) run->row_unit[i] = ANY_UNIT;
    for (int64_t j = 0; j < n; j++) run->column_unit[j] = ANY_UNIT;
    for (int64_t at = 0; at < m * k; at++) run->row_unit[at / k] = smaller(run->row_unit[at / k], unit_of(run->a_real[at]));
    for (int64_t at = 0; at < k * n; at++) run->column_unit[at % n] = smaller(run->column_unit[at % n], unit_of(run->w[at].value));
}

static void run_batch(float_run *run, const void *residual, int64_t residual_base, clqnn_reference_bounded *x)
{
    const clqnn_type type = run->desc.residual.type;
    for (int64_t i = 0; i < run->desc.m; i++) {
        for (int64_t j = 0; j < run->desc.n; j++) {
            const int64_t place = residual_base + i * run->residual.row_step + j;
            const double r = type != CLQNN_TYPE_NONE ? (double)clq_reference_load_float(type, residual, place) : 0.0;
            const int unit = run->row_unit[i] == ANY_UNIT || run->column_unit[j] == ANY_UNIT ? ANY_UNIT : run->row_unit[i] + run->column_unit[j];
            x[i * run->desc.n + j] = finish(&run->desc, multiply(run, i, j), unit, j, r);
        }
    }
}

static int64_t first_of(const clq_reference_view *view, int64_t outer, int64_t inner)
{
    return outer * view->batch_step[0] + inner * view->batch_step[1];
}

static void run_batches(float_run *run, const void *a, const void *b, const void *residual, clqnn_reference_bounded *x)
{
    const int64_t *batch = run->desc.batch;
    for (int64_t at = 0; at < batch[0] * batch[1]; at++) {
        const int64_t outer = at / batch[1], inner = at % batch[1], b_first = first_of(&run->b, outer, inner);
        load_a(run, a, first_of(&run->a, outer, inner));
        for (int64_t p = 0; p < run->desc.k; p++) {
            for (int64_t j = 0; j < run->desc.n; j++) run->w[p * run->desc.n + j] = clq_reference_weight_at(&run->desc, &run->b, b, b_first, p, j);
        }
        find_units(run);
        run_batch(run, residual, first_of(&run->residual, outer, inner), x + at * run->desc.m * run->desc.n);
    }
}

/* NULL if that is beyond the machine. */
static void *allocate(int64_t rows, int64_t columns, size_t size)
{
    if (columns > 0 && rows > INT64_MAX / columns) return NULL;
    return calloc((size_t)(rows * columns) + 1, size);
}

clqnn_status clqnn_reference_gemm_float(const clqnn_gemm_desc *desc, const void *a, const void *b, const void *residual, clqnn_reference_bounded *x)
{
    float_run run = {0};
    if (!desc || desc->struct_size == 0 || !x) return CLQNN_INVALID_ARGUMENT;
    memcpy(&run.desc, desc, desc->struct_size < sizeof run.desc ? desc->struct_size : sizeof run.desc); /* fields that are not there are 0 */
    clqnn_gemm_desc *own = &run.desc;
    for (int i = 0; i < 2; i++) own->batch[i] = own->batch[i] ? own->batch[i] : 1;
    if (own->m < 0 || own->n < 0 || own->k < 0 || own->batch[0] < 0 || own->batch[1] < 0 || own->groups.size < 0) return CLQNN_INVALID_ARGUMENT;
    if (own->m == 0 || own->n == 0) return CLQNN_OK;
    const void *b_data = b ? b : own->b_data;
    if ((own->k > 0 && (!a || !b_data)) || (own->residual.type != CLQNN_TYPE_NONE && !residual)) return CLQNN_INVALID_ARGUMENT;
    if (own->groups.size > 0 && !own->groups.scales) return CLQNN_INVALID_ARGUMENT;
    run.a = clq_reference_resolve_view(&own->a, own->m, own->k, own->batch);
    run.b = clq_reference_resolve_view(&own->b, own->k, own->n, own->batch);
    run.residual = clq_reference_resolve_view(&own->residual, own->m, own->n, own->batch);
    run.a_real = allocate(own->m, own->k, sizeof *run.a_real);
    run.line = allocate(own->m, own->k, sizeof *run.line);
    run.w = allocate(own->k, own->n, sizeof *run.w);
    run.row_unit = allocate(own->m, 1, sizeof *run.row_unit);
    run.column_unit = allocate(own->n, 1, sizeof *run.column_unit);
    const int complete = run.a_real && run.line && run.w && run.row_unit && run.column_unit;
    if (complete) run_batches(&run, a, b_data, residual, x);
    free(run.a_real);
    free(run.line);
    free(run.w);
    free(run.row_unit);
    free(run.column_unit);
    return complete ? CLQNN_OK : CLQNN_OUT_OF_MEMORY;
}
