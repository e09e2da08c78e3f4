/* SPDX-License-Identifier: Apache-2.0 */
/* The command line of the network examples: what it takes, and that it refuses the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "network_options.h"

static bool parse(const char *const *words, int count, network_options *options)
{
    char *argv[10] = {(char[]){"example"}};
    char copies[9][32];
    for (int i = 0; i < count; i++) {
        int at = 0;
        for (; words[i][at]; at++) copies[i][at] = words[i][at];
        copies[i][at] = '\0';
        argv[i + 1] = copies[i];
    }
    return network_options_parse("example", count + 1, argv, options);
}

static void defaults(void **state)
{
    (void)state;
    network_options options;
    assert_true(parse(NULL, 0, &options));
    assert_int_equal(options.batch, 1);
    assert_int_equal(options.size.image, 224);
    assert_int_equal(options.size.width_percent, 100);
    assert_int_equal(options.size.classes, 1000);
    assert_null(options.device);
    assert_false(options.profile);
}

static void every_number_is_read(void **state)
{
    (void)state;
    network_options options;
    const char *const words[] = {"--batch", "4", "--image", "96", "--width", "50", "--classes", "10"};
    assert_true(parse(words, 8, &options));
    assert_int_equal(options.batch, 4);
    assert_int_equal(options.size.image, 96);
    assert_int_equal(options.size.width_percent, 50);
    assert_int_equal(options.size.classes, 10);
    const char *const more[] = {"--profile", "--runs", "7", "--seed", "0", "--no-reference"};
    assert_true(parse(more, 6, &options));
    assert_true(options.profile && options.skip_reference);
    assert_int_equal(options.runs, 7);
    assert_int_equal(options.seed, 0);
}

static void wrong_words_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        {"--batch", "0"}, {"--batch", "65"}, {"--batch", "two"}, {"--batch", "1x"}, {"--batch", ""}, {"--image", "15"}, {"--image", "1025"},
        {"--width", "0"}, {"--classes", "-1"}, {"--runs", "99999999999999999999"}, {"--seed", "-1"}, {"--turbo", "1"}, {"picture.png", "--profile"},
    };
    network_options options;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) assert_false(parse(wrong[i], 2, &options));
    const char *const without_value[] = {"--batch", "--device", "--export"};
    for (size_t i = 0; i < 3; i++) assert_false(parse(&without_value[i], 1, &options));
    const char *const at_odds[] = {"--export", "file", "--no-reference"};
    assert_false(parse(at_odds, 3, &options));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults),
        cmocka_unit_test(every_number_is_read),
        cmocka_unit_test(wrong_words_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
