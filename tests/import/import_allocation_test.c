/* SPDX-License-Identifier: Apache-2.0 */
/* import_allocation_test FOLDER: every vector of the folder imported, and weights quantized, once for each allocation that fails: CLQNN_OUT_OF_MEMORY, no
 * object, nothing left. */
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host_allocations.h"
#include "vector_import.h"

typedef clqnn_status import_call(void *given, clqnn_imported **imported);

static clqnn_status import_vector(void *given, clqnn_imported **imported)
{
    return vector_import(given, imported);
}

static clqnn_status quantize(void *given, clqnn_imported **imported)
{
    float weights[60];
    for (int i = 0; i < 60; i++) weights[i] = (float)(i % 7) - 3.0f;
    const clqnn_quantize_groups_desc desc = {.struct_size = sizeof desc, .n = 3, .k = 20, .weights = weights, .group_size = 8, .bits = 3,
                                             .asymmetric = *(const int *)given};
    return clqnn_quantize_groups(&desc, imported);
}

/* False, with a message, unless every failing allocation is reported and the call succeeds without one. */
static bool survives(const char *name, import_call *call, void *given, uint64_t *failures)
{
    for (uint64_t n = 1; n < 100; n++) {
        const int64_t alive = clq_host_read().alive;
        clqnn_imported *imported = NULL;
        clq_host_fail_at(n, false);
        const clqnn_status status = call(given, &imported);
        const bool failed = clq_host_has_failed();
        clq_host_fail_at(0, false);
        if (status != (failed ? CLQNN_OUT_OF_MEMORY : CLQNN_OK) || (imported != NULL) == failed) {
            fprintf(stderr, "%s: allocation %" PRIu64 "%s: %s\n", name, n, failed ? " failed" : "", clqnn_status_name(status));
            return false;
        }
        clqnn_imported_destroy(imported);
        if (clq_host_read().alive != alive) {
            fprintf(stderr, "%s: allocation %" PRIu64 " failed: %" PRId64 " blocks are left\n", name, n, clq_host_read().alive - alive);
            return false;
        }
        if (!failed) return true;
        ++*failures;
    }
    fprintf(stderr, "%s: there is no end of allocations\n", name);
    return false;
}

int main(int argc, char **argv)
{
    uint64_t failures = 0;
    int asymmetric[2] = {0, 1}, files = 0;
    bool good = survives("symmetric", quantize, &asymmetric[0], &failures) && survives("asymmetric", quantize, &asymmetric[1], &failures);
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    for (const struct dirent *entry = folder ? readdir(folder) : NULL; entry; entry = readdir(folder)) {
        const char *end = strrchr(entry->d_name, '.');
        char path[4096];
        vector_file vector;
        if (!end || strcmp(end, ".txt") != 0) continue;
        snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
        good = vector_file_read(path, &vector) && survives(path, import_vector, &vector, &failures) && good;
        vector_file_free(&vector);
        files++;
    }
    if (folder) closedir(folder);
    printf("%d vectors, %" PRIu64 " failing allocations\n", files, failures);
    return good && files > 0 && failures > 0 ? 0 : 1;
}
