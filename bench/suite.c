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

/* `rotate` or `xN`. */
static bool parse_flag(const char *flag, clq_suite_row *row)
{
    char *end = NULL;
    if (strcmp(flag, "rotate") == 0 && !row->rotate && row->shape.op == CLQ_BENCH_GEMM) return row->rotate = true;
    if (flag[0] != 'x' || flag[1] < '1' || flag[1] > '9' || row->repeat != 0) return false;
    row->repeat = strtoll(flag + 1, &end, 10);
    return *end == '\0' && row->repeat <= INT32_MAX;
}

/* Parses one line; an empty one, or one of another operator, adds nothing. */
static bool parse_line(char *line, clq_bench_op op, clq_suite *suite, char *message, size_t size)
{
    char *rest = NULL;
    line[strcspn(line, "#\r\n")] = '\0';
    const char *shape = strtok_r(line, " \t", &rest);
    clq_suite_row row = { .repeat = 0 };
    clq_bench_op named = CLQ_BENCH_ANY;
    if (shape == NULL) return true;
    if (!clq_bench_op_parse(shape, &named)) named = CLQ_BENCH_ANY;
    if (named != CLQ_BENCH_ANY && (shape = strtok_r(NULL, " \t", &rest)) == NULL) {
        snprintf(message, size, "a shape is missing behind \"%s\"", clq_bench_op_name(named));
        return false;
    }
    const char *const types = strtok_r(NULL, " \t", &rest);
    if (!clq_bench_shape_parse(shape, named, &row.shape, message, size)) return false;
    if (types == NULL) {
        snprintf(message, size, "types are missing behind \"%s\"", shape);
        return false;
    }
    if (!clq_bench_types_parse(types, row.shape.op, &row.types, message, size)) return false;
    for (const char *flag = strtok_r(NULL, " \t", &rest); flag != NULL; flag = strtok_r(NULL, " \t", &rest)) {
        if (parse_flag(flag, &row)) continue;
        snprintf(message, size, "unexpected word \"%s\"", flag);
        return false;
    }
    if (row.repeat == 0) row.repeat = 1;
    if ((op != CLQ_BENCH_ANY && op != row.shape.op) || clq_suite_add(suite, &row)) return true;
    snprintf(message, size, "not enough host memory");
    return false;
}

static bool read_suite(FILE *file, const char *path, clq_bench_op op, clq_suite *suite, char *message, size_t size)
{
    char line[512], reason[256];
    for (size_t number = 1; fgets(line, sizeof line, file) != NULL; number++) {
        if (strchr(line, '\n') == NULL && !feof(file)) {
            snprintf(message, size, "%s:%zu: the line is too long", path, number);
            return false;
        }
        if (!parse_line(line, op, suite, reason, sizeof reason)) {
            snprintf(message, size, "%s:%zu: %s", path, number, reason);
            return false;
        }
    }
    if (ferror(file)) {
        snprintf(message, size, "suite \"%s\" cannot be read", path);
        return false;
    }
    if (suite->count > 0) return true;
    snprintf(message, size, "suite \"%s\" holds no shape%s%s", path, op != CLQ_BENCH_ANY ? " of " : "",
             op != CLQ_BENCH_ANY ? clq_bench_op_name(op) : "");
    return false;
}

/* The suite's file by its name; convolutions of a network whose products are a suite too stand in NAME_conv.txt. */
static FILE *open_suite(const char *name, clq_bench_op op, char *path, size_t size)
{
    const char *const endings[] = { op == CLQ_BENCH_CONV ? "_conv" : "", op == CLQ_BENCH_CONV ? "" : "_conv" };
    char file_name[256];
    FILE *file = NULL;
    for (int i = 0; i < 2 && file == NULL && strchr(name, '/') == NULL; i++) {
        snprintf(file_name, sizeof file_name, "suites/%s%s.txt", name, endings[i]);
        if (clq_install_file("share", file_name, path, size)) file = fopen(path, "r");
    }
    return file;
}

bool clq_suite_load(const char *name, clq_bench_op op, clq_suite *suite, char *message, size_t size)
{
    char path[4096];
    *suite = (clq_suite){ .rows = NULL };
    snprintf(path, sizeof path, "%s", name);
    FILE *file = fopen(path, "r");
    if (file == NULL) file = open_suite(name, op, path, sizeof path);
    if (file == NULL) {
        snprintf(message, size, "no suite and no file \"%s\" (suites: square, bert, resnet50, llama, half, weight_only; of convolutions: resnet50, mobilenet_v2; operators)", name);
        return false;
    }
    const bool read = read_suite(file, path, op, suite, message, size);
    fclose(file);
    if (!read) clq_suite_free(suite);
    return read;
}
