/* SPDX-License-Identifier: Apache-2.0 */
/* The few operating-system calls that C11 lacks: one file a system (os_posix.c). No call records an error message. */
#ifndef CLQ_OS_H
#define CLQ_OS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Creates the folder and its parents; true if it exists afterwards and can be written. */
bool clq_os_make_folder(const char *path);

/* Reads a whole file of at most `limit` bytes into malloc'ed memory; false if it is absent, unreadable or larger. */
bool clq_os_read_file(const char *path, uint64_t limit, void **data, size_t *size);

/* Writes a file so that other processes see all of it or nothing: a temporary file of the same folder, renamed. A process that is killed meanwhile
 * leaves that file, whose name starts with the prefix. */
#define CLQ_OS_TEMPORARY_PREFIX ".new-"
bool clq_os_write_file(const char *folder, const char *name, const void *data, size_t size);

/* One regular file of a folder. */
typedef struct clq_os_file {
    char name[256];
    uint64_t size;
    int64_t modified_ns;
} clq_os_file;

/* Lists the regular files of a folder into malloc'ed memory; false if it can't be read. */
bool clq_os_list_files(const char *folder, clq_os_file **files, size_t *count);

bool clq_os_delete_file(const char *folder, const char *name);

/* Marks a file as used now; failure does not matter. */
void clq_os_touch_file(const char *folder, const char *name);

#endif
