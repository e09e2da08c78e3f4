/* SPDX-License-Identifier: Apache-2.0 */
/* import_vectors_test FOLDER...: imports every vector file (scripts/oracle_weight_formats.py) and compares the weights with the file's and with the
 * reference, bit for bit except for the sign of a zero, which a sum over an identity matrix loses. Then each tensor is cut and grown: that must be refused by
 * name. */
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference_groups.h"
#include "vector_import.h"

static bool same_values(const char *path, const char *other, const clqnn_imported_info *info, const float *got, const float *expected)
{
    for (int64_t i = 0; i < info->n * info->k; i++) {
        if (memcmp(&got[i], &expected[i], sizeof got[i]) == 0 || (got[i] == 0.0f && expected[i] == 0.0f)) continue;
        fprintf(stderr, "%s: row %" PRId64 ", column %" PRId64 " is %a, %s %a\n", path, i / info->n, i % info->n, (double)got[i], other, (double)expected[i]);
        return false;
    }
    return true;
}

static bool compare_weights(const char *path, const clqnn_imported *imported, const vector_tensor *expected)
{
    clqnn_imported_info info;
    if (clqnn_imported_describe(imported, &info) != CLQNN_OK || expected->size != (uint64_t)(info.n * info.k) * sizeof(float)) return false;
    float *got = calloc(1, expected->size), *reference = calloc(1, expected->size), *given = malloc(expected->size);
    bool good = got && reference && given;
    good = good && clqnn_imported_dequantize(imported, got) == CLQNN_OK && clqnn_reference_dequantize_groups(&info, reference) == CLQNN_OK;
    if (good) memcpy(given, expected->data, expected->size);
    good = good && same_values(path, "the file has", &info, got, given) && same_values(path, "the reference", &info, got, reference);
    free(got);
    free(reference);
    free(given);
    return good;
}

static bool refuses(const char *path, vector_file *vector, vector_tensor *tensor, uint64_t size)
{
    const uint64_t whole = tensor->size;
    unsigned char *const present = tensor->data;
    unsigned char *exact = malloc(size ? size : 1); /* no byte behind what is claimed */
    if (!exact) return false;
    memset(exact, 0, size);
    memcpy(exact, present, size < whole ? size : whole);
    tensor->data = exact;
    tensor->size = size;
    clqnn_imported *imported = NULL;
    const clqnn_status status = vector_import(vector, &imported);
    tensor->data = present;
    tensor->size = whole;
    free(exact);
    if (status == CLQNN_CORRUPT_DATA && !imported && strncmp(clqnn_last_error(), tensor->name, strlen(tensor->name)) == 0) return true;
    fprintf(stderr, "%s: %" PRIu64 " of %" PRIu64 " bytes of %s: %s, %s\n", path, size, whole, tensor->name, clqnn_status_name(status), clqnn_last_error());
    clqnn_imported_destroy(imported);
    return false;
}

static bool refuses_other_sizes(const char *path, vector_file *vector)
{
    bool good = true;
    for (int i = 0; i < vector->tensors; i++) {
        vector_tensor *tensor = &vector->tensor[i];
        if (strcmp(tensor->name, "w") == 0) continue;
        const uint64_t sizes[] = {0, 1, tensor->size / 2, tensor->size - 1, tensor->size + 1, tensor->size * 2 + 3};
        for (size_t j = 0; j < sizeof sizes / sizeof sizes[0]; j++) {
            if (sizes[j] != tensor->size) good = refuses(path, vector, tensor, sizes[j]) && good;
        }
    }
    return good;
}

static bool check_file(const char *path)
{
    vector_file vector;
    if (!vector_file_read(path, &vector)) {
        fprintf(stderr, "%s cannot be read\n", path);
        return false;
    }
    clqnn_imported *imported = NULL;
    const clqnn_status status = vector_import(&vector, &imported);
    const vector_tensor *expected = vector_file_tensor(&vector, "w");
    bool good = status == CLQNN_OK && expected;
    if (!good) fprintf(stderr, "%s: %s, %s\n", path, clqnn_status_name(status), clqnn_last_error());
    good = good && compare_weights(path, imported, expected);
    clqnn_imported_destroy(imported);
    good = refuses_other_sizes(path, &vector) && good;
    vector_file_free(&vector);
    return good;
}

static bool check_folder(const char *path, int *files)
{
    DIR *folder = opendir(path);
    bool good = folder != NULL;
    if (!good) fprintf(stderr, "%s is not a folder\n", path);
    for (const struct dirent *entry = good ? readdir(folder) : NULL; entry; entry = readdir(folder)) {
        const char *end = strrchr(entry->d_name, '.');
        char file[4096];
        if (!end || strcmp(end, ".txt") != 0) continue;
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        good = check_file(file) && good;
        ++*files;
    }
    if (folder) closedir(folder);
    return good;
}

int main(int argc, char **argv)
{
    int files = 0;
    bool good = true;
    for (int i = 1; i < argc; i++) good = check_folder(argv[i], &files) && good;
    printf("%d vectors\n", files);
    return good && files > 0 ? 0 : 1;
}
