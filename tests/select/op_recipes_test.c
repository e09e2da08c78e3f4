/* SPDX-License-Identifier: Apache-2.0 */
/* The pure callbacks of every operator variant, on every invented device that has what it needs: costs are finite and positive; the recipe's launches
 * are whole and within the device's limits, their buffers exist, and what they read of the tables lies in them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/status.h"
#include "invented_devices.h"
#include "op_cases.h"

/* One variant that takes one case on one device. */
typedef struct recipe_case {
    const op_case *given;
    const clq_op_variant *variant;
    const invented_device *device;
    const clq_op_signature *signature;
    const void *problem;
} recipe_case;

typedef void (*recipe_check)(const recipe_case *c);

static size_t for_all(recipe_check check)
{
    static uint64_t problem[CLQ_OP_PROBLEM_BYTES / 8];
    static clq_op_signature signature;
    size_t checked = 0;
    for (size_t i = 0; i < op_case_count; i++) {
        const clq_op_family *family = op_cases[i].family;
        memset(problem, 0, sizeof problem);
        memset(&signature, 0, sizeof signature);
        assert_int_equal(family->validate(op_cases[i].desc, problem, &signature), CLQNN_OK);
        for (size_t v = 0; family->variants[v]; v++) {
            for (size_t d = 0; d < invented_device_count; d++) {
                const clq_op_variant *variant = family->variants[v];
                const clq_capabilities *device = &invented_devices[d].capabilities;
                if (variant->needs & ~device->bits || (variant->accepts && variant->accepts(problem, device))) continue;
                check(&(recipe_case){&op_cases[i], variant, &invented_devices[d], &signature, problem});
                checked++;
            }
        }
    }
    return checked;
}

static void check_cost(const recipe_case *c)
{
    const double seconds = c->variant->cost(c->problem, &c->device->capabilities);
    if (!isfinite(seconds) || seconds <= 0.0) fail_msg("%s costs %g s for %s on %s", c->variant->name, seconds, c->given->name, c->device->name);
}

static void test_costs(void **state)
{
    (void)state;
    assert_true(for_all(check_cost) > 300);
}

static const char *buffer_fault(const recipe_case *c, const clq_op_recipe *recipe, const clq_op_step *step, uint32_t buffer)
{
    const uint8_t which = step->buffers[buffer];
    if (which == CLQ_OP_TABLES) return step->base[buffer] < recipe->table_bytes ? NULL : "a table that is not there";
    if (which == CLQ_OP_WORKSPACE) return c->variant->workspace && step->base[buffer] < c->variant->workspace(c->problem, &c->device->capabilities) ? NULL : "no workspace";
    const uint32_t number = which >= CLQ_OP_OUTPUT ? which - CLQ_OP_OUTPUT : which;
    return number < (which >= CLQ_OP_OUTPUT ? c->signature->output_count : c->signature->input_count) ? NULL : "an operand that is not there";
}

static const char *step_fault(const recipe_case *c, const clq_op_recipe *recipe, const clq_op_step *step)
{
    const clq_op_kernel *kernel = &c->variant->program->kernels[step->kernel];
    if (step->kernel >= CLQ_OP_MAX_KERNELS || !kernel->name) return "no kernel";
    if (kernel->params_size > sizeof step->params || kernel->params_size < sizeof(op_head)) return "params of a wrong size";
    size_t items = 1;
    for (int i = 0; i < 3; i++) {
        items *= kernel->local[i];
        if (kernel->local[i] == 0 || step->global[i] == 0 || step->global[i] % kernel->local[i]) return "a launch that is not whole";
    }
    if (items > c->device->capabilities.max_work_group) return "work-groups too large";
    for (uint32_t i = 0; i < kernel->buffer_count; i++) {
        const char *fault = buffer_fault(c, recipe, step, i);
        if (fault) return fault;
    }
    return NULL;
}

static void check_recipe(const recipe_case *c)
{
    clq_op_recipe recipe = {0};
    assert_int_equal(c->variant->arrange(c->problem, &c->device->capabilities, &recipe), CLQNN_OK);
    const char *fault = recipe.step_count ? NULL : "no launch";
    for (size_t i = 0; i < recipe.step_count && !fault; i++) fault = step_fault(c, &recipe, &recipe.steps[i]);
    free(recipe.steps);
    free(recipe.tables);
    if (fault) fail_msg("%s for %s on %s: %s", c->variant->name, c->given->name, c->device->name, fault);
}

static void test_recipes(void **state)
{
    (void)state;
    assert_true(for_all(check_recipe) > 300);
}

/* No variant is out of the cases' reach. */
static void test_every_variant_is_met(void **state)
{
    (void)state;
    static uint64_t problem[CLQ_OP_PROBLEM_BYTES / 8];
    static clq_op_signature signature;
    for (size_t f = 0; f < clq_op_family_count; f++) {
        for (size_t v = 0; clq_op_families[f]->variants[v]; v++) {
            const clq_op_variant *variant = clq_op_families[f]->variants[v];
            bool met = false;
            for (size_t i = 0; i < op_case_count * invented_device_count && !met; i++) {
                const op_case *given = &op_cases[i / invented_device_count];
                const clq_capabilities *device = &invented_devices[i % invented_device_count].capabilities;
                if (given->family != clq_op_families[f] || variant->needs & ~device->bits) continue;
                memset(problem, 0, sizeof problem);
                memset(&signature, 0, sizeof signature);
                assert_int_equal(given->family->validate(given->desc, problem, &signature), CLQNN_OK);
                met = !variant->accepts || !variant->accepts(problem, device);
            }
            if (!met) fail_msg("no case reaches %s of %s", variant->name, clq_op_families[f]->kind);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_costs), cmocka_unit_test(test_recipes), cmocka_unit_test(test_every_variant_is_met)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
