/* SPDX-License-Identifier: Apache-2.0 */
#include "core/os.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_CAPACITY 4096

static bool join(char *path, const char *folder, const char *name)
{
    const int length = snprintf(path, PATH_CAPACITY, "%s/%s", folder, name);
    return length > 0 && length < PATH_CAPACITY;
}

bool clq_os_make_folder(const char *path)
{
    char partial[PATH_CAPACITY];
    const size_t length = strlen(path);
    if (length == 0 || length >= sizeof partial) return false;
    memcpy(partial, path, length + 1);
    for (size_t i = 1; i <= length; i++) {
        if (partial[i] != '/' && partial[i] != '\0') continue;
        const char separator = partial[i];
        partial[i] = '\0';
        if (mkdir(partial, 0777) != 0 && errno != EEXIST && errno != EISDIR && errno != EROFS && errno != EACCES) return false;
        partial[i] = separator;
    }
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode) && access(path, W_OK | X_OK) == 0;
}

static bool read_all(int file, unsigned char *data, size_t size)
{
    for (size_t done = 0; done < size;) {
        const ssize_t got = read(file, data + done, size - done);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        done += (size_t)got;
    }
    return true;
}

bool clq_os_read_file(const char *path, uint64_t limit, void **data, size_t *size)
{
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    struct stat info;
    unsigned char *bytes = NULL;
    bool done = fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_size >= 0 && (uint64_t)info.st_size <= limit;
    if (done) bytes = malloc((size_t)info.st_size + 1);
    done = done && bytes && read_all(file, bytes, (size_t)info.st_size);
    close(file);
    if (!done) {
        free(bytes);
        return false;
    }
    *data = bytes;
    *size = (size_t)info.st_size;
    return true;
}

static bool write_all(int file, const unsigned char *data, size_t size)
{
    for (size_t done = 0; done < size;) {
        const ssize_t written = write(file, data + done, size - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        done += (size_t)written;
    }
    return true;
}

bool clq_os_write_file(const char *folder, const char *name, const void *data, size_t size)
{
    char path[PATH_CAPACITY], temporary[PATH_CAPACITY];
    if (!join(path, folder, name) || !join(temporary, folder, CLQ_OS_TEMPORARY_PREFIX "XXXXXX")) return false;
    const int file = mkstemp(temporary);
    if (file < 0) return false;
    const bool written = write_all(file, data, size);
    const bool closed = close(file) == 0;
    if (written && closed && rename(temporary, path) == 0) return true;
    (void)unlink(temporary);
    return false;
}

bool clq_os_list_files(const char *folder, clq_os_file **files, size_t *count)
{
    DIR *stream = opendir(folder);
    if (!stream) return false;
    clq_os_file *list = NULL;
    size_t used = 0, capacity = 0;
    for (const struct dirent *entry; (entry = readdir(stream)) != NULL;) {
        struct stat info;
        if (strlen(entry->d_name) >= sizeof list->name || fstatat(dirfd(stream), entry->d_name, &info, 0) != 0 || !S_ISREG(info.st_mode)) continue;
        if (used == capacity) {
            clq_os_file *larger = realloc(list, (capacity * 2 + 16) * sizeof *list);
            if (!larger) break;
            list = larger;
            capacity = capacity * 2 + 16;
        }
        clq_os_file *file = &list[used++];
        (void)snprintf(file->name, sizeof file->name, "%s", entry->d_name);
        file->size = (uint64_t)info.st_size;
        file->modified_ns = (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
    }
    closedir(stream);
    *files = list;
    *count = used;
    return true;
}

bool clq_os_delete_file(const char *folder, const char *name)
{
    char path[PATH_CAPACITY];
    return join(path, folder, name) && unlink(path) == 0;
}

void clq_os_touch_file(const char *folder, const char *name)
{
    char path[PATH_CAPACITY];
    if (join(path, folder, name)) (void)utimensat(AT_FDCWD, path, NULL, 0);
}
