/* SPDX-License-Identifier: Apache-2.0 */
#include "row_store.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { PATH_SIZE = 1400 };

static void row_path(const char *folder, const char *network, const table_row *row, char path[PATH_SIZE])
{
    int used = snprintf(path, PATH_SIZE, "%s/row_%s_", folder, network);
    for (const char *c = row->name; *c && used > 0 && used < PATH_SIZE - 5; c++) path[used++] = isalnum((unsigned char)*c) ? *c : '_';
    (void)snprintf(path + used, (size_t)(PATH_SIZE - used), ".txt");
}

bool row_store_write(const char *folder, const char *network, const table_row *row, const row_result *result)
{
    char path[PATH_SIZE], temporary[PATH_SIZE + 8];
    row_path(folder, network, row, path);
    (void)snprintf(temporary, sizeof temporary, "%s.new", path);
    FILE *file = fopen(temporary, "w");
    if (!file) return failed("%s can't be written", temporary);
    fprintf(file, "%a %a %a %a %a %" PRIu64 "\n%s\n", result->accuracy, result->training_accuracy, result->agreement, result->seconds_per_image,
            result->training_seconds, result->bytes, result->kernels);
    const bool whole = ferror(file) == 0;
    if (fclose(file) != 0 || !whole || rename(temporary, path) != 0) return failed("%s was not written whole", path);
    return true;
}

bool row_store_read(const char *folder, const char *network, const table_row *row, row_result *result)
{
    char path[PATH_SIZE];
    row_path(folder, network, row, path);
    FILE *file = fopen(path, "r");
    if (!file) return false;
    row_result read = {.measured = true};
    const int numbers = fscanf(file, "%la %la %la %la %la %" SCNu64 "\n", &read.accuracy, &read.training_accuracy, &read.agreement, &read.seconds_per_image,
                               &read.training_seconds, &read.bytes);
    const bool whole = numbers == 6 && fgets(read.kernels, sizeof read.kernels, file);
    fclose(file);
    if (!whole) return false;
    read.kernels[strcspn(read.kernels, "\n")] = 0;
    *result = read;
    return true;
}
