/* SPDX-License-Identifier: Apache-2.0 */
/* all_pairs_test VARIANT|auto: every kind and rule on all 65,536 pairs of bytes, for scales that tie often (equal, powers of two), scales
 * that do not, and extreme zero points. What a variant refuses is counted. Exit status 77 where it refuses everything. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/clqnn.h"
#include "clqnn/reference_pointwise.h"
#include "op_image.h"

enum { PAIRS = 65536 };

typedef struct numbers {
    float a, b, y;
    int32_t a_zero, b_zero, y_zero;
    clqnn_fixed a_fixed, b_fixed, y_fixed;   /* sums */
    clqnn_fixed product;
} numbers;

static const numbers sets[] = {
    {0.5f, 0.5f, 1.0f, 128, 128, 128, {1 << 30, 0}, {1 << 30, 0}, {1 << 30, -19}, {1 << 30, -6}},
    {0.25f, 0.125f, 0.25f, 0, 255, 3, {1 << 30, 0}, {1 << 30, -1}, {1 << 30, -18}, {1 << 30, -7}},
    {0.0217f, 0.0391f, 0.0533f, 17, 200, 99, {1191182336, -1}, {1073741824, 0}, {1575377715, -19}, {1367343104, -7}},
    {0.3f, 0.003f, 0.31f, 255, 0, 255, {1 << 30, 0}, {1374389535, -7}, {2078209983, -19}, {1717986918, -8}},
    {0.1f, 0.1f, 0.1f, 77, 77, 77, {1 << 30, 0}, {1 << 30, 0}, {1 << 30, -18}, {1717986918, -3}},
};

typedef struct pairs {
    clq_op_image a, b, expected, got;
} pairs;

static bool make_image(clq_op_image *image)
{
    image->tensor = (clqnn_tensor){.type = CLQNN_U8, .rank = 1, .shape = {PAIRS}};
    image->size = PAIRS;
    image->bytes = calloc(PAIRS, 1);
    return image->bytes != NULL;
}

static bool make_pairs(pairs *p)
{
    memset(p, 0, sizeof *p);
    if (!make_image(&p->a) || !make_image(&p->b) || !make_image(&p->expected) || !make_image(&p->got)) return false;
    for (int i = 0; i < PAIRS; i++) {
        p->a.bytes[i] = (unsigned char)(i >> 8);
        p->b.bytes[i] = (unsigned char)i;
    }
    return true;
}

static clqnn_binary_desc describe(const pairs *p, const numbers *set, clqnn_binary_kind kind, clqnn_rounding rounding, const char *variant)
{
    clqnn_binary_desc desc = {.struct_size = sizeof desc, .kind = kind, .a = p->a.tensor, .b = p->b.tensor, .y = p->got.tensor, .rounding = rounding, .variant = variant};
    desc.a.quantization = (clqnn_quantization){&set->a, 1, &set->a_zero, 1};
    desc.b.quantization = (clqnn_quantization){&set->b, 1, &set->b_zero, 1};
    desc.y.quantization = (clqnn_quantization){&set->y, 1, &set->y_zero, 1};
    if (rounding == CLQNN_FLOAT_EVEN) return desc;
    desc.left_shift = kind == CLQNN_MUL ? 0 : 20;
    desc.a_fixed = set->a_fixed;
    desc.b_fixed = set->b_fixed;
    desc.y_fixed = kind == CLQNN_MUL ? set->product : set->y_fixed;
    return desc;
}

/* 1: right; 0: refused; -1: wrong. */
static int try_one(clqnn_context *context, pairs *p, const clqnn_binary_desc *desc)
{
    clqnn_op *op = NULL;
    const clqnn_status status = clqnn_binary_create(context, desc, &op);
    if (status == CLQNN_UNSUPPORTED) return 0;
    (void)clqnn_reference_binary(desc, p->a.bytes, p->b.bytes, p->expected.bytes);
    memset(p->got.bytes, 0, PAIRS);
    clq_op_image *const inputs[] = {&p->a, &p->b}, *const outputs[] = {&p->got};
    const bool ran = status == CLQNN_OK && clq_op_run(context, op, inputs, 2, outputs, 1) == CLQNN_OK;
    clqnn_op_destroy(op);
    if (!ran) return printf("%s\n", clqnn_last_error()), -1;
    for (int i = 0; i < PAIRS; i++) {
        if (p->expected.bytes[i] == p->got.bytes[i]) continue;
        printf("kind %d rounding %d scales %g %g %g: a %d b %d: expected %d, got %d\n", (int)desc->kind, (int)desc->rounding, (double)desc->a.quantization.scales[0],
               (double)desc->b.quantization.scales[0], (double)desc->y.quantization.scales[0], p->a.bytes[i], p->b.bytes[i], p->expected.bytes[i], p->got.bytes[i]);
        return -1;
    }
    return 1;
}

int main(int count, char **arguments)
{
    const char *variant = count > 1 && strcmp(arguments[1], "auto") != 0 ? arguments[1] : NULL;
    clqnn_context *context = NULL;
    pairs p;
    int results[3] = {0, 0, 0}; /* wrong, refused, right */
    if (clqnn_context_create(NULL, &context) != CLQNN_OK) return printf("skipped: %s\n", clqnn_last_error()), 77;
    const bool made = make_pairs(&p);
    for (size_t s = 0; made && s < sizeof sets / sizeof sets[0]; s++) {
        for (int kind = CLQNN_ADD; kind <= CLQNN_MAX; kind++) {
            for (int rounding = CLQNN_FLOAT_EVEN; rounding <= (kind <= CLQNN_MUL ? CLQNN_FIXED_SINGLE : CLQNN_FLOAT_EVEN); rounding++) {
                const clqnn_binary_desc desc = describe(&p, &sets[s], (clqnn_binary_kind)kind, (clqnn_rounding)rounding, variant);
                results[1 + try_one(context, &p, &desc)]++;
            }
        }
    }
    printf("%d right, %d refused, %d wrong\n", results[2], results[1], results[0]);
    clq_op_image_free(&p.a);
    clq_op_image_free(&p.b);
    clq_op_image_free(&p.expected);
    clq_op_image_free(&p.got);
    clqnn_context_release(context);
    return !made || results[0] ? 1 : results[2] ? 0 : 77;
}
