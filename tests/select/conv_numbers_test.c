/* SPDX-License-Identifier: Apache-2.0 */
/* The pure callbacks of every convolution variant, on shapes from one pixel to as many as there can be, on every invented device: costs are finite and
 * positive, launches whole, of one work-group for all problems and within the device's limits, units no more than there is work; and reasons of refusals. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "conv/conv_select.h"
#include "conv_words.h"
#include "invented_devices.h"

enum { MOST = 64 };

typedef void (*conv_check)(const clq_conv_variant *variant, const clq_conv_problem *problem, const invented_device *device, const char *words);

static const char *const pixels[] = {"1x1", "1x7", "7x7", "13x29", "224x224", "2x30000", "20000x20000"};
static const char *const channels[] = {"1 1", "3 64", "16 33", "64 64 3x3 groups4", "130 130", "1024 1024 3x3 depthwise", "48 48 5x3 depthwise dilation2"};
static const char *const kernels[] = {"1x1", "3x3", "7x5 stride2", "3x3 batch8 residual", "2x9 dilation2 weight_zero", "3x3 nchw", "3x3 transposed stride2", "3x3 volume table"};

enum { PIXELS = sizeof pixels / sizeof *pixels, CHANNELS = sizeof channels / sizeof *channels, KERNELS = sizeof kernels / sizeof *kernels };

/* Of every variant with every problem that it takes on every device. */
static size_t for_all(conv_check check)
{
    size_t checked = 0;
    for (size_t i = 0; i < (size_t)PIXELS * CHANNELS * KERNELS; i++) {
        char words[128];
        clq_conv_spec spec;
        (void)snprintf(words, sizeof words, "%s %s %s", pixels[i % PIXELS], channels[i / PIXELS % CHANNELS], kernels[i / PIXELS / CHANNELS]);
        if (!conv_words_read(words, &spec)) continue; /* too large to exist, as a call would be told */
        for (size_t v = 0; v < clq_conv_variant_count; v++) {
            for (size_t d = 0; d < invented_device_count; d++) {
                const clq_conv_variant *variant = clq_conv_variants[v];
                const clq_capabilities *device = &invented_devices[d].capabilities;
                if (variant->needs & ~device->bits || (variant->accepts && variant->accepts(&spec.problem, device))) continue;
                check(variant, &spec.problem, &invented_devices[d], words);
                checked++;
            }
        }
    }
    return checked;
}

static void check_cost(const clq_conv_variant *variant, const clq_conv_problem *problem, const invented_device *device, const char *words)
{
    const double seconds = variant->cost(problem, &device->capabilities);
    if (!isfinite(seconds) || seconds <= 0.0) fail_msg("%s costs %g s for %s on %s", variant->name, seconds, words, device->name);
}

static void test_costs(void **state)
{
    (void)state;
    assert_true(for_all(check_cost) > 5000);
}

static void check_geometry(const clq_conv_variant *variant, const clq_conv_problem *problem, const invented_device *device, const char *words)
{
    static size_t first_local[MOST][3];
    size_t number = 0, items = 1;
    while (clq_conv_variants[number] != variant) number++;
    const clq_geometry geometry = variant->geometry(problem, &device->capabilities);
    if (first_local[number][0] == 0) memcpy(first_local[number], geometry.local, sizeof geometry.local);
    bool fits = true;
    for (int i = 0; i < 3; i++) {
        items *= geometry.local[i];
        fits = fits && geometry.global[i] && geometry.local[i] == first_local[number][i] && geometry.global[i] % geometry.local[i] == 0 && geometry.global[i] <= INT32_MAX;
    }
    if (fits && items <= device->capabilities.max_work_group) return;
    fail_msg("%s: geometry %zu %zu %zu / %zu %zu %zu for %s on %s", variant->name, geometry.global[0], geometry.global[1], geometry.global[2], geometry.local[0],
             geometry.local[1], geometry.local[2], words, device->name);
}

