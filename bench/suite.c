/* SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "install_folder.h"

bool clq_suite_add(clq_suite *suite, const clq_suite_row *row)
{
    clq_suite_row *const grown = realloc(suite->rows, (suite->count + 1) * sizeof *grown);
    if (grown == NULL) return false;
    suite->rows = grown;
    suite->rows[suite->count++] = *row;
    return true;
}

void clq_suite_free(clq_suite *suite)
{
    free(suite->rows);
    *suite = (clq_suite){ .rows = NULL };
}

/* Parses one line; an empty one adds nothing. */
static bool parse_line(char *line, clq_suite *suite, char *message, size_t size)
{
    char *rest = NULL;
    line[strcspn(line, "#\r\n")] = '\0';
    const char *const shape = strtok_r(line, " \t", &rest), *const types = strtok_r(NULL, " \t", &rest);
    const char *const flag = strtok_r(NULL, " \t", &rest), *const extra = strtok_r(NULL, " \t", &rest);
    clq_suite_row row = { .rotate = flag != NULL };
    if (shape == NULL) return true;
    if (!clq_gemm_shape_parse(shape, &row.shape, message, size)) return false;
    if (types == NULL) {
        snprintf(message, size, "types are missing behind \"%s\"", shape);
        return false;
    }
    if (!clq_gemm_types_parse(types, &row.types, message, size)) return false;
    if ((flag != NULL && strcmp(flag, "rotate") != 0) || extra != NULL) {
        snprintf(message, size, "unexpected word \"%s\"", extra != NULL ? extra : flag);
        return false;
    }
    if (clq_suite_add(suite, &row)) return true;
    snprintf(message, size, "not enough host memory");
    return false;
}

static bool read_suite(FILE *file, const char *path, clq_suite *suite, char *message, size_t size)
{
    char line[512], reason[256];
    for (size_t number = 1; fgets(line, sizeof line, file) != NULL; number++) {
        if (strchr(line, '\n') == NULL && !feof(file)) {
            snprintf(message, size, "%s:%zu: the line is too long", path, number);
            return false;
        }
        if (!parse_line(line, suite, reason, sizeof reason)) {
            snprintf(message, size, "%s:%zu: %s", path, number, reason);
            return false;
        }
    }
    if (ferror(file)) {
        snprintf(message, size, "suite \"%s\" cannot be read", path);
        return false;
    }
    if (suite->count > 0) return true;
    snprintf(message, size, "suite \"%s\" holds no shape", path);
    return false;
}

bool clq_suite_load(const char *name, clq_suite *suite, char *message, size_t size)
{
    char path[4096], file_name[256];
    *suite = (clq_suite){ .rows = NULL };
    snprintf(path, sizeof path, "%s", name);
    FILE *file = fopen(path, "r");
    snprintf(file_name, sizeof file_name, "suites/%s.txt", name);
    if (file == NULL && strchr(name, '/') == NULL && clq_install_file("share", file_name, path, sizeof path)) file = fopen(path, "r");
    if (file == NULL) {
        snprintf(message, size, "no suite and no file \"%s\" (suites: square, bert, resnet50, llama)", name);
        return false;
    }
    const bool read = read_suite(file, path, suite, message, size);
    fclose(file);
    if (!read) clq_suite_free(suite);
    return read;
}
