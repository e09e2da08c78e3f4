/* SPDX-License-Identifier: Apache-2.0 */
/* The dynamic schedule, by hand: when the scale grows, when it backs off, and what is refused. No device. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/context.h"
#include "clqnn/loss_scale.h"

static void defaults_are_those_of_the_source(void **state)
{
    (void)state;
    clqnn_loss_scale_state s = {0};
    assert_int_equal(clqnn_loss_scale_start(&s), CLQNN_OK);
    assert_true(s.scale == 65536.0f && s.growth_factor == 2.0f && s.backoff_factor == 0.5f && s.growth_interval == 2000 && s.growth_tracker == 0);
}

static void grows_after_an_interval_and_backs_off_at_once(void **state)
{
    (void)state;
    static const struct { int32_t found; float scale; int32_t tracker; } steps[] = {
        {0, 8.0f, 1}, {0, 8.0f, 2}, {0, 32.0f, 0},   /* the third finite step */
        {0, 32.0f, 1}, {1, 8.0f, 0},                 /* the count begins anew */
        {-5, 2.0f, 0}, {0, 2.0f, 1}, {0, 2.0f, 2}, {1, 0.5f, 0}, {0, 0.5f, 1}, {0, 0.5f, 2}, {0, 2.0f, 0},
    };
    clqnn_loss_scale_state s = {.scale = 8.0f, .growth_factor = 4.0f, .backoff_factor = 0.25f, .growth_interval = 3};
    assert_int_equal(clqnn_loss_scale_start(&s), CLQNN_OK);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        assert_int_equal(clqnn_loss_scale_update(&s, steps[i].found), CLQNN_OK);
        if (s.scale != steps[i].scale || s.growth_tracker != steps[i].tracker) {
            fail_msg("step %zu: scale %g, tracker %d; expected %g, %d", i, (double)s.scale, (int)s.growth_tracker, (double)steps[i].scale, (int)steps[i].tracker);
        }
    }
}

static void an_interval_of_one_grows_each_step(void **state)
{
    (void)state;
    clqnn_loss_scale_state s = {.scale = 1.0f, .growth_interval = 1};
    assert_int_equal(clqnn_loss_scale_start(&s), CLQNN_OK);
    for (int i = 1; i <= 10; i++) {
        assert_int_equal(clqnn_loss_scale_update(&s, 0), CLQNN_OK);
        assert_true(s.scale == ldexpf(1.0f, i) && s.growth_tracker == 0);
    }
}

static void stays_within_its_bounds(void **state)
{
    (void)state;
    clqnn_loss_scale_state s = {.scale = 0x1p125f, .growth_interval = 1};
    assert_int_equal(clqnn_loss_scale_start(&s), CLQNN_OK);
    for (int i = 0; i < 3; i++) assert_int_equal(clqnn_loss_scale_update(&s, 0), CLQNN_OK);
    assert_true(s.scale == 0x1p126f && s.growth_tracker == 0);
    s.scale = 0x1p-125f;
    for (int i = 0; i < 3; i++) assert_int_equal(clqnn_loss_scale_update(&s, 1), CLQNN_OK);
    assert_true(s.scale == 0x1p-126f);
}

static void refuse(clqnn_loss_scale_state s, const char *text)
{
    const clqnn_loss_scale_state before = s;
    assert_int_equal(clqnn_loss_scale_start(&s), CLQNN_INVALID_ARGUMENT);
    assert_true(memcmp(&s, &before, sizeof s) == 0);
    if (!strstr(clqnn_last_error(), text)) fail_msg("\"%s\" does not hold \"%s\"", clqnn_last_error(), text);
}

static void bad_states_are_refused(void **state)
{
    (void)state;
    assert_int_equal(clqnn_loss_scale_start(NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_loss_scale_update(NULL, 0), CLQNN_INVALID_ARGUMENT);
    refuse((clqnn_loss_scale_state){.scale = -1.0f}, "scale is -1");
    refuse((clqnn_loss_scale_state){.scale = NAN}, "scale is nan");
    refuse((clqnn_loss_scale_state){.scale = INFINITY}, "scale is inf");
    refuse((clqnn_loss_scale_state){.scale = 0x1p-127f}, "scale is 5.87");
    refuse((clqnn_loss_scale_state){.growth_factor = 1.0f}, "growth_factor is 1");
    refuse((clqnn_loss_scale_state){.growth_factor = INFINITY}, "growth_factor is inf");
    refuse((clqnn_loss_scale_state){.backoff_factor = 1.0f}, "backoff_factor is 1");
    refuse((clqnn_loss_scale_state){.backoff_factor = -0.5f}, "backoff_factor is -0.5");
    refuse((clqnn_loss_scale_state){.growth_interval = -3}, "growth_interval is -3");
    refuse((clqnn_loss_scale_state){.growth_tracker = -1}, "growth_tracker is -1");
    refuse((clqnn_loss_scale_state){.growth_interval = 5, .growth_tracker = 5}, "growth_tracker is 5, must be in 0..4");
    clqnn_loss_scale_state unstarted = {0};
    assert_int_equal(clqnn_loss_scale_update(&unstarted, 0), CLQNN_INVALID_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_those_of_the_source),
        cmocka_unit_test(grows_after_an_interval_and_backs_off_at_once),
        cmocka_unit_test(an_interval_of_one_grows_each_step),
        cmocka_unit_test(stays_within_its_bounds),
        cmocka_unit_test(bad_states_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
