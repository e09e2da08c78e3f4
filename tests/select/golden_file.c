/* SPDX-License-Identifier: Apache-2.0 */
#include "golden_file.h"

#include <stdio.h>
#include <string.h>

#include "invented_devices.h"

enum { LINE = 256 };

typedef struct golden_line {
    char device[32], words[LINE], expected[64];
    int expected_at;   /* characters of the line before it */
} golden_line;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\0';
}

bool golden_has_word(const char *words, const char *word)
{
    const size_t length = strlen(word);
    for (const char *at = strstr(words, word); at; at = strstr(at + 1, word)) {
        if ((at == words || is_blank(at[-1])) && is_blank(at[length])) return true;
    }
    return false;
}

/* The first word, the last one, and what stands between. */
static bool parse(const char *text, golden_line *line)
{
    int begin = 0, end = (int)strlen(text);
    while (end > 0 && is_blank(text[end - 1])) end--;
    line->expected_at = end;
    while (line->expected_at > 0 && !is_blank(text[line->expected_at - 1])) line->expected_at--;
    if (sscanf(text, "%31s%n", line->device, &begin) != 1 || begin >= line->expected_at) return false;
    (void)snprintf(line->expected, sizeof line->expected, "%.*s", end - line->expected_at, text + line->expected_at);
    (void)snprintf(line->words, sizeof line->words, "%.*s", line->expected_at - begin, text + begin);
    return true;
}

/* False where the line is wrong, which is then printed. */
static bool examine(const char *text, golden_choice choose, bool print)
{
    golden_line line;
    const clq_capabilities *device = parse(text, &line) ? invented_device_find(line.device) : NULL;
    const char *got = device ? choose(device, line.words) : NULL;
    if (!got) {
        printf("FAIL: this line is not understood: %s", text);
        return false;
    }
    if (print) {
        printf("%.*s%s\n", line.expected_at, text, got);
        return true;
    }
    if (strcmp(got, line.expected) == 0) return true;
    printf("FAIL: got %s for %s", got, text);
    return false;
}

int golden_file_run(int argc, char **argv, golden_choice choose, int least)
{
    char text[LINE];
    int lines = 0, wrong = 0;
    const bool print = argc > 2 && strcmp(argv[2], "print") == 0;
    FILE *file = argc > 1 ? fopen(argv[1], "r") : NULL;
    if (!file) return 2;
    while (fgets(text, sizeof text, file)) {
        if (text[0] == '#' || text[0] == '\n') {
            if (print) (void)fputs(text, stdout);
            continue;
        }
        if (!examine(text, choose, print)) wrong++;
        lines++;
    }
    (void)fclose(file);
    if (!print) printf("%d selections, %d wrong\n", lines, wrong);
    return wrong > 0 || lines < least;
}
