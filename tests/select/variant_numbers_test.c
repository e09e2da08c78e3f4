/* SPDX-License-Identifier: Apache-2.0 */
/* The pure callbacks of every variant on problems at the edge: 1, enormous, in rankings also 0; on every invented device. Costs are
 * finite and positive, geometries whole and in the device's limits, parts of k cover k. A division by zero ends the test here, where no
 * driver handles the signal. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gemm/gemm_select.h"
#include "invented_devices.h"

static const int64_t sizes[] = {0, 1, 2, 13, 64, 1000, 4096, 100003, INT32_MAX};

enum { SIZES = sizeof sizes / sizeof *sizes };

typedef void (*problem_check)(const clq_gemm_variant *variant, const clq_gemm_problem *problem, const clq_capabilities *device, const char *device_name);

static void for_all(problem_check check)
{
    for (size_t v = 0; v < clq_gemm_variant_count; v++) {
        for (size_t d = 0; d < invented_device_count; d++) {
            for (size_t i = 0; i < SIZES * SIZES * SIZES; i++) {
                clq_gemm_problem problem = plain_problem(sizes[i % SIZES], sizes[i / SIZES % SIZES], sizes[i / SIZES / SIZES]);
                if (problem.m == 0 || problem.n == 0 || problem.k == 0) continue; /* callbacks never see these */
                problem.batch[1] = i % 3 + 1;
                const clq_gemm_variant *variant = clq_gemm_variants[v];
                const clq_capabilities *device = &invented_devices[d].capabilities;
                if (variant->needs & ~device->bits || (variant->accepts && variant->accepts(&problem, device))) continue;
                check(variant, &problem, device, invented_devices[d].name);
            }
        }
    }
}

static void check_cost(const clq_gemm_variant *variant, const clq_gemm_problem *problem, const clq_capabilities *device, const char *device_name)
{
    const double seconds = variant->cost(problem, device);
    if (isfinite(seconds) && seconds > 0.0) return;
    fail_msg("%s costs %g s for %lld x %lld x %lld on %s", variant->name, seconds, (long long)problem->m, (long long)problem->n, (long long)problem->k, device_name);
}

static void test_costs(void **state)
{
    (void)state;
    for_all(check_cost);
}

static bool geometry_fits(const clq_geometry *geometry, const clq_capabilities *device)
{
    const size_t items = geometry->local[0] * geometry->local[1] * geometry->local[2];
    if (items == 0 || items > device->max_work_group) return false;
    for (int i = 0; i < 3; i++) {
        if (geometry->global[i] == 0 || geometry->global[i] % geometry->local[i] != 0) return false;
    }
    return true;
}

static void check_geometry(const clq_gemm_variant *variant, const clq_gemm_problem *problem, const clq_capabilities *device, const char *device_name)
{
    const clq_gemm_problem smallest = plain_problem(1, 1, 1);
    const int64_t batches = problem->batch[0] * problem->batch[1];
    const clq_geometry geometry = variant->geometry(problem, device, problem->m, batches), least = variant->geometry(&smallest, device, 1, 1);
    bool fits = geometry_fits(&geometry, device);
    for (int i = 0; i < 3; i++) fits = fits && geometry.local[i] == least.local[i]; /* the same for every problem */
    if (variant->k_part) {
        const int64_t part = variant->k_part(problem, device), parts = (problem->k + part - 1) / part;
        const clq_geometry join = variant->join_geometry(problem, device, problem->m, batches);
        fits = fits && part > 0 && part <= problem->k + variant->tile.k && geometry.global[2] == (size_t)(batches * parts) && geometry_fits(&join, device);
    } else {
        fits = fits && geometry.global[2] == (size_t)batches;
    }
    if (fits) return;
    fail_msg("%s: geometry %zu %zu %zu / %zu %zu %zu for %lld x %lld x %lld on %s", variant->name, geometry.global[0], geometry.global[1], geometry.global[2],
             geometry.local[0], geometry.local[1], geometry.local[2], (long long)problem->m, (long long)problem->n, (long long)problem->k, device_name);
}

static void test_geometries(void **state)
{
    (void)state;
    for_all(check_geometry);
}

/* Blocks are no more than there are rows and columns, and never none. */
static void check_units(const clq_gemm_variant *variant, const clq_gemm_problem *problem, const clq_capabilities *device, const char *device_name)
{
    if (!variant->units) return;
    for (int awake = 0; awake <= 1; awake++) {
        const clq_units units = variant->units(problem, device, problem->m, problem->batch[1], awake == 1);
        const bool fits = units.blocks[0] >= 1 && units.blocks[0] <= problem->m && units.blocks[1] >= 1 && units.blocks[1] <= problem->n &&
                          units.blocks[2] == problem->batch[1];
        if (fits) continue;
        fail_msg("%s: units %d %d %d for %lld x %lld x %lld on %s", variant->name, (int)units.blocks[0], (int)units.blocks[1], (int)units.blocks[2],
                 (long long)problem->m, (long long)problem->n, (long long)problem->k, device_name);
    }
}

static void test_units(void **state)
{
    (void)state;
    for_all(check_units);
}

/* The whole ranking, as a query makes it, also for empty problems. */
static void test_rankings(void **state)
{
    (void)state;
    static clq_candidate candidates[128];
    assert_true(clq_gemm_variant_count <= 128);
    for (size_t d = 0; d < invented_device_count; d++) {
        for (size_t i = 0; i < SIZES * SIZES * SIZES; i++) {
            const clq_gemm_problem problem = plain_problem(sizes[i % SIZES], sizes[i / SIZES % SIZES], sizes[i / SIZES / SIZES]);
            clq_gemm_rank(&problem, &invented_devices[d].capabilities, NULL, NULL, candidates);
            for (size_t c = 0; c < clq_gemm_variant_count; c++) assert_int_equal(candidates[c].admitted ? 1 : 0, candidates[c].reason[0] == '\0');
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_costs), cmocka_unit_test(test_geometries), cmocka_unit_test(test_units),
                                       cmocka_unit_test(test_rankings)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
