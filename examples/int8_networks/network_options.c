/* SPDX-License-Identifier: Apache-2.0 */
#include "network_options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void network_print_usage(const char *program, const char *summary)
{
    printf("usage: %s [options]\n"
           "\n"
           "%s, with seeded random weights: quantizes it on one random image, runs every layer on an OpenCL\n"
           "device through one queue with one finish, compares every layer's output with clqnn's reference, bit for bit, and prints\n"
           "time per image, GOPS and device memory.\n"
           "\n"
           "  --device TEXT    index of the device, or part of its platform and name (see: clqnn devices)\n"
           "  --batch N        images at a time, 1 .. 64 (default 1)\n"
           "  --runs N         timed runs, 1 .. 100000 (default 50)\n"
           "  --profile        time each layer alone and print its share and its kernel\n"
           "  --image N        rows and columns of the image, 16 .. 1024 (default 224)\n"
           "  --width PERCENT  of the channels, 1 .. 200 (default 100)\n"
           "  --classes N      1 .. 100000 (default 1000)\n"
           "  --seed N         of weights and images (default 1)\n"
           "  --variant NAME   of the convolutions (default: the fastest)\n"
           "  --export FILE    write weights, image and the expected activations of every layer as safetensors,\n"
           "                   for scripts/network_onnx.py\n"
           "  --no-reference   do not compare\n"
           "  --help           show this text\n"
           "\n"
           "Exit status: 0 if every bit agrees; 1 if not, or if something failed; 2 for a wrong command line; 3 without a device.\n",
           program, summary);
}

typedef struct number_option {
    const char *name;
    int64_t low, high;
    int64_t *value;
} number_option;

static bool read_number(const char *program, const number_option *option, const char *text)
{
    char *end = NULL;
    errno = 0;
    const long long value = strtoll(text, &end, 10);
    if (errno == 0 && *text && *end == '\0' && value >= option->low && value <= option->high) {
        *option->value = value;
        return true;
    }
    fprintf(stderr, "%s: %s takes a number from %lld to %lld, not '%s'\n", program, option->name, (long long)option->low, (long long)option->high, text);
    return false;
}

/* Takes argv[*at] and, where it has one, its value; false with a line on stderr. */
static bool take_argument(const char *program, int argc, char **argv, int *at, network_options *options)
{
    const number_option numbers[] = {
        {"--batch", 1, 64, &options->batch},       {"--runs", 1, 100000, &options->runs},
        {"--image", 16, 1024, &options->size.image}, {"--width", 1, 200, &options->size.width_percent},
        {"--classes", 1, 100000, &options->size.classes}, {"--seed", 0, INT64_MAX, &options->seed},
    };
    const struct { const char *name; const char **value; } texts[] = {
        {"--device", &options->device}, {"--variant", &options->variant}, {"--export", &options->export_path},
    };
    const struct { const char *name; bool *value; } flags[] = {
        {"--profile", &options->profile}, {"--no-reference", &options->skip_reference}, {"--help", &options->help},
    };
    const char *name = argv[*at], *value = *at + 1 < argc ? argv[*at + 1] : NULL;
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (strcmp(name, flags[i].name) == 0) return *flags[i].value = true;
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (strcmp(name, texts[i].name) != 0) continue;
        *texts[i].value = value;
        (*at)++;
        if (!value) fprintf(stderr, "%s: %s needs a value\n", program, name);
        return value != NULL;
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (strcmp(name, numbers[i].name) != 0) continue;
        (*at)++;
        if (!value) fprintf(stderr, "%s: %s needs a value\n", program, name);
        return value && read_number(program, &numbers[i], value);
    }
    fprintf(stderr, "%s: unexpected argument '%s'; --help lists the options\n", program, name);
    return false;
}

bool network_options_parse(const char *program, int argc, char **argv, network_options *options)
{
    *options = (network_options){.batch = 1, .runs = 50, .seed = 1, .size = {.image = 224, .width_percent = 100, .classes = 1000}};
    for (int i = 1; i < argc; i++) {
        if (!take_argument(program, argc, argv, &i, options)) return false;
    }
    if (options->export_path && options->skip_reference) {
        fprintf(stderr, "%s: --export writes the reference's activations; it can't go with --no-reference\n", program);
        return false;
    }
    return true;
}
