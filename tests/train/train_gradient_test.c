/* SPDX-License-Identifier: Apache-2.0 */
/* Gradients of the reference by differences of its own forward pass, and the identity <dy, conv(x, w)> = <dx, x> = <dw, w> for reference and device. On small
 * integers, so that all of it is exact. */
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference_train.h"
#include "op_fixture.h"

enum { MOST = 7000 };

static const clqnn_train_conv_desc shapes[] = {
    {.batch = 2, .height = 5, .width = 6, .channels = 3, .output_channels = 4, .kernel = {3, 3}, .pad_begin = {1, 1}, .pad_end = {1, 1}},
    {.batch = 1, .height = 8, .width = 7, .channels = 4, .output_channels = 6, .groups = 2, .kernel = {3, 2}, .stride = {2, 3}, .dilation = {2, 1},
     .pad_begin = {1, 0}, .pad_end = {3, 1}},
    {.batch = 2, .height = 6, .width = 6, .channels = 5, .output_channels = 5, .groups = 5, .kernel = {3, 3}, .stride = {2, 2}, .pad_begin = {0, 1},
     .pad_end = {1, 0}},
    {.batch = 1, .height = 4, .width = 9, .channels = 3, .output_channels = 6, .groups = 3, .kernel = {1, 5}, .pad_begin = {0, 4}, .pad_end = {0, 1}},
    {.batch = 2, .height = 14, .width = 14, .channels = 16, .output_channels = 16, .kernel = {3, 3}, .stride = {2, 2}, .pad_begin = {1, 1}, .pad_end = {0, 0}},
    {.batch = 1, .height = 9, .width = 11, .channels = 21, .output_channels = 21, .groups = 21, .kernel = {3, 4}, .stride = {1, 2}, .pad_begin = {1, 1},
     .pad_end = {1, 2}},
};
enum { SHAPES = sizeof shapes / sizeof shapes[0], DIFFERENCES = SHAPES - 2 };   /* the small ones by differences */

typedef struct layer {
    clqnn_train_conv_desc desc;
    int64_t x_count, w_count, y_count;
    float x[MOST], w[MOST], dy[MOST], bias[64];
} layer;

static float small(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (float)((int)(*seed >> 24) % 5 - 2);
}

static void make(int index, layer *l)
{
    int64_t size[2];
    uint32_t seed = (uint32_t)index + 1;
    l->desc = shapes[index];
    l->desc.struct_size = sizeof l->desc;
    assert_int_equal(clqnn_train_conv_output_size(&l->desc, size), CLQNN_OK);
    const clqnn_train_conv_desc *d = &l->desc;
    l->x_count = d->batch * d->height * d->width * d->channels;
    l->w_count = d->output_channels * d->kernel[0] * d->kernel[1] * (d->channels / (d->groups ? d->groups : 1));
    l->y_count = d->batch * size[0] * size[1] * d->output_channels;
    assert_true(l->x_count <= MOST && l->w_count <= MOST && l->y_count <= MOST && d->output_channels <= 64);
    for (int64_t i = 0; i < l->x_count; i++) l->x[i] = small(&seed);
    for (int64_t i = 0; i < l->w_count; i++) l->w[i] = small(&seed);
    for (int64_t i = 0; i < l->y_count; i++) l->dy[i] = small(&seed);
    for (int64_t i = 0; i < d->output_channels; i++) l->bias[i] = small(&seed);
}

/* <dy, conv(x, w) + bias> by the reference. */
static double loss(layer *l)
{
    static clqnn_reference_bounded y[MOST];
    clqnn_train_conv_desc desc = l->desc;
    double sum = 0;
    desc.kind = CLQNN_TRAIN_FORWARD;
    desc.has_bias = 1;
    assert_int_equal(clqnn_reference_train_conv(&desc, l->x, l->w, l->bias, y, NULL), CLQNN_OK);
    for (int64_t i = 0; i < l->y_count; i++) sum += (double)l->dy[i] * y[i].value;
    return sum;
}

static void expect_derivatives(layer *l, float *values, int64_t count, const clqnn_reference_bounded *gradient, const char *name)
{
    for (int64_t i = 0; i < count; i++) {
        const float kept = values[i];
        values[i] = kept + 1;
        const double above = loss(l);
        values[i] = kept - 1;
        const double below = loss(l);
        values[i] = kept;
        if ((above - below) / 2 != gradient[i].value) fail_msg("%s[%d]: derivative %g, gradient %g", name, (int)i, (above - below) / 2, gradient[i].value);
    }
}

