/* SPDX-License-Identifier: Apache-2.0 */
#include "conformance_run.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct tally {
    int passed, failed, skipped;
} tally;

static void run_file(const char *path, conformance_checker checker, void *user, tally *counts)
{
    char message[512] = "";
    clq_case *file = NULL;
    clq_case_verdict verdict = CLQ_CASE_BAD;
    if (clq_case_read(path, &file, message, sizeof message) == CLQNN_OK) verdict = checker(user, file, message, sizeof message);
    clq_case_free(file);
    switch (verdict) {
    case CLQ_CASE_SAME:
        counts->passed++;
        printf("ok %s\n", path);
        break;
    case CLQ_CASE_SKIPPED:
        counts->skipped++;
        printf("skip %s: %s\n", path, message);
        break;
    default:
        counts->failed++;
        printf("FAIL %s: %s\n", path, message);
        break;
    }
}

static int is_case_name(const struct dirent *entry)
{
    static const char suffix[] = ".safetensors";
    const size_t length = strlen(entry->d_name), size = sizeof suffix - 1;
    return length > size && strcmp(entry->d_name + length - size, suffix) == 0;
}

static void run_folder(const char *folder, conformance_checker checker, void *user, tally *counts)
{
    struct dirent **entries = NULL;
    const int count = scandir(folder, &entries, is_case_name, alphasort);
    if (count <= 0) {
        printf("FAIL %s: no case files\n", folder);
        counts->failed++;
    }
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        run_file(path, checker, user, counts);
        free(entries[i]);
    }
    free(entries);
}

int conformance_run(int count, char *const *words, conformance_checker checker, void *user)
{
    tally counts = {0};
    for (int i = 0; i < count; i++) {
        struct stat info;
        if (stat(words[i], &info) == 0 && S_ISDIR(info.st_mode)) run_folder(words[i], checker, user, &counts);
        else run_file(words[i], checker, user, &counts);
    }
    printf("%d passed, %d failed, %d skipped\n", counts.passed, counts.failed, counts.skipped);
    return counts.passed > 0 && counts.failed == 0 ? 0 : 1;
}
