/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_replay FOLDER...: a fuzz target without libFuzzer. Gives it every file of the folders as it is, cut after each byte, and with each byte changed
 * in four ways; every input lies in a block of its own size, so that a sanitizer sees a read past its end. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz_target.h"

#define MAX_CHANGED 2048 /* bytes from the start of a file that are cut and changed */

static bool give(const uint8_t *bytes, size_t size, size_t changed, uint8_t value)
{
    uint8_t *copy = malloc(size > 0 ? size : 1);
    if (copy == NULL) return false;
    if (size > 0) memcpy(copy, bytes, size);
    if (changed < size) copy[changed] = value;
    const bool good = LLVMFuzzerTestOneInput(copy, size) == 0;
    free(copy);
    return good;
}

static bool replay(const uint8_t *bytes, size_t size, long *inputs)
{
    bool good = give(bytes, size, size, 0);
    for (size_t i = 0; good && i < size && i < MAX_CHANGED; i++) {
        const uint8_t values[] = {0, 255, (uint8_t)(bytes[i] ^ 1), (uint8_t)(bytes[i] + 16)};
        good = give(bytes, i, i, 0);
        for (size_t k = 0; good && k < sizeof values; k++) good = give(bytes, size, i, values[k]);
        *inputs += 5;
    }
    ++*inputs;
    return good;
}

static bool replay_file(const char *path, long *inputs)
{
    static uint8_t bytes[1 << 16];
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) return false;
    const size_t size = fread(bytes, 1, sizeof bytes, stream);
    fclose(stream);
    return replay(bytes, size, inputs);
}

int main(int argc, char **argv)
{
    long inputs = 0;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        if (folder == NULL) {
            fprintf(stderr, "%s is not a folder\n", argv[i]);
            return 1;
        }
        for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
            char path[4096];
            snprintf(path, sizeof path, "%s/%s", argv[i], entry->d_name);
            if (entry->d_name[0] != '.' && !replay_file(path, &inputs)) {
                fprintf(stderr, "%s failed\n", path);
                closedir(folder);
                return 1;
            }
        }
        closedir(folder);
    }
    printf("%ld inputs\n", inputs);
    return inputs > 0 ? 0 : 1;
}
