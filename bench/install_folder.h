/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the command's own files relative to its executable, in a build tree as in an installation. */
#ifndef CLQ_INSTALL_FOLDER_H
#define CLQ_INSTALL_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

/* Path of EXECUTABLE_FOLDER/../KIND/clqnn/NAME, where `kind` is "share" or "lib" (the library folder may have a longer name in an installation).
 * False if there is no such file. */
bool clq_install_file(const char *kind, const char *name, char *path, size_t size);

#endif
