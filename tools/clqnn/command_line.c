/* SPDX-License-Identifier: Apache-2.0 */
#include "command_line.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "subcommand.h"

enum { GLOBAL_COUNT = 6 };

static void global_options(clq_globals *globals, clq_option options[GLOBAL_COUNT])
{
    const clq_option all[GLOBAL_COUNT] = {
        { "--device", CLQ_OPTION_TEXT, &globals->device, "N|TEXT", "device by index or part of its name (default: CLQNN_DEVICE, else the first GPU, else the first device)" },
        { "--json", CLQ_OPTION_TEXT, &globals->json, "FILE", "write the results as JSON; - for stdout" },
        { "--quiet", CLQ_OPTION_FLAG, &globals->quiet, NULL, "print failures and the closing line only" },
        { "--no-progress", CLQ_OPTION_FLAG, &globals->no_progress, NULL, "no progress line on a terminal" },
        { "--help", CLQ_OPTION_FLAG, &globals->help, NULL, "print this" },
        { "--version", CLQ_OPTION_FLAG, &globals->version, NULL, "print the version" },
    };
    memcpy(options, all, sizeof all);
}

int clq_bad_usage(const char *command, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "clqnn%s%s: ", command ? " " : "", command ? command : "");
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\nTry: clqnn%s%s --help\n", command ? " " : "", command ? command : "");
    va_end(arguments);
    return CLQ_EXIT_USAGE;
}

static bool same_name(const char *word, const char *name, size_t length) { return strlen(name) == length && strncmp(word, name, length) == 0; }

static const clq_option *find(const clq_option *options, size_t count, const char *word, size_t length)
{
    for (size_t i = 0; i < count; i++) {
        if (same_name(word, options[i].name, length)) return &options[i];
    }
    return NULL;
}

static bool store(const clq_command_line *line, const clq_option *option, const char *value)
{
    char *end = NULL;
    errno = 0;
    if (option->kind == CLQ_OPTION_TEXT) {
        *(const char **)option->target = value;
        if (value[0] != '\0') return true;
    } else if (option->kind == CLQ_OPTION_COUNT) {
        *(uint64_t *)option->target = strtoull(value, &end, 0);
        if (errno == 0 && value[0] >= '0' && value[0] <= '9' && *end == '\0') return true;
    } else {
        *(double *)option->target = strtod(value, &end);
        if (errno == 0 && end != value && *end == '\0' && *(double *)option->target > 0.0 && *(double *)option->target < 1e6) return true;
    }
    clq_bad_usage(line->command, "%s: bad value \"%s\" (wanted %s)", option->name, value, option->argument);
    return false;
}

/* Handles argv[at], an option; returns the next index or -1. */
static int parse_option(const clq_command_line *line, int argc, char **argv, int at)
{
    clq_option globals[GLOBAL_COUNT];
    global_options(line->globals, globals);
    const char *const word = argv[at], *const equals = strchr(word, '=');
    const size_t length = equals ? (size_t)(equals - word) : strlen(word);
    const clq_option *option = find(line->options, line->option_count, word, length);
    if (option == NULL) option = find(globals, GLOBAL_COUNT, word, length);
    if (option == NULL) return clq_bad_usage(line->command, "unknown option \"%s\"", word), -1;
    if (option->kind == CLQ_OPTION_FLAG) {
        if (equals) return clq_bad_usage(line->command, "%s takes no value, but \"%s\" was given", option->name, word), -1;
        *(bool *)option->target = true;
        return at + 1;
    }
    if (equals) return store(line, option, equals + 1) ? at + 1 : -1;
    if (at + 1 >= argc) return clq_bad_usage(line->command, "%s needs a value (%s)", option->name, option->argument), -1;
    return store(line, option, argv[at + 1]) ? at + 2 : -1;
}

int clq_command_line_parse(clq_command_line *line, int argc, char **argv, bool stop_at_positional)
{
    bool options_end = false;
    line->positionals = argv;
    for (int at = 0; at < argc;) {
        char *const word = argv[at];
        if (!options_end && strcmp(word, "--") == 0) {
            options_end = true;
            at++;
        } else if (!options_end && word[0] == '-' && word[1] != '\0') {
            at = strcmp(word, "-h") == 0 ? (line->globals->help = true, at + 1) : parse_option(line, argc, argv, at);
            if (at < 0) return -1;
        } else if (stop_at_positional) {
            return at;
        } else {
            line->positionals[line->positional_count++] = word;
            at++;
        }
    }
    return argc;
}

static void print_options(const clq_option *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char left[64];
        snprintf(left, sizeof left, "%s%s%s", options[i].name, options[i].argument ? " " : "", options[i].argument ? options[i].argument : "");
        printf("  %-24s %s\n", left, options[i].help);
    }
}

void clq_command_line_help(const clq_command_line *line, const char *usage, const char *summary)
{
    clq_option globals[GLOBAL_COUNT];
    global_options(line->globals, globals);
    printf("usage: clqnn %s\n\n%s\n", usage, summary);
    if (line->option_count > 0) printf("\noptions:\n");
    print_options(line->options, line->option_count);
    printf("\noptions of every subcommand:\n");
    print_options(globals, GLOBAL_COUNT);
}
