/* SPDX-License-Identifier: Apache-2.0 */
#include "install_folder.h"

#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static bool readable(const char *root, const char *folder, const char *name, char *path, size_t size)
{
    const int length = snprintf(path, size, "%s/%s/clqnn/%s", root, folder, name);
    return length > 0 && (size_t)length < size && access(path, R_OK) == 0;
}

bool clq_install_file(const char *kind, const char *name, char *path, size_t size)
{
    char root[2048];
    const ssize_t length = readlink("/proc/self/exe", root, sizeof root - 1);
    if (length <= 0) return false;
    root[length] = '\0';
    for (int up = 0; up < 2; up++) {
        char *const slash = strrchr(root, '/');
        if (slash == NULL) return false;
        *slash = '\0';
    }
    if (readable(root, kind, name, path, size)) return true;
    return strcmp(kind, "lib") == 0 && readable(root, CLQ_INSTALL_LIBRARY_FOLDER, name, path, size);
}