static void gradients_are_derivatives(void **state)
{
    (void)state;
    static layer l;
    static clqnn_reference_bounded dx[MOST], dw[MOST], dbias[64];
    for (int shape = 0; shape < DIFFERENCES; shape++) {
        make(shape, &l);
        clqnn_train_conv_desc desc = l.desc;
        desc.kind = CLQNN_TRAIN_BY_DATA;
        assert_int_equal(clqnn_reference_train_conv(&desc, l.dy, l.w, NULL, dx, NULL), CLQNN_OK);
        desc.kind = CLQNN_TRAIN_BY_WEIGHT;
        desc.has_bias = 1;
        assert_int_equal(clqnn_reference_train_conv(&desc, l.x, l.dy, NULL, dw, dbias), CLQNN_OK);
        expect_derivatives(&l, l.x, l.x_count, dx, "x");
        expect_derivatives(&l, l.w, l.w_count, dw, "w");
        expect_derivatives(&l, l.bias, l.desc.output_channels, dbias, "bias");
    }
}

/* One call on the device; the result. */
static void run(const layer *l, clqnn_train_conv_kind kind, const char *variant, float *result, bool *has)
{
    clqnn_train_conv_desc desc = l->desc;
    clqnn_op *op = NULL;
    struct _cl_command_queue *queue = NULL;
    desc.kind = kind;
    desc.variant = variant;
    const clqnn_status status = clqnn_train_conv_create(op_context(), &desc, &op);
    *has = status == CLQNN_OK;
    assert_true(*has || (variant && status == CLQNN_UNSUPPORTED));
    if (!*has) return;
    const float *first = kind == CLQNN_TRAIN_BY_DATA ? l->dy : l->x, *second = kind == CLQNN_TRAIN_BY_WEIGHT ? l->dy : l->w;
    const int64_t first_count = kind == CLQNN_TRAIN_BY_DATA ? l->y_count : l->x_count, second_count = kind == CLQNN_TRAIN_BY_WEIGHT ? l->y_count : l->w_count;
    const int64_t count = kind == CLQNN_TRAIN_BY_DATA ? l->x_count : kind == CLQNN_TRAIN_BY_WEIGHT ? l->w_count : l->y_count;
    const uint64_t workspace = clqnn_op_workspace_size(op);
    struct _cl_mem *const a = op_buffer(first, (size_t)first_count * 4), *const b = op_buffer(second, (size_t)second_count * 4), *const c = op_buffer(NULL,
            (size_t)count * 4);
    struct _cl_mem *const space = workspace ? op_buffer(NULL, workspace) : NULL;
    const clqnn_region inputs[] = {{a, 0}, {b, 0}}, output = {c, 0};
    const clqnn_op_args args = {.inputs = inputs, .outputs = &output, .input_count = 2, .output_count = 1, .workspace = {space, 0}};
    assert_int_equal(clqnn_default_queue(op_context(), &queue), CLQNN_OK);
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_OK);
    assert_int_equal(clqnn_download(op_context(), c, 0, result, (size_t)count * 4), CLQNN_OK);
    struct _cl_mem *const all[] = {a, b, c, space};
    for (int i = 0; i < 4; i++) clqnn_buffer_release(all[i]);
    clqnn_op_destroy(op);
}

static double inner(const float *a, const float *b, int64_t count)
{
    double sum = 0;
    for (int64_t i = 0; i < count; i++) sum += (double)a[i] * (double)b[i];
    return sum;
}

static void the_three_kinds_are_adjoint(void **state)
{
    (void)state;
    static const char *const variants[] = {NULL, "train_conv_avx512", "train_conv_avx2", "train_conv_vec16", "train_conv_depthwise", "train_conv_portable"};
    static layer l;
    static float y[MOST], dx[MOST], dw[MOST];
    for (int shape = 0; shape < SHAPES; shape++) {
        make(shape, &l);
        for (size_t v = 0; v < sizeof variants / sizeof variants[0]; v++) {
            bool has[3];
            run(&l, CLQNN_TRAIN_FORWARD, variants[v], y, &has[0]);
            run(&l, CLQNN_TRAIN_BY_DATA, variants[v], dx, &has[1]);
            run(&l, CLQNN_TRAIN_BY_WEIGHT, variants[v], dw, &has[2]);
            if (!has[0] || !has[1] || !has[2]) continue;
            const double expected = inner(l.dy, y, l.y_count);
            if (inner(dx, l.x, l.x_count) != expected || inner(dw, l.w, l.w_count) != expected) {
                fail_msg("shape %d: <dy, y> %g, <dx, x> %g, <dw, w> %g", shape, expected, inner(dx, l.x, l.x_count), inner(dw, l.w, l.w_count));
            }
        }
    }
}

int main(void)
{
    if (!op_fixture_open()) return OP_FIXTURE_SKIPPED;
    const struct CMUnitTest tests[] = {cmocka_unit_test(gradients_are_derivatives), cmocka_unit_test(the_three_kinds_are_adjoint)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    op_fixture_close();
    return failed;
}