static void test_geometries(void **state)
{
    (void)state;
    assert_true(clq_conv_variant_count <= MOST);
    assert_true(for_all(check_geometry) > 5000);
}

/* Blocks are never none, and no more than there are results of one channel, channels and images. */
static void check_units(const clq_conv_variant *variant, const clq_conv_problem *problem, const invented_device *device, const char *words)
{
    if (!variant->units) return;
    const int64_t most[] = {problem->batch * clq_conv_pixels(problem), problem->out_channels, problem->batch};
    for (int awake = 0; awake <= 1; awake++) {
        const clq_units units = variant->units(problem, &device->capabilities, awake == 1);
        for (int i = 0; i < 3; i++) {
            if (units.blocks[i] >= 1 && units.blocks[i] <= most[i]) continue;
            fail_msg("%s: units %d %d %d for %s on %s", variant->name, (int)units.blocks[0], (int)units.blocks[1], (int)units.blocks[2], words, device->name);
        }
    }
}

static void test_units(void **state)
{
    (void)state;
    (void)for_all(check_units);
}

/* Every refusal has its reason, no admission has one. */
static void test_rankings(void **state)
{
    (void)state;
    clq_candidate candidates[MOST];
    clq_conv_spec spec;
    assert_true(conv_words_read("28x28 24 40 3x3 nchw", &spec));
    for (size_t d = 0; d < invented_device_count; d++) {
        clq_conv_rank(&spec.problem, &invented_devices[d].capabilities, NULL, NULL, candidates);
        for (size_t i = 0; i < clq_conv_variant_count; i++) assert_int_equal(candidates[i].admitted ? 1 : 0, candidates[i].reason[0] == '\0');
    }
}

static void expect_reason(const char *device, const char *words, const char *variant, const clq_conv_layout *layout, const char *reason)
{
    clq_candidate list[MOST];
    clq_conv_spec spec;
    assert_true(conv_words_read(words, &spec));
    clq_conv_rank(&spec.problem, invented_device_find(device), layout, spec.desc.variant, list);
    for (size_t i = 0; i < clq_conv_variant_count; i++) {
        if (strcmp(clq_conv_variants[list[i].index]->name, variant) != 0) continue;
        if (!list[i].admitted && strstr(list[i].reason, reason)) return;
        fail_msg("%s for %s on %s: '%s', expected '%s'", variant, words, device, list[i].reason, reason);
    }
    fail_msg("no variant %s", variant);
}

static void test_reasons(void **state)
{
    (void)state;
    expect_reason("plain_gpu", "28x28 64 64 3x3", "conv_i8_local_dp4a", NULL, "the device lacks dot_dp4a");
    expect_reason("avx2_8", "28x28 64 64 3x3", "conv_i8_vnni", NULL, "the device lacks x86_avx512");
    expect_reason("plain_gpu", "28x28 64 64 3x3", "conv_i8_vec16", NULL, "CPUs only");
    expect_reason("small_groups_gpu", "28x28 64 64 3x3", "conv_i8_local_khr", NULL, "work-groups are too small");
    expect_reason("avx512_2", "28x28 130 64 3x3", "conv_i8_vnni", NULL, "multiple of 4");
    expect_reason("avx512_2", "28x28 64 64 12x12", "conv_i8_vnni", NULL, "128 taps");
    expect_reason("avx512_2", "28x28 64 64 3x3 transposed", "conv_i8_avx2", NULL, "no transposed");
    expect_reason("avx512_2", "28x28 64 64 3x3", "conv_i8_depthwise_vec16", NULL, "groups of one input channel");
    expect_reason("avx512_2", "28x28 64 64 3x3 want:conv_i8_vnni", "conv_i8_avx2", NULL, "asks for another variant");
    expect_reason("avx512_2", "28x28 64 64 3x3", "conv_i8_vnni", &clq_conv_layout_i8_n4k4, "packed as conv_i8_n4k4");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_costs), cmocka_unit_test(test_geometries), cmocka_unit_test(test_units), cmocka_unit_test(test_rankings),
                                       cmocka_unit_test(test_reasons)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
