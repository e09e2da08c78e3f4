/* SPDX-License-Identifier: Apache-2.0 */
/* Programs: composed from parts, built once a context, kept on disk. */
#ifndef CLQ_PROGRAM_H
#define CLQ_PROGRAM_H

#include <CL/cl.h>

#include "clqnn/context.h"

#define CLQ_PROGRAM_MAX_PARTS 24

/* Names of embedded sources, concatenated in order (NULL-terminated), then the program's own part ("folder/stem", "" for none), and -D knobs. */
typedef struct clq_program_source {
    const char *parts[CLQ_PROGRAM_MAX_PARTS];
    char own_part[64];
    const char *defines;
} clq_program_source;

/* Runs every kernel of a freshly built program once: runtimes that compile late have native code in the binary only afterwards. */
typedef clqnn_status (*clq_program_warm)(clqnn_context *context, cl_program program, const void *user);

/* The program of a source: from the context's list, else the disk cache, else built, warmed (`warm` may be NULL) and stored. Blocks.
 * On success *program is retained for the caller. CLQNN_BUILD_FAILED carries the build log. */
clqnn_status clq_program_get(clqnn_context *context, const clq_program_source *source, clq_program_warm warm, const void *user, cl_program *program);

/* The composed text in malloc'ed memory, zero-terminated, and the build options. CLQNN_UNSUPPORTED names a part that is not embedded. */
clqnn_status clq_program_compose(const clq_program_source *source, char **text, size_t *length);
void clq_program_options(const clqnn_context *context, const clq_program_source *source, char *options, size_t capacity);

/* Releases the context's list. */
void clq_program_release_all(clqnn_context *context);

#endif
